"""Amounts and durations as people say them: « 1,2 M€ », « 450 k€ », « 12 mois reconductible 3 fois »."""

from __future__ import annotations

import re
from decimal import Decimal

from clausegen.french.grammar import compte
from clausegen.record import dataclass

_AMOUNT = re.compile(
    r"(?P<figures>[0-9][0-9 ]*(?:[.,][0-9]{1,6})?)\s*"
    r"(?P<unit>k|m|md|mille|milliers?|millions?|milliards?)(?![a-z])\s*(?:d'|de\s)?(?P<rest>\s*(?:€|euros?)?\s*(?:ht)?)",
    re.IGNORECASE,
)
_POWERS = {"k": 3, "mille": 3, "millier": 3, "m": 6, "million": 6, "md": 9, "milliard": 9}
_NUMBER = r"(?:[0-9]{1,4}|une?|deux|trois|quatre|cinq)"
_PERIOD = re.compile(rf"(?P<nombre>{_NUMBER})\s*(?P<unite>mois|ans?|années?)\b", re.IGNORECASE)
_TIMES = re.compile(rf"(?P<times>{_NUMBER})\s*(?:fois|x\b)", re.IGNORECASE)
_RENEWALS = re.compile(rf"(?P<renewals>{_NUMBER})\s*(?:reconductions?|renouvellements?)", re.IGNORECASE)
_AGAIN = re.compile(r"reconductible|renouvelable", re.IGNORECASE)
_WITHIN = re.compile(r"\bdont\b|compris|inclus", re.IGNORECASE)
_WORDS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
_FIRM = re.compile(r"(?:fermes?|en tout|au total|maximum|au plus)?", re.IGNORECASE)
_HOW = "écrivez un nombre de mois, par exemple 48, ou « 12 mois reconductible 3 fois »"


@dataclass(frozen=True, slots=True)
class DureeDite:
    """A duration as it was told.

    Args:
        mois: months in all.
        reconductions: how many renewals; None when none was told.
        compris: how it was understood, in French.
    """

    mois: int
    reconductions: int | None
    compris: str


def amount(texte: str) -> str | None:
    """Return in figures an amount told in thousands or millions, « 1,2 M€ »; None for anything else."""
    match = _AMOUNT.fullmatch(texte.strip())
    if match is None:
        return None
    figures = Decimal(match["figures"].replace(" ", "").replace(",", "."))
    value = figures.scaleb(_POWERS[match["unit"].casefold().rstrip("s")])
    return f"{value:f}" if value == value.to_integral_value() and value < 10**15 else None


def duration(texte: str) -> DureeDite | None:
    """Read a duration told with its unit; None when it has none.

    Raises:
        ValueError: it is not one, or its renewals can be read in two ways; the French message says what to write.
    """
    found = _PERIOD.match(texte)
    if found is None:
        return None
    months = _months(found["nombre"], found["unite"])
    rest = texte[found.end() :].strip(" .,;:()")
    if _FIRM.fullmatch(rest):
        return DureeDite(months, None, f"Compris : {months} mois en tout.")
    told, times = _RENEWALS.search(rest), _TIMES.search(rest)
    if told and _WITHIN.search(rest):
        renewals = _count(told["renewals"])
        return DureeDite(months, renewals, f"Compris : {months} mois en tout, dont {compte(renewals, 'reconduction')}.")
    if told and not _AGAIN.search(rest):
        renewals = _count(told["renewals"])
        raise ValueError(
            f"les reconductions sont-elles dans les {months} mois ? Écrivez « {months} mois dont "
            f"{compte(renewals, 'reconduction')} », ou « {months} mois reconductible {renewals} fois »"
        )
    if not _AGAIN.search(rest):
        raise ValueError(_HOW)
    bare = rest if times is None else rest[: times.start()] + rest[times.end() :]
    each = _PERIOD.search(bare)
    if times is None and each is None:
        raise ValueError("combien de fois ? Écrivez par exemple « 12 mois reconductible 3 fois »")
    renewals = _count(times["times"]) if times else 1
    longer = _months(each["nombre"], each["unite"]) if each else months
    total = months + renewals * longer
    again = f"{compte(renewals, 'reconduction')} de {longer} mois"
    return DureeDite(total, renewals, f"Compris : {months} mois, puis {again}, soit {total} mois en tout.")


def _count(word: str) -> int:
    return _WORDS.get(word.casefold()) or int(word)


def _months(number: str, unit: str) -> int:
    return _count(number) * (12 if unit.casefold().startswith("an") else 1)
