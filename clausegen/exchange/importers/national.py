"""The national forms of the BOAMP: FNSimple, MAPA, DSP, and the form of before 2023."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clausegen.exchange.importers.interface import AcheteurLu, AvisLu, BesoinLu, Fait, Genre, LotLu
from clausegen.exchange.importers.tree import Noeud
from clausegen.record import dataclass


@dataclass(frozen=True, slots=True)
class Formulaire:
    """Where one form writes each fact: paths below its root, the first that holds something wins."""

    objet: tuple[str, ...]
    description: tuple[str, ...]
    nature: tuple[str, ...]
    cpv: tuple[str, ...]
    lieu: tuple[str, ...]
    code_postal: tuple[str, ...]
    commune: tuple[str, ...]
    duree: tuple[str, ...]
    valeur: tuple[str, ...]
    lots: tuple[str, ...]
    procedure: tuple[str, ...]
    reserve: tuple[str, ...]
    textes: tuple[str, ...]
    organisme: tuple[str, ...]


FORMS = {"FNSimple": "FNSimple", "MAPA": "MAPA", "DSP": "DSP"}
_PLACES = {
    "FNSimple": Formulaire(
        objet=("initial/natureMarche/intitule",),
        description=("initial/natureMarche/description",),
        nature=("initial/natureMarche/natureMarche",),
        cpv=("initial/natureMarche/codeCPV/objetPrincipal/classPrincipale",),
        lieu=("initial/natureMarche/lieuExecution",),
        code_postal=(),
        commune=(),
        duree=("initial/natureMarche/dureeMois",),
        valeur=("initial/natureMarche/valeurEstimee/valeur", "initial/valeurEstimee/valeur"),
        lots=("initial/lots/lot",),
        procedure=("initial/procedure",),
        reserve=("initial/natureMarche/reservationMarche",),
        textes=("initial/procedure/criteresAttrib", "initial/informComplementaire", "initial/criteresAttrib"),
        organisme=("organisme",),
    ),
    "MAPA": Formulaire(
        objet=("initial/description/objet",),
        description=("initial/caracteristiques/principales",),
        nature=("initial/natureMarche", "initial/description/natureMarche"),
        cpv=("initial/description/codeCPV/objetPrincipal/classPrincipale",),
        lieu=(),
        code_postal=("initial/description/lieuExecution/cp",),
        commune=("initial/description/lieuExecution/ville",),
        duree=("initial/duree/nbMois", "initial/description/duree/nbMois", "initial/caracteristiques/duree/nbMois"),
        valeur=(),
        lots=("initial/lots/lot",),
        procedure=("initial/procedure",),
        reserve=("initial/reservationMarche",),
        textes=("initial/autresInformations", "initial/criteres", "initial/conditions", "initial/renseignements"),
        organisme=("organisme",),
    ),
    "DSP": Formulaire(
        objet=("initial/descriptionMarche/titreMarche",),
        description=("initial/descriptionMarche/description",),
        nature=(),
        cpv=("initial/descriptionMarche/codeCPV/objetPrincipal/classPrincipale",),
        lieu=("initial/descriptionMarche/lieuExecution",),
        code_postal=(),
        commune=(),
        duree=(),
        valeur=(),
        lots=("initial/lots/lot",),
        procedure=(),
        reserve=(),
        textes=("initial/conditions", "initial/autresInformations"),
        organisme=("organisme",),
    ),
    "ancien": Formulaire(
        objet=("OBJET/TITRE_MARCHE",),
        description=("OBJET/OBJET_COMPLET",),
        nature=("OBJET/TYPE_MARCHE",),
        cpv=("OBJET/CPV/PRINCIPAL",),
        lieu=("OBJET/LIEU_EXEC_LIVR",),
        code_postal=(),
        commune=(),
        duree=("DUREE_DELAI/DUREE_MOIS", "OBJET/DUREE_DELAI/DUREE_MOIS"),
        valeur=(),
        lots=("OBJET/LOTS/LOT",),
        procedure=("PROCEDURE/TYPE_PROCEDURE",),
        reserve=("CONDITION_PARTICIPATION/MARCHE_RESERVE_OUI", "CONDITION_PARTICIPATION/PRESTATION_RESERVEE_OUI"),
        textes=("CONDITION_PARTICULIERE_EXECUTION", "CONDITION_PARTICIPATION", "RENSEIGNEMENTS_COMPLEMENTAIRES"),
        organisme=("IDENTITE",),
    ),
}
_PLACE = re.compile(r"(?P<avant>[^\d,;()]{2,60}?)?[\s(-]*(?P<cp>\d{5})[\s)-]*(?P<apres>[^\d,;()]{2,60})?")
_AMOUNT = re.compile(
    r"[0-9][0-9 \u00a0\u202f]{0,14}(?:[.,][0-9]{1,2})?\s*(?:€|euros?)?\s*(?:ht|h\.t\.?)", re.IGNORECASE
)


def read_form(form: Noeud, nom: str, codes: Mapping[str, Any]) -> AvisLu:
    """Read a national form.

    Args:
        form: its root element.
        nom: its name: `FNSimple`, `MAPA`, `DSP` or `ancien`.
        codes: the table `rules/echanges/boamp`.
    """
    where = _PLACES[nom]
    genre = Genre.APPEL
    if form.nommes("attribution") and not form.nommes("initial"):
        genre = Genre.ATTRIBUTION
    elif form.nommes("rectif") and not form.nommes("initial"):
        genre = Genre.RECTIFICATIF
    avis = AvisLu(format=f"BOAMP, {codes['formats'][nom]}", genre=genre)
    avis.intitule = _fact(form.un(*where.objet))
    avis.description = _fact(form.un(*where.description))
    avis.cpv = _fact(form.un(*where.cpv)) if where.cpv else None
    avis.nature = _only_child(form, where.nature, codes["natures"])
    avis.duree = _months(form, where.duree)
    avis.valeur = _value(form, where.valeur)
    _where(avis, form.un(*where.lieu) if where.lieu else None)
    avis.code_postal = avis.code_postal or (_fact(form.un(*where.code_postal)) if where.code_postal else None)
    avis.commune = avis.commune or (_fact(form.un(*where.commune)) if where.commune else None)
    avis.textes = [fact for path in where.textes for node in form.tous(path) if (fact := _fact(node))]
    avis.lots = [_lot(node) for path in where.lots for node in form.tous(path)]
    if nom == "DSP":
        avis.contrat = Fait("concession", form.origine, "formulaire DSP")
        avis.procedure = Fait("concession", form.origine, "formulaire DSP")
    else:
        _procedure(avis, form, where, codes)
    _reserved(avis, form, where, codes)
    avis.reference = _fact(form.un("initial/communication/identifiantInterne", "initial/reference", "OBJET/REF_MARCHE"))
    avis.acheteur = _buyer(form, where)
    return avis


def _fact(node: Noeud | None, precision: str = "") -> Fait | None:
    return Fait(node.complet, node.origine, precision) if node is not None and node.complet else None


def _only_child(form: Noeud, paths: tuple[str, ...], words: Mapping[str, str]) -> Fait | None:
    """Return what a box says: the name of the only child that is a known word."""
    for path in paths:
        ticked = [child for node in form.tous(path) for child in node.enfants if child.nom in words]
        if len(ticked) == 1:
            return Fait(words[ticked[0].nom], ticked[0].origine, ticked[0].nom)
    return None


def _months(form: Noeud, paths: tuple[str, ...]) -> Fait | None:
    node = form.un(*paths) if paths else None
    return Fait(node.complet, node.origine, "mois") if node is not None and node.complet else None


def _value(form: Noeud, paths: tuple[str, ...]) -> Fait | None:
    node = form.un(*paths) if paths else None
    if node is None or not node.complet:
        return None
    return Fait(node.complet, node.origine, node.attributs.get("devise", "EUR"))


def _where(besoin: BesoinLu, node: Noeud | None) -> None:
    """Read « AVIGNON 84914 »: the town is sure only when the place holds nothing else."""
    if node is None or not node.complet:
        return
    found = re.findall(r"\b\d{5}\b", node.complet)
    if len(set(found)) != 1:
        return
    besoin.code_postal = Fait(found[0], node.origine, node.complet[:80])
    if match := _PLACE.fullmatch(node.complet):
        sides = [side.strip(" -,(") for side in (match["avant"], match["apres"]) if side and side.strip(" -,(")]
        if len(sides) == 1:
            besoin.commune = Fait(sides[0], node.origine, node.complet[:80], sur=False)


def _lot(node: Noeud) -> LotLu:
    lot = LotLu(numero=_fact(node.un("numLot", "NUM_LOT", "numero")))
    lot.intitule = _fact(node.un("intitule", "INTITULE", "description", "DESCRIPTION"))
    described = _fact(node.un("description", "DESCRIPTION"))
    lot.description = described if described != lot.intitule else None
    lot.cpv = _fact(node.un("codeCPV/objetPrincipal/classPrincipale", "CPV/PRINCIPAL"))
    _where(lot, node.un("lieuExecutionLivraison"))
    quantity = node.un("quantite")
    if quantity is not None and (match := _AMOUNT.fullmatch(quantity.complet)):
        lot.valeur = Fait(match[0], quantity.origine, "EUR", sur=False)
    elif quantity is not None and quantity.complet:
        lot.textes.append(Fait(quantity.complet, quantity.origine))
    value = node.un("valeurEstimee/valeur", "estimationValeur/valeur")
    if value is not None and value.complet:
        lot.valeur = Fait(value.complet, value.origine, value.attributs.get("devise", "EUR"))
    return lot


def _procedure(avis: AvisLu, form: Noeud, where: Formulaire, codes: Mapping[str, Any]) -> None:
    for path in where.procedure:
        for node in form.tous(path):
            for child in node.enfants:
                if child.nom in codes["procedures"]:
                    avis.procedure = Fait(codes["procedures"][child.nom], child.origine, child.nom)
                    return
                if child.nom.lower().startswith("procedure") and not child.complet and not child.enfants:
                    avis.procedure = Fait("", child.origine, f"case « {child.nom[:40]} »")


def _reserved(avis: AvisLu, form: Noeud, where: Formulaire, codes: Mapping[str, Any]) -> None:
    for path in where.reserve:
        for node in form.tous(path):
            ticked = [child for child in node.enfants if child.nom in codes["reserves"]]
            avis.reserves += [Fait(codes["reserves"][child.nom], child.origine, child.nom) for child in ticked]
            if not ticked and node.nom.endswith("_OUI"):
                avis.reserves.append(Fait(codes["reserves"]["oui"], node.origine, node.nom))


def _buyer(form: Noeud, where: Formulaire) -> AcheteurLu:
    lu = AcheteurLu()
    body = form.un(*where.organisme)
    if body is None:
        return lu
    lu.nom = _fact(body.un("nomOfficiel", "acheteurPublic", "DENOMINATION"))
    lu.siret = _fact(body.un("codeIdentificationNational", "siret", "SIRET"))
    lu.voie = _fact(body.un("adr/voie", "adresse", "adr/nomvoie", "ADRESSE"))
    lu.code_postal = _fact(body.un("cp", "adr/cp", "CP"))
    lu.commune = _fact(body.un("ville", "adr/ville", "VILLE"))
    lu.courriel = _fact(body.un("mel", "coord/mel", "MEL"))
    lu.profil = _fact(
        form.un("initial/communication/urlProfilAch", "organisme/urlProfilAcheteur", "IDENTITE/URL_PROFIL_ACHETEUR")
    )
    group = body.un("grpCommandes/oui")
    if group is not None:
        lu.groupement = Fait("true", group.origine, "groupement de commandes")
    return lu
