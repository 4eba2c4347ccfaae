"""The tracking workbook of a market, as plain data: which sheets, in which order, with which words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.tracking_documents import difficulties_sheet, documents_sheet, meetings_sheet
from clausegen.dossier.tracking_entries import (
    Contexte,
    amounts_sheet,
    headcount_sheet,
    hours_sheet,
    persons_sheet,
    training_sheets,
)
from clausegen.dossier.tracking_lists import list_values, lists_sheet
from clausegen.dossier.tracking_lots import HEURES, LotSuivi, tracked_lots
from clausegen.dossier.tracking_market import keeps_proportion, market_sheet
from clausegen.dossier.tracking_page import Page
from clausegen.dossier.tracking_summary import summary_sheet
from clausegen.dossier.tracking_words import Mots, tracking_words
from clausegen.dossier.workbook import Case, Classeur, Feuille, Valeur
from clausegen.french.grammar import Formes, majuscule
from clausegen.language.unknown import Unknown


def tracking(dossier: Dossier, folder: Path | None = None, *, fautes: Sequence[str] = ()) -> Classeur:
    """Return the tracking workbook of a market.

    Args:
        dossier: the market; every figure comes from it.
        folder: another folder of templates.
        fautes: faults in spite of which it is drafted; they become a comment on its title.

    Raises:
        ClausegenError: the words of the workbook do not read.
    """
    lots, mots, reference = _ground(dossier, folder)
    followed = [lot for lot in lots if lot.suivi]
    parametres: dict[str, Any] = dossier.papers.livre.donnees["calibrage/parametres"]
    listes = mots.contenu["listes"]
    ctx = Contexte(
        followed,
        mots,
        reference,
        int(parametres["alertes"]["heures_mois_personne"]),
        mots.texte(listes["oui"]),
        mots.texte(listes["modalites"]["embauche-directe"]),
    )
    values = list_values(ctx, dossier)
    market = market_sheet(dossier, lots, mots, reference)
    pages = [market.page, *_entry_sheets(ctx)]
    pages.append(summary_sheet(ctx, market, values, int(parametres["heures_etp"])))
    pages += [documents_sheet(ctx, dossier), meetings_sheet(ctx), difficulties_sheet(ctx), lists_sheet(ctx, values)]
    names = {name: plage for page in pages for name, plage in page.noms.items()}
    return Classeur((_read_me(mots, reference, fautes), *(page.feuille() for page in pages)), names)


def missing_facts(dossier: Dossier, folder: Path | None = None) -> tuple[Unknown, ...]:
    """Return the facts that the workbook leaves to complete, without laying it out whole."""
    lots, mots, reference = _ground(dossier, folder)
    return tuple(Classeur((market_sheet(dossier, lots, mots, reference).page.feuille(),), {}).champs())


def _ground(dossier: Dossier, folder: Path | None) -> tuple[tuple[LotSuivi, ...], Mots, Valeur]:
    """Return the lots, the words fitted to the market, and its reference."""
    lots = tracked_lots(dossier)
    words = tracking_words(folder)
    return lots, Mots(words, _facts(dossier, lots), _values(dossier, words["marche"]["noms"])), _reference(dossier)


def _entry_sheets(ctx: Contexte) -> list[Page]:
    def wanted(ident: str) -> bool:
        return ctx.mots.retenu(ctx.mots_de(ident))

    pages = [amounts_sheet(ctx)] if wanted("montants") else []
    if wanted("heures"):
        pages += [persons_sheet(ctx), hours_sheet(ctx)]
    if wanted("effectifs"):
        pages.append(headcount_sheet(ctx))
    return [*pages, *training_sheets(ctx)] if wanted("parcours") else pages


def _facts(dossier: Dossier, lots: Sequence[LotSuivi]) -> frozenset[str]:
    """Return what is true of the market, for the parts of the words that depend on it."""
    told = {
        "accord_cadre": dossier.marche.contrat == "accord-cadre",
        "heures": any(lot.mode in HEURES for lot in lots),
        "montants": any(lot.tranche is not None for lot in lots),
        "periodes": any(lot.periodes for lot in lots),
        "offre": any(lot.dispositif in ("critere", "clause-et-critere") for lot in lots),
        "effectifs": any(lot.reserve for lot in lots),
        "proportion": any(keeps_proportion(lot) for lot in lots),
        "formation": any(lot.mode == "formation" for lot in lots),
    }
    return frozenset(name for name, true in told.items() if true)


def _values(dossier: Dossier, noms: dict[str, str]) -> dict[str, str]:
    """Return what the words name: the parties as the CCAG calls them, and figures of the rules."""
    buyer: Formes = dossier.parties.acheteur
    holder: Formes = dossier.parties.cocontractant
    helped = dossier.marche.facilitateur is not None
    validator: Any = dossier.choix("insertion.validateur").valeur
    checks = validator == "facilitateur" if not isinstance(validator, Unknown) else helped
    parametres: dict[str, Any] = dossier.papers.livre.donnees["calibrage/parametres"]
    return {
        "acheteur": majuscule(buyer.nom),
        "acheteur_le": buyer.le,
        "acheteur_Au": buyer.Au,
        "titulaire": majuscule(holder.nom),
        "titulaire_le": holder.le,
        "suivi_par": noms["Facilitateur"] if helped else majuscule(buyer.nom),
        "suivi_par_nom": noms["facilitateur"] if helped else buyer.nom,
        "suivi_par_le": noms["le_facilitateur"] if helped else buyer.le,
        "validateur": noms["facilitateur"] if checks else buyer.nom,
        "validateur_le": noms["le_facilitateur"] if checks else buyer.le,
        "sigle": noms[_contract_piece(dossier)],
        "etp": f"{parametres['heures_etp']:,}".replace(",", " "),
        "plafond": str(parametres["alertes"]["heures_mois_personne"]),
    }


def _contract_piece(dossier: Dossier) -> str:
    """Return which piece binds the parties."""
    if dossier.marche.contrat in ("concession", "marche-partenariat"):
        return "contrat"
    return "ccp" if dossier.marche.pieces.forme == "ccp" else "ccap"


def _reference(dossier: Dossier) -> Valeur:
    objet, reference = dossier.marche.objet, dossier.marche.reference
    return str(objet) if isinstance(reference, Unknown) else f"{reference} · {objet}"


def _read_me(mots: Mots, reference: Valeur, fautes: Sequence[str]) -> Feuille:
    """Lay out the first sheet: what the workbook is for, its sheets, how to fill it, what it must not hold."""
    words = mots.contenu["lisez-moi"]
    faults = "\n".join(mots.texte(words["faute"], faute=faute) for faute in fautes)
    lines: list[tuple[Case, ...]] = [
        (Case(mots.texte(words["titre"]), "titre", commentaire=faults),),
        (Case(reference, "reference"),),
    ]
    for entry in words["paragraphes"]:
        if not mots.retenu(entry):
            continue
        if "section" in entry:
            lines.append((Case(mots.texte(entry["section"]), "section"),))
        elif "feuilles" in entry:
            lines.append(tuple(Case(mots.texte(text), "entete") for text in entry["entetes"]))
            lines += _sheet_rows(mots)
        else:
            remark = entry.get("commentaire", "")
            lines.append((Case(None, "notice"), Case(mots.texte(entry["texte"]), "paragraphe", commentaire=remark)))
    return Feuille(mots.texte(words["nom"]), tuple(lines), tuple(words["largeurs"]))


def _sheet_rows(mots: Mots) -> list[tuple[Case, ...]]:
    saisie = mots.contenu["saisie"]
    order = [mots.contenu["marche"]]
    order += [saisie[i] for i in ("montants", "personnes", "heures", "effectifs", "parcours", "presence")]
    order += [mots.contenu["synthese"], saisie["documents"], saisie["reunions"], saisie["difficultes"]]
    order.append(mots.contenu["listes"])
    return [
        tuple(Case(mots.texte(entry.get(cle, ""))) for cle in ("nom", "usage", "rempli_par"))
        for entry in order
        if mots.retenu(entry)
    ]
