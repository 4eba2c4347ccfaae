"""The European notice: a skeleton that holds what is known of the market, and each lot's social fields to paste."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.exchange.exporters import eforms_lot as fragments
from clausegen.exchange.exporters.announced import Annonce, LotAnnonce, told
from clausegen.exchange.exporters.eforms_notice import form, framework, heading, need, opening, process
from clausegen.exchange.exporters.interface import Export
from clausegen.exchange.exporters.questions import open_questions
from clausegen.exchange.exporters.ubl import Element, add, root, say, written
from clausegen.french.grammar import compte

_TITLE = "BT-21"


class EformsExporter:
    """Writes a ContractNotice that validates against the schemas of UBL 2.3, not yet a notice ready to be sent."""

    def refusal(self, annonce: Annonce) -> str:
        """Return why there is no European notice; empty when there is one."""
        if annonce.marche.procedure == "sans-publicite":
            return (
                "La procédure est sans publicité : aucun avis n'est publié. Les mentions vont dans la lettre de "
                "consultation (--format fiche-publicite les donne)."
            )
        return ""

    def export(self, annonce: Annonce) -> Export:
        """Return the notice."""
        notice = root("ContractNotice")
        _explain(notice, annonce)
        opening(notice, annonce)
        process(notice, annonce)
        project = add(notice, "cac:ProcurementProject")
        heading(project, _title(annonce.marche.objet, annonce), None, annonce)
        need(project, annonce)
        for lot in annonce.lots:
            _lot(notice, lot, annonce)
        return Export(written(notice), (*open_questions(annonce), *_findings(annonce)))


def _explain(notice: Element, annonce: Annonce) -> None:
    row = form(annonce)
    say(
        notice,
        "Champs sociaux de l'avis européen, par lot, écrits par clausegen. Ce fichier est bien formé et conforme aux "
        "schémas UBL 2.3 d'eForms, mais ce n'est pas un avis à envoyer : il ne porte que ce que la description du "
        "marché connaît. Chaque fragment se colle dans l'avis de la plateforme, dans le lot de même numéro "
        "(/*/cac:ProcurementProjectLot[cbc:ID='LOT-0001']), à l'endroit que dit le commentaire qui le précède.",
    )
    say(notice, f"Type d'avis supposé, à confirmer : {row['sous_type']}, {row['libelle']}")
    closed = annonce.table("eforms")["interdits"].get(told(annonce.marche.procedure), ())
    if closed:
        say(notice, f"Champs interdits dans cet avis : {', '.join(closed)}. La mention écrite en tient lieu")


def _lot(notice: Element, lot: LotAnnonce, annonce: Annonce) -> None:
    block = add(notice, "cac:ProcurementProjectLot")
    add(block, "cbc:ID", f"LOT-{lot.numero:04d}", schemeName="Lot")
    langue = annonce.table("avis")["langue"]
    if lot.dispositif is None:
        asked = " ; ".join(lot.questions()) or "le dispositif du lot"
        say(block, f"Lot n° {lot.numero} : dispositif à préciser, aucun code n'est écrit. Question : {asked}")
    elif lot.lignes:
        terms = add(block, "cac:TenderingTerms")
        fragments.participation(terms, lot)
        fragments.execution(terms, lot, langue)
        fragments.criterion(terms, lot, langue)
        if not len(terms):
            block.remove(terms)
    framework(block, annonce)
    project = add(block, "cac:ProcurementProject")
    titre = told(lot.vue.intitule) or (annonce.marche.objet if len(annonce.lots) == 1 else "")
    heading(project, _title(titre, annonce), lot.numero, annonce)
    fragments.objectives(project, lot, langue, annonce.table("eforms")["objectifs"])
    need(project, annonce, lot.vue)


def _title(text: str, annonce: Annonce) -> str:
    """Return a title; nothing of one that is too long, since nobody but the buyer can shorten it."""
    return text if len(text) <= annonce.table("eforms")["longueurs"][_TITLE] else ""


def _too_long(who: str, champ: str, length: int, longest: int, chemin: str) -> Diagnostic:
    message = (
        f"{who} : le texte de {champ} compte {compte(length, 'caractère')}, {longest} au plus sont permis. "
        "Raccourcir les textes de la description."
    )
    return Diagnostic("A101", Niveau.AVERTISSEMENT, message, chemin)


def _findings(annonce: Annonce) -> Iterator[Diagnostic]:
    row, limits = form(annonce), annonce.table("eforms")["longueurs"]
    titles = {"objet": ("Ensemble du marché", annonce.marche.objet)}
    titles |= {f"{lot.vue.chemin}.intitule": (f"Lot n° {lot.numero}", told(lot.vue.intitule)) for lot in annonce.lots}
    for chemin, (who, title) in titles.items():
        if len(title) > limits[_TITLE]:
            yield _too_long(who, f"{_TITLE} (titre, laissé de côté)", len(title), limits[_TITLE], chemin)
    yield from _publication(annonce)
    for lot in annonce.lots:
        yield from _lot_findings(lot, row, limits)


def _publication(annonce: Annonce) -> Iterator[Diagnostic]:
    seuil = annonce.dossier.papers.decision.seuil
    if seuil is not None and seuil.atteint is False:
        message = (
            "La valeur du marché est sous le seuil européen : l'avis européen n'est pas obligatoire. Pour un avis "
            "national, --format fiche-publicite donne les cases et les textes."
        )
        yield Diagnostic("A113", Niveau.INFORMATION, message, "valeur_estimee_ht", fondements=(seuil.fondement,))


def _lot_findings(lot: LotAnnonce, row: dict[str, Any], limits: dict[str, int]) -> Iterator[Diagnostic]:
    who, place = f"Lot n° {lot.numero}", f"{lot.vue.chemin}.dispositif"
    for ligne in lot.lignes:
        if len(ligne.texte) > limits.get(ligne.champ, len(ligne.texte)):
            yield _too_long(who, ligne.champ, len(ligne.texte), limits[ligne.champ], place)
        if ligne.nom == fragments.OBJECTIF_A_CHOISIR:
            message = f"{who} : quel objectif social (BT-775) correspond aux conditions du lot ?"
            yield Diagnostic("A102", Niveau.QUESTION, message, f"{lot.vue.chemin}.autres_conditions_sociales")
    missing = [champ for champ in row.get("exige", ()) if lot.ligne(champ) is None]
    if missing and lot.dispositif is not None:
        message = (
            f"{who} : dans ce type d'avis ({row['libelle']}), {' et '.join(missing)} sont obligatoires, et le lot n'a "
            "pas de condition sociale. Quelles autres conditions d'exécution l'avis énonce-t-il ?"
        )
        yield Diagnostic("A103", Niveau.QUESTION, message, place)


EXPORTER = EformsExporter()
