"""What a notice says of the whole market: only the facts that the description holds, in the order of the schema."""

from __future__ import annotations

from typing import Any

from clausegen.dossier.view import View
from clausegen.exchange.exporters.announced import Annonce, told
from clausegen.exchange.exporters.ubl import Element, add, extension, say
from clausegen.french.typography import typography

ACHETEUR = "ORG-0001"


def form(annonce: Annonce) -> dict[str, Any]:
    """Return the row of `rules/publicite/avis` that suits the market: the first whose conditions all hold."""
    rows: list[dict[str, Any]] = annonce.table("avis")["avis"]
    return next(row for row in rows if _suits(row, annonce.marche))


def _suits(row: dict[str, Any], marche: View) -> bool:
    def holds(cle: str, valeur: str) -> bool:
        return told(marche.acheteur.categorie if cle == "categorie" else getattr(marche, cle)) == valeur

    wanted, unwanted = row.get("si", {}), row.get("si_non", {})
    return all(holds(*pair) for pair in wanted.items()) and not any(holds(*pair) for pair in unwanted.items())


def opening(notice: Element, annonce: Annonce) -> None:
    """Write what comes before the market: the form, the buyer, the language; the platform gives the identifiers."""
    row, avis, acheteur = form(annonce), annonce.table("avis"), annonce.marche.acheteur
    inside = extension(notice)
    add(inside, "efac:NoticeSubType/cbc:SubTypeCode", row["sous_type"], listName="notice-subtype")
    nom, siret = told(acheteur.nom), told(acheteur.siret)
    if nom:
        company = add(inside, "efac:Organizations/efac:Organization/efac:Company")
        add(company, "cac:PartyIdentification/cbc:ID", ACHETEUR, schemeName="organization")
        add(company, "cac:PartyName/cbc:Name", nom, languageID=avis["langue"])
        if siret:
            add(company, "cac:PartyLegalEntity/cbc:CompanyID", siret)
    add(notice, "cbc:UBLVersionID", "2.3")
    say(notice, "Version du SDK, identifiant et dates : donnés par la plateforme qui envoie l'avis")
    add(notice, "cbc:ContractFolderID")
    add(notice, "cbc:RegulatoryDomain", row["directive"])
    add(notice, "cbc:NoticeTypeCode", row["type"], listName="competition")
    add(notice, "cbc:NoticeLanguageCode", avis["langue"])
    party = add(notice, "cac:ContractingParty")
    if profil := told(acheteur.profil_acheteur):
        add(party, "cbc:BuyerProfileURI", profil)
    holder = add(party, "cac:Party")
    if nom:
        add(holder, "cac:PartyIdentification/cbc:ID", ACHETEUR, schemeName="organization")


def process(notice: Element, annonce: Annonce) -> None:
    """Write the procedure, when the dictionary has a code of its own for it."""
    codes = annonce.table("avis")["procedures"]
    procedure = told(annonce.marche.procedure)
    if procedure in codes:
        add(notice, "cac:TenderingProcess/cbc:ProcedureCode", codes[procedure], listName="procurement-procedure-type")


def framework(lot: Element, annonce: Annonce) -> None:
    """Write whether the lot is a framework agreement and of which kind, when the description tells."""
    avis, marche = annonce.table("avis"), annonce.marche
    contrat, forme = told(marche.contrat), told(marche.accord_cadre.forme)
    code = avis["accords_cadres"].get(forme) if contrat == "accord-cadre" else None
    if contrat in ("marche", "marche-partenariat"):
        code = avis["sans_accord_cadre"]
    if code:
        path = "cac:TenderingProcess/cac:ContractingSystem/cbc:ContractingSystemTypeCode"
        add(lot, path, code, listName="framework-agreement")


def heading(project: Element, titre: str, numero: int | None, annonce: Annonce) -> None:
    """Write what comes first in `cac:ProcurementProject`: internal number, title, nature.

    Args:
        project: of the market or of a lot.
        titre: its title; empty when nobody told it.
        numero: the lot's number; None for the market, which has a reference.
        annonce: the market.
    """
    avis, marche = annonce.table("avis"), annonce.marche
    interne = told(marche.reference) if numero is None else str(numero)
    if interne:
        add(project, "cbc:ID", interne, schemeName="InternalID")
    if titre:
        add(project, "cbc:Name", titre, languageID=avis["langue"])
    if nature := avis["natures"].get(told(marche.nature)):
        add(project, "cbc:ProcurementTypeCode", nature, listName="contract-nature")


def need(project: Element, annonce: Annonce, lot: View | None = None) -> None:
    """Write what comes last in it: CPV codes, place, duration; no amount, whose publication is the buyer's choice."""
    avis, marche = annonce.table("avis"), annonce.marche
    item = "cbc:ItemClassificationCode"
    if cpv := told(marche.cpv if lot is None else lot.cpv):
        add(project, f"cac:MainCommodityClassification/{item}", cpv, listName="cpv")
    for code in () if lot is None else lot.cpv_secondaires:
        add(project, f"cac:AdditionalCommodityClassification/{item}", str(code), listName="cpv")
    if nuts := told(marche.lieu_execution.nuts):
        address = add(project, "cac:RealizedLocation/cac:Address")
        if commune := told(marche.lieu_execution.commune):
            add(address, "cbc:CityName", commune)
        add(address, "cbc:CountrySubentityCode", nuts, listName="nuts")
        add(address, "cac:Country/cbc:IdentificationCode", avis["pays"], listName="country")
    if lot is None:
        return
    _period(project, told(lot.duree_mois), marche.reconductions, avis["langue"])


def _period(project: Element, duree: str, reconductions: Any, langue: str) -> None:
    """Write the whole duration and the renewals; a text says that they are in it, for no field does."""
    if duree:
        add(project, "cac:PlannedPeriod/cbc:DurationMeasure", duree, unitCode="MONTH")
    if not reconductions:
        return
    renewal = add(project, "cac:ContractExtension")
    add(renewal, "cbc:MaximumNumberNumeric", str(reconductions))
    if duree:
        words = typography(f"Durée totale, reconductions comprises : {duree} mois.")
        add(renewal, "cac:Renewal/cac:Period/cbc:Description", words, languageID=langue)
