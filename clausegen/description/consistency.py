"""Contradictions that the description shows by itself, without any law: sums, numbers, dates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.amounts import euros
from clausegen.french.dates import en_lettres

if TYPE_CHECKING:
    from clausegen.description.insertion import Critere, Insertion
    from clausegen.description.lot import Lot
    from clausegen.description.marche import Marche


_WITH_A_REASON = ("auto", "aucun", "critere")


def contradictions(marche: Marche) -> Iterator[Diagnostic]:
    """Yield what does not hold together in a description, with key paths and without places."""
    yield from _numbers(marche)
    yield from _amounts(marche)
    yield from _dates(marche)
    yield from _insertion(marche.insertion, "insertion")
    for index, lot in enumerate(marche.lots or ()):
        prefix = f"lots[{index}]"
        yield from _hours(marche, lot, prefix)
        yield from _durations(marche, lot, prefix)
        yield from _reason(lot, prefix)
        yield from _insertion(lot.insertion, f"{prefix}.insertion")


def _error(code: str, message: str, chemin: str) -> Diagnostic:
    return Diagnostic(code, Niveau.ERREUR, message, chemin)


def _numbers(marche: Marche) -> Iterator[Diagnostic]:
    first: dict[int, int] = {}
    for index, lot in enumerate(marche.lots or ()):
        if lot.numero in first:
            message = f"Deux lots portent le numéro {lot.numero} : `lots[{first[lot.numero]}]` et `lots[{index}]`."
            yield _error("C001", message, f"lots[{index}].numero")
        first.setdefault(lot.numero, index)


def _amounts(marche: Marche) -> Iterator[Diagnostic]:
    """Below the total, options and renewals may explain the rest; above it, nothing does."""
    total = marche.valeur_estimee_ht
    if total is None:
        return
    known = sum((lot.valeur_estimee_ht for lot in marche.lots or () if lot.valeur_estimee_ht is not None), Decimal(0))
    if known > total:
        message = f"La somme des lots, {euros(known)} HT, dépasse la valeur du marché, {euros(total)} HT."
        yield _error("C002", message, "valeur_estimee_ht")
    minimum = marche.accord_cadre.minimum_ht if marche.accord_cadre else None
    if minimum is not None and minimum > total:
        message = f"Le minimum de l'accord-cadre, {euros(minimum)} HT, dépasse son maximum, {euros(total)} HT."
        yield _error("C002", message, "accord_cadre.minimum_ht")


def _hours(marche: Marche, lot: Lot, prefix: str) -> Iterator[Diagnostic]:
    periods = lot.heures_periodes
    expected = (marche.reconductions or 0) + 1
    if periods is not None and len(periods) != expected:
        message = (
            f"`heures_periodes` compte {len(periods)} valeur{'s' if len(periods) > 1 else ''} ; il en faut {expected}, "
            "pour la période initiale et chaque reconduction (`reconductions`)."
        )
        yield Diagnostic("C007", Niveau.ERREUR, message, f"{prefix}.heures_periodes")
    if not isinstance(lot.heures, int):
        return
    if periods is not None and sum(periods) != lot.heures:
        message = f"La somme de `heures_periodes`, {sum(periods)}, n'est pas `heures`, {lot.heures}."
        yield _error("C003", message, f"{prefix}.heures_periodes")
    shares = [tranche.heures for tranche in lot.tranches or ()]
    known = sum(share for share in shares if share is not None)
    if shares and (known > lot.heures or (None not in shares and known != lot.heures)):
        message = f"La somme des heures des tranches, {known}, n'est pas `heures`, {lot.heures}."
        yield _error("C003", message, f"{prefix}.tranches")


def _durations(marche: Marche, lot: Lot, prefix: str) -> Iterator[Diagnostic]:
    total = lot.duree_mois if lot.duree_mois is not None else marche.duree_mois
    if total is not None and lot.duree_ferme_mois is not None and lot.duree_ferme_mois > total:
        message = f"La période initiale, {lot.duree_ferme_mois} mois, dépasse la durée du lot, {total} mois en tout."
        yield _error("C008", message, f"{prefix}.duree_ferme_mois")


def _reason(lot: Lot, prefix: str) -> Iterator[Diagnostic]:
    """A reason for the absence of a condition makes no sense beside a device that carries one."""
    dispositif = lot.dispositif or "auto"
    if dispositif in _WITH_A_REASON or dispositif.startswith("reserve-"):
        return
    for name in ("aucun_motif", "aucun_justification"):
        if getattr(lot, name) is not None:
            message = f"`{name}` explique l'absence de condition sociale ; le dispositif `{dispositif}` en porte une."
            yield Diagnostic("C006", Niveau.AVERTISSEMENT, message, f"{prefix}.{name}")


def _insertion(insertion: Insertion | None, prefix: str) -> Iterator[Diagnostic]:
    if insertion is None:
        return
    if insertion.critere is not None:
        yield from _criterion(insertion.critere, f"{prefix}.critere")
    report = insertion.bilan_final
    if report is not None and report.mois_avant is not None and report.mois_apres is not None:
        message = "Le bilan final est dû avant ou après la fin du marché : garder `mois_avant` ou `mois_apres`."
        yield _error("C009", message, f"{prefix}.bilan_final")


def _criterion(critere: Critere, prefix: str) -> Iterator[Diagnostic]:
    parts = critere.sous_criteres or ()
    known = sum((part.ponderation for part in parts if part.ponderation is not None), Decimal(0))
    total = critere.ponderation
    if total is None or not parts:
        return
    # A part without a name or a weight is still to be written: others may well follow it.
    finished = all(part.intitule is not None and part.ponderation is not None for part in parts)
    if known > total or (finished and known != total):
        message = (
            f"La somme des sous-critères, {_percent(known)}, n'est pas la pondération du critère, {_percent(total)}."
        )
        yield _error("C004", message, f"{prefix}.sous_criteres")


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f} %".replace(".", ",")


def _dates(marche: Marche) -> Iterator[Diagnostic]:
    launch, facilitateur = marche.date_lancement, marche.facilitateur
    if launch is None or facilitateur is None:
        return
    for name, what in (("accord_le", "L'accord de la structure"), ("avis_le", "L'avis du facilitateur")):
        day = getattr(facilitateur, name)
        if day is not None and day > launch:
            message = f"{what}, du {en_lettres(day)}, est postérieur au lancement, le {en_lettres(launch)}."
            yield Diagnostic("C005", Niveau.AVERTISSEMENT, message, f"facilitateur.{name}")
