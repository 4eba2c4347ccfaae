"""What another day would change: the decision taken again on each side of every day on which a rule changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clausegen.law.decide import decide
from clausegen.law.decision import Decision
from clausegen.law.engine import A_PRECISER
from clausegen.law.findings import Finder
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass

if TYPE_CHECKING:
    from clausegen.description.marche import Marche


Sujet = tuple[str, int | None]
"""A duty of the market (its id, None) or a dispositif of a lot (its word, the lot's number)."""


@dataclass(frozen=True, slots=True)
class Changement:
    """What a launch on another day would change.

    Args:
        jour: the nearest first day on which the answer differs, looking forward; the last one, looking back.
        avant: whether it lies before the day of the law.
        sujet: what changes.
        actuel: its status on the day of the law.
        autre: its status on the other day.
    """

    jour: date
    avant: bool
    sujet: Sujet
    actuel: str
    autre: str


@dataclass(frozen=True, slots=True)
class Palier:
    """What another value would change.

    Args:
        montant_ht: the threshold, in euros before tax.
        sous: whether the change lies below it.
        obligation: id of the duty.
        actuel: its status for the value of the file.
        autre: its status on the other side.
    """

    montant_ht: int | Decimal
    sous: bool
    obligation: str
    actuel: str
    autre: str


def changes_by_value(marche: Marche, livre: Rulebook, decision: Decision) -> list[Palier]:
    """Return the duties that a value on the other side of the European threshold would answer otherwise."""
    seuil = decision.seuil
    if seuil is None or seuil.montant_ht is None or seuil.atteint is None or decision.date_droit is None:
        return []
    other = Decimal(seuil.montant_ht) - (1 if seuil.atteint else 0)
    moved = marche.model_copy(update={"valeur_estimee_ht": other, "valeur_operation_ht": None})
    then = {duty.id: duty.statut for duty in _decision(moved, livre, decision.date_droit).obligations}
    return [
        Palier(seuil.montant_ht, seuil.atteint, duty.id, duty.statut, then[duty.id])
        for duty in decision.obligations
        if duty.statut != then[duty.id]
    ]


def changes_by_date(marche: Marche, livre: Rulebook, jour: date) -> list[Changement]:
    """Return, for each duty and option, the nearest day before and after that would answer otherwise.

    Args:
        marche: the description.
        livre: the law.
        jour: day of the law.
    """
    today = dict(_statuses(_decision(marche, livre, jour)))
    days = sorted({day for day in _boundaries(livre) if day >= livre.donnees["limites"]["code_en_vigueur"]["valeur"]})
    earlier = [day - timedelta(days=1) for day in days if day <= jour][::-1]
    found: dict[tuple[Sujet, bool], Changement] = {}
    for before, others in ((True, earlier), (False, [day for day in days if day > jour])):
        for other in others:
            if other < days[0]:
                continue
            for sujet, statut in _statuses(_decision(marche, livre, other)):
                known = found.get((sujet, before))
                # A plain answer farther off says more than a doubt close by.
                if statut != today[sujet] and (known is None or (known.autre == A_PRECISER != statut)):
                    found[(sujet, before)] = Changement(other, before, sujet, today[sujet], statut)
    return sorted(found.values(), key=lambda c: (c.sujet[1] or 0, c.jour))


def _decision(marche: Marche, livre: Rulebook, jour: date) -> Decision:
    return decide(marche, livre, jour, Finder()).decision


def _boundaries(livre: Rulebook) -> Iterator[date]:
    for folder in ("obligations", "dispositifs"):
        for regle in livre.regles[folder].values():
            yield from regle.versions
    for key, content in livre.donnees.items():
        if key.startswith("seuils/"):
            yield from content.get("versions", ())


def _statuses(decision: Decision) -> Iterator[tuple[Sujet, str]]:
    for duty in decision.obligations:
        yield (duty.id, None), duty.statut
    for lot in decision.lots:
        for option in lot.options:
            yield (option.dispositif, lot.numero), option.statut
