"""Lots as people tell them: a number, or a list pasted from a table, one lot a line."""

from __future__ import annotations

import re

from clausegen.files.nearest import folded
from clausegen.record import dataclass

_RANK = re.compile(r"(?:lots?\s*)?(?:n°\s*)?[0-9]{1,3}\s*[-–:.)]\s+", re.IGNORECASE)
_RANK_ALONE = re.compile(r"(?:lots?\s*)?(?:n°\s*)?[0-9]{1,3}", re.IGNORECASE)
_AMOUNT = re.compile(r"[0-9][0-9 .,]*\s*(?:[km]|millions?)?\s*(?:€|euros?|eur)?\s*(?:ht)?", re.IGNORECASE)
_CPV = re.compile(r"[0-9]{8}(?:-[0-9])?")
_HEADINGS = frozenset(
    "lot lots n° n°-lot n°-de-lot n°-du-lot numero intitule intitule-du-lot libelle designation objet".split()
)
_TOTALS = frozenset({"total", "total-ht", "total-general", "montant-total", "sous-total"})
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


def aside(ligne: str) -> bool:
    """Tell whether a line pasted from a table is its headings or its total rather than a lot."""
    cells = _cells(ligne)
    names = [folded(cell) for cell in cells]
    if any(name in _TOTALS for name in names[:2]):
        return True
    return len(cells) > 1 and any(name in _HEADINGS for name in names) and not any(map(_is_amount, cells))


def parse_line(ligne: str) -> LotDit:
    """Read « Intitulé ; montant », or the cells of a table: rank, title, amount, whatever comes after.

    A rank before the title, « 1. » or « Lot 1 : », is left aside.
    """
    cells = _cells(ligne)
    if len(cells) > 1 and _RANK_ALONE.fullmatch(cells[0]) and not _is_amount(cells[1]):
        cells = cells[1:]
    if "\t" in ligne.strip() and len(cells) > 2:
        amount = next((cell for cell in cells[1:] if _is_amount(cell)), "")
        title = cells[0]
    else:
        title, amount = (" ; ".join(cells[:-1]), cells[-1]) if len(cells) > 1 else ("".join(cells), "")
    return LotDit(_RANK.sub("", title, count=1).strip(), amount)


def _cells(ligne: str) -> list[str]:
    return [cell.strip() for cell in ligne.split("\t" if "\t" in ligne.strip() else ";") if cell.strip()]


def _is_amount(cell: str) -> bool:
    return _AMOUNT.fullmatch(cell) is not None and _CPV.fullmatch(cell) is None


def parse_list(texte: str) -> list[LotDit]:
    """Read a pasted list, one lot a line; blank lines, headings and totals are left aside."""
    return [parse_line(line) for line in texte.splitlines() if line.strip() and not aside(line)]


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
