"""The social fields of a lot as fragments of a European notice, each under the comment that says where it goes."""

from __future__ import annotations

from clausegen.exchange.exporters.announced import Ligne, LotAnnonce
from clausegen.exchange.exporters.ubl import Element, add, extension, say

LANGUE = "languageID"
OBJECTIF_A_CHOISIR = "objectif"


def participation(terms: Element, lot: LotAnnonce) -> None:
    """Write BT-71: one block a lot, apart from the blocks of selection criteria."""
    ligne = lot.ligne("BT-71")
    if ligne is None:
        return
    say(terms, f"{_names(ligne)} : bloc à ajouter parmi les cac:TendererQualificationRequest de cac:TenderingTerms")
    path = "cac:TendererQualificationRequest/cac:SpecificTendererRequirement/cbc:TendererRequirementTypeCode"
    add(terms, path, ligne.code, listName="reserved-procurement")


def execution(terms: Element, lot: LotAnnonce, langue: str) -> None:
    """Write OPT-060 with BT-70, then BT-736: blocks of `cac:ContractExecutionRequirement`."""
    condition, texte, protege = (lot.ligne(champ) for champ in ("OPT-060", "BT-70", "BT-736"))
    where = "bloc à ajouter parmi les cac:ContractExecutionRequirement de cac:TenderingTerms"
    if condition is not None and texte is not None:
        say(terms, f"{_names(condition, texte)} : {where}")
        block = add(terms, "cac:ContractExecutionRequirement")
        add(block, "cbc:ExecutionRequirementCode", condition.code, listName="conditions")
        add(block, "cbc:Description", texte.texte, **{LANGUE: langue})
    if protege is not None:
        say(terms, f"{_names(protege)} : {where}")
        path = "cac:ContractExecutionRequirement/cbc:ExecutionRequirementCode"
        add(terms, path, protege.code, listName="reserved-execution")


def criterion(terms: Element, lot: LotAnnonce, langue: str) -> None:
    """Write the social award criterion; a weight that is not told is left out, for a number only may stand there."""
    genre, nom, description, nature, poids = (
        lot.ligne(champ) for champ in ("BT-539", "BT-734", "BT-540", "BT-5421", "BT-541")
    )
    if genre is None or nom is None or description is None or nature is None or poids is None:
        return
    say(
        terms,
        f"{_names(genre, nom, description, nature, poids)} : cac:SubordinateAwardingCriterion à ajouter aux autres "
        "critères du lot, dans cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion",
    )
    block = add(terms, "cac:AwardingTerms/cac:AwardingCriterion/cac:SubordinateAwardingCriterion")
    if poids.manquants:
        say(block, f"BT-5421, BT-541 : poids à préciser. {poids.manquants[0].question}")
    else:
        weight = add(extension(block), "efac:AwardCriterionParameter")
        add(weight, "efbc:ParameterCode", nature.code, listName="number-weight")
        add(weight, "efbc:ParameterNumeric", number(poids))
    add(block, "cbc:AwardingCriterionTypeCode", genre.code, listName="award-criterion-type")
    add(block, "cbc:Name", nom.texte, **{LANGUE: langue})
    add(block, "cbc:Description", description.texte, **{LANGUE: langue})


def number(ligne: Ligne) -> str:
    """Return a number that the piece prints the French way as XML writes it."""
    return "".join(ligne.texte.split()).replace(",", ".")


def objectives(project: Element, lot: LotAnnonce, langue: str, choix: dict[str, str]) -> None:
    """Write BT-06 with BT-777, then BT-775: blocks of `cac:ProcurementAdditionalType`.

    Args:
        project: `cac:ProcurementProject` of the lot.
        lot: what it announces.
        langue: code of the language of the texts.
        choix: the codes of BT-775 with their meaning, told when the buyer has to choose.
    """
    strategie, description, objectif = (lot.ligne(champ) for champ in ("BT-06", "BT-777", "BT-775"))
    where = "bloc à ajouter parmi les cac:ProcurementAdditionalType de cac:ProcurementProject"
    if strategie is not None and description is not None:
        say(project, f"{_names(strategie, description)} : {where}")
        block = add(project, "cac:ProcurementAdditionalType")
        add(block, "cbc:ProcurementTypeCode", strategie.code, listName="strategic-procurement")
        add(block, "cbc:ProcurementType", description.texte, **{LANGUE: langue})
    if objectif is None:
        return
    if objectif.nom == OBJECTIF_A_CHOISIR:
        codes = " ; ".join(f"{code} ({sens})" for code, sens in choix.items())
        say(project, f"{_names(objectif)} : {where}. Code à choisir selon la condition : {codes}")
        return
    say(project, f"{_names(objectif)} : {where}")
    path = "cac:ProcurementAdditionalType/cbc:ProcurementTypeCode"
    add(project, path, objectif.code, listName="social-objective")


def _names(*lignes: Ligne) -> str:
    """Return fields with what their code means and what is to be checked."""
    return " ; ".join(
        f"{ligne.champ}, {ligne.libelle}"
        + (f" ({ligne.code} : {ligne.sens})" if ligne.code else "")
        + "".join(f" [{remarque.rstrip('.')}]" for remarque in ligne.remarques)
        for ligne in lignes
    )
