"""Mutation testing of the engine and of the calibration: which small faults no test and no case of the rules sees.

`python benchmarks/mutation.py [MODULE…]` such as `law/engine`. The program and its tests are imported once; each fault
lives in a child process, which runs what executes the faulty line, cheapest first, and stops at the first failure.
"""

from __future__ import annotations

import argparse
import ast
import os
import pickle
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest
import yaml
from mutants import Mutant, mutants, put, unchanged

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "clausegen"
EQUIVALENTS = Path(__file__).with_name("mutants-equivalents.yaml")
MODULES = (
    "language/expressions",
    "language/unknown",
    "law/engine",
    "law/exceptions",
    "law/dating",
    "law/references",
    "law/choices",
    "law/seuil",
    "law/options",
    "law/obligations",
    "law/decide",
    "law/calibrage",
    "law/heures",
    "law/facts",
    "law/lotfacts",
    "law/demands",
    "law/parties",
    "law/findings",
    "law/answers",
    "law/whatif",
)
LEFT_OUT = ("test_cases", "test_properties", "test_datafiles", "test_rulecache", "test_catalogue", "test_sheets")
"""Cases of the rules are run directly; generated markets would be another answer at each run; the others read files."""
SECONDS = 90


@dataclass(slots=True)
class Probe:
    """A test or a case, with the lines that it executes, what it costs, and whether it passes without any fault."""

    nom: str
    run: Callable[[], bool]
    lines: set[tuple[str, int]] = field(default_factory=set)
    cost: float = 0.0
    passes: bool = True


