"""Processes and what they cost: time that passes, time of the processor, memory at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "benchmarks"
PYTHON = sys.executable


@dataclass(frozen=True)
class Cost:
    """What one process, and those that it started, cost.

    Args:
        wall: seconds that passed.
        cpu: seconds of processor.
        memory: bytes at most, in the largest process.
    """

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str], cache: Path) -> Cost:
    """Run a command and return its cost.

    Raises:
        RuntimeError: it fails.
    """
    environ = {**os.environ, "CLAUSEGEN_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} : code {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(median(c.wall for c in costs), median(c.cpu for c in costs), median(c.memory for c in costs))


def compare(commands: Mapping[str, tuple[Sequence[str], Path]], rounds: int) -> dict[str, Cost]:
    """Measure commands in turn, so that what troubles the machine troubles all of them; each runs once before.

    Args:
        commands: name to the command and its cache.
        rounds: how many times each is measured.
    """
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, (command, cache) in commands.items():
            cost = measure(command, cache)
            if turn:
                found[name].append(cost)
    return {name: middle(costs) for name, costs in found.items()}


def output(command: Sequence[str]) -> str:
    """Return what a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
