"""A campaign of soundness: descriptions drawn, files damaged, processes killed; what fails is kept.

    python benchmarks/campagne.py --descriptions 100000 --mutations 10000 --morts 1000 --graine 1

Each case depends on the seed and on its rank alone: `--seulement descriptions:4321` plays one again.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MEMORY = 6_000_000_000
"""Bytes that the campaign may hold: a file that asks for more is a fault, not the end of the machine."""
EVERY = 500


class Campaign:
    """Counts what happens, and writes what fails.

    Args:
        graine: the seed.
        rapport: file that receives each fault as it comes.
    """

    def __init__(self, graine: int, rapport: Path) -> None:
        self.graine, self.rapport = graine, rapport
        self.faults: Counter[str] = Counter()

    def play(self, name: str, ranks: range, case: Callable[[int, Random], str]) -> None:
        """Play the cases of a family, and print what became of them."""
        ends: Counter[str] = Counter()
        longest = (0.0, 0)
        start = time.monotonic()
        for count, rank in enumerate(ranks, 1):
            began = time.monotonic()
            try:
                ends[case(rank, Random(f"{self.graine}:{name}:{rank}"))] += 1
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                ends["FAUTE"] += 1
                self._fault(name, rank, error)
            longest = max(longest, (time.monotonic() - began, rank))
            if count % EVERY == 0 or rank == ranks[-1]:
                told = ", ".join(f"{key} {number}" for key, number in sorted(ends.items()))
                told += f" ; au plus {longest[0]:.1f} s (rang {longest[1]})"
                print(
                    f"{name} : {count} en {time.monotonic() - start:.0f} s ; {told}",
                    flush=True,
                )

    def _fault(self, name: str, rank: int, error: BaseException) -> None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        signature = f"{name} {type(error).__name__} {Path(place.filename).name}:{place.lineno} {str(error)[-160:]}"
        self.faults[signature] += 1
        if self.faults[signature] == 1:
            with self.rapport.open("a", encoding="utf-8", errors="replace") as file:
                file.write(
                    f"--seulement {name}:{rank} --graine {self.graine}\n{''.join(traceback.format_exception(error))}\n"
                )
            print(f"FAUTE {name}:{rank} {signature}".encode("utf-8", "replace").decode(), flush=True)


def _describe(graine: int) -> Callable[[int, Random], str]:
    from tests.soundness.descriptions import drawn, written
    from tests.soundness.soundness import whole

    return lambda rank, chance: whole(written(drawn(graine, rank), rank), chance)


def _mutate(folder: Path) -> Callable[[int, Random], str]:
    from tests.soundness.mutations import Corpus

    return Corpus(folder, markets=4).damaged


def _kill(folder: Path, last: int) -> Callable[[int, Random], str]:
    from tests.soundness.interruptions import Scene

    scene = Scene(folder)

    def case(rank: int, chance: Random) -> str:
        before = dict(scene.reached)
        scene.stopped(rank, chance)
        if rank == last:
            scene.healed()
            print(f"morts : {scene.left} fichiers temporaires laissés puis ôtés, {scene.loud} Ctrl-C au démarrage")
        return next(key for key, number in scene.reached.items() if number != before[key])

    return case


def main() -> int:
    """Run the campaign; 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("descriptions", "mutations", "morts"):
        parser.add_argument(f"--{name}", type=int, default=0, metavar="N")
    parser.add_argument("--debut", type=int, default=0, metavar="N", help="rang du premier cas")
    parser.add_argument("--graine", type=int, default=1, metavar="S")
    parser.add_argument("--seulement", metavar="FAMILLE:RANG", help="rejoue un seul cas")
    parser.add_argument("--rapport", type=Path, default=Path("campagne-fautes.txt"), metavar="FICHIER")
    args = parser.parse_args()
    if hasattr(os, "nice"):
        os.nice(15)
    asked = {
        name: range(args.debut, args.debut + getattr(args, name)) for name in ("descriptions", "mutations", "morts")
    }
    if args.seulement:
        family, _, rank = args.seulement.partition(":")
        asked = dict.fromkeys(asked, range(0)) | {family: range(int(rank), int(rank) + 1)}
    campaign = Campaign(args.graine, args.rapport)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if asked["morts"]:
            (folder / "morts").mkdir()
            campaign.play("morts", asked["morts"], _kill(folder / "morts", asked["morts"][-1]))
        if sys.platform != "win32":
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        if asked["mutations"]:
            campaign.play("mutations", asked["mutations"], _mutate(folder))
        if asked["descriptions"]:
            campaign.play("descriptions", asked["descriptions"], _describe(args.graine))
    for signature, number in campaign.faults.most_common():
        print(f"{number} × {signature}".encode("utf-8", "replace").decode())
    print("Aucune faute." if not campaign.faults else f"{len(campaign.faults)} fautes distinctes : {args.rapport}")
    return 1 if campaign.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
