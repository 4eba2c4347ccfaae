"""What French does around a noun: elision, contraction, lists, plurals."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from clausegen.record import dataclass

_VOYELLES = frozenset("aeiouœæ")

# First words before which nothing is elided: h aspiré (common words, then places) and a few vowels.
_SANS_ELISION = frozenset(
    "halle halles hall halte hameau hamac handicap handicape handicapee handicapes handicapees hangar harcelement "
    "haricot hasard hausse haut haute hautes hauts hauteur havre heros hierarchie hollande hongrie hors huit "
    "huitieme hublot haguenau halluin hambourg harfleur haubourdin hautmont hayange hazebrouck hem herserange "
    "hirsingue hoche hoenheim holtzheim homecourt honfleur houdan houilles houplines huelgoat huningue "
    "onze onzieme oui yaounde".split()
)
_AVEC_ELISION = frozenset("yonne yerres yeu yeux yeuse".split())


def _base(text: str) -> str:
    """Lower case without accents, so that « Évry » and « evry » look alike."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def elided(nom: str) -> bool:
    """Tell whether « le » and « de » lose their vowel before this noun."""
    base = _base(nom.strip())
    word = base.replace("'", " ").replace("’", " ").replace("-", " ").split(" ", 1)[0].strip(".,;")
    if not word or word in _SANS_ELISION:
        return False
    if word[0] == "y":
        # « d'Yvetot », but « de Yaoundé »: y is a consonant before a vowel, with a few exceptions.
        return word in _AVEC_ELISION or (len(word) > 1 and word[1] not in _VOYELLES)
    return word[0] in _VOYELLES or word[0] == "h"


def de(nom: str) -> str:
    """Return the noun after « de »: « de Rennes », « d'Angers », « du Mans », « des Ulis »."""
    nom = nom.strip()
    head, _, rest = nom.partition(" ")
    if rest and head in ("Le", "le"):
        return f"du {rest}"
    if rest and head in ("Les", "les"):
        return f"des {rest}"
    return f"d'{nom}" if elided(nom) else f"de {nom}"


@dataclass(frozen=True, slots=True)
class Formes:
    """A common noun with its articles; a capitalised name starts a sentence."""

    nom: str
    le: str
    Le: str
    du: str
    Du: str
    au: str
    Au: str
    un: str


def forms(nom: str, genre: Literal["m", "f"] = "m", elision: bool | None = None) -> Formes:
    """Return every article form of a noun.

    Args:
        nom: a singular noun or noun phrase, such as « maître d'œuvre ».
        genre: `m` or `f`.
        elision: None to decide it from the first letter.
    """
    if elided(nom) if elision is None else elision:
        le, du, au = f"l'{nom}", f"de l'{nom}", f"à l'{nom}"
    elif genre == "f":
        le, du, au = f"la {nom}", f"de la {nom}", f"à la {nom}"
    else:
        le, du, au = f"le {nom}", f"du {nom}", f"au {nom}"
    un = f"{'une' if genre == 'f' else 'un'} {nom}"
    return Formes(nom, le, majuscule(le), du, majuscule(du), au, majuscule(au), un)


def enumeration(items: Sequence[str], mot: str = "et") -> str:
    """Return « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {mot} {items[-1]}"


def majuscule(text: str) -> str:
    """Return the text with a capital first letter, the rest untouched (« école » → « École »)."""
    return text[:1].upper() + text[1:]


def pluriel(nombre: int, singulier: str, forme_plurielle: str | None = None) -> str:
    """Return the word that agrees with a number, without the number: singular below 2 (« 0 erreur », « 2 erreurs »)."""
    if abs(nombre) < 2:
        return singulier
    if forme_plurielle is not None:
        return forme_plurielle
    return singulier if singulier.endswith(("s", "x", "z")) else f"{singulier}s"


def compte(nombre: int, singulier: str, forme_plurielle: str | None = None) -> str:
    """Return « 3 erreurs », « 1 erreur », « aucune » being left to the caller."""
    return f"{nombre} {pluriel(nombre, singulier, forme_plurielle)}"
