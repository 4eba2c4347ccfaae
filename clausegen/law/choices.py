"""The buyer's drafting choices for a lot: what the lot says, else the market, else a default that is shown as such."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import minimum_wage
from clausegen.law.decision import ValeurParDefaut
from clausegen.law.facts import question
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass
from clausegen.regex import late

if TYPE_CHECKING:
    from clausegen.description.lot import Lot
    from clausegen.description.marche import Marche


_SMIC = late(r"\s*([0-9]+(?:[.,][0-9]+)?)\s*[x×*]\s*smic\s*", re.IGNORECASE)
ASKED = {
    "insertion.penalites.proportion": "euros",
    "insertion.penalites.donnees": "euros",
    "insertion.critere.ponderation": "texte",
}
"""Keys without a default, asked when they are absent, with the unit in which they are printed."""
NONE_MEANT = (
    "insertion.actions_alternatives",
    "insertion.penalites.plafond_pct",
    "insertion.publics_prioritaires",
    "insertion.cadre",
    "insertion.bilan_final.mois_avant",
    "insertion.bilan_final.mois_apres",
)


@dataclass(frozen=True, slots=True)
class Choix:
    """One drafting choice.

    Args:
        chemin: key path under `insertion` or `facilitateur`, without the lot.
        valeur: the value, or the missing fact when the file says `null`.
        unite: how it is printed: `euros`, `jours`, `texte`…
        defaut: the default that was used, None when the file tells.
        au_smic: whether the file wrote it as a multiple of the minimum wage.
    """

    chemin: str
    valeur: Any
    unite: str
    defaut: ValeurParDefaut | None
    au_smic: bool = False


def lookup(model: Any, chemin: str) -> tuple[bool, Any]:
    """Return whether a dotted key was written in a model, and its value."""
    names = chemin.split(".")
    for name in names:
        if name not in model.model_fields_set:
            return False, None
        model = getattr(model, name)
        if model is None:
            return True, None  # a block written `null` asks for every key in it
    return True, model


def choices(marche: Marche, lot: Lot | None, livre: Rulebook, jour: date | None) -> dict[str, Choix]:
    """Return every drafting choice in force for a lot (or for the market when `lot` is None)."""
    defauts: dict[str, dict[str, Any]] = livre.donnees["defauts"]["defauts"]
    found: dict[str, Choix] = {}
    for chemin, entry in defauts.items():
        found[chemin] = _choice(chemin, entry, marche, lot, livre, jour)
    for chemin in (*ASKED, *NONE_MEANT):
        written, valeur = _written(chemin, marche, lot)
        asked = valeur is None and (chemin in ASKED or written)
        found[chemin] = Choix(chemin, question(livre, chemin) if asked else valeur, ASKED.get(chemin, "texte"), None)
    return found


def _written(chemin: str, marche: Marche, lot: Lot | None) -> tuple[bool, Any]:
    """The lot's own `insertion` overrides the market's key by key."""
    if lot is not None and chemin.startswith("insertion."):
        written, valeur = lookup(lot, chemin)
        if written:
            return True, valeur
    return lookup(marche, chemin)


def _choice(
    chemin: str, entry: dict[str, Any], marche: Marche, lot: Lot | None, livre: Rulebook, jour: date | None
) -> Choix:
    written, valeur = _written(chemin, marche, lot)
    unite = str(entry["unite"])
    if written and valeur is None:
        return Choix(chemin, question(livre, chemin), unite, None)
    if written:
        if chemin.endswith("penalites.document"):
            return Choix(chemin, _document(chemin, marche, lot, entry["valeur"], livre), unite, None)
        indexed = isinstance(valeur, str) and _SMIC.fullmatch(valeur) is not None
        return Choix(chemin, _in_euros(valeur, livre, jour), unite, None, indexed)
    valeur = entry["valeur"]
    if marche.facilitateur is None:
        valeur = entry.get("sans_facilitateur", valeur)
    if isinstance(valeur, int) and not isinstance(valeur, bool) and unite == "euros":
        valeur = Decimal(valeur)
    shown = number_or_self(valeur)
    return Choix(chemin, valeur, unite, ValeurParDefaut(chemin, shown, entry["origine"], entry["confiance"]))


def _document(chemin: str, marche: Marche, lot: Lot | None, defaut: dict[str, Any], livre: Rulebook) -> Any:
    """Return the penalty for a document whole: what the file leaves out of it has its default, a `null` asks."""
    told, montant = _written(f"{chemin}.montant", marche, lot)
    if told and montant is None:
        return question(livre, chemin)
    par = _written(f"{chemin}.par", marche, lot)[1] or defaut["par"]
    return {"montant": montant if told else Decimal(defaut["montant"]), "par": str(par)}


def number_or_self(valeur: Any) -> Any:
    """Return whole decimals as integers, anything else as it is."""
    return int(valeur) if isinstance(valeur, Decimal) and valeur == valeur.to_integral_value() else valeur


def _in_euros(valeur: Any, livre: Rulebook, jour: date | None) -> Any:
    """A penalty written as a multiple of the minimum wage is worked out once, in euros.

    Source: code monétaire et financier, art. L. 112-2 (no indexing on the minimum wage).
    """
    match = _SMIC.fullmatch(valeur) if isinstance(valeur, str) else None
    if not match:
        return valeur
    smic = minimum_wage(livre, jour)
    if isinstance(smic, Unknown):
        return smic
    return (Decimal(match[1].replace(",", ".")) * smic).quantize(Decimal("0.01"), ROUND_HALF_UP)


def choice_facts(choix: dict[str, Choix]) -> dict[str, Any]:
    """Return the facts that rules read from the choices of a lot."""

    def val(name: str) -> Any:
        return choix[f"insertion.{name}"].valeur if f"insertion.{name}" in choix else None

    modalites = val("modalites")
    document = val("penalites.document")
    actions = val("actions_alternatives")
    return {
        "insertion.actions_alternatives": actions if isinstance(actions, Unknown) else bool(actions),
        "insertion.modalites_restreintes": modalites if isinstance(modalites, Unknown) else modalites != "toutes",
        "insertion.comptage_embauche_ans": val("comptage_embauche_ans"),
        "insertion.bilan_final_decale": _moved(val("bilan_final.mois_avant"), val("bilan_final.mois_apres")),
        "insertion.document_par": document if isinstance(document, Unknown) else document["par"],
        "insertion.hors_plafond_ccag": val("penalites.hors_plafond_ccag"),
        "penalite.heure": val("penalites.heure_non_realisee"),
    }


def _moved(avant: Any, apres: Any) -> Any:
    """Tell whether the final report is due at another time than usual, as far as what is known settles it."""
    if not isinstance(apres, Unknown) and apres:
        return True
    if not isinstance(avant, Unknown) and avant not in (None, 1):
        return True
    return next((value for value in (apres, avant) if isinstance(value, Unknown)), False)
