"""The European threshold of a market: its category, its amount on the day, and whether the value reaches it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.decision import Seuil
from clausegen.law.engine import judge_all
from clausegen.law.facts import DATE, Faits, missing_of, question
from clausegen.law.references import References
from clausegen.law.rule import conditions
from clausegen.law.rulebook import Rulebook

_SOCIAL = "services-sociaux"


def settle_threshold(
    faits: Faits, livre: Rulebook, jour: date | None, references: References
) -> tuple[Seuil | None, str]:
    """Work out the threshold and add its facts: `seuil.montant_ht`, `seuil.atteint`.

    Args:
        faits: the market's facts, completed in place.
        livre: the law.
        jour: day of the law.
        references: to print the ground.

    Returns:
        The threshold for the JSON decision (None for livre V) and the id of its source.
    """
    table = livre.donnees["seuils/categories"]
    source: str = table["source"]
    fondement = references.get(source).citation
    row, missing = _category(table["categories"], faits)
    valeur = faits["valeur_retenue_ht"]
    valeur_json = None if isinstance(valeur, Unknown) else _number(valeur)
    if row is None:
        faits["seuil.montant_ht"] = faits["seuil.atteint"] = Missing(
            (*missing, *missing_of(faits, DATE, "valeur_retenue_ht"))
        )
        return Seuil(None, None, valeur_json, None, fondement), source
    if row["categorie"] is None:
        faits["seuil.montant_ht"] = faits["seuil.atteint"] = question(livre, DATE)
        return None, source
    montant = _amount(row, faits, livre, jour)
    faits["seuil.montant_ht"] = montant
    faits["seuil.atteint"] = _reached(row, faits, livre, jour)
    atteint = faits["seuil.atteint"]
    if (
        faits["services_sociaux.choix"] == _SOCIAL
        and row.get("social")
        and (special := livre.parametre(row["social"], jour))
    ):
        source = special["source"]
    seuil = Seuil(
        row["categorie"],
        None if isinstance(montant, (Unknown, Missing)) else _number(montant),
        valeur_json,
        atteint if isinstance(atteint, bool) and jour is not None else None,
        references.get(source).citation,
    )
    return seuil, source


def _category(rows: list[dict[str, Any]], faits: Faits) -> tuple[dict[str, Any] | None, tuple[Unknown, ...]]:
    """Return the first row that holds; a row that a missing fact leaves open stops the search."""
    for row in rows:
        verdict, _ = judge_all(conditions(row["toutes"]), faits)
        if verdict.valeur is True:
            return row, ()
        if verdict.valeur is None:
            return None, verdict.manquants
    return None, ()


def _amount(row: dict[str, Any], faits: Faits, livre: Rulebook, jour: date | None) -> Decimal | Unknown | Missing:
    if jour is None:
        return question(livre, DATE)
    ordinary = livre.parametre(row["seuil"], jour)
    if ordinary is None:
        return Unknown(DATE, livre.donnees["limites"]["seuils_inconnus"]["doute"])
    choix = faits["services_sociaux.choix"]
    social = livre.parametre(row["social"], jour) if row.get("social") else None
    if social is None or choix == "droit-commun":
        return Decimal(ordinary["valeur"])
    if choix == _SOCIAL:
        return Decimal(social["valeur"])
    if faits["services_sociaux.cpv"] and _between(faits["valeur_retenue_ht"], ordinary["valeur"], social["valeur"]):
        return question(livre, "seuil_services_sociaux")
    return Decimal(ordinary["valeur"])


def _between(valeur: Any, low: int, high: int) -> bool:
    return isinstance(valeur, Unknown) or low <= valeur < high


def _reached(row: dict[str, Any], faits: Faits, livre: Rulebook, jour: date | None) -> Any:
    """Compare value and amount; without a day, an answer that no period changes is still an answer."""
    valeur = faits["valeur_retenue_ht"]
    if jour is not None:
        missing = missing_of(faits, "valeur_retenue_ht", "seuil.montant_ht")
        return Missing(missing) if missing else valeur >= faits["seuil.montant_ht"]
    if isinstance(valeur, Unknown):
        return Missing((valeur, question(livre, DATE)))
    versions = livre.donnees[f"seuils/{row['seuil']}"]["versions"].values()
    amounts = [version["valeur"] for version in versions if version != "fin"]
    if row.get("social") and faits["services_sociaux.cpv"]:
        return question(livre, DATE)
    if all(valeur < amount for amount in amounts):
        return False
    return True if all(valeur >= amount for amount in amounts) else question(livre, DATE)


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def settle_amount(
    faits: Faits, livre: Rulebook, jour: date | None, nom: str, parametre: str, fait: str, *, strict: bool
) -> None:
    """Add `<nom>.montant_ht` and `<nom>.atteint` for a national amount compared with a fact.

    Args:
        faits: completed in place.
        livre: the law.
        jour: day of the law; None takes the newest amount.
        nom: prefix of the two facts.
        parametre: file of `seuils/`.
        fait: name of the fact that is compared.
        strict: whether the amount itself is still below.
    """
    version = livre.parametre(parametre, jour)
    if version is None:
        faits[f"{nom}.montant_ht"] = faits[f"{nom}.atteint"] = question(livre, DATE)
        return
    montant = Decimal(version["valeur"])
    valeur = faits[fait]
    faits[f"{nom}.montant_ht"] = montant
    if isinstance(valeur, (Unknown, Missing)):
        faits[f"{nom}.atteint"] = valeur
    else:
        faits[f"{nom}.atteint"] = valeur > montant if strict else valeur >= montant


def small_lot(own: Faits, faits: Faits, livre: Rulebook, jour: date | None) -> Any:
    """Tell whether a lot is small enough to leave the formal procedure of a market above the threshold.

    The cumulated share of such lots is left to the buyer. Source: CCP, art. R. 2123-1, 2°.
    """
    if faits["seuil.atteint"] is not True:
        return False
    nature, montant = faits["nature"], own["lot.valeur_estimee_ht"]
    if isinstance(nature, Unknown) or isinstance(montant, Unknown):
        return nature if isinstance(nature, Unknown) else montant
    limite = livre.parametre("petits-lots-travaux" if nature == "travaux" else "petits-lots-fs", jour)
    return limite is not None and montant < limite["valeur"]
