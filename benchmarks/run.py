"""Measure the goals of speed: `python benchmarks/run.py`; `--rapide` for fewer rounds, `--exiger` to fail on a miss.

Every ratio is taken within one run, against a floor measured in the same rounds. docxtpl is needed
(`pip install -e '.[bench]'`). The time is that of the processor, which other programs disturb less, but where several
processors are compared.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markets import market, write_markets
from processes import HERE, PYTHON, Cost, compare, measure, middle, output

PIECES = 10
"""Pieces of each market of `markets.py`."""
MIB = 1 << 20


@dataclass(frozen=True)
class Goal:
    """A line of the table.

    Args:
        what: what is measured.
        against: what it is compared to.
        most: the ratio at most.
        found: the ratio measured.
        detail: the figures that make it.
    """

    what: str
    against: str
    most: float
    found: float
    detail: str


@dataclass(frozen=True)
class Bench:
    """Where the measures stand.

    Args:
        folder: a folder of its own, emptied at the end.
        quick: whether fewer rounds and smaller batches are wanted.
    """

    folder: Path
    quick: bool

    @property
    def cache(self) -> Path:
        """Return the cache that later runs find full."""
        return self.folder / "cache"

    @property
    def rounds(self) -> int:
        """Return how many times a short command is measured."""
        return 5 if self.quick else 15

    def draft(self, what: Path, *options: str) -> list[str]:
        """Return the command that drafts markets."""
        return [PYTHON, "-m", "clausegen", "draft", str(what), "-o", str(self.folder / "pieces"), "--ecraser", *options]

    def one(self, lots: int) -> Path:
        """Return a market of so many lots."""
        path = self.folder / f"marche-{lots}-lots.yaml"
        path.write_text(market(lots), encoding="utf-8")
        return path


def cold(bench: Bench) -> Iterator[Goal]:
    """Measure short commands: start, draft, check."""
    floor_cache, clause, plain = bench.folder / "socle", bench.folder / "clause.docx", bench.folder / "socle.yaml"
    floor_cache.mkdir()
    output([PYTHON, str(HERE / "floor.py"), "--preparer", str(floor_cache)])
    output([PYTHON, str(HERE / "docxtpl_clause.py"), "--preparer", str(clause)])
    plain.write_text("objet: Entretien\nlots:\n" + "".join(f"- {{numero: {n}, heures: 120}}\n" for n in (1, 2, 3)))
    described = bench.one(3)
    found = compare(
        {
            "nu": ([PYTHON, "-c", "pass"], bench.cache),
            "aide": ([PYTHON, "-m", "clausegen", "--help"], bench.cache),
            "socle": ([PYTHON, str(HERE / "floor.py"), str(plain), "--cache", str(floor_cache)], bench.cache),
            "docxtpl": ([PYTHON, str(HERE / "docxtpl_clause.py"), str(clause)], bench.cache),
            "rediger": (bench.draft(described), bench.cache),
            "controler": ([PYTHON, "-m", "clausegen", "check", str(described)], bench.cache),
        },
        bench.rounds,
    )
    yield _goal("aide (`--help`)", "interpréteur nu", 6.5, found["aide"], found["nu"])
    yield _goal("rédaction d'un marché, à froid", "socle pratique", 1.5, found["rediger"], found["socle"])
    yield _goal("la même", "docxtpl, une clause, à froid", 2.2, found["rediger"], found["docxtpl"])
    yield _goal("contrôle d'un marché, à froid", "socle pratique", 1.0, found["controler"], found["socle"])
    first = middle([measure(bench.draft(described), _empty(bench, n)) for n in range(max(3, bench.rounds // 3))])
    yield _goal("première exécution, cache vide", "les suivantes", 2.0, first, found["rediger"])
    drafted, floor = found["rediger"].memory, found["socle"].memory
    detail = f"{drafted / MIB:.0f} Mio, {floor / MIB:.0f} Mio"
    yield Goal("mémoire d'une rédaction", "socle pratique", 1.6, drafted / floor, detail)


def _empty(bench: Bench, number: int) -> Path:
    return bench.folder / f"cache-vide-{number}"


def _goal(what: str, against: str, most: float, found: Cost, base: Cost) -> Goal:
    return Goal(what, against, most, found.cpu / base.cpu, f"{found.cpu * 1e3:.0f} ms, {base.cpu * 1e3:.0f} ms")


def batches(bench: Bench) -> Iterator[Goal]:
    """Measure many markets: time a piece, processors, growth, memory."""
    sizes = (5, 20, 80) if bench.quick else (10, 100, 1_000)
    folders = [write_markets(bench.folder / f"lot-de-{size}", size) for size in sizes]
    number = "10" if bench.quick else "40"
    usual = [PYTHON, str(HERE / "docxtpl_clause.py"), "--chaud", number, str(bench.folder / "clause.docx")]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    pieces, shared, middles = [], [], []
    # In turn, as elsewhere: a shared machine is not as fast from one minute to the next.
    for _ in range(1 if bench.quick else 3):
        few, middle_size, clause = _batch(bench, folders[0], "1"), _batch(bench, folders[1], "1"), float(output(usual))
        piece = (middle_size.cpu - few.cpu) / ((sizes[1] - sizes[0]) * PIECES)
        pieces.append((piece / clause, f"{piece * 1e3:.1f} ms, {clause * 1e3:.1f} ms"))
        every = _batch(bench, folders[1], str(processors))
        wall = f"{every.wall:.1f} s × {processors}, {middle_size.wall:.1f} s"
        shared.append((every.wall * processors / middle_size.wall, wall))
        middles.append(middle_size)
    one, all_ = sorted(pieces)[len(pieces) // 2], sorted(shared)[len(shared) // 2]
    yield Goal("en série, une pièce sur un processeur", "docxtpl, une clause, à chaud", 0.2, *one)
    yield Goal("en série sur tous les processeurs × leur nombre", "sur un seul", 1.2, *all_)
    middle_size, last = middle(middles), _batch(bench, folders[2], "1")
    yield _growth(f"croissance, de {sizes[1]} à {sizes[2]} marchés", middle_size, last, sizes[2] / sizes[1])
    detail = f"{last.memory / MIB:.0f} Mio, {middle_size.memory / MIB:.0f} Mio"
    memory = last.memory / middle_size.memory
    yield Goal(f"mémoire à {sizes[2]} marchés", f"à {sizes[1]} marchés", 1.2, memory, detail)


def _batch(bench: Bench, folder: Path, processes: str) -> Cost:
    shutil.rmtree(bench.folder / "pieces", ignore_errors=True)
    return measure(bench.draft(folder, "--processus", processes), bench.cache)


def lots(bench: Bench) -> Iterator[Goal]:
    """Measure one market as its lots grow."""
    sizes = (1, 10, 100)
    commands = {str(size): (bench.draft(bench.one(size)), bench.cache) for size in sizes}
    found = compare(commands, 3 if bench.quick else 7)
    yield _growth("croissance, de 10 à 100 lots", found["10"], found["100"], 10)
    yield _goal("rédaction à 100 lots", "à 1 lot", 4.0, found["100"], found["1"])


def _growth(what: str, less: Cost, more: Cost, times: float) -> Goal:
    detail = f"{more.cpu:.2f} s, {less.cpu:.2f} s"
    return Goal(what, "linéaire (exposant)", 1.15, math.log(more.cpu / less.cpu) / math.log(times), detail)


def table(goals: list[Goal]) -> str:
    """Return the goals as a Markdown table."""
    rows = [("mesure", "rapportée à", "but", "mesuré", "atteint", "détail")]
    for goal in goals:
        met = "oui" if goal.found <= goal.most else "non"
        detail = re.sub(r"(\d)\.(\d)", r"\1,\2", goal.detail)
        rows.append((goal.what, goal.against, _figure(goal.most), _figure(goal.found), met, detail))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    padded = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows)
    lines = [f"| {' | '.join(cells)} |" for cells in padded]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _figure(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def main() -> int:
    """Measure, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(";")[0])
    parser.add_argument("--rapide", action="store_true", help="moins de tours, des séries plus petites")
    parser.add_argument("--exiger", action="store_true", help="échoue quand un but n'est pas atteint")
    asked = parser.parse_args()
    goals: list[Goal] = []
    with tempfile.TemporaryDirectory(prefix="clausegen-mesure-") as folder:
        bench = Bench(Path(folder), asked.rapide)
        for part in (cold, batches, lots):
            for goal in part(bench):
                goals.append(goal)
                print(f"{goal.what} : {_figure(goal.found)} ({goal.detail})", file=sys.stderr, flush=True)
    print(table(goals))
    return int(asked.exiger and any(goal.found > goal.most for goal in goals))


if __name__ == "__main__":
    sys.exit(main())
