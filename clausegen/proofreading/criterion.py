"""R29: the weight of the social criterion is written, and its parts add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clausegen.dossier.view import View
from clausegen.language.unknown import Unknown
from clausegen.proofreading.drafts import changed_figures
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, places
from clausegen.proofreading.quantities import POURCENT, Quantite, quantities, shown


def right_weights(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R29: the tables of sub-criteria, then the weights that the text gives to the criterion."""
    data = controle.donnees
    every = places(contexte.document)
    title = re.compile(data["titre"], re.IGNORECASE)
    yield from _tables(every, data)
    section = [p for p in every if p.under(title)]
    if contexte.dossier is None:
        if section and contexte.piece is not None and not any(_weighs(p) for p in section):
            yield _unsaid(section)
        return
    lots = [lot for lot in contexte.dossier.lots if lot.dispositif in data["dispositifs"]]
    if contexte.piece == data["piece"] and lots and not any(_weighs(p) for p in section or every):
        yield _unsaid(section)
    told: set[tuple[int, int]] = set()
    for place in every:
        if title.search(" ".join((*place.titres, place.texte))):
            for found in _weights(place, lots, contexte, data):
                told.add((place.bloc.rang, found.debut))
                yield found
    for gap in changed_figures(contexte, (POURCENT,)):
        place, q = gap.place, gap.quantite
        about = " ".join((*place.titres, *place.ligne, place.texte))
        if (place.bloc.rang, q.debut) not in told and re.search(data["sujet"], about, re.IGNORECASE):
            expected = " ou ".join(dict.fromkeys(f"{shown(r.valeur)} %" for r in gap.attendu))
            yield Constat(
                *(place.bloc, q.debut, q.apres),
                f"« {place.texte[q.debut : q.apres]} » : les pièces du marché écrivent ici {expected}. Rétablir ce "
                "poids.",
            )


def _weighs(place: Place) -> bool:
    return any(q.unite == POURCENT for q in quantities(place.texte)) or any(f.vide for f in place.bloc.champs)


def _unsaid(section: list[Place]) -> Constat:
    bloc, end = (section[0].bloc, len(section[0].texte)) if section else (None, 0)
    return Constat(
        bloc, 0, end, "Le critère social n'a pas de pondération. L'écrire, avec celle de chaque sous-critère."
    )


def _percent(place: Place) -> Quantite | None:
    found = [q for q in quantities(place.texte) if q.unite == POURCENT]
    return found[0] if len(found) == 1 else None


def _tables(every: tuple[Place, ...], data: dict[str, Any]) -> Iterator[Constat]:
    column, total = re.compile(data["colonne"], re.IGNORECASE), re.compile(data["total"], re.IGNORECASE)
    social = re.compile(data["table"], re.IGNORECASE)
    tables: dict[int, list[Place]] = {}
    for place in every:
        cell = place.bloc.cellule
        if cell is not None and cell.ligne > 0 and column.search(cell.entete):
            tables.setdefault(cell.tableau, []).append(place)
    for cells in tables.values():
        rank = cells[0].bloc.cellule.tableau if cells[0].bloc.cellule else 0
        heads = " ".join(p.texte for p in every if p.bloc.cellule and p.bloc.cellule.tableau == rank)
        if not social.search(heads):
            continue
        ends = [c for c in cells if any(total.search(t) for t in c.ligne)]
        parts = [_percent(c) for c in cells if c not in ends]
        whole = _percent(ends[0]) if len(ends) == 1 else None
        if whole is None or not parts or any(p is None for p in parts):
            continue
        expected = sum((p.valeur for p in parts if p is not None), Decimal(0))
        if expected != whole.valeur:
            yield Constat(
                *(ends[0].bloc, whole.debut, whole.apres),
                f"« {shown(whole.valeur)} % » : les sous-critères totalisent {shown(expected)} %. Corriger un "
                "poids, ou "
                "celui du critère.",
            )


def _weights(place: Place, lots: list[View], contexte: Contexte, data: dict[str, Any]) -> Iterator[Constat]:
    """The weight said of the criterion, and that of each sub-criterion, against the description's."""
    assert contexte.dossier is not None
    cell = place.bloc.cellule
    if cell is not None:
        yield from _parts(place, lots)
        return
    match = re.search(data["poids"], place.texte, re.IGNORECASE)
    if match is None:
        return
    quantite = next((q for q in quantities(place.texte) if q.debut >= match.end() - 1 and q.unite == POURCENT), None)
    mine = place.lots(match.start())
    wanted = [contexte.dossier.choix(data["cle"], lot).valeur for lot in lots if not mine or int(lot.numero) in mine]
    known = [Decimal(str(w)) for w in wanted if not isinstance(w, Unknown) and w is not None]
    if quantite is not None and known and quantite.valeur not in known:
        yield Constat(
            *(place.bloc, quantite.debut, quantite.apres),
            f"« {shown(quantite.valeur)} % » : la description pondère le critère social à {shown(known[0])} %. "
            "Rétablir ce "
            "poids, ou le changer dans la description et reprendre l'avis.",
            chemin=data["cle"],
        )


def _parts(place: Place, lots: list[View]) -> Iterator[Constat]:
    quantite = _percent(place)
    if quantite is None or not place.ligne:
        return
    parts = [p for lot in lots if not isinstance(lot.sous_criteres, Unknown) for p in lot.sous_criteres]
    label = place.ligne[0].strip()
    weights = [p.ponderation for p in parts if str(p.intitule) == label and not isinstance(p.ponderation, Unknown)]
    if weights and all(Decimal(str(w)) != quantite.valeur for w in weights):
        yield Constat(
            *(place.bloc, quantite.debut, quantite.apres),
            f"« {shown(quantite.valeur)} % » : la description donne {shown(Decimal(str(weights[0])))} % au "
            "sous-critère "
            f"« {label} ». Rétablir ce poids, ou le changer dans la description.",
            chemin="insertion.critere.sous_criteres",
        )


CHECKS: dict[str, Check] = {"R29": right_weights}
