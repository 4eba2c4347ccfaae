"""The state of one rendering: marks, articles already cited, comments already made."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import field
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.record import dataclass
from clausegen.text.slots import Slots


@dataclass(slots=True)
class Session:
    """What functions called by a template share while one piece is rendered.

    Args:
        dossier: the figures and names of the market.
        slots: the marks given so far.
        cites: sources already cited in full in the piece.
        commentes: choices and sources already commented.
        modules: the shared macros already taken in, by file: each sees the market and nothing of who calls it, so that
            the pieces of one dossier may share them.
    """

    dossier: Dossier
    slots: Slots = field(default_factory=Slots)
    cites: set[str] = field(default_factory=set)
    commentes: set[str] = field(default_factory=set)
    modules: dict[str, Any] = field(default_factory=dict)


current: ContextVar[Session] = ContextVar("session")


def slots() -> Slots:
    """Return the marks of the piece being rendered."""
    return current.get().slots


def dossier() -> Any:
    """Return the dossier of the piece being rendered."""
    return current.get().dossier
