"""`clausegen draft` stopped at random moments: each file of the folder is the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from clausegen.files.outputs import MANIFESTE, read_manifest

ROOT = Path(__file__).resolve().parents[2]
FIRST, SECOND = (ROOT / "examples" / name / "marche.yaml" for name in ("espaces-verts", "nettoyage"))
KILLS = (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
OLD = 3_600


def contents(folder: Path) -> dict[str, str]:
    """Return the fingerprint of each file of a folder, those of the program's own apart."""
    return {
        path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if not path.name.startswith(".")
    }


@dataclass
class Scene:
    """Two markets drafted in turn into one folder.

    Args:
        folder: where everything takes place.
        reached: how many runs were stopped before, during and after the writing.
        loud: how many Ctrl-C showed a traceback, which only the start of Python may.
        left: how many runs left a temporary file behind.
    """

    folder: Path
    reached: dict[str, int] = field(default_factory=lambda: {"avant": 0, "pendant": 0, "apres": 0})
    loud: int = 0
    left: int = 0

    def __post_init__(self) -> None:
        self.markets = [self.folder / f"{name}.yaml" for name in "ab"]
        for market, source in zip(self.markets, (FIRST, SECOND), strict=True):
            market.write_bytes(source.read_bytes())
        self.known: dict[str, set[str]] = {}
        self.whole: list[dict[str, str]] = []
        self.time = 0.0
        for rank, market in enumerate(self.markets):
            out = self.folder / f"entier-{rank}"
            for _ in range(2):
                # The second run finds the caches that the first made: its time is that of those to come.
                start = time.monotonic()
                process = self.start(market, out)
                err = process.communicate(timeout=120)[1]
                assert process.returncode == 0, err[-800:]
                self.time = time.monotonic() - start
            self.whole.append(contents(out))
            for name, print_ in self.whole[-1].items():
                self.known.setdefault(name, set()).add(print_)
        self.out = self.folder / "sortie"

    def start(self, market: Path, out: Path) -> subprocess.Popen[str]:
        """Start the command, as a user would, in a process of its own."""
        command = [sys.executable, "-m", "clausegen", "draft", str(market), "-o", str(out)]
        return subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def stopped(self, rank: int, chance: Random) -> None:
        """Draft one of the markets, stop it at a moment drawn at random, and look at what is left."""
        before = self._state()
        process = self.start(self.markets[rank % 2], self.out)
        if chance.random() < 0.5:
            time.sleep(chance.random() * self.time)
        else:
            self._wait_for_writing(process, before)
            time.sleep(chance.random() * 0.08)
        kind = chance.choice(KILLS)
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(kind)
        err = process.communicate(timeout=60)[1]
        code = process.returncode
        assert code in (0, -kind, 130), (code, kind, err[-800:])
        assert "E003" not in err, err[-800:]
        if kind == signal.SIGINT and code:
            self.loud += "Traceback" in err
            assert "Traceback" in err or code == -kind or "Interrompu." in err, err[-800:]
        self._look(before, code)

    def _state(self) -> dict[str, str]:
        return contents(self.out) if self.out.exists() else {}

    def _wait_for_writing(self, process: subprocess.Popen[str], before: dict[str, str]) -> None:
        manifest = self.out / MANIFESTE
        former = manifest.stat().st_mtime_ns if before or manifest.exists() else None
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(OSError):
                if manifest.stat().st_mtime_ns != former:
                    return
            time.sleep(0.0005)

    def _look(self, before: dict[str, str], code: int) -> None:
        if not self.out.exists():
            self.reached["avant"] += 1
            return
        after = contents(self.out)
        for name, print_ in after.items():
            assert print_ in self.known[name], f"{name} is neither the old file nor the new one"
            with zipfile.ZipFile(self.out / name) as archive:
                assert archive.testzip() is None
        assert set(before) <= set(after), "a file has gone"
        assert not after or read_manifest(self.out), "the manifest is not whole"
        drafts = [path for path in self.out.iterdir() if path.name.endswith(".tmp")]
        self.left += bool(drafts)
        for path in drafts:
            # An hour goes by.
            os.utime(path, (path.stat().st_mtime - OLD,) * 2)
        moment = "avant" if after == before and not drafts else "apres" if code == 0 else "pendant"
        self.reached[moment] += 1

    def healed(self) -> None:
        """Let both markets be drafted to their end: nothing is refused, and nothing of the past is left."""
        for market, whole in zip(self.markets, self.whole, strict=True):
            process = self.start(market, self.out)
            err = process.communicate(timeout=120)[1]
            assert process.returncode == 0 and "E003" not in err, err[-800:]
            now = contents(self.out)
            assert whole.items() <= now.items()
        left = [path.name for path in self.out.iterdir() if path.name.startswith(".") and path.name != MANIFESTE]
        assert left == [], left
