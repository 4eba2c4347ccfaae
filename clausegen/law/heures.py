"""Hours of a lot as the pieces state them: written, calibrated, or a ratio to orders; split by tranche or period."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import Calibrage, calibrated_hours, number, per_100000
from clausegen.law.decision import Heures, Periode
from clausegen.law.facts import lot_amount, question
from clausegen.law.rulebook import Rulebook
from clausegen.record import replace

if TYPE_CHECKING:
    from clausegen.description.lot import Lot
    from clausegen.description.marche import Marche


CLAUSES = ("clause", "clause-et-critere")


def carries_action(dispositif: str | None, lot: Lot) -> bool:
    """Tell whether a lot's holder owes hours: the lot's own, the offer's, or those besides a reservation."""
    reserved = dispositif is not None and dispositif.startswith("reserve-")
    return dispositif in (*CLAUSES, "critere") or (reserved and bool(lot.heures_complementaires))


def lot_hours(marche: Marche, lot: Lot, dispositif: str | None, calibrage: Calibrage, livre: Rulebook) -> Heures | None:
    """Return the hours that a lot's pieces state.

    Args:
        marche: the description.
        lot: the lot.
        dispositif: what was retained; None when undecided.
        calibrage: the terms of the formula.
        livre: the law, for labels and the scale of training clauses.

    Returns:
        None for a lot that carries no hours.
    """
    if dispositif is not None and dispositif.startswith("reserve-"):
        extra = lot.heures_complementaires
        return _written(extra, marche, lot) if extra else None
    if dispositif == "formation":
        return _training(marche, lot, livre)
    if dispositif not in CLAUSES:
        return None
    heures = lot.heures
    if heures is not None and not isinstance(heures, (int, str)):
        return _by_amount(marche, lot)
    if isinstance(heures, int):
        hours = _written(heures, marche, lot)
    elif _tranches_written(lot):
        hours = _written(sum(t.heures or 0 for t in lot.tranches or ()), marche, lot)
    elif lot.heures_periodes:
        hours = _written(sum(lot.heures_periodes), marche, lot)
    else:
        hours = calibrated_hours(calibrage, livre)
    return replace(hours, periodes=_periods(marche, lot, hours.volume, livre))


def _tranches_written(lot: Lot) -> bool:
    return bool(lot.tranches) and all(t.heures is not None for t in lot.tranches or ())


def _written(volume: int, marche: Marche, lot: Lot) -> Heures:
    montant = lot_amount(marche, lot)
    parametres = {"montant_ht": None if montant is None else number(montant)}
    ratio = None if not montant else per_100000(volume, montant)
    return Heures(volume, volume, "heures", "saisie", parametres, ratio)


def _by_amount(marche: Marche, lot: Lot) -> Heures:
    """A ratio to orders or invoices: no volume, but its figure at the lot's maximum, pro rata, rounded down."""
    tranche: Any = lot.heures.par_tranche  # type: ignore[union-attr]
    seuil = tranche.a_partir_de_ht or Decimal(0)
    parametres = {
        "heures": tranche.heures,
        "montant_ht": number(tranche.montant_ht),
        "a_partir_de_ht": number(seuil),
        "base": str(tranche.base or "commande"),
    }
    maximum = lot_amount(marche, lot)
    at_maximum = None
    if maximum is not None:
        excess = max(Decimal(0), maximum - seuil)
        at_maximum = int((excess * tranche.heures / tranche.montant_ht).to_integral_value(ROUND_FLOOR))
    ratio = per_100000(tranche.heures, tranche.montant_ht)
    return Heures(None, None, "heures", "par-tranche", parametres, ratio, volume_au_maximum=at_maximum)


def _training(marche: Marche, lot: Lot, livre: Rulebook) -> Heures | None:
    """Hours of a training clause: written, else read from the scale by amount (no value in between)."""
    if isinstance(lot.heures, int):
        return _written(lot.heures, marche, lot)
    montant = lot_amount(marche, lot)
    parametres = {"montant_ht": None if montant is None else number(montant)}
    if montant is None:
        return Heures(None, None, "heures", "bareme-formation", parametres, None)
    volume = training_volume(montant, livre)
    return Heures(volume, volume, "heures", "bareme-formation", parametres, per_100000(volume, montant))


