"""What a sentence on renewals says: how many, and for how long in all. Only what leaves no doubt is returned."""

from __future__ import annotations

import re

from clausegen.record import dataclass

_WORDS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "dix-huit": 18, "vingt-quatre": 24, "trente-six": 36, "quarante-huit": 48,
}  # fmt: skip
_N = r"(?P<n>\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\s*(?:\(\s*\d{1,3}\s*\)\s*)?"
_DURATION = re.compile(rf"\b{_N}(?P<u>mois|ans?|années?)\b")
_TIMES = (
    re.compile(rf"\b{_N}fois\b"),
    re.compile(rf"\b{_N}(?:reconductions?|périodes?\s+de\s+reconduction)\b"),
    re.compile(
        rf"\breconductions?\s+(?:est\s+|sont\s+)?(?:fixée?s?\s+)?(?:à|de|:)\s*{_N}(?![\w\s]{{0,3}}(?:mois|ans?)\b)"
    ),
    re.compile(rf"\breconduit\s+pour\s+{_N}périodes?\b"),
)
_WHOLE = re.compile(
    r"durée\s+(?:totale|globale|maximale|maximum)(?!\s+de\s+reconduction)(?:(?!durée)[^.;]){0,90}?"
    rf"\b{_N}(?P<u>mois|ans?|années?)\b"
    rf"|\bsoit\s+(?:au\s+total\s+)?{_N.replace('?P<n>', '?P<m>')}(?P<v>mois|ans?|années?)\s+(?:au\s+)?maximum"
)
_FIRST = re.compile(rf"\b(?:ferme|initiale?)\s+(?:est\s+)?(?:de\s+|:\s*)?{_N}(?P<u>mois|ans?|années?)\b")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Reconduction:
    """What a text says of renewals.

    Args:
        nombre: how many; None when it says nothing, or several things.
        total: months in all, renewals included; None likewise.
        durees: every duration named, in months.
        initiale: months of the first period, when the text names it.
    """

    nombre: int | None
    total: int | None
    durees: frozenset[int]
    initiale: int | None = None


def read_renewals(texte: str) -> Reconduction:
    """Read a sentence such as « reconductible trois (3) fois pour des périodes de douze (12) mois »."""
    text = texte[:_LONGEST].casefold().replace("d'un", "un").replace("d’un", "un")
    times = {_number(match["n"]) for pattern in _TIMES for match in pattern.finditer(text)}
    totals = {_months(match["n"] or match["m"], match["u"] or match["v"]) for match in _WHOLE.finditer(text)}
    named = frozenset(_months(match["n"], match["u"]) for match in _DURATION.finditer(text))
    first = {_months(match["n"], match["u"]) for match in _FIRST.finditer(text)}
    return Reconduction(_only(times), _only(totals), named, _only(first))


def _only(found: set[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word]


def _months(word: str, unit: str) -> int:
    return _number(word) * (1 if unit == "mois" else 12)