class Loop:
    """Replaces pytest's own loop: its collected tests are run in the children."""

    def __init__(self, wanted: list[str], jobs: int, budget: float) -> None:
        self.wanted, self.jobs, self.budget = wanted, jobs, budget
        self.texts = {name: (PACKAGE / f"{name}.py").read_text(encoding="utf-8") for name in wanted}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant, then stop there."""
        probes = [*_cases(), *(_test(session, item) for item in session.items)]
        _measure(probes, self.texts)
        for probe in probes:
            if not probe.passes:
                print(f"mis de côté, échoue sans aucune faute : {probe.nom}", flush=True)
        probes = [probe for probe in probes if probe.passes]
        scores = [
            report(name, campaign(mutants(name, text), probes, self.jobs, self.budget), declared(name))
            for name, text in self.texts.items()
        ]
        print("\n".join(scores))
        return True


def _cases() -> Iterator[Probe]:
    from clausegen.law.cases import collect
    from clausegen.law.rulebook import rulebook

    for epreuve in collect(rulebook()).epreuves:

        def run(tried: Any = epreuve) -> bool:
            return bool(tried.run().tient)

        yield Probe(f"{epreuve.fichier}: {epreuve.nom}", run)


def _test(session: pytest.Session, item: pytest.Item) -> Probe:
    def run() -> bool:
        before = session.testsfailed
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return session.testsfailed == before

    return Probe(item.nodeid, run)


def _silent() -> None:
    void = os.open(os.devnull, os.O_WRONLY)
    os.dup2(void, 1)
    os.dup2(void, 2)


def _measure(probes: list[Probe], texts: dict[str, str]) -> None:
    """Learn in a child, so that nothing stays warm in the parent, what each probe executes.

    The modules are put back there, as they are, in the way that a fault is: what fails then kills no mutant.
    """
    watched = {str(PACKAGE / f"{name}.py"): name for name in MODULES}
    with tempfile.NamedTemporaryFile() as kept:
        pid = os.fork()
        if pid == 0:
            _silent()
            for name, text in texts.items():
                put(unchanged(name, text), sys.modules[f"clausegen.{name.replace('/', '.')}"])
            told = []
            for probe in probes:
                lines: set[tuple[str, int]] = set()
                start, passes = time.process_time(), False
                sys.settrace(_tracer(watched, lines))
                with suppress(Exception):
                    passes = probe.run()
                sys.settrace(None)
                told.append((lines, time.process_time() - start, passes))
            Path(kept.name).write_bytes(pickle.dumps(told))
            os._exit(0)
        os.waitpid(pid, 0)
        for probe, said in zip(probes, pickle.loads(Path(kept.name).read_bytes()), strict=True):
            probe.lines, probe.cost, probe.passes = said


def _tracer(watched: dict[str, str], lines: set[tuple[str, int]]) -> Callable[..., Any]:
    def local(frame: FrameType, event: str, _arg: object) -> Any:
        if event == "line":
            lines.add((watched[frame.f_code.co_filename], frame.f_lineno))
        return local

    def called(frame: FrameType, _event: str, _arg: object) -> Any:
        name = watched.get(frame.f_code.co_filename)
        if name is None:
            return None
        lines.add((name, frame.f_lineno))
        return local

    return called


def campaign(tried: Iterable[Mutant], probes: list[Probe], jobs: int, budget: float) -> dict[Mutant, str | None]:
    """Return each mutant with the probe that killed it, None for a survivor."""
    found: dict[Mutant, str | None] = {}
    running: dict[int, tuple[Mutant, Path]] = {}
    best: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rank, mutant in enumerate(tried):
            module = sys.modules[f"clausegen.{mutant.fichier.replace('/', '.')}"]
            chosen = _chosen(mutant, probes, best, budget)
            told = Path(folder) / str(rank)
            while len(running) >= jobs:
                _reap(running, found, best, probes)
            pid = os.fork()
            if pid == 0:
                _child(mutant, module, [(i, probes[i]) for i in chosen], told)
            running[pid] = (mutant, told)
        while running:
            _reap(running, found, best, probes)
    return found


def _chosen(mutant: Mutant, probes: list[Probe], best: dict[str, int], budget: float) -> list[int]:
    """Return the probes that execute the statement of a mutant, within a budget of seconds.

    The last one that killed there comes first, then the module's own tests, then those that take another path through
    it, the cheapest first, then those that take a path already taken.
    """
    own = f"test_{mutant.fichier.rpartition('/')[2]}.py"
    first, last = _statement(mutant)
    wanted = {(mutant.fichier, line) for line in range(first, last + 1)}
    # What is executed when a module is read belongs to no test: any may see it.
    seen = [i for i, probe in enumerate(probes) if probe.lines & wanted] or list(range(len(probes)))
    taken: Counter[frozenset[int]] = Counter()
    ranks: dict[int, int] = {}
    for index in sorted(seen, key=lambda i: probes[i].cost):
        path = frozenset(line for name, line in probes[index].lines if name == mutant.fichier)
        ranks[index] = taken[path]
        taken[path] += 1
    chosen: list[int] = []
    spent = 0.0
    order = {i: (i != best.get(mutant.fonction), own not in probes[i].nom, ranks[i], probes[i].cost) for i in seen}
    for index in sorted(seen, key=order.__getitem__):
        spent += probes[index].cost
        if chosen and spent > budget:
            break
        chosen.append(index)
    return chosen


def _statement(mutant: Mutant) -> tuple[int, int]:
    spans = [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(mutant.arbre)
        if isinstance(node, ast.stmt) and node.lineno <= mutant.ligne <= (node.end_lineno or node.lineno)
    ]
    return min(spans, key=lambda span: span[1] - span[0], default=(1, 1))


def _child(mutant: Mutant, module: ModuleType, probes: list[tuple[int, Probe]], told: Path) -> None:
    """Live with the fault: exit 0 when every probe still passes."""
    signal.alarm(SECONDS)
    _silent()
    killer = "-1"
    try:
        put(mutant, module)
        for index, probe in probes:
            if not probe.run():
                killer = str(index)
                break
        else:
            os._exit(0)
    except BaseException as error:
        killer = f"{type(error).__name__}: {error}"
    told.write_text(killer, encoding="utf-8")
    os._exit(1)


def _reap(
    running: dict[int, tuple[Mutant, Path]], found: dict[Mutant, str | None], best: dict[str, int], probes: list[Probe]
) -> None:
    pid, status = os.wait()
    mutant, told = running.pop(pid)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        found[mutant] = None
        return
    said = told.read_text(encoding="utf-8") if told.exists() else "délai"
    if said.isdigit():
        best[mutant.fonction] = int(said)
        said = probes[int(said)].nom
    found[mutant] = said


Key = tuple[str, str, str, str]


def declared(name: str) -> set[Key]:
    """Return the mutants of a module that are declared to change nothing, each with its reason in the file."""
    entries = yaml.safe_load(EQUIVALENTS.read_text(encoding="utf-8")) if EQUIVALENTS.exists() else None
    return {
        (e["fonction"], e["source"], str(avant), str(apres))
        for e in entries or ()
        if e["fichier"] == name and e["raison"]
        for avant, apres in e["mutants"]
    }


def report(name: str, found: dict[Mutant, str | None], equivalents: set[Key]) -> str:
    """Print the survivors and the declared equivalents that tests kill after all; return the module's score."""
    killed = 0
    used: list[Key] = []
    left: list[Mutant] = []
    for mutant, killer in found.items():
        key = (mutant.fonction, mutant.source, mutant.avant, mutant.apres)
        if killer is not None:
            killed += 1
        elif key in equivalents:
            used.append(key)
        else:
            left.append(mutant)
    for mutant in sorted(left, key=lambda m: m.ligne):
        print(f"clausegen/{name}.py:{mutant.ligne}  {mutant.fonction}  | {mutant.source}")
        print(f"    - {mutant.avant}\n    + {mutant.apres}")
    for key in sorted(equivalents - set(used)):
        print(f"équivalent qui ne survit plus ({name}) :", *key, sep="\n    ")
    total = max(killed + len(left), 1)
    score = f"{name:24}{killed:5} / {total:<5}{100 * killed / total:6.1f} %  équivalents {len(used)}"
    print(score, flush=True)
    return score


def main() -> None:
    """Read the command line and run the campaign within pytest, so that its fixtures are there."""
    parser = argparse.ArgumentParser(description="Tests par mutation du moteur et du calibrage.")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"parmi : {', '.join(MODULES)}")
    parser.add_argument("--jobs", type=int, default=1, help="mutants essayés à la fois")
    parser.add_argument(
        "--budget", type=float, default=30, help="secondes de tests par mutant (le score est un minimum)"
    )
    options = parser.parse_args()
    os.chdir(ROOT)
    os.environ["CI"] = "1"
    left = [f"--ignore=tests/law/{name}.py" for name in LEFT_OUT]
    quiet = ["-q", "-s", "--no-header", "--no-summary", "-p", "no:cacheprovider"]
    loop = Loop(list(options.modules) or list(MODULES), options.jobs, options.budget)
    pytest.main(["tests/law", "tests/language", *left, *quiet], plugins=[loop])


if __name__ == "__main__":
    main()
