"""The words of the description that the rules own."""

from __future__ import annotations

from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.law.rulebook import Rulebook

_known: dict[str, VocabulaireOuvert] = {}


def open_words(livre: Rulebook) -> VocabulaireOuvert:
    """Return the words of the description that the rules own: trades, publics, CPV codes; gathered once a law."""
    if livre.empreinte not in _known:
        _known[livre.empreinte] = _gathered(livre)
    return _known[livre.empreinte]


def _gathered(livre: Rulebook) -> VocabulaireOuvert:
    secteurs = livre.donnees["calibrage/secteurs"]["secteurs"]
    publics = livre.donnees["publics/publics"]["publics"]
    return VocabulaireOuvert(
        secteurs={i: e["libelle"] for i, e in secteurs.items()},
        publics={i: e["libelle"] for i, e in publics.items()},
        cpv=frozenset(livre.donnees["listes/cpv-2008"]["codes"].split()),
    )
