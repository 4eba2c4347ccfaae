"""Small notices made by code, and a short way from one to the values drawn from it."""

import json

import pytest

from clausegen.description.load import load_text
from clausegen.exchange.importers.registry import import_bytes
from clausegen.exchange.yamlout import describe
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
SIRET = "21350238800019"


class Lu:
    """One description drawn from a file, with what was said of it."""

    def __init__(self, importation):
        self.importation = importation
        self.description = describe(importation, open_words(rulebook()))
        self.champs = {champ.chemin: champ for champ in importation.champs}
        self.questions = importation.questions
        self.constats = self.description.constats
        self.texte = self.description.texte
        self.lecture = load_text(self.texte, "essai.yaml", open_words(rulebook()))

    def __getitem__(self, chemin):
        return self.champs[chemin].valeur

    def nature(self, chemin):
        return self.champs[chemin].nature.value

    @property
    def codes(self):
        return [constat.code for constat in self.constats]


def import_all(octets, nom="avis.xml"):
    octets = octets.encode() if isinstance(octets, str) else octets
    found = [Lu(each) for each in import_bytes(octets, nom, rulebook())]
    for each in found:
        assert [d for d in each.lecture.diagnostics if d.niveau == "erreur"] == [], each.texte
        assert each.lecture.marche is not None
    return found


def import_one(octets, nom="avis.xml"):
    (found,) = import_all(octets, nom)
    return found


def eforms_lot(number=1, body="", termes="", process=""):
    return f"""<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-{number:04d}</cbc:ID>
      <cac:TenderingTerms>{termes}</cac:TenderingTerms><cac:TenderingProcess>{process}</cac:TenderingProcess>
      <cac:ProcurementProject><cbc:Name languageID="FRA">Secteur {number}</cbc:Name>{body}</cac:ProcurementProject>
    </cac:ProcurementProjectLot>"""


def eforms(
    lots=None,
    *,
    projet="",
    subtype="16",
    procedure="open",
    statut="la",
    domain="32014L0024",
    extra="",
    root="ContractNotice",
    ubl=UBL,
    cpv="77310000",
    nature="services",
):
    lots = eforms_lot() if lots is None else lots
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{ubl}{root}-2" xmlns:cac="{ubl}CommonAggregateComponents-2" xmlns:cbc="{ubl}CommonBasicComponents-2"
  xmlns:ext="{ubl}CommonExtensionComponents-2" xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
  xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1" xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">
  <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{extra}
    <efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">{subtype}</cbc:SubTypeCode></efac:NoticeSubType>
    <efac:Organizations>
      <efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-0002</cbc:ID></cac:PartyIdentification>
        <cac:PartyName><cbc:Name>Tribunal administratif</cbc:Name></cac:PartyName></efac:Company></efac:Organization>
      <efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification>
        <cac:PartyName><cbc:Name>Ville de Rennes</cbc:Name></cac:PartyName>
        <cac:PostalAddress><cbc:CityName>Rennes</cbc:CityName><cbc:PostalZone>35000</cbc:PostalZone></cac:PostalAddress>
        <cac:PartyLegalEntity><cbc:CompanyID>{SIRET}</cbc:CompanyID></cac:PartyLegalEntity></efac:Company></efac:Organization>
    </efac:Organizations>
  </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
  <cbc:ID>avis-1</cbc:ID><cbc:IssueDate>2026-12-15+01:00</cbc:IssueDate><cbc:RegulatoryDomain>{domain}</cbc:RegulatoryDomain>
  <cac:ContractingParty><cac:ContractingPartyType><cbc:PartyTypeCode listName="buyer-legal-type">{statut}</cbc:PartyTypeCode></cac:ContractingPartyType>
    <cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
  <cac:TenderingProcess><cbc:ProcedureCode>{procedure}</cbc:ProcedureCode></cac:TenderingProcess>
  <cac:ProcurementProject><cbc:ID>2026-EV-041</cbc:ID><cbc:Name languageID="ENG">Green spaces</cbc:Name>
    <cbc:Name languageID="FRA">Entretien des espaces verts</cbc:Name>
    <cbc:ProcurementTypeCode listName="contract-nature">{nature}</cbc:ProcurementTypeCode>
    <cac:MainCommodityClassification><cbc:ItemClassificationCode>{cpv}</cbc:ItemClassificationCode></cac:MainCommodityClassification>
    <cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>FRH03</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>{projet}
  </cac:ProcurementProject>{lots}
