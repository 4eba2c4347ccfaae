"""Quantities written in a text, in figures or in words: hours, euros, days, months, percentages, with their places."""

from __future__ import annotations

import re
from decimal import Decimal

from clausegen.french.typography import plain
from clausegen.record import dataclass
from clausegen.regex import late

HEURES, EUROS, JOURS, OUVRES, SEMAINES, MOIS, ANS, POURCENT = (
    "heures",
    "euros",
    "jours",
    "jours ouvrés",
    "semaines",
    "mois",
    "ans",
    "pour cent",
)
SIGNES = {EUROS: "€", POURCENT: "%"}
DELAIS = (JOURS, OUVRES, SEMAINES, MOIS, ANS)
_UNITS = (
    (late(r"(?:heures?|h)\b(?!\s?\d)", re.IGNORECASE), HEURES),
    (late(r"€|euros?\b", re.IGNORECASE), EUROS),
    (late(r"jours? (?:ouvrés?|ouvrables?)\b", re.IGNORECASE), OUVRES),
    (late(r"jours?\b", re.IGNORECASE), JOURS),
    (late(r"semaines?\b", re.IGNORECASE), SEMAINES),
    (late(r"mois\b", re.IGNORECASE), MOIS),
    (late(r"(?:ans?|années?)\b", re.IGNORECASE), ANS),
    (late(r"%|pour cent\b|p\. ?100\b", re.IGNORECASE), POURCENT),
)
_WORDS = {
    word: number
    for number, word in enumerate(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
    )
} | {"une": 1, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_HUNDREDS, _THOUSANDS = ("cent", "cents"), ("mille",)
_WORD = "|".join(sorted((*_WORDS, *_HUNDREDS, *_THOUSANDS), key=len, reverse=True))
_FIGURES = r"(?<![\d.,])(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?"
_NUMBER = late(
    rf"(?P<figures>{_FIGURES})(?: ?\(?(?:{_WORD})(?:[- ](?:et[- ])?(?:{_WORD}))*\)?)?"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:-| et |-et-| )(?:{_WORD}))*)\b(?: ?\(\d[\d ]*\))?",
    re.IGNORECASE,
)
_OTHER_SPACES = str.maketrans("\u2009\u2007\u2008\u200a\t\n", "      ")
_LONE_ARTICLE = ("un", "une")


@dataclass(frozen=True, slots=True)
class Quantite:
    """A number with its unit, from `debut` to `fin` in the text; `apres` is the end of the unit."""

    debut: int
    fin: int
    apres: int
    valeur: Decimal
    unite: str


def comparable(text: str) -> str:
    """Return a text with plain spaces and straight apostrophes, of the same length: places keep their meaning."""
    return plain(text).translate(_OTHER_SPACES)


def quantities(text: str) -> tuple[Quantite, ...]:
    """Return the quantities of a text, in order.

    Args:
        text: as `comparable` gives it. « une heure », where the word is an article, is no quantity.
    """
    found = []
    for match in _NUMBER.finditer(text):
        rest = match.end() + (1 if text[match.end() : match.end() + 1] == " " else 0)
        for pattern, unit in _UNITS:
            sign = pattern.match(text, rest)
            if sign is None:
                continue
            value = _value(match)
            if value is not None:
                found.append(Quantite(match.start(), match.end(), sign.end(), value, unit))
            break
    return tuple(found)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["figures"]:
        return Decimal(match["figures"].replace(" ", "").replace(",", "."))
    words = [word for word in re.split(r"[- ]", match["words"].lower()) if word != "et"]
    return None if len(words) == 1 and words[0] in _LONE_ARTICLE else Decimal(from_words(words))


def from_words(words: list[str]) -> int:
    """Return the number that French words spell: `quatre`, `cent`, `vingt` is 420."""
    total, hundreds, units = 0, 0, 0
    for word in words:
        if word in _THOUSANDS:
            total += (hundreds + units or 1) * 1000
            hundreds = units = 0
        elif word in _HUNDREDS:
            hundreds, units = (units or 1) * 100, 0
        elif word in ("vingt", "vingts") and units == 4:
            units = 80
        else:
            units += _WORDS[word]
    return total + hundreds + units


def shown(value: Decimal | int) -> str:
    """Return a number as a message prints it: « 1 200 », « 36,93 »."""
    text = f"{Decimal(value):,.2f}".removesuffix(".00").replace(",", " ").replace(".", ",")
    return text
