"""From a description to the plain facts that conditions read; what nobody told is an `Unknown` with its question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.rulebook import Rulebook

if TYPE_CHECKING:
    from clausegen.description.lot import Lot
    from clausegen.description.marche import Marche


Faits = dict[str, Any]
DATE = "date_lancement"


def question(livre: Rulebook, chemin: str) -> Unknown:
    """Return the missing fact of a key, with the question that a buyer can answer."""
    return Unknown(chemin, livre.question(chemin))


def known(livre: Rulebook, chemin: str, valeur: Any) -> Any:
    """Return a value, or the missing fact of its key when it is None."""
    return question(livre, chemin) if valeur is None else valeur


def market_facts(marche: Marche, livre: Rulebook, jour: date | None) -> Faits:
    """Return the facts that concern the whole market.

    Args:
        marche: the description.
        livre: the law, for questions and social-service codes.
        jour: day of the law; None when it is not known.

    Returns:
        Dotted names to plain values; the threshold's facts are added by `seuil`.
    """
    acheteur, lots = marche.acheteur, marche.lots or ()
    categorie = known(livre, "acheteur.categorie", acheteur.categorie if acheteur else None)
    faits: Faits = {
        DATE: known(livre, DATE, jour),
        "contrat": known(livre, "contrat", marche.contrat),
        "nature": known(livre, "nature", marche.nature),
        "regime": marche.regime or "classique",
        "ccag": known(livre, "ccag", marche.ccag),
        "procedure": known(livre, "procedure", marche.procedure),
        "duree_mois": known(livre, "duree_mois", marche.duree_mois),
        "reconductions": marche.reconductions or 0,
        "lots.nombre": len(lots) if lots else question(livre, "lots"),
        "allotissement_motif": bool(marche.allotissement_motif),
        "acheteur.categorie": categorie,
        "acheteur.pouvoir_adjudicateur": _pouvoir_adjudicateur(acheteur, categorie, livre),
        "acheteur.achats_annuels_ht": known(
            livre, "acheteur.achats_annuels_ht", acheteur.achats_annuels_ht if acheteur else None
        ),
        "facilitateur.present": marche.facilitateur is not None,
        "facilitateur.type": marche.facilitateur.type if marche.facilitateur and marche.facilitateur.type else "aucun",
        "services_sociaux.choix": marche.seuil_services_sociaux or "",
        "services_sociaux.cpv": _social_cpv(marche, livre),
        "valeur_retenue_ht": valeur_retenue(marche, livre),
    }
    return faits


def _pouvoir_adjudicateur(acheteur: Any, categorie: Any, livre: Rulebook) -> Any:
    if isinstance(categorie, Unknown):
        return categorie
    if categorie != "entite-adjudicatrice":
        return True
    return known(livre, "acheteur.pouvoir_adjudicateur", acheteur.pouvoir_adjudicateur)


def _social_cpv(marche: Marche, livre: Rulebook) -> bool:
    codes = [c for c in (marche.cpv, *(lot.cpv for lot in marche.lots or ())) if c]
    return any(livre.cpv_in(liste, code) for code in codes for liste in ("services-sociaux", "article-77"))


def valeur_retenue(marche: Marche, livre: Rulebook) -> Decimal | Unknown:
    """Return the value held against the threshold: the whole market, or the whole opération when it is larger.

    Returns:
        Euros before tax. The sum of the lots stands in for a missing total when every lot has an amount.
    """
    total = marche.valeur_estimee_ht
    if total is None:
        montants = [lot.valeur_estimee_ht for lot in marche.lots or ()]
        if montants and all(m is not None for m in montants):
            total = sum((m for m in montants if m is not None), Decimal(0))
    if total is None:
        return question(livre, "valeur_estimee_ht")
    return max(total, marche.valeur_operation_ht or Decimal(0))


def lot_facts(marche: Marche, lot: Lot, index: int, livre: Rulebook) -> Faits:
    """Return the facts of one lot, before anything is decided for it.

    Args:
        marche: the description, whose keys a lot inherits.
        lot: the lot.
        index: its place in `lots`, for key paths.
        livre: the law, for questions, sectors and codes.
    """
    prefix = f"lots[{index}]"
    code = lot.cpv or marche.cpv
    return {
        "lot.valeur_estimee_ht": known(livre, f"{prefix}.valeur_estimee_ht", lot_amount(marche, lot)),
        "lot.duree_mois": known(livre, "duree_mois", lot.duree_mois or marche.duree_mois),
        "lot.cpv_art77": question(livre, f"{prefix}.cpv") if code is None else livre.cpv_in("article-77", code),
        "lot.aucun_motif": lot.aucun_motif or "",
        "lot.aucun_justification": bool((lot.aucun_justification or "").strip()),
        "lot.autres_conditions": bool(lot.autres_conditions_sociales),
        "lot.conditions_reserve": bool(lot.conditions_reserve),
        "lot.heures_complementaires": lot.heures_complementaires or 0,
        "lot.services_sociaux": _social(lot, code, prefix, livre),
        "lot.mission_service_public": bool(lot.mission_service_public)
        or question(livre, f"{prefix}.mission_service_public"),
        "lot.attribution_ess_3_ans": known(livre, f"{prefix}.attribution_ess_3_ans", lot.attribution_ess_3_ans),
        "lot.reprise_personnel": bool(lot.reprise_personnel),
    }


def _social(lot: Lot, code: str | None, prefix: str, livre: Rulebook) -> Any:
    """Tell whether a lot holds nothing but social services: as told, else false when its CPV code is of no list."""
    if lot.services_exclusivement_sociaux is not None:
        return lot.services_exclusivement_sociaux
    if code is not None and not livre.cpv_in("services-sociaux", code) and not livre.cpv_in("article-77", code):
        return False
    return question(livre, f"{prefix}.services_exclusivement_sociaux")


def lot_amount(marche: Marche, lot: Lot) -> Decimal | None:
    """Return a lot's amount in euros before tax; a single lot has the market's."""
    if lot.valeur_estimee_ht is not None:
        return lot.valeur_estimee_ht
    return marche.valeur_estimee_ht if len(marche.lots or ()) == 1 else None


def missing_of(faits: Mapping[str, Any], *noms: str) -> tuple[Unknown, ...]:
    """Return the missing facts among some names, each once."""
    found: dict[Unknown, None] = {}
    for nom in noms:
        valeur = faits[nom]
        if isinstance(valeur, Unknown):
            found[valeur] = None
        elif isinstance(valeur, Missing):
            found.update(dict.fromkeys(valeur.unknowns))
    return tuple(found)
