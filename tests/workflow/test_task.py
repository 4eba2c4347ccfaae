"""Tasks one after the other: their values in order, nothing left behind, the collector as it was found."""

import gc
import weakref

import pytest

from clausegen.workflow import task
from clausegen.workflow.task import run_all


class Knot:
    """Something that only the collector can take away."""

    def __init__(self):
        self.itself = self


def test_what_a_task_leaves_is_swept_before_the_next_one(monkeypatch):
    monkeypatch.setattr(task, "_FULL", 5)
    left = []

    def work(number):
        print(f"tâche {number}")
        alive = [knot for knot in left if knot() is not None]
        knot = Knot()
        left.append(weakref.ref(knot))
        return number, len(alive)

    rendus = list(run_all(work, range(12)))
    assert [rendu.valeur for rendu in rendus] == [(number, 0) for number in range(12)]
    assert rendus[3].sortie == "tâche 3\n"


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_given_back_as_it_was(enabled):
    (gc.enable if enabled else gc.disable)()
    try:
        results = run_all(lambda number: number, range(3))
        assert next(results).valeur == 0 and not gc.isenabled()
        results.close()
        assert gc.isenabled() is enabled and gc.get_freeze_count() == 0
        assert list(run_all(lambda number: number, [])) == []
        assert gc.isenabled() is enabled
    finally:
        gc.enable()
