"""Labels compared without accents, case nor punctuation, as people type them in a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_NOT_A_WORD = re.compile(r"[^a-z0-9/]+")


def bare(text: str) -> str:
    """Return a label stripped to its words: « Montant (€ HT) » gives « montant ht »."""
    spread = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("€", " e "))
    letters = "".join(c for c in spread if not unicodedata.combining(c))
    return _NOT_A_WORD.sub(" ", letters).strip()


def translated(text: str, words: Mapping[str, str]) -> str:
    """Return the word of the description that a label stands for; empty when the table does not hold it."""
    return words.get(bare(text), "")


def unknown(text: str, words: list[str]) -> bool:
    """Tell whether a cell says that nothing is known."""
    stripped = text.strip()
    return not stripped or bare(stripped) in words or stripped in words or stripped.upper().startswith("INX ")
