"""The facts of a lot that come from its hours: before a dispositif is retained, and after."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import Calibrage, round_hours
from clausegen.law.decision import Heures
from clausegen.law.facts import Faits, question
from clausegen.law.heures import CLAUSES
from clausegen.law.options import Choisi
from clausegen.law.rulebook import Rulebook

if TYPE_CHECKING:
    from clausegen.description.lot import Lot


def calibrated_facts(lot: Lot, calibrage: Calibrage, livre: Rulebook) -> Faits:
    """Return what the table of recommendations weighs: labour share, hours that the formula gives."""
    brut, part = calibrage.brut, calibrage.termes["part_main_oeuvre"]
    table = livre.donnees["calibrage/parametres"]
    low = Decimal(str(table["peu_de_main_oeuvre"]))
    missing = Missing(calibrage.manquants)
    secteurs = livre.donnees["calibrage/secteurs"]["secteurs"]
    return {
        "lot.offre_reservee": calibrage.secteur
        if isinstance(calibrage.secteur, Unknown)
        else bool(secteurs[calibrage.secteur].get("offre_reservee")),
        "lot.heures_ecrites": lot.heures is not None and lot.heures != "auto",
        "lot.volume_calcule": missing if brut is None else round_hours(brut, livre),
        "lot.volume_sous_minimum": missing if brut is None else brut < int(table["alertes"]["minimum_heures"]),
        "lot.peu_de_main_oeuvre": part if isinstance(part, Unknown) else part <= low,
    }


def retained_facts(
    index: int, choisi: Choisi, heures: Heures | None, calibrage: Calibrage, own: Faits, livre: Rulebook
) -> Faits:
    """Return the facts that hold once a dispositif is retained.

    Args:
        index: the lot's place in `lots`.
        choisi: what was retained.
        heures: the hours that the pieces state.
        calibrage: the terms of the formula.
        own: the lot's facts so far.
        livre: the law.
    """
    dispositif = choisi.dispositif
    volume = None if heures is None else (heures.volume if heures.volume is not None else heures.volume_au_maximum)
    missing = Missing(calibrage.manquants or (question(livre, f"lots[{index}].heures"),))
    in_clause = dispositif in CLAUSES
    return {
        "lot.dispositif": Missing(choisi.manquants) if dispositif is None else dispositif,
        "lot.choisi_par": choisi.choisi_par,
        "lot.reserve": Missing(choisi.manquants) if dispositif is None else dispositif.startswith("reserve-"),
        "lot.a_des_heures": in_clause and heures is not None,
        "lot.volume": missing if volume is None else volume,
        "lot.ratio_pour_100000": missing
        if heures is None or heures.ratio_pour_100000 is None
        else heures.ratio_pour_100000,
        "lot.heures_exigibles": _owed(heures, calibrage),
        **_load(volume, calibrage, own, missing, livre),
    }


def _owed(heures: Heures | None, calibrage: Calibrage) -> bool | Missing:
    """No hour can fall due from zero hours, nor from a ratio that starts at or above the lot's maximum."""
    if heures is None or heures.volume == 0:
        return False
    if heures.methode != "par-tranche" or not heures.parametres["a_partir_de_ht"]:
        return True
    maximum = calibrage.termes["montant_ht"]
    return Missing((maximum,)) if isinstance(maximum, Unknown) else maximum > heures.parametres["a_partir_de_ht"]


def _load(volume: int | None, calibrage: Calibrage, own: Faits, missing: Missing, livre: Rulebook) -> Faits:
    """Weigh hours against the work that the amount pays for and the people whom the duration can hold."""
    table = livre.donnees["calibrage/parametres"]
    termes = calibrage.termes
    montant, part, cout, mois = (
        termes["montant_ht"],
        termes["part_main_oeuvre"],
        termes["cout_horaire"],
        own["lot.duree_mois"],
    )
    people: Any = missing
    if volume is not None and not isinstance(mois, Unknown) and mois:
        people = round(Decimal(volume) / (Decimal(str(table["heures_par_mois"])) * mois), 1)
    too_much: Any = missing
    if (
        volume is not None
        and isinstance(montant, Decimal)
        and isinstance(part, Decimal)
        and isinstance(cout, Decimal)
        and cout
    ):
        too_much = Decimal(volume) * cout > Decimal(str(table["alertes"]["effort_max"])) * montant * part
    return {"lot.personnes_simultanees": people, "lot.heures_depassent_effort": too_much}
