"""How the comparison names in French what changes: the part of the report, the thing, its two values."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from clausegen.french.amounts import euros
from clausegen.french.dates import en_lettres
from clausegen.reports.figures import pourcent, valeur_lisible
from clausegen.reports.labels import CHOISI_PAR, DISPOSITIFS, NIVEAUX, OBLIGATIONS, STATUTS, label
from clausegen.review.compare import Ecart

_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
PARTS = (
    "date_droit",
    "seuil",
    "obligations",
    "lots",
    "references_ccag",
    "parties",
    "derogations",
    "valeurs_par_defaut",
    "sources",
    "documents",
    "a_completer",
    "diagnostics",
)
KEYS = ("sources", "documents", "a_completer", "valeurs_par_defaut")
"""Parts whose changes are named by a key or a citation, printed as it is."""
_HEADINGS = {
    "date_droit": "Jour du droit",
    "seuil": "Seuil européen",
    "obligations": "Obligations",
    "references_ccag": "Articles du CCAG",
    "parties": "Noms des parties",
    "derogations": "Dérogations au CCAG",
    "valeurs_par_defaut": "Valeurs par défaut",
    "sources": "Textes dont la version change",
    "documents": "Pièces qui s'appliquent",
    "a_completer": "Questions",
    "diagnostics": "Constats",
}
_NAMES = {
    "date_droit": "jour du droit",
    "categorie": "catégorie de seuil",
    "montant_ht": "montant",
    "valeur_retenue_ht": "valeur retenue",
    "atteint": "seuil atteint",
    "dispositif": "dispositif retenu",
    "choisi_par": "origine du choix",
    "volume": "heures d'insertion",
    "volume_au_maximum": "heures au maximum du lot",
    "unite": "unité",
    "methode": "méthode de calcul",
    "ratio_pour_100000": "heures pour cent mille euros",
    "part_main_oeuvre": "part de main-d'œuvre",
    "taux_effort": "taux d'effort",
    "cout_horaire": "coût horaire",
    "heures": "heures par tranche",
    "a_partir_de_ht": "au-delà de",
    "lots": "lots concernés",
    "acheteur": "acheteur",
    "cocontractant": "cocontractant",
}
_CCAG = {
    "ccag": "CCAG",
    "version": "version du CCAG",
    "clause": "clause d'insertion",
    "publics": "publics éligibles",
    "structures": "structures des publics",
    "criteres": "critères des publics",
    "modalites": "modalités",
    "missions": "missions du facilitateur",
    "transmission": "transmission des justificatifs",
    "reunions": "réunions",
    "difficultes": "difficultés d'exécution",
    "controle": "contrôle",
    "penalites": "pénalités d'insertion",
    "plafond_penalites_retard": "plafond des pénalités de retard",
    "exoneration_penalites_retard": "exonération des pénalités de retard",
    "derogations": "dérogations",
    "groupement": "groupement",
    "sous_traitance": "sous-traitance",
    "priorite_pieces": "ordre de priorité des pièces",
    "confidentialite": "confidentialité",
    "donnees_personnelles": "données personnelles",
}
"""What the articles of a CCAG are about."""
_SHARES = ("part_main_oeuvre", "taux_effort")
_NOTHING = {"statut": "à préciser", "atteint": "à préciser", "dispositif": "à préciser", "satisfaite": "sans objet"}
"""What the absence of a value means, when it is not that there is nothing."""
_LONGEST = 160


def part_of(ecart: Ecart) -> str:
    """Return the part of the report where a change is told."""
    return ecart.chemin.partition(".")[0].partition("[")[0]


def heading(part: str, lot: int | None) -> str:
    """Return the title of a part."""
    return f"Lot n° {lot}" if part == "lots" else _HEADINGS[part]


def name_of(ecart: Ecart) -> str:
    """Return the French name of what changes."""
    part = part_of(ecart)
    rest = ecart.chemin.partition(".")[2]
    last = rest.rpartition(".")[2]
    if "obligations." in ecart.chemin:
        word = label(OBLIGATIONS, rest.split(".")[-2])
        return f"{word}, satisfaite" if last == "satisfaite" else word
    if ".options." in ecart.chemin:
        word = f"option « {label(DISPOSITIFS, rest.split('.')[-2])} »"
        return f"{word}, recommandée" if last == "recommande" else word
    if ".periodes." in ecart.chemin:
        return f"heures, {ecart.chemin.partition('.periodes.')[2]}"
    if part == "diagnostics":
        return f"{NIVEAUX_PAR_MOT.get(rest.partition('.')[0], '')} {last}".strip()
    if part == "documents":
        word = rest.partition(".")[0]
        return f"{word}, lots concernés" if last == "lots" else word
    if part in ("sources", "a_completer", "valeurs_par_defaut", "derogations", "references_ccag"):
        if part == "references_ccag":
            return _CCAG.get(rest, rest.replace("_", " "))
        return f"article {rest}" if part == "derogations" else rest
    if part == "lots" and not rest:
        return "lot"
    return _NAMES.get(last or part, last)


NIVEAUX_PAR_MOT = {str(niveau): words[0] for niveau, words in NIVEAUX.items()}
"""Each level of a finding, in the singular."""


def with_names(motif: str) -> str:
    """Return a reason where the terms of a formula bear their French names."""
    head, mark, terms = motif.partition("Termes de la formule qui changent : ")
    if not mark:
        return motif
    return f"{head}{mark}{', '.join(_NAMES.get(term, term) for term in terms.rstrip('.').split(', '))}."


def change(avant: Any, apres: Any, chemin: str = "") -> str:
    """Return both values as a reader expects them: « 420 → 777 », « ajouté : … », « retiré : … »."""
    part = chemin.partition(".")[0]
    if part in ("a_completer", "diagnostics", "derogations") or (part.startswith("lots[") and part == chemin):
        came, went = {
            "a_completer": ("question nouvelle", "question réglée ou sans objet"),
            "diagnostics": ("constat nouveau", "constat levé"),
        }.get(part, ("ajouté", "retiré"))
        if part == "derogations":
            came, went = "dérogation nouvelle", "dérogation abandonnée"
        return f"{came} : {_value(apres, chemin)}" if avant is None else f"{went} : {_value(avant, chemin)}"
    if chemin.startswith("documents.") and chemin.endswith(".applicable"):
        states = {True: "s'applique", False: "sans objet", None: "à l'état de projet, un fait manque"}
        return f"{states[avant]} → {states[apres]}"
    if part == "sources":
        return f"version du {_value(avant, chemin)} → version du {_value(apres, chemin)}"
    return f"{_value(avant, chemin)} → {_value(apres, chemin)}"


def _value(value: Any, chemin: str) -> str:
    last = chemin.rpartition(".")[2]
    if value is None:
        return _NOTHING.get(last, "rien")
    if isinstance(value, str) and last == "statut":
        return label(STATUTS, value)
    if isinstance(value, str) and (last == "dispositif" or chemin.endswith("]")):
        return "à préciser" if value == "a-preciser" else label(DISPOSITIFS, value)
    if isinstance(value, str) and last == "choisi_par":
        return label(CHOISI_PAR, value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return en_lettres(value)
    if last in _SHARES and _is_figure(value):
        return pourcent(value)
    if (last.endswith("_ht") or last == "cout_horaire") and _is_figure(value):
        return euros(value)
    text = valeur_lisible(value)
    return text if len(text) <= _LONGEST or "." in chemin else f"{text[: _LONGEST - 1].rstrip()}…"


def _is_figure(value: Any) -> bool:
    """Tell whether a value is a number, or the text of one; an amount that is still asked for is a question."""
    return not isinstance(value, str) or _FIGURE.fullmatch(value) is not None
