"""What every export offers: why it refuses a market, else a text and what is left to say about it."""

from __future__ import annotations

from typing import Protocol

from clausegen.diagnostics import Diagnostic
from clausegen.exchange.exporters.announced import Annonce
from clausegen.record import dataclass


@dataclass(frozen=True, slots=True)
class Export:
    """One file.

    Args:
        texte: all of it, ending with a line feed.
        constats: what it leaves open, for the person at the keyboard.
    """

    texte: str
    constats: tuple[Diagnostic, ...] = ()


class Exporter(Protocol):
    """Turns what a market announces into one text."""

    def refusal(self, annonce: Annonce) -> str:
        """Return why this market has no such export, in a sentence; empty when it has one."""

    def export(self, annonce: Annonce) -> Export:
        """Return the file: the same for the same market."""
