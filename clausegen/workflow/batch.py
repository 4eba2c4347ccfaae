"""Many markets, here or in several processes: results in order, each with what the work printed.

Lines of two markets never mix, and the report is the same whatever the number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from clausegen.workflow.task import Rendu, Tache, Valeur, run_all

FEW = 8
"""Below that many markets, a pool costs more than it saves."""


def available() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def workers(taches: int, asked: int | None) -> int:
    """Return how many processes a batch takes; 1 means that no other is started.

    Args:
        taches: number of tasks.
        asked: what the user wants; None to decide from the machine and the size of the batch.
    """
    if asked is not None:
        return max(1, min(asked, taches))
    return 1 if taches < FEW else min(available(), taches)


def batch(
    taches: Sequence[Tache],
    travail: Callable[[Tache], Valeur],
    processus: int | None = None,
    avant: Callable[[], object] | None = None,
) -> Iterator[Rendu[Valeur]]:
    """Do some work on many tasks.

    Args:
        taches: what is to be done, such as paths; they cross to other processes.
        travail: the work; it crosses too, once for each process.
        processus: number of processes; None to decide.
        avant: called before processes are started, to read once what all of them need.

    Returns:
        What became of each task, in order, as it comes. Processes are started at once, before the first is asked for.
    """
    number = workers(len(taches), processus)
    if number == 1:
        return run_all(travail, taches)
    if avant is not None:
        avant()
    # The modules of processes cost as much as a market: one market alone does not load them.
    from clausegen.workflow.pool import Pool

    return Pool(taches, travail, number).results()
