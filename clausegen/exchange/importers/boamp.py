"""The BOAMP: its XML, and the records of its API, which hold that XML as JSON within a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import Contenu, json_value
from clausegen.exchange.importers.detect import records
from clausegen.exchange.importers.eforms import ROOTS, read_notice
from clausegen.exchange.importers.interface import AvisLu, Fait, Genre, Tables
from clausegen.exchange.importers.national import FORMS, read_form
from clausegen.exchange.importers.tree import Noeud, from_json


def read_notices(contenu: Contenu, tables: Tables) -> list[AvisLu]:
    """Return each market of a file: one for XML, one a record for JSON.

    Raises:
        ClausegenError: a form that is not read.
    """
    if contenu.racine is not None:
        return [_xml(contenu.racine, tables)]
    found: list[AvisLu] = []
    for pointer, record in records(contenu.valeur):
        if not isinstance(record, dict):
            raise ClausegenError(f"L'enregistrement « {pointer or '/'} » n'est pas un avis du BOAMP.")
        found.append(_record(pointer, record, tables))
    return found


def _xml(racine: Noeud, tables: Tables) -> AvisLu:
    donnees = racine if racine.nom in ("DONNEES", *FORMS, "EFORMS") else racine.un("DONNEES")
    if donnees is None:
        raise ClausegenError("Cet avis du BOAMP n'a pas de bloc « DONNEES » : il n'y a rien à en tirer.")
    avis = _donnees(donnees, tables)
    gestion = racine.un("GESTION")
    if gestion is not None:
        _indexed(avis, gestion, tables["boamp"])
    return avis


def _record(pointer: str, record: Mapping[str, Any], tables: Tables) -> AvisLu:
    donnees = _embedded(
        record.get("donnees", record), "DONNEES", f"{pointer}/donnees" if "donnees" in record else pointer
    )
    if donnees is None:
        raise ClausegenError("Cet enregistrement du BOAMP n'a pas de « donnees » : demander l'enregistrement complet.")
    avis = _donnees(donnees, tables)
    gestion = _embedded(record.get("gestion"), "GESTION", f"{pointer}/gestion")
    if gestion is not None:
        _indexed(avis, gestion, tables["boamp"])
    top = from_json("avis", {key: value for key, value in record.items() if key not in ("donnees", "gestion")}, pointer)
    _flat(avis, top, tables["boamp"])
    return avis


def _embedded(valeur: Any, nom: str, pointer: str) -> Noeud | None:
    """Return the tree of what a record holds as a text; « # » in a place says that one enters that text."""
    if isinstance(valeur, str) and valeur.lstrip()[:1] == "{":
        return from_json(nom, json_value(valeur), f"{pointer}#")
    return from_json(nom, valeur, pointer) if isinstance(valeur, dict) else None


def _donnees(donnees: Noeud, tables: Tables) -> AvisLu:
    """Read the only child of `DONNEES`, whose name tells the form."""
    places = [donnees, *donnees.nommes("EFORMS")]
    for place in places:
        for root in place.enfants:
            if root.nom in ROOTS:
                avis = read_notice(root, tables["eforms"])
                avis.format = f"BOAMP, {avis.format}"
                return avis
    for form in [donnees] if donnees.nom in FORMS else donnees.enfants:
        if form.nom in FORMS:
            return read_form(form, FORMS[form.nom], tables["boamp"])
    if any(donnees.nommes(name) for name in ("IDENTITE", "OBJET")):
        return read_form(donnees, "ancien", tables["boamp"])
    found = ", ".join(f"« {child.nom[:40]} »" for child in donnees.enfants[:3]) or "vide"
    raise ClausegenError(f"Le formulaire de cet avis du BOAMP n'est pas lu ({found}).")


def _indexed(avis: AvisLu, gestion: Noeud, codes: Mapping[str, Any]) -> None:
    """What the BOAMP itself says of a notice."""
    ident = gestion.un("REFERENCE/IDWEB")
    if ident is not None and ident.complet:
        avis.identifiant = f"BOAMP n° {ident.complet}"
    published = gestion.un("INDEXATION/DATE_PUBLICATION")
    _published(avis, published)
    for kind in gestion.tous("REFERENCE/TYPE_AVIS/NATURE"):
        for child in kind.enfants:
            _kind(avis, child.nom, codes)
    social = gestion.un("INDEXATION/CRITERES_SOCIAUX_ENV/SOCIAUX")
    if social is not None:
        _social(avis, social, codes)
    if avis.nature is None or not avis.nature.valeur:
        words = [child for node in gestion.tous("INDEXATION/NATURE_MARCHE") for child in node.enfants]
        if len(words) == 1 and words[0].nom in codes["natures"]:
            avis.nature = Fait(codes["natures"][words[0].nom], words[0].origine, words[0].nom)
    departements = [node for node in gestion.tous("INDEXATION/DEP_PUBLICATION") if node.complet]
    if len(departements) == 1:
        node = departements[0]
        avis.departement = avis.departement or Fait(node.complet, node.origine, "département de publication", sur=False)


def _published(avis: AvisLu, node: Noeud | None) -> None:
    if node is None or not node.complet:
        return
    avis.publication = node.complet[:10]
    if avis.envoi is None and avis.genre is Genre.APPEL:
        avis.envoi = Fait(node.complet[:10], node.origine, "publication", sur=False)


def _kind(avis: AvisLu, nom: str, codes: Mapping[str, Any]) -> None:
    if nom in codes["avis"] and avis.genre is Genre.APPEL:
        avis.genre = Genre(codes["avis"][nom])
        avis.envoi = None


def _social(avis: AvisLu, node: Noeud, codes: Mapping[str, Any]) -> None:
    if not any(fait.precision == "criteres" for fait in avis.sociaux):
        avis.sociaux.append(Fait(codes["sociaux"], node.origine, "criteres"))


def _flat(avis: AvisLu, top: Noeud, codes: Mapping[str, Any]) -> None:
    """What the record repeats beside the notice: it completes and never replaces."""
    ident = top.un("idweb")
    if not avis.identifiant.startswith("BOAMP") and ident is not None and ident.complet:
        avis.identifiant = f"BOAMP n° {ident.complet}"
    if not avis.publication:
        _published(avis, top.un("dateparution"))
    nature = top.un("nature")
    if nature is not None:
        _kind(avis, nature.complet, codes)
    for node in top.nommes("criteres"):
        if node.complet == "sociaux":
            _social(avis, node, codes)
    avis.intitule = avis.intitule or _fact(top.un("objet"))
    avis.acheteur.nom = avis.acheteur.nom or _fact(top.un("nomacheteur"))
    departements = [node for node in top.nommes("code_departement") if node.complet]
    if avis.departement is None and len(departements) == 1:
        node = departements[0]
        avis.departement = Fait(node.complet, node.origine, "département de publication", sur=False)
    if len(avis.lots) > 1 and len(departements) > 1:
        message = "L'avis est publié dans plusieurs départements : le lieu d'exécution reste à préciser."
        avis.remarques.append(Diagnostic("I015", Niveau.INFORMATION, message, "lieu_execution.departement"))


def _fact(node: Noeud | None) -> Fait | None:
    return Fait(node.complet, node.origine) if node is not None and node.complet else None
