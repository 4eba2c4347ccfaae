"""Lots as people tell them: a number, or a list pasted from a table, one lot a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clausegen.files.nearest import folded

_RANK = re.compile(r"(?:lots?\s*)?(?:n°\s*)?[0-9]{1,3}\s*[-–:.)]\s+", re.IGNORECASE)
_ONE = frozenset({"un", "un-seul", "unique", "lot-unique", "aucun", "non-alloti", "pas-de-lot", "non"})


@dataclass(frozen=True, slots=True)
class LotDit:
    """A lot as it was told.

    Args:
        intitule: its title; empty when it was not told.
        montant: its amount as typed; empty when it was not told.
    """

    intitule: str
    montant: str = ""


def listed(texte: str) -> bool:
    """Tell whether an answer is a list of lots rather than their number."""
    return any(mark in texte for mark in (";", "\t", "\n"))


def parse_line(ligne: str) -> LotDit:
    """Read « Intitulé ; montant »; a rank before the title, « 1. » or « Lot 1 : », is left aside."""
    bare = _RANK.sub("", ligne.replace("\t", ";").strip(), count=1)
    title, _, amount = bare.rpartition(";") if ";" in bare else (bare, "", "")
    return LotDit(title.strip().rstrip(";").strip(), amount.strip())


def parse_list(texte: str) -> list[LotDit]:
    """Read a pasted list, one lot a line; blank lines are left aside."""
    return [parse_line(line) for line in texte.splitlines() if line.strip()]


def parse_number(texte: str, maximum: int) -> int:
    """Read the number of lots.

    Args:
        texte: « 3 », « 3 lots », « un seul ».
        maximum: how many the conversation can take.

    Raises:
        ValueError: it is not one; the French message says what to write.
    """
    if folded(texte) in _ONE:
        return 1
    match = re.fullmatch(r"([0-9]{1,6})(?:\s*lots?)?", texte.strip(), re.IGNORECASE)
    if match is None:
        raise ValueError("un nombre de lots est attendu, ou un lot : intitulé ; montant")
    number = int(match[1])
    if not 1 <= number <= maximum:
        raise ValueError(f"un nombre de lots de 1 à {maximum} est attendu (1 : le marché n'est pas alloti)")
    return number
