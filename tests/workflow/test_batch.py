"""Work handed to several processes: order, output, deaths, interruption."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from random import Random

import pytest

from clausegen.workflow.batch import FEW, available, batch, workers


def double(tache):
    print(f"fait {tache}")
    print(f"dit {tache}", file=sys.stderr)
    return tache * 2


def deadly(tache):
    if tache in (3, 17):
        os._exit(9)
    return tache


def faulty(tache):
    if tache == 5:
        raise ValueError("cinq")
    return tache


def slow_first(tache):
    time.sleep(0.05 if tache == 0 else 0)
    return os.getpid()


@pytest.mark.parametrize("processus", [1, 2, 3, None])
@pytest.mark.parametrize("number", [0, 1, 2, 7, 40])
def test_results_come_in_order_with_their_output(capfd, processus, number):
    rendus = list(batch(range(number), double, processus))
    assert [r.valeur for r in rendus] == [2 * n for n in range(number)]
    assert [r.sortie for r in rendus] == [f"fait {n}\n" for n in range(number)]
    assert [r.erreurs for r in rendus] == [f"dit {n}\n" for n in range(number)]
    assert capfd.readouterr() == ("", "")


def test_the_work_is_shared_and_not_with_the_parent():
    pids = {r.valeur for r in batch(range(40), slow_first, 2)}
    assert len(pids) == 2 and os.getpid() not in pids


@pytest.mark.parametrize(("number", "processus"), [(1, 4), (FEW - 1, None), (30, 1)])
def test_no_process_is_started_for_little(number, processus):
    assert {r.valeur for r in batch(range(number), slow_first, processus)} == {os.getpid()}


def test_a_process_that_dies_loses_its_task_alone():
    rendus = list(batch(range(40), deadly, 2))
    assert [n for n, r in enumerate(rendus) if r.mort] == [3, 17]
    assert [r.valeur for r in rendus] == [None if n in (3, 17) else n for n in range(40)]


def test_beside_other_threads_nothing_is_forked():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert [r.valeur for r in batch(range(4), double, 2)] == [0, 2, 4, 6]
    finally:
        stop.set()
        thread.join()


def test_a_fault_of_the_work_reaches_the_caller():
    with pytest.raises(ValueError, match="cinq"):
        list(batch(range(40), faulty, 2))


def test_what_is_read_first_is_read_once_and_only_for_a_pool():
    calls = []
    list(batch(range(3), double, 1, lambda: calls.append(1)))
    assert calls == []
    list(batch(range(3), double, 2, lambda: calls.append(1)))
    assert calls == [1]


def test_how_many_processes():
    assert workers(300, None) == min(300, available()) >= 1
    assert [workers(0, None), workers(FEW - 1, None), workers(3, 8), workers(0, 8), workers(100, 8)] == [1, 1, 3, 1, 8]


def test_tasks_are_taken_as_results_are_asked_for():
    stream = batch(range(10_000), double, 2)
    assert next(stream).valeur == 0
    stream.close()


SCRIPT = """
    import signal, sys, time
    from clausegen.workflow.batch import batch

    # A test run started in the background of a shell ignores Ctrl-C, and what it starts would too.
    signal.signal(signal.SIGINT, signal.default_int_handler)

    def work(tache):
        time.sleep(0.1)
        return tache

    if __name__ == "__main__":
        try:
            for rendu in batch(range(1000), work, 2):
                print(rendu.valeur, flush=True)
        except KeyboardInterrupt:
            print("interrompu", flush=True)
            sys.exit(130)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes")
def test_an_interruption_is_clean(tmp_path: Path):
    script = tmp_path / "essai.py"
    script.write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    root = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")
    assert out.endswith("interrompu\n")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes")
def test_an_interruption_while_processes_start_is_clean(tmp_path: Path) -> None:
    script = tmp_path / "essai.py"
    script.write_text(
        textwrap.dedent(SCRIPT).replace("try:", "try:\n        print('début', flush=True)"), encoding="utf-8"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    chance = Random(8)
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, str(script)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=environment,
        )
        assert process.stdout is not None and process.stdout.readline() == "début\n"
        time.sleep(chance.random() * 0.06)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (130, "")
        assert out.endswith("interrompu\n")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nobody_outlives_a_parent_that_is_killed(tmp_path: Path):
    script = tmp_path / "essai.py"
    script.write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    root = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    for _ in range(100):
        members = [p for p in Path("/proc").glob("[0-9]*/stat") if group_of(p) == process.pid]
        if not members:
            return
        time.sleep(0.1)
    raise AssertionError(members)


def group_of(stat: Path) -> int:
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[2])
