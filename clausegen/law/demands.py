"""The facts that are asked for whenever the description leaves them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from clausegen.language.unknown import Unknown
from clausegen.law.choices import lookup
from clausegen.law.facts import question, valeur_retenue
from clausegen.law.papers import LotFile
from clausegen.law.rulebook import Rulebook

if TYPE_CHECKING:
    from clausegen.description.marche import Marche


def demands(marche: Marche, lots: Iterable[LotFile], livre: Rulebook) -> Iterator[Unknown]:
    """Yield the asked facts that nobody gave.

    Source: the contract of the description, « When a key is absent », held in `rules/demandes.yaml`.
    """
    table = livre.donnees["demandes"]
    keys = [*table["marche"], *(table["facilitateur"] if marche.facilitateur is not None else ())]
    for chemin in keys:
        if not _given(marche, chemin, livre):
            yield question(livre, chemin)
    for papers in lots:
        for chemin in table["dispositifs"].get(papers.choisi.dispositif, ()):
            if isinstance(papers.choix[chemin].valeur, Unknown):
                yield papers.choix[chemin].valeur


def _given(marche: Marche, chemin: str, livre: Rulebook) -> bool:
    if chemin == "valeur_estimee_ht":
        return not isinstance(valeur_retenue(marche, livre), Unknown)
    valeur = lookup(marche, chemin)[1]
    return valeur is not None and valeur != ()