def training_volume(montant: Decimal, livre: Rulebook) -> int:
    """Return the hours of a training clause for an amount (euros before tax): a step of the scale, nothing between."""
    rows = livre.donnees["calibrage/bareme-formation"]["tranches"]
    return [int(row["heures"]) for row in rows if montant >= int(row["a_partir_de_ht"])][-1]


def _periods(marche: Marche, lot: Lot, volume: int | None, livre: Rulebook) -> tuple[Periode, ...]:
    libelles = livre.donnees["calibrage/libelles"]["periodes"]
    if lot.tranches:
        labels = [str(libelles[t.type]).format(code=t.code) for t in lot.tranches]
        hours = [t.heures for t in lot.tranches]
        if any(h is None for h in hours):
            hours = _share(volume, [t.montant_ht for t in lot.tranches])
        return tuple(Periode(label, h) for label, h in zip(labels, hours, strict=True))
    renewals = marche.reconductions or 0
    if not renewals:
        return ()
    labels = [libelles["initiale"], *(str(libelles["reconduction"]).format(numero=n) for n in range(1, renewals + 1))]
    given: list[int | None] = list(lot.heures_periodes or ())
    hours = given if len(given) == len(labels) else _share(volume, period_months(marche, lot))
    return tuple(Periode(label, h) for label, h in zip(labels, hours, strict=True))


def period_months(marche: Marche, lot: Lot) -> list[Decimal | None]:
    """Return the months of the initial period and of each renewal; None where they are not whole months."""
    renewals = marche.reconductions or 0
    total = lot.duree_mois or marche.duree_mois
    if total is None:
        return [None] * (renewals + 1)
    first = lot.duree_ferme_mois
    if first is None:
        whole = total % (renewals + 1) == 0
        return [Decimal(total // (renewals + 1)) if whole else None] * (renewals + 1)
    rest = total - first
    whole = rest >= 0 and rest % renewals == 0
    return [Decimal(first), *([Decimal(rest // renewals) if whole else None] * renewals)]


def shortest_term(marche: Marche, lot: Lot) -> int | None:
    """Return the months of the shortest known tranche or period at whose end hours fall due; None for none known."""
    months: list[int | Decimal | None]
    if lot.tranches:
        months = [t.duree_mois for t in lot.tranches]
    elif marche.reconductions:
        months = [*period_months(marche, lot)]
    else:
        months = [lot.duree_mois or marche.duree_mois]
    return min((int(m) for m in months if m is not None), default=None)


def _share(volume: int | None, weights: list[Any]) -> list[int | None]:
    """Share a volume by weight, rounded down, the remainder to the last; nothing is shared on a missing weight."""
    if volume is None or any(w is None for w in weights) or not sum(weights):
        return [None] * len(weights)
    total = sum(Decimal(w) for w in weights)
    shares: list[int | None] = [
        int((Decimal(volume) * Decimal(w) / total).to_integral_value(ROUND_FLOOR)) for w in weights
    ]
    shares[-1] = volume - sum(s or 0 for s in shares[:-1])
    return shares


def hours_questions(
    lot: Lot, index: int, heures: Heures | None, calibrage: Calibrage, livre: Rulebook
) -> tuple[Unknown, ...]:
    """Return what is missing to state the hours of a lot."""
    if heures is None:
        return ()
    prefix = f"lots[{index}]"
    missing: list[Unknown] = []
    if heures.methode == "part-main-oeuvre" and heures.volume is None:
        missing.extend(calibrage.manquants)
    if heures.methode == "bareme-formation" and heures.volume is None:
        missing.append(question(livre, f"{prefix}.valeur_estimee_ht"))
    if heures.volume is not None and any(p.heures is None for p in heures.periodes):
        missing.append(question(livre, f"{prefix}.tranches" if lot.tranches else f"{prefix}.duree_ferme_mois"))
    return tuple(missing)
