"""The buyer of a notice: what is written of it is read, what its status or its name suggests is to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clausegen.description.identifiers import read_courriel, read_siret, read_url
from clausegen.diagnostics import Niveau
from clausegen.exchange.importers.interface import AcheteurLu, Fait
from clausegen.exchange.importers.sketch import Brouillon
from clausegen.exchange.importers.values import read_checked
from clausegen.french.typography import plain

_LONGEST = 300
_TRIBUNAL = "tribunal"
"""Review bodies are sometimes a committee of mediation: only a court is kept."""


def draw_buyer(brouillon: Brouillon, lu: AcheteurLu, groupes: list[Mapping[str, Any]]) -> None:
    """Fill in the keys of `acheteur`.

    Args:
        brouillon: gets them.
        lu: what the file states.
        groupes: what names suggest, `rules/echanges/acheteurs`.
    """
    if lu.nom is not None:
        brouillon.lire("acheteur.nom", lu.nom.valeur[:_LONGEST], lu.nom)
    _status(brouillon, lu, _by_name(lu.nom, groupes))
    siret = read_checked(brouillon, "acheteur.siret", lu.siret, read_siret, "Le numéro")
    if siret is not None and lu.siret is not None:
        brouillon.lire("acheteur.siret", siret, lu.siret)
    for key, fait in (("voie", lu.voie), ("code_postal", lu.code_postal), ("commune", lu.commune)):
        if fait is not None:
            brouillon.lire(f"acheteur.adresse.{key}", fait.valeur[:_LONGEST], fait)
    courriel = read_checked(brouillon, "acheteur.courriel", lu.courriel, read_courriel, "Le courriel")
    if courriel is not None and lu.courriel is not None:
        brouillon.lire("acheteur.courriel", courriel, lu.courriel)
    profil = read_checked(brouillon, "acheteur.profil_acheteur", lu.profil, read_url, "Le profil d'acheteur")
    if profil is not None and lu.profil is not None:
        brouillon.lire("acheteur.profil_acheteur", profil, lu.profil)
    if lu.tribunal is not None and _TRIBUNAL in lu.tribunal.valeur.casefold():
        brouillon.lire("acheteur.tribunal", lu.tribunal.valeur[:_LONGEST], lu.tribunal)
    if lu.groupement is not None:
        brouillon.lire("acheteur.groupement_commandes", True, lu.groupement, lu.groupement.precision)


def _by_name(nom: Fait | None, groupes: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the group that a name falls in; the longest word found decides."""
    if nom is None:
        return None
    text = plain(nom.valeur[:_LONGEST]).casefold()
    found: list[tuple[int, int, Mapping[str, Any]]] = []
    for rank, groupe in enumerate(groupes):
        for word in groupe["mots"]:
            bare = plain(word).casefold()
            end = "" if bare.endswith("'") else r"(?!\w)"
            if re.search(rf"(?<!\w){re.escape(bare)}{end}", text):
                found.append((-len(bare), rank, groupe))
    return min(found, key=lambda entry: entry[:2])[2] if found else None


def _status(brouillon: Brouillon, lu: AcheteurLu, groupe: Mapping[str, Any] | None) -> None:
    for key, fait in (("categorie", lu.categorie), ("type", lu.type)):
        chemin = f"acheteur.{key}"
        guessed = groupe[key] if groupe is not None else None
        if fait is not None and fait.valeur:
            brouillon.confirmer(chemin, fait.valeur, fait, f"l'avis dit « {fait.precision} »")
            if guessed is not None and guessed != fait.valeur:
                message = (
                    f"L'avis dit de l'acheteur « {fait.precision} », soit `{fait.valeur}` ; son nom ferait plutôt dire "
                    f"`{guessed}` : vérifier `{chemin}`."
                )
                brouillon.constater("I007", Niveau.AVERTISSEMENT, message, chemin)
        elif guessed is not None and lu.nom is not None:
            brouillon.confirmer(chemin, guessed, lu.nom, "d'après le nom de l'acheteur")
        elif fait is not None:
            brouillon.demander(chemin, f"L'avis dit « {fait.precision} », ce qui ne suffit pas.")