</{root}>"""


def amount(value, currency="EUR"):
    return f'<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="{currency}">{value}</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>'


def ted(
    form="F02",
    lots="",
    *,
    objet="",
    procedure="<PT_OPEN/>",
    lefti="",
    info="",
    body='<CA_TYPE VALUE="REGIONAL_AUTHORITY"/>',
    notice="",
):
    lots = lots or '<OBJECT_DESCR ITEM="1"><DURATION TYPE="MONTH">24</DURATION><NO_RENEWAL/></OBJECT_DESCR>'
    return f"""<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" xmlns:n2021="http://publications.europa.eu/resource/schema/ted/2021/nuts" VERSION="R2.0.9.S04.E01" DOC_ID="000001-2021">
<CODED_DATA_SECTION><REF_OJS><DATE_PUB>20210421</DATE_PUB></REF_OJS></CODED_DATA_SECTION><FORM_SECTION>
<{form}_2014 CATEGORY="TRANSLATION" FORM="{form}" LG="EN"><OBJECT_CONTRACT><TITLE><P>Cleaning</P></TITLE></OBJECT_CONTRACT></{form}_2014>
<{form}_2014 CATEGORY="ORIGINAL" FORM="{form}" LG="FR">{notice}<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Commune de Vitré</OFFICIALNAME>
<NATIONALID>{SIRET}</NATIONALID><TOWN>Vitré</TOWN><POSTAL_CODE>35500</POSTAL_CODE><E_MAIL>(retiré)</E_MAIL><URL_BUYER>marches.exemple.fr</URL_BUYER></ADDRESS_CONTRACTING_BODY>{body}</CONTRACTING_BODY>
<OBJECT_CONTRACT><TITLE><P>Nettoyage des écoles <FT TYPE="SUP">n</FT>1</P></TITLE><CPV_MAIN><CPV_CODE CODE="90910000"/></CPV_MAIN>
<TYPE_CONTRACT CTYPE="SERVICES"/>{objet}{lots}</OBJECT_CONTRACT><LEFTI>{lefti}</LEFTI><PROCEDURE>{procedure}</PROCEDURE>
<COMPLEMENTARY_INFO>{info}<DATE_DISPATCH_NOTICE>2021-04-16</DATE_DISPATCH_NOTICE></COMPLEMENTARY_INFO></{form}_2014></FORM_SECTION></TED_EXPORT>"""


def fnsimple(marche="", lots="", procedure="<procedureAdapteeO/>", social="<SOCIAUX/>", avis="APPEL_OFFRE"):
    return f"""<jo:ann xmlns:jo="http://boamp.journal-officiel.gouv.fr/XML/3.2.5"><DONNEES><FNSimple>
<organisme><nomOfficiel>Centre hospitalier de Vitré</nomOfficiel><codeIdentificationNational>{SIRET}</codeIdentificationNational><ville>Vitré</ville><cp>35500</cp></organisme>
<initial><communication><urlProfilAch>https://marches.exemple.fr</urlProfilAch><identifiantInterne>2026-12</identifiantInterne></communication><procedure>{procedure}</procedure>
<natureMarche><intitule>Réfection des façades</intitule><codeCPV><objetPrincipal><classPrincipale>45443000</classPrincipale></objetPrincipal></codeCPV>
<natureMarche><travaux/></natureMarche><lieuExecution>VITRÉ 35500</lieuExecution><dureeMois>6</dureeMois>{marche}</natureMarche>{lots}</initial></FNSimple></DONNEES>
<GESTION><REFERENCE><IDWEB>26-1</IDWEB><TYPE_AVIS><NATURE><{avis}/></NATURE></TYPE_AVIS></REFERENCE><INDEXATION><DATE_PUBLICATION>2026-12-11</DATE_PUBLICATION>
<CRITERES_SOCIAUX_ENV>{social}</CRITERES_SOCIAUX_ENV><DEP_PUBLICATION>35</DEP_PUBLICATION></INDEXATION></GESTION></jo:ann>"""


DECP = {
    "id": "2025-7",
    "acheteur": {"id": SIRET},
    "nature": "Marché",
    "objet": "Gardiennage des bâtiments",
    "codeCPV": "79713000-5",
    "procedure": "Appel d'offres ouvert",
    "ccag": "Fournitures courantes et services",
    "techniques": {"technique": ["Accord-cadre"]},
    "modalitesExecution": {"modaliteExecution": ["Bons de commande"]},
    "lieuExecution": {"code": "35238", "typeCode": "Code commune"},
    "dureeMois": 48,
    "montant": 575000.50,
    "considerationsSociales": {"considerationSociale": ["Clause sociale", "Marché réservé"]},
}


def decp(**changes):
    return json.dumps({"marches": {"marche": [DECP | changes]}}, ensure_ascii=False)


@pytest.fixture
def livre():
    return rulebook()
