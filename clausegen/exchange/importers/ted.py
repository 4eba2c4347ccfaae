"""TED R2.0.9, the standard forms of 2016 to 2023."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import Contenu
from clausegen.exchange.importers.interface import AcheteurLu, AvisLu, Fait, Genre, LotLu, Tables
from clausegen.exchange.importers.tree import Noeud


def read_notices(contenu: Contenu, tables: Tables) -> list[AvisLu]:
    """Return the market of a notice.

    Raises:
        ClausegenError: an older version of the forms, or a form that describes no market.
    """
    assert contenu.racine is not None
    racine, codes = contenu.racine, tables["ted"]
    form = _form(racine)
    return [_notice(racine, form, codes)]


def _form(racine: Noeud) -> Noeud:
    """Return the form in French, else in its original language."""
    forms = [form for section in racine.nommes("FORM_SECTION") for form in section.enfants]
    usable = [form for form in forms if form.nommes("OBJECT_CONTRACT")]
    if not usable:
        version = racine.attributs.get("VERSION", "inconnue")
        raise ClausegenError(
            f"Cet avis du TED (version {version[:20]}) ne suit pas les formulaires R2.0.9, ou ne décrit aucun marché : "
            "il n'est pas lu."
        )
    for wanted in (("LG", "FR"), ("CATEGORY", "ORIGINAL")):
        for form in usable:
            if form.attributs.get(wanted[0]) == wanted[1]:
                return form
    return usable[0]


def _notice(racine: Noeud, form: Noeud, codes: Mapping[str, Any]) -> AvisLu:
    name = form.nom.partition("_")[0]
    known = codes["formulaires"].get(name, {"libelle": f"formulaire {name[:10]}", "genre": "appel"})
    genre = Genre(known["genre"])
    notice = form.un("NOTICE")
    if notice is not None and notice.attributs.get("TYPE") in codes["avis"]:
        genre = Genre(codes["avis"][notice.attributs["TYPE"]])
    avis = AvisLu(format=f"TED R2.0.9, {known['libelle']} ({name})", genre=genre)
    avis.identifiant = racine.attributs.get("DOC_ID", "")
    published = _text(racine.un("CODED_DATA_SECTION/REF_OJS/DATE_PUB"))
    if len(published) == 8:
        avis.publication = f"{published[:4]}-{published[4:6]}-{published[6:]}"
    if genre is Genre.APPEL:
        avis.envoi = _fact(form.un("COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE"))
    objects = form.nommes("OBJECT_CONTRACT")
    contract = objects[0]
    if len(objects) > 1:
        message = f"L'avis annonce {len(objects)} marchés : seul le premier est repris."
        avis.remarques.append(Diagnostic("I013", Niveau.AVERTISSEMENT, message, "objet"))
    _object(avis, contract, codes)
    avis.lots = [_lot(node, codes) for node in contract.nommes("OBJECT_DESCR")]
    _alone(avis, contract)
    _procedure(avis, form, known, codes)
    _reserved(avis, form, codes)
    avis.acheteur = _buyer(form, known, codes)
    return avis


def _text(node: Noeud | None) -> str:
    return node.complet if node is not None else ""


def _fact(node: Noeud | None, precision: str = "") -> Fait | None:
    return Fait(node.complet, node.origine, precision) if node is not None and node.complet else None


def _attribute(node: Noeud | None, name: str) -> Fait | None:
    if node is None or not node.attributs.get(name):
        return None
    return Fait(node.attributs[name], f"{node.origine}/@{name}")


def _object(avis: AvisLu, contract: Noeud, codes: Mapping[str, Any]) -> None:
    avis.intitule = _fact(contract.un("TITLE"))
    avis.reference = _fact(contract.un("REFERENCE_NUMBER"))
    avis.description = _fact(contract.un("SHORT_DESCR"))
    avis.cpv = _attribute(contract.un("CPV_MAIN/CPV_CODE"), "CODE")
    if nature := _attribute(contract.un("TYPE_CONTRACT"), "CTYPE"):
        avis.nature = Fait(codes["natures"].get(nature.valeur, ""), nature.origine, nature.valeur)
    for node in contract.nommes("VAL_ESTIMATED_TOTAL")[:1]:
        avis.valeur = _fact(node, node.attributs.get("CURRENCY", ""))


def _lot(node: Noeud, codes: Mapping[str, Any]) -> LotLu:
    lot = LotLu(numero=_fact(node.un("LOT_NO")), intitule=_fact(node.un("TITLE")))
    lot.description = _fact(node.un("SHORT_DESCR"))
    additional = [fact for code in node.tous("CPV_ADDITIONAL/CPV_CODE") if (fact := _attribute(code, "CODE"))]
    if additional:
        # The form has no main code for a lot: the first of its own is the nearest thing to one.
        first = additional[0]
        lot.cpv = Fait(first.valeur, first.origine, "premier code du lot", sur=False)
        lot.cpv_secondaires = additional[1:]
    lot.nuts = [fact for code in node.nommes("NUTS") if (fact := _attribute(code, "CODE"))]
    for amount in node.nommes("VAL_OBJECT")[:1]:
        lot.valeur = _fact(amount, amount.attributs.get("CURRENCY", ""))
    duree = node.un("DURATION")
    if duree is not None:
        unit = duree.attributs.get("TYPE", "")
        lot.duree = _fact(duree, codes["unites"].get(unit, unit))
    lot.debut, lot.fin = _fact(node.un("DATE_START")), _fact(node.un("DATE_END"))
    lot.reconduction_texte = _fact(node.un("RENEWAL_DESCR"))
    if refused := node.un("NO_RENEWAL"):
        lot.reconductions = Fait("0", refused.origine, "pas de reconduction")
    for criterion in (*node.tous("AC/AC_QUALITY"), *node.nommes("AC_QUALITY")):
        if name := _fact(criterion.un("AC_CRITERION"), _text(criterion.un("AC_WEIGHTING"))):
            lot.criteres.append(name)
    for tag in ("INFO_ADD", "OPTIONS_DESCR"):
        lot.textes += [fact for found in node.nommes(tag) if (fact := _fact(found))]
    return lot


def _alone(avis: AvisLu, contract: Noeud) -> None:
    """A market without lots states everything in the single description that it has."""
    if contract.un("NO_LOT_DIVISION") is None or len(avis.lots) != 1:
        return
    lot = avis.lots[0]
    lot.numero = lot.numero or Fait("1", contract.origine, "marché non alloti")
    lot.valeur = lot.valeur or avis.valeur


def _procedure(avis: AvisLu, form: Noeud, known: Mapping[str, Any], codes: Mapping[str, Any]) -> None:
    procedure = form.un("PROCEDURE")
    if "procedure" in known:
        avis.procedure = Fait(known["procedure"], form.origine, form.nom)
    if "contrat" in known:
        avis.contrat = Fait(known["contrat"], form.origine, form.nom)
    if procedure is None:
        return
    for node in procedure.enfants if avis.procedure is None else ():
        if node.nom in codes["procedures"]:
            # Under the light regime, « open » does not mean a formal open procedure.
            sure = not known.get("assoupli", False)
            avis.procedure = Fait(codes["procedures"][node.nom], node.origine, node.nom, sure)
        elif node.nom in codes["procedures_a_demander"]:
            avis.procedure = Fait("", node.origine, codes["procedures_a_demander"][node.nom])
    _framework(avis, procedure)


def _framework(avis: AvisLu, procedure: Noeud) -> None:
    if procedure.nommes("DPS"):
        message = "L'avis annonce un système d'acquisition dynamique, que la description ne sait pas nommer."
        avis.remarques.append(Diagnostic("I008", Niveau.INFORMATION, message, "contrat"))
    framework = next(iter(procedure.nommes("FRAMEWORK")), None)
    if framework is None:
        if avis.contrat is None:
            avis.contrat = Fait("marche", procedure.origine, "l'avis ne coche pas d'accord-cadre", sur=False)
        return
    if avis.contrat is None:
        avis.contrat = Fait("accord-cadre", framework.origine, "FRAMEWORK")
    for name, word in (("SINGLE_OPERATOR", "mono"), ("SEVERAL_OPERATORS", "multi")):
        for node in framework.nommes(name):
            avis.attributaires = avis.attributaires or Fait(word, node.origine, name)


def _reserved(avis: AvisLu, form: Noeud, codes: Mapping[str, Any]) -> None:
    for lefti in form.nommes("LEFTI"):
        for node in lefti.enfants:
            if node.nom in codes["reserves"]:
                avis.reserves.append(Fait(codes["reserves"][node.nom], node.origine, node.nom))
            elif node.nom == "PERFORMANCE_CONDITIONS" and (text := _fact(node)):
                avis.textes.append(text)
    for info in form.tous("COMPLEMENTARY_INFO/INFO_ADD"):
        if text := _fact(info):
            avis.textes.append(text)


def _buyer(form: Noeud, known: Mapping[str, Any], codes: Mapping[str, Any]) -> AcheteurLu:
    lu = AcheteurLu()
    body = form.un("CONTRACTING_BODY")
    if body is None:
        return lu
    address = body.un("ADDRESS_CONTRACTING_BODY")
    if address is not None:
        lu.nom = _fact(address.un("OFFICIALNAME"))
        lu.siret = _fact(address.un("NATIONALID"))
        lu.voie = _fact(address.un("ADDRESS"))
        lu.code_postal = _fact(address.un("POSTAL_CODE"))
        lu.commune = _fact(address.un("TOWN"))
        lu.courriel = _fact(address.un("E_MAIL"))
        lu.profil = _fact(address.un("URL_BUYER"))
    if joint := next(iter(body.nommes("JOINT_PROCUREMENT_INVOLVED")), None):
        lu.groupement = Fait("true", joint.origine, "procédure conjointe", sur=False)
    lu.tribunal = _fact(form.un("COMPLEMENTARY_INFO/ADDRESS_REVIEW_BODY/OFFICIALNAME"))
    code = next(iter(body.nommes("CA_TYPE")), None)
    statut = codes["statuts"].get(code.attributs.get("VALUE", "")) if code is not None else None
    if code is not None and statut is not None:
        lu.categorie = Fait(statut.get("categorie", ""), code.origine, statut["libelle"], sur=False)
        lu.type = Fait(statut.get("type", ""), code.origine, statut["libelle"], sur=False)
    if "categorie" in known:
        lu.categorie = Fait(known["categorie"], form.origine, known["libelle"], sur=False)
    return lu
