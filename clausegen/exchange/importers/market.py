"""The market as a whole: object, kind, contract, procedure, dates, amounts, place; facts that contradict are told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from clausegen.description.identifiers import read_cpv
from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.diagnostics import Niveau
from clausegen.exchange.importers.interface import AvisLu, BesoinLu, Fait, Genre, Tables
from clausegen.exchange.importers.sketch import Brouillon
from clausegen.exchange.importers.social import Mentions
from clausegen.exchange.importers.values import nature_of, read_amount, read_checked, read_date
from clausegen.french.amounts import euros

_NO_LAUNCH = {
    Genre.ATTRIBUTION: "Un avis d'attribution ne dit pas quand la consultation a été lancée : "
    "`date_lancement` reste à donner.",
    Genre.RECTIFICATIF: "Un avis rectificatif porte sa propre date : `date_lancement` est celle de l'avis initial.",
    Genre.DONNEES: "Les données essentielles décrivent un marché notifié : "
    "`date_lancement` est celle du marché à venir, pas de celui-là.",
}
_LONGEST_CODE = 120
OBJET, INTITULE = 1000, 500
"""Longest object and title that are kept: what follows is a description."""


def draw_market(brouillon: Brouillon, avis: AvisLu, tables: Tables, mentions: Mentions) -> None:
    """Fill in the keys of the root, but for the buyer and the lots."""
    _object(brouillon, avis)
    for chemin, fait in (
        ("nature", avis.nature),
        ("ccag", avis.ccag),
        ("procedure", avis.procedure),
        ("regime", avis.regime),
    ):
        draw_word(brouillon, chemin, fait)
    _contract(brouillon, avis, mentions)
    _launch(brouillon, avis)
    _nature(brouillon, avis, tables)


def draw_word(brouillon: Brouillon, chemin: str, fait: Fait | None) -> None:
    """Keep a word of the description; a code without a word becomes a question that quotes it."""
    if fait is None:
        return
    if fait.valeur:
        same = fait.precision.casefold() == fait.valeur.casefold()
        brouillon.lire(chemin, fait.valeur, fait, "" if same else fait.precision)
        return
    said = fait.precision[:_LONGEST_CODE]
    brouillon.demander(chemin, f"L'avis dit « {said} » ({fait.origine}).")
    message = f"« {said} » ne suffit pas à remplir `{chemin}` : la question est posée."
    brouillon.constater("I008", Niveau.INFORMATION, message, chemin)


def _object(brouillon: Brouillon, avis: AvisLu) -> None:
    found = avis.intitule or avis.description
    if found is None:
        nowhere = Fait("", "/")
        brouillon.confirmer("objet", "Objet à préciser", nowhere, "le fichier ne donne aucun objet")
        brouillon.constater("I009", Niveau.AVERTISSEMENT, "Le fichier ne donne pas l'objet du marché.", "objet")
    else:
        draw_text(brouillon, "objet", found, OBJET)
    if avis.reference is not None:
        draw_text(brouillon, "reference", avis.reference, 100)


def draw_text(brouillon: Brouillon, chemin: str, fait: Fait, longest: int) -> None:
    """Keep a text, cut when it is too long to be what the key holds."""
    if len(fait.valeur) <= longest:
        brouillon.lire(chemin, fait.valeur, fait, "")
    else:
        cut = fait.valeur[: longest - 1].rsplit(" ", 1)[0] + "…"
        brouillon.deduire(chemin, cut, fait, f"coupé à {longest} caractères")


def _contract(brouillon: Brouillon, avis: AvisLu, mentions: Mentions) -> None:
    draw_word(brouillon, "contrat", avis.contrat)
    if brouillon.valeur("contrat") == "marche":
        texts: list[Fait] = []
        for besoin in (avis, *avis.lots):
            texts += [f for f in (besoin.intitule, besoin.description, besoin.reconduction_texte) if f is not None]
        if found := mentions.first("accord_cadre", texts):
            taken = brouillon.retirer("contrat")
            said = f"« {found.extrait} » ({found.fait.origine})"
            message = f"L'avis ne déclare pas d'accord-cadre, mais son texte en parle : {said}."
            brouillon.constater("I007", Niveau.AVERTISSEMENT, message, "contrat")
            where = taken.origine if taken is not None else ""
            brouillon.demander(
                "contrat", f"Contradiction : marché selon le code ({where}), accord-cadre selon le texte."
            )
    if brouillon.valeur("contrat") == "accord-cadre":
        draw_word(brouillon, "accord_cadre.forme", avis.forme)
        draw_word(brouillon, "accord_cadre.attributaires", avis.attributaires)


def _launch(brouillon: Brouillon, avis: AvisLu) -> None:
    chemin = "date_lancement"
    why = _NO_LAUNCH.get(avis.genre)
    if why is not None:
        brouillon.constater("I001", Niveau.INFORMATION, why, chemin)
        return
    day = read_date(brouillon, chemin, avis.envoi) if avis.envoi is not None else None
    if avis.genre is Genre.PREINFORMATION:
        told = (
            "Un avis de préinformation ne lance pas la consultation : `date_lancement` sera celle de l'avis de marché."
        )
        brouillon.constater("I001", Niveau.INFORMATION, told, chemin)
    if day is None or avis.envoi is None:
        return
    if avis.envoi.precision == "publication":
        how = "date de publication ; l'envoi de l'avis la précède de quelques jours"
        brouillon.confirmer(chemin, day, avis.envoi, how)
    elif avis.genre is Genre.PREINFORMATION:
        brouillon.confirmer(chemin, day, avis.envoi, "date annoncée pour l'avis de marché")
    elif avis.genre is Genre.PROGRAMMATION:
        brouillon.confirmer(chemin, day, avis.envoi, "date prévue")
    else:
        brouillon.lire(chemin, day, avis.envoi, "envoi de l'avis")


def draw_cpv(brouillon: Brouillon, chemin: str, fait: Fait | None, vocab: VocabulaireOuvert) -> str | None:
    """Keep a CPV code that exists."""
    if fait is None:
        return None
    code: str | None = read_checked(brouillon, chemin, fait, read_cpv, "Le code CPV")
    if code is None:
        return None
    if vocab.cpv and code not in vocab.cpv:
        message = f"Le code CPV « {code} » n'est pas dans la liste de 2008 : il n'est pas repris."
        brouillon.constater("I009", Niveau.INFORMATION, message, chemin)
        return None
    brouillon.lire(chemin, code, fait, fait.precision)
    return code


def _nature(brouillon: Brouillon, avis: AvisLu, tables: Tables) -> None:
    """Compare the declared nature with the one that the CPV code names; deduce it when it is missing."""
    cpv, declared = brouillon.valeur("cpv"), brouillon.valeur("nature")
    if cpv is None or avis.cpv is None:
        return
    named = nature_of(cpv, tables["natures-cpv"]["divisions"])
    if declared is None and named is not None:
        brouillon.confirmer("nature", named, avis.cpv, f"d'après la division {cpv[:2]} du code CPV")
    elif declared is not None and named is not None and declared != named:
        message = (
            f"L'avis déclare des {declared}, et son code CPV {cpv} nomme des {named} : vérifier `nature` et `cpv`, "
            "qui décident du seuil et du calcul des heures."
        )
        brouillon.constater("I007", Niveau.AVERTISSEMENT, message, "nature")


def draw_value(brouillon: Brouillon, avis: AvisLu) -> None:
    """Fill in the value of the market: for an accord-cadre, its maximum; told when its lots come to more."""
    chemin, machine = "valeur_estimee_ht", avis.genre is not Genre.PROGRAMMATION
    found = pick_amount(brouillon, avis, chemin, machine)
    if found is None:
        return
    lots = [brouillon.valeur(f"lots[{rank}].valeur_estimee_ht") for rank in range(len(avis.lots))]
    total = sum((amount for amount in lots if amount is not None), Decimal(0))
    amount, fait, _, sure = found
    if total > amount:
        message = f"La somme des lots, {euros(total)}, dépasse la valeur que l'avis donne au marché, {euros(amount)}."
        brouillon.constater("I007", Niveau.AVERTISSEMENT, message, chemin)
        brouillon.demander(
            chemin, f"Contradiction : {euros(amount)} pour le marché ({fait.origine}), {euros(total)} pour ses lots."
        )
        return
    keep_amount(brouillon, chemin, found, sure)
    if len(avis.lots) == 1 and lots[0] == amount:
        brouillon.retirer("lots[0].valeur_estimee_ht")


Montant = tuple[Decimal, Fait, str, bool]


def pick_amount(brouillon: Brouillon, besoin: BesoinLu, chemin: str, machine: bool) -> Montant | None:
    """Return the amount that the key wants: amount, fact, explanation, and whether it is sure."""
    framed = brouillon.valeur("contrat") == "accord-cadre"
    value = read_amount(brouillon, besoin.valeur, chemin, machine) if besoin.valeur is not None else None
    most = read_amount(brouillon, besoin.maximum, chemin, machine) if besoin.maximum is not None else None
    if most is not None and besoin.maximum is not None and (framed or value is None):
        if value is not None and value != most:
            message = f"Valeur estimée de {euros(value)} et maximum de {euros(most)} : le maximum est repris."
            brouillon.constater("I007", Niveau.INFORMATION, message, chemin)
        return most, besoin.maximum, "maximum de l'accord-cadre", framed
    if value is None or besoin.valeur is None:
        return None
    if not besoin.valeur.sur:
        return value, besoin.valeur, "montant de l'avis, à rapprocher de l'estimation", False
    if framed:
        return value, besoin.valeur, "valeur estimée ; la clé attend le maximum de l'accord-cadre", False
    return value, besoin.valeur, "", True


def keep_amount(brouillon: Brouillon, chemin: str, found: Montant, sure: bool) -> None:
    """Keep an amount, to be confirmed when it may not be the one that the key wants."""
    amount, fait, how, _ = found
    if sure:
        brouillon.lire(chemin, amount, fait, how)
    else:
        brouillon.confirmer(chemin, amount, fait, how)


def questions_of(brouillon: Brouillon, livre_question: Any, lots: int) -> None:
    """Ask for what a market cannot do without and the file does not tell."""
    wanted = [
        *("nature", "contrat", "ccag", "procedure", "date_lancement", "valeur_estimee_ht", "duree_mois", "cpv"),
        *("lieu_execution.departement", "acheteur.nom", "acheteur.categorie", "acheteur.type", "acheteur.siret"),
    ]
    if brouillon.valeur("contrat") == "accord-cadre":
        wanted += ["accord_cadre.forme", "accord_cadre.attributaires"]
    if lots > 1 and brouillon.valeur("valeur_estimee_ht") is None:
        wanted += [f"lots[{rank}].valeur_estimee_ht" for rank in range(lots)]
    for chemin in wanted:
        if chemin not in brouillon.champs:
            hints = brouillon.questions.pop(chemin, [])
            brouillon.questions[chemin] = [livre_question(chemin), *hints]
