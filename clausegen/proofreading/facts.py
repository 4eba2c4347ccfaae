"""What a market says, in the shape that checks compare: hours of each lot, and the words that the buyer wrote."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.view import View
from clausegen.french.grammar import enumeration
from clausegen.language.unknown import Unknown
from clausegen.proofreading.quantities import comparable
from clausegen.record import dataclass

_AROUND = 12
_LONG = 25


@dataclass(frozen=True, slots=True)
class Volumes:
    """The hours that the pieces state of a lot.

    Args:
        numero: its number.
        chemin: key path of the lot in the description.
        clause: whether its holder owes hours that are known or not.
        volume: the whole; None for a ratio, for an offer's commitment, and for none.
        maximum: the ratio's figure at the maximum of the lot.
        periodes: label to hours, comparable and in lower case.
        ratio: `heures`, `montant_ht`, `a_partir_de_ht`, `base`; empty without a ratio.
        inconnu: whether nothing can be compared: the volume is the offer's, or a fact is missing.
    """

    numero: int
    chemin: str
    clause: bool
    volume: int | None
    maximum: int | None
    periodes: dict[str, int] = field(default_factory=dict)
    ratio: dict[str, Any] = field(default_factory=dict)
    inconnu: bool = False

    @property
    def figures(self) -> frozenset[int]:
        """Every number of hours that may be said of the whole lot."""
        return frozenset(n for n in (self.volume, self.maximum) if n is not None)


def volumes(dossier: Dossier) -> dict[int, Volumes]:
    """Return the hours of each lot of a market, by number."""
    return {int(lot.numero): _volumes(lot) for lot in dossier.lots}


def _volumes(lot: View) -> Volumes:
    hours = lot.heures
    bearing = lot.action or lot.dispositif in ("formation", None)
    if hours is None:
        return Volumes(int(lot.numero), lot.chemin, bearing, None, None, inconnu=bearing)
    labels = {comparable(p.libelle).lower(): p.heures for p in hours.periodes if p.heures is not None}
    ratio = dict(hours.parametres) if hours.methode == "par-tranche" else {}
    unknown = hours.volume is None and not ratio
    return Volumes(
        *(int(lot.numero), lot.chemin, True, hours.volume, hours.volume_au_maximum, labels, ratio), inconnu=unknown
    )


def named(lots: frozenset[int] | set[int] | list[int]) -> str:
    """Return « le lot n° 1 », « les lots n° 1 et 2 »."""
    numbers = [str(n) for n in sorted(lots)]
    return f"le lot n° {numbers[0]}" if len(numbers) == 1 else f"les lots n° {enumeration(numbers)}"


def buyer_words(dossier: Dossier | None) -> tuple[str, ...]:
    """Return every text that the buyer wrote in the description, comparable."""
    if dossier is None:
        return ()
    return tuple({text for text in map(comparable, _texts(dossier.marche)) if len(text) > 3})


def said_by_buyer(words: tuple[str, ...], text: str, debut: int, fin: int) -> bool:
    """Tell whether words of a document come from the description as they are, with what surrounds them."""
    inside = text[max(0, debut - _AROUND) : fin + _AROUND].strip(" .;,:")
    return any(inside in word or (len(word) >= _LONG and _holds(text, word, debut, fin)) for word in words)


def _holds(text: str, word: str, debut: int, fin: int) -> bool:
    start = text.find(word)
    return start != -1 and start <= debut and fin <= start + len(word)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Unknown):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, types.SimpleNamespace):
        for item in vars(value).values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
