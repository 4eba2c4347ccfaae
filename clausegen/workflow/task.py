"""One task of a batch: its work is done, and what it prints is kept, so that lines of two markets never mix."""

from __future__ import annotations

import contextlib
import gc
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from clausegen.record import dataclass

Tache = TypeVar("Tache")
Valeur = TypeVar("Valeur")


@dataclass(frozen=True, slots=True)
class Rendu(Generic[Valeur]):
    """What became of one task.

    Args:
        valeur: what the work returned; None when its process died.
        sortie: what it printed on stdout.
        erreurs: what it printed on stderr.
        mort: whether the process died on it.
    """

    valeur: Valeur | None
    sortie: str = ""
    erreurs: str = ""
    mort: bool = False


_FULL = 200
"""Tasks between two sweeps of all that is held; between them, only what is new is looked through."""


def settle() -> None:
    """Leave what is there out of the sweeps to come.

    Rules and templates stay to the end: the collector would go through them again and again for nothing.
    """
    gc.freeze()
    gc.disable()


def sweep(number: int) -> None:
    """Take away what a task left behind.

    Args:
        number: how many tasks are done.
    """
    gc.collect(2 if number % _FULL == 0 else 1)


def run_all(travail: Callable[[Tache], Valeur], taches: Iterable[Tache]) -> Iterator[Rendu[Valeur]]:
    """Do the work on several tasks, in this process."""
    usual = gc.isenabled()
    settle()
    try:
        for number, tache in enumerate(taches):
            if number:
                sweep(number)
            yield run(travail, tache)
    finally:
        gc.unfreeze()
        if usual:
            gc.enable()


def run(travail: Callable[[Tache], Valeur], tache: Tache) -> Rendu[Valeur]:
    """Do the work on one task, in this process, and keep what it prints."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        valeur = travail(tache)
    return Rendu(valeur, out.getvalue(), err.getvalue())
