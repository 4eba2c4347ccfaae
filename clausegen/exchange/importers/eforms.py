"""eForms, whatever the namespace: the XML of the TED, that of the BOAMP and its JSON are one tree here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import Contenu
from clausegen.exchange.importers.interface import AcheteurLu, AvisLu, BesoinLu, Fait, Genre, LotLu, Tables
from clausegen.exchange.importers.tree import Noeud

_EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
_SYSTEMS = "TenderingProcess/ContractingSystem/ContractingSystemTypeCode"
ROOTS = ("ContractNotice", "PriorInformationNotice", "ContractAwardNotice")


def read_notices(contenu: Contenu, tables: Tables) -> list[AvisLu]:
    """Return the market of a notice."""
    assert contenu.racine is not None
    return [read_notice(contenu.racine, tables["eforms"])]


def read_notice(racine: Noeud, codes: Mapping[str, Any]) -> AvisLu:
    """Read one notice.

    Args:
        racine: `ContractNotice`, `PriorInformationNotice` or `ContractAwardNotice`.
        codes: the table `rules/echanges/eforms`.

    Raises:
        ClausegenError: it holds neither procedure nor lot.
    """
    projet = racine.un("ProcurementProject")
    lots = [lot for lot in racine.nommes("ProcurementProjectLot") if _is_lot(lot)]
    if projet is None and not lots:
        raise ClausegenError("Cet avis eForms ne décrit ni marché ni lot : il n'y a rien à en tirer.")
    genre, subtype = _genre(racine, codes)
    words = _genre_words(genre)
    avis = AvisLu(format=f"eForms, {words}" + (f" (sous-type {subtype})" if subtype else ""), genre=genre)
    avis.identifiant = _text(racine.un(f"{_EXTENSION}/Publication/NoticePublicationID", "ID"))
    avis.publication = _text(racine.un(f"{_EXTENSION}/Publication/PublicationDate"))[:10]
    if genre is Genre.PREINFORMATION:
        avis.envoi = _fact(racine.un("PlannedDate"), sur=False)
    elif genre is Genre.APPEL:
        avis.envoi = _fact(racine.un("IssueDate"))
    if projet is not None:
        _need(avis, projet, codes)
        avis.reference = _fact(projet.un("ID"))
    avis.lots = [_lot(lot, codes) for lot in lots]
    _procedure(avis, racine, codes, subtype)
    _framework(avis, racine, lots, codes)
    avis.acheteur = _buyer(avis, racine, codes)
    directive = _directive(racine)
    if directive is not None:
        _by_directive(avis, directive, codes)
    return avis


def _genre_words(genre: Genre) -> str:
    return {
        Genre.APPEL: "avis de marché",
        Genre.PREINFORMATION: "avis de préinformation",
        Genre.RECTIFICATIF: "avis rectificatif",
        Genre.ATTRIBUTION: "avis d'attribution",
    }[genre]


def _is_lot(lot: Noeud) -> bool:
    ident = lot.un("ID")
    return ident is None or ident.attributs.get("schemeName", "Lot") in ("Lot", "Part")


def _genre(racine: Noeud, codes: Mapping[str, Any]) -> tuple[Genre, str]:
    subtype = _text(racine.un(f"{_EXTENSION}/NoticeSubType/SubTypeCode"))
    if next(racine.sous("Changes"), None) is not None:
        return Genre.RECTIFICATIF, subtype
    if racine.nom == "ContractAwardNotice" or subtype in codes["attribution"]:
        return Genre.ATTRIBUTION, subtype
    if subtype in codes["preinformation"] or (racine.nom == "PriorInformationNotice" and not subtype):
        return Genre.PREINFORMATION, subtype
    return Genre.APPEL, subtype


def _text(node: Noeud | None) -> str:
    return node.complet if node is not None else ""


def _fact(node: Noeud | None, precision: str = "", *, sur: bool = True) -> Fait | None:
    if node is None or not node.complet:
        return None
    return Fait(node.complet, node.origine, precision, sur)


def _french(node: Noeud, chemin: str) -> Noeud | None:
    """Return the French text when a text is given in several languages, else the first."""
    found = node.tous(chemin)
    return next((n for n in found if n.attributs.get("languageID", "FRA").upper() == "FRA" and n.complet), None) or (
        found[0] if found else None
    )


def _coded(node: Noeud, chemin: str, liste: str) -> Iterator[Noeud]:
    for found in node.tous(chemin):
        if found.attributs.get("listName") == liste and found.complet:
            yield found


def _need(besoin: BesoinLu, projet: Noeud, codes: Mapping[str, Any]) -> None:
    """Fill in what the whole market and a lot state alike."""
    besoin.intitule = _fact(_french(projet, "Name"))
    besoin.description = _fact(_french(projet, "Description"))
    nature = projet.un("ProcurementTypeCode")
    if nature is not None and nature.complet:
        besoin.nature = Fait(codes["natures"].get(nature.complet, ""), nature.origine, nature.complet)
    besoin.valeur = _amount(projet.un("RequestedTenderTotal/EstimatedOverallContractAmount"))
    besoin.maximum = _amount(projet.un(f"RequestedTenderTotal/{_EXTENSION}/FrameworkMaximumAmount"))
    besoin.cpv = _fact(projet.un("MainCommodityClassification/ItemClassificationCode"))
    others = projet.tous("AdditionalCommodityClassification/ItemClassificationCode")
    besoin.cpv_secondaires = [fact for node in others if (fact := _fact(node))]
    _period(besoin, projet, codes)
    for lieu in projet.nommes("RealizedLocation"):
        if nuts := _fact(lieu.un("Address/CountrySubentityCode")):
            besoin.nuts.append(nuts)
        besoin.code_postal = besoin.code_postal or _fact(lieu.un("Address/PostalZone"))
        besoin.commune = besoin.commune or _fact(lieu.un("Address/CityName"))
    for extra in projet.nommes("ProcurementAdditionalType"):
        code = extra.un("ProcurementTypeCode")
        if code is not None and code.attributs.get("listName") in ("strategic-procurement", "social-objective"):
            _social(besoin, extra, code, codes)
    notes = [*projet.nommes("Note"), *projet.tous("ContractExtension/OptionsDescription")]
    besoin.textes += [fact for node in notes if (fact := _fact(node))]


def _social(besoin: BesoinLu, extra: Noeud, code: Noeud, codes: Mapping[str, Any]) -> None:
    label = codes["sociaux"].get(code.complet)
    if label is None:
        return
    besoin.sociaux.append(Fait(label, code.origine, code.complet))
    if text := _fact(_french(extra, "ProcurementType")):
        besoin.textes.append(text)


def _amount(node: Noeud | None) -> Fait | None:
    return _fact(node, node.attributs.get("currencyID", "")) if node is not None else None


def _period(besoin: BesoinLu, projet: Noeud, codes: Mapping[str, Any]) -> None:
    duree = projet.un("PlannedPeriod/DurationMeasure")
    if duree is not None:
        unit = duree.attributs.get("unitCode", "")
        besoin.duree = _fact(duree, codes["unites"].get(unit, unit))
    besoin.debut = _fact(projet.un("PlannedPeriod/StartDate"))
    besoin.fin = _fact(projet.un("PlannedPeriod/EndDate"))
    besoin.reconductions = _fact(projet.un("ContractExtension/MaximumNumberNumeric"))
    besoin.reconduction_texte = _fact(_french(projet, "ContractExtension/Renewal/Period/Description"))


def _lot(noeud: Noeud, codes: Mapping[str, Any]) -> LotLu:
    lot = LotLu(numero=_fact(noeud.un("ID")))
    projet, termes = noeud.un("ProcurementProject"), noeud.un("TenderingTerms")
    if projet is not None:
        _need(lot, projet, codes)
    if termes is None:
        return lot
    requirement = "TendererQualificationRequest/SpecificTendererRequirement/TendererRequirementTypeCode"
    for code in _coded(termes, requirement, "reserved-procurement"):
        if code.complet in codes["reserves"]:
            lot.reserves.append(Fait(codes["reserves"][code.complet], code.origine, code.complet))
    for code in _coded(termes, "ContractExecutionRequirement/ExecutionRequirementCode", "reserved-execution"):
        if code.complet == "yes":
            lot.reserves.append(Fait(codes["execution_reservee"], code.origine, "yes"))
    for condition in termes.nommes("ContractExecutionRequirement"):
        if text := _fact(_french(condition, "Description")):
            lot.textes.append(text)
    criteria = "AwardingTerms/AwardingCriterion/SubordinateAwardingCriterion"
    for criterion in termes.tous(criteria):
        _criterion(lot, criterion)
    return lot


def _criterion(lot: LotLu, noeud: Noeud) -> None:
    name, text = _french(noeud, "Name"), _french(noeud, "Description")
    said = name if name is not None and name.complet else text
    if said is None or not said.complet:
        return
    parameter = noeud.un(f"{_EXTENSION}/AwardCriterionParameter")
    weight = ""
    if parameter is not None and _text(parameter.un("ParameterCode")).startswith("per-"):
        weight = f"{_text(parameter.un('ParameterNumeric'))} %"
    lot.criteres.append(Fait(said.complet, said.origine, weight))


def _procedure(avis: AvisLu, racine: Noeud, codes: Mapping[str, Any], subtype: str) -> None:
    code = racine.un("TenderingProcess/ProcedureCode")
    if subtype in codes["concours"]:
        avis.procedure = Fait("concours", racine.origine, f"sous-type {subtype}")
        return
    if subtype in codes["concession"]:
        avis.contrat = Fait("concession", racine.origine, f"sous-type {subtype}")
        avis.procedure = Fait("concession", racine.origine, f"sous-type {subtype}")
        return
    if code is None or not code.complet:
        return
    word = codes["procedures"].get(code.complet, "")
    hint = codes["procedures_a_demander"].get(code.complet, "")
    # Under the light regime, « open » does not mean a formal open procedure.
    avis.procedure = Fait(word, code.origine, hint or code.complet, sur=subtype not in codes["assoupli"])


def _framework(avis: AvisLu, racine: Noeud, lots: list[Noeud], codes: Mapping[str, Any]) -> None:
    places = (racine, *lots)
    found = [node for place in places for node in _coded(place, _SYSTEMS, "framework-agreement")]
    framed = [node for node in found if node.complet in codes["accords_cadres"]]
    none = codes["sans_accord_cadre"]
    if avis.contrat is None and framed:
        avis.contrat = Fait("accord-cadre", framed[0].origine, framed[0].complet, sur=len(framed) == len(found))
        _form(avis, framed, places, codes)
    elif avis.contrat is None and found and all(node.complet == none for node in found):
        avis.contrat = Fait("marche", found[0].origine, "pas d'accord-cadre")
    if any(node.complet != none for place in places for node in _coded(place, _SYSTEMS, "dps-usage")):
        _told(avis, "L'avis annonce un système d'acquisition dynamique, que la description ne sait pas nommer.")
    for node in found:
        if node not in framed and node.complet != none:
            _told(avis, f"Le code d'accord-cadre « {node.complet[:40]} » n'est pas connu : il est laissé de côté.")


def _form(avis: AvisLu, framed: list[Noeud], places: tuple[Noeud, ...], codes: Mapping[str, Any]) -> None:
    """Tell how a framework is performed, and by how many; the codes say neither in so many words."""
    first = framed[0]
    if len({node.complet for node in framed}) == 1:
        label = f"code {first.complet}"
        avis.forme = Fait(codes["accords_cadres"][first.complet], first.origine, label, sur=False)
    for place in places:
        most = _fact(place.un("TenderingProcess/FrameworkAgreement/MaximumOperatorQuantity"))
        if most is not None and re.fullmatch(r"[0-9]{1,6}", most.valeur):
            word = "mono" if int(most.valeur) == 1 else "multi"
            avis.attributaires = Fait(word, most.origine, f"{most.valeur} participants au plus", sur=False)
            return


def _told(avis: AvisLu, message: str) -> None:
    avis.remarques.append(Diagnostic("I008", Niveau.INFORMATION, message, "contrat"))


def _company(racine: Noeud, ident: Noeud | None) -> Noeud | None:
    """Return the organization that an identifier such as ORG-0001 names: they stand in no set order.

    TPO-0001 names a contact point of an organization: the buyer is the organization.
    """
    wanted = _text(ident)
    for organization in racine.tous(f"{_EXTENSION}/Organizations/Organization") if wanted else ():
        for party in (*organization.nommes("Company"), *organization.nommes("TouchPoint")):
            if wanted in (_text(node) for node in party.tous("PartyIdentification/ID")):
                return organization.un("Company")
    return None


def _buyer(avis: AvisLu, racine: Noeud, codes: Mapping[str, Any]) -> AcheteurLu:
    party = racine.un("ContractingParty")
    lu = AcheteurLu()
    if party is None:
        return lu
    company = _company(racine, party.un("Party/PartyIdentification/ID"))
    if company is not None:
        lu.nom = _fact(_french(company, "PartyName/Name"))
        lu.siret = _fact(company.un("PartyLegalEntity/CompanyID"))
        lu.voie = _fact(company.un("PostalAddress/StreetName"))
        lu.code_postal = _fact(company.un("PostalAddress/PostalZone"))
        lu.commune = _fact(company.un("PostalAddress/CityName"))
        lu.courriel = _fact(company.un("Contact/ElectronicMail"))
    lu.profil = _fact(party.un("BuyerProfileURI"))
    appeal = "ProcurementProjectLot/TenderingTerms/AppealTerms/AppealReceiverParty/PartyIdentification/ID"
    review = _company(racine, racine.un(appeal))
    lu.tribunal = _fact(review.un("PartyName/Name")) if review is not None else None
    if len(racine.nommes("ContractingParty")) > 1:
        second = racine.nommes("ContractingParty")[1]
        lu.groupement = Fait("true", second.origine, "plusieurs acheteurs", sur=False)
    for code in _coded(party, "ContractingPartyType/PartyTypeCode", "buyer-legal-type"):
        statut = codes["statuts"].get(code.complet)
        if statut is None:
            message = f"Le statut d'acheteur « {code.complet[:40]} » n'est pas connu : il est laissé de côté."
            avis.remarques.append(Diagnostic("I008", Niveau.INFORMATION, message, "acheteur.type"))
            continue
        lu.categorie = Fait(statut.get("categorie", ""), code.origine, statut["libelle"], sur=False)
        lu.type = Fait(statut.get("type", ""), code.origine, statut["libelle"], sur=False)
        break
    return lu


def _directive(racine: Noeud) -> Noeud | None:
    found = racine.un("RegulatoryDomain")
    return found if found is not None and found.complet else None


def _by_directive(avis: AvisLu, directive: Noeud, codes: Mapping[str, Any]) -> None:
    known = codes["directives"].get(directive.complet, {})
    if "regime" in known:
        avis.regime = Fait(known["regime"], directive.origine, directive.complet)
    if "contrat" in known:
        avis.contrat = Fait(known["contrat"], directive.origine, directive.complet)
        avis.procedure = Fait(known["procedure"], directive.origine, directive.complet)
    if "categorie" in known:
        label = f"directive {directive.complet}, secteurs spéciaux"
        avis.acheteur.categorie = Fait(known["categorie"], directive.origine, label, sur=False)
