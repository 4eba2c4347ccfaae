"""Days: ISO in files, « 1er janvier 2027 » in texts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from clausegen.regex import late

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_ISO = late(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO_WITH_TIME = late(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ].*")
_ISO_LIKE = late(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_FRENCH = late(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_SPELLED = late(r"([0-9]{1,2})(?:er)?\s+([a-zà-ÿ]+)\.?\s+([0-9]{4})", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1950, 2150
_ATTENDU = "une date s'écrit année-mois-jour, par exemple 2026-12-15"


def en_lettres(jour: date) -> str:
    """Return a day as French texts write it, with plain spaces: « 1er janvier 2027 »."""
    numero = "1er" if jour.day == 1 else str(jour.day)
    return f"{numero} {MOIS[jour.month - 1]} {jour.year}"


def parse_day(text: str) -> date:
    """Read a day written in ISO form.

    Args:
        text: such as « 2026-12-15 ».

    Raises:
        ValueError: it is not one; the French message shows the ISO form of what was meant when it can be told.
    """
    written = text.strip()
    match = _ISO.fullmatch(written)
    if match is None:
        meant = iso_meant(written)
        raise ValueError(f"une date s'écrit année-mois-jour : écrire {meant}" if meant else _ATTENDU)
    try:
        jour = date(*map(int, match.groups()))
    except ValueError as error:
        raise ValueError("ce jour n'existe pas dans le calendrier") from error
    if not _FIRST_YEAR <= jour.year <= _LAST_YEAR:
        raise ValueError(f"l'année {match[1]} n'est pas vraisemblable ; {_ATTENDU}")
    return jour


def iso_meant(written: str) -> str | None:
    """Return the ISO form of a day written otherwise, such as « 15/12/2026 », when there is no doubt."""
    if match := _ISO_WITH_TIME.fullmatch(written):
        return match[1]
    if match := _ISO_LIKE.fullmatch(written):
        year, month, day = match.groups()
    elif match := _FRENCH.fullmatch(written):
        day, month, year = match.groups()
        year = f"20{year}" if len(year) == 2 else year
    elif match := _SPELLED.fullmatch(written):
        day, month, year = match[1], _month(match[2]), match[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _month(word: str) -> str:
    bare = _bare(word)
    return next((str(n) for n, mois in enumerate(MOIS, 1) if _bare(mois) == bare), "0")


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
