"""R05: the delays of the clause are the same everywhere: those that the description sets, and those of the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.language.unknown import Unknown
from clausegen.proofreading.drafts import changed_figures
from clausegen.proofreading.facts import buyer_words, said_by_buyer
from clausegen.proofreading.insertion import insertion_places
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, sentences
from clausegen.proofreading.quantities import DELAIS, HEURES, Quantite, quantities, shown


def same_delays(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R05: against the description, then against the draft of the piece."""
    told: set[tuple[int, int]] = set()
    for place, start, sentence in _sentences(contexte):
        for rule in controle.donnees["delais"]:
            match = re.search(rule["motif"], sentence, re.IGNORECASE)
            if match is None:
                continue
            quantite = _at(sentence, match.start("n"))
            if quantite is None or start + quantite.debut < 0:
                continue
            right = _expected(contexte, rule, place.lots(start + match.start("n")))
            if right and quantite.valeur not in right:
                told.add((place.bloc.rang, start + quantite.debut))
                yield _wrong(place, start, quantite, right, rule)
    words = buyer_words(contexte.dossier)
    hours = re.compile(controle.donnees["en_heures"], re.IGNORECASE)
    for gap in changed_figures(contexte, (*DELAIS, HEURES)):
        q = gap.quantite
        if q.unite == HEURES and not hours.search(gap.place.texte[: q.debut]):
            continue
        if (gap.place.bloc.rang, q.debut) in told or said_by_buyer(words, gap.place.texte, q.debut, q.apres):
            continue
        expected = " ou ".join(dict.fromkeys(f"{shown(r.valeur)} {_unit(r)}" for r in gap.attendu))
        yield Constat(
            *(gap.place.bloc, q.debut, q.apres),
            f"« {gap.place.texte[q.debut : q.apres]} » : les pièces du marché écrivent ici {expected}. Rétablir ce "
            "délai, "
            "ou le changer dans chaque pièce qui le reprend.",
        )


def _sentences(contexte: Contexte) -> Iterator[tuple[Place, int, str]]:
    for place in insertion_places(contexte):
        label = place.ligne[0] if place.ligne else ""
        for start, sentence in sentences(place.texte):
            yield place, start, sentence
        if label and not place.bloc.texte.startswith(label):
            # « Réunion de mise au point | Dans les 15 jours… » : the label of the row is the subject of the cell.
            yield place, -len(label) - 3, f"{label} : {place.texte}"


def _at(sentence: str, start: int) -> Quantite | None:
    return next((q for q in quantities(sentence) if q.debut <= start < q.apres), None) or _bare(sentence, start)


def _bare(sentence: str, start: int) -> Quantite | None:
    """Return a number without unit: the day of the month of « avant le 15 du mois »."""
    match = re.compile(r"\d+").match(sentence, start)
    return Quantite(start, match.end(), match.end(), Decimal(match.group()), "") if match else None


def _expected(contexte: Contexte, rule: dict[str, Any], lots: frozenset[int]) -> tuple[Decimal, ...]:
    if contexte.dossier is None:
        return ()
    values = _choices(contexte.dossier, rule["cle"], lots)
    return tuple(Decimal(str(v)) for v in values if isinstance(v, (int, Decimal)) and not isinstance(v, bool))


def _choices(dossier: Dossier, chemin: str, lots: frozenset[int]) -> list[Any]:
    groups = dossier.groupes(chemin)
    named = [g for g in groups if not lots or not g.lots or lots & set(g.lots)]
    values = [g.valeur for g in named or groups]
    return [] if any(isinstance(v, Unknown) or v is None for v in values) else values


def _wrong(place: Place, start: int, quantite: Quantite, right: tuple[Decimal, ...], rule: dict[str, Any]) -> Constat:
    first, last = start + quantite.debut, start + quantite.apres
    unit = f" {_unit(quantite)}" if quantite.unite else ""
    expected = " ou ".join(f"{shown(value)}{unit}" for value in right)
    return Constat(
        *(place.bloc, first, last),
        f"« {shown(quantite.valeur)}{unit} » : la description fixe {expected} {rule['dit']}. Rétablir ce délai, ou le "
        "changer dans la description et reprendre toutes les pièces.",
        chemin=rule["cle"],
    )


def _unit(quantite: Quantite) -> str:
    if quantite.valeur == 1:
        return {"jours": "jour", "semaines": "semaine", "ans": "an", "jours ouvrés": "jour ouvré"}.get(
            quantite.unite, quantite.unite
        )
    return quantite.unite


CHECKS: dict[str, Check] = {"R05": same_delays}
