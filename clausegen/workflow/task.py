"""One task of a batch: its work is done, and what it prints is kept, so that lines of two markets never mix."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
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


def run(travail: Callable[[Tache], Valeur], tache: Tache) -> Rendu[Valeur]:
    """Do the work on one task, in this process, and keep what it prints."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        valeur = travail(tache)
    return Rendu(valeur, out.getvalue(), err.getvalue())
