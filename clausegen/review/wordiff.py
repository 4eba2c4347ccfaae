"""Two wordings of a paragraph as a person reads them: spaces of another kind and curly apostrophes are the same."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from clausegen.french.typography import plain
from clausegen.record import dataclass
from clausegen.review.words import stretches
from clausegen.review.words import words as split

CHAMP = "\ufffc"
"""What stands for a field in the words compared: its question and its answer are the same place."""


class Sens(StrEnum):
    """What became of some words."""

    GARDE = "garde"
    RETIRE = "retire"
    AJOUTE = "ajoute"


@dataclass(frozen=True, slots=True)
class Ecart:
    """Some words of a paragraph, and what became of them."""

    sens: Sens
    texte: str


@dataclass(frozen=True, slots=True)
class Mot:
    """A word, a space or a sign: what is compared, and what is shown."""

    cle: str
    texte: str


@dataclass(frozen=True, slots=True)
class Remplacement:
    """Words that differ: those of before and those of after, either of which may be none."""

    avant: tuple[Mot, ...]
    apres: tuple[Mot, ...]


def words(text: str) -> list[Mot]:
    """Return the words, spaces and signs of a text."""
    return [Mot(_key(word), word) for word in split(text)]


def compared(avant: Sequence[Mot], apres: Sequence[Mot]) -> list[Mot | Remplacement]:
    """Return the words that two wordings share and, between them, those that differ, in order."""
    heavy = [any(map(str.isalnum, mot.cle)) or mot.cle == CHAMP for mot in avant]
    found: list[Mot | Remplacement] = []
    for part in stretches([mot.cle for mot in avant], [mot.cle for mot in apres], heavy):
        new = apres[part.debut_apres : part.fin_apres]
        if part.egal:
            found.extend(new)
        else:
            found.append(Remplacement(tuple(avant[part.debut : part.fin]), tuple(new)))
    return found


def gaps(found: Sequence[Mot | Remplacement]) -> tuple[Ecart, ...]:
    """Return a comparison as stretches of text, kept, struck or added."""
    parts: list[tuple[Sens, str]] = []
    for one in found:
        if isinstance(one, Mot):
            parts.append((Sens.GARDE, one.texte))
        else:
            parts += [(Sens.RETIRE, mot.texte) for mot in one.avant]
            parts += [(Sens.AJOUTE, mot.texte) for mot in one.apres]
    return tuple(Ecart(sens, "".join(text for _, text in group)) for sens, group in groupby(parts, key=itemgetter(0)))


def _key(word: str) -> str:
    if word.isspace():
        return " "
    return word if word.isascii() else plain(word).replace("\u2011", "-")
