"""Values that may be written in several ways, or that belong to a list of words that the rules own."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from clausegen.description.readers import Entiers, as_written, read_amount, refuse
from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.files.nearest import enumerated, nearest
from clausegen.files.refusal import Refus
from clausegen.files.treepath import shown
from clausegen.record import dataclass
from clausegen.regex import late

_SMIC = late(r"\s*([0-9]{1,4}(?:[.,][0-9]{1,4})?)\s*[x×*]\s*smic\s*", re.IGNORECASE)


def read_hourly_penalty(value: Any) -> Decimal | str:
    """Read a penalty per hour: euros, or a multiple of the minimum wage, « 2 x smic »."""
    text = as_written(value, "un montant")
    if match := _SMIC.fullmatch(text):
        return f"{match[1].replace(',', '.')} x smic"
    if "smic" in text.casefold():
        raise refuse("F030", 'un multiple du SMIC s\'écrit "2 x smic"')
    return read_amount(value)


def read_hours(value: Any) -> Any:
    """Read `auto` or a whole number of hours."""
    if as_written(value, "`auto`, un nombre entier ou un bloc `par_tranche`").casefold() == "auto":
        return "auto"
    try:
        return Entiers(0, 10_000_000)(value)
    except Refus as error:
        reason = "`auto`, un nombre entier d'heures ou {par_tranche: {heures: …, montant_ht: …}} est attendu"
        raise refuse("F032", reason) from error


def read_modalities(value: Any) -> str:
    """Read the single word that stands for every modality."""
    return _only(value, "toutes")


def read_ccag_publics(value: Any) -> str:
    """Read the single word that stands for the CCAG's own list of publics."""
    return _only(value, "ccag")


def _only(value: Any, word: str) -> str:
    text = as_written(value, f"`{word}` ou une liste")
    if text == word:
        return word
    raise refuse("F022", f"écrire `{word}`, ou une liste entre crochets : [{shown(text)}]")


@dataclass(frozen=True, slots=True)
class MotOuvert:
    """A reader of the words of one open list.

    Args:
        attendu: what is expected, in French: « un secteur de la liste est attendu ».
        liste: name of the list, within the words that the rules own; without them, any identifier is taken.
    """

    attendu: str
    liste: str

    def __call__(self, value: Any, info: Any) -> str:
        """Read a word; `info.context` holds the words that the rules own."""
        text = as_written(value, "un identifiant")
        vocabulaire = (info.context or {}).get("vocabulaire")
        words = getattr(vocabulaire, self.liste) if isinstance(vocabulaire, VocabulaireOuvert) else {}
        if text in words or (not words and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text)):
            return text
        meant = nearest(text, tuple(words))
        hint = f" ; vouliez-vous dire `{meant}` ?" if meant else ""
        raise refuse(
            "F022",
            f"{self.attendu} : {enumerated(words)}{hint}"
            if words
            else f"{self.attendu}, en minuscules avec des traits d'union",
        )
