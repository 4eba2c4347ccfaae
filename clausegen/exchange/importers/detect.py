"""Which format a file is in, by what it holds and never by its name alone; and why it is refused."""

from __future__ import annotations

from typing import Any

from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import Contenu

EFORMS, TED, BOAMP, DECP, PLAN = "eforms", "ted", "boamp", "decp", "plan"
_ROOTS = {
    "ContractNotice": EFORMS,
    "PriorInformationNotice": EFORMS,
    "ContractAwardNotice": EFORMS,
    "TED_EXPORT": TED,
    "ann": BOAMP,
    "annonce": BOAMP,
    "DONNEES": BOAMP,
    "EFORMS": BOAMP,
    "FNSimple": BOAMP,
    "MAPA": BOAMP,
    "DSP": BOAMP,
    "marches": DECP,
    "marche": DECP,
    "contrat-concession": DECP,
}
_REFUSED_ROOTS = {
    "schema": "c'est un schéma XML, pas un avis",
    "html": "c'est une page web : télécharger l'avis au format XML",
    "BusinessRegistrationInformationNotice": "c'est un avis d'immatriculation, qui n'annonce aucun marché",
    "RDF": "c'est du RDF : télécharger l'avis au format XML",
    "CodeList": "c'est une liste de codes, pas un avis",
}
_KNOWN = (
    "avis eForms ou TED (XML), avis du BOAMP (XML ou JSON), données essentielles (XML ou JSON), "
    "plan d'achats (XLSX ou CSV)"
)


def detect(contenu: Contenu) -> str:
    """Return the format of a file.

    Args:
        contenu: the file as its shape tells it.

    Raises:
        ClausegenError: no format fits; the message says what the file is, as far as it shows.
    """
    if contenu.genre == "xml":
        assert contenu.racine is not None
        return _of_root(contenu.racine.nom)
    if contenu.genre == "json":
        return _of_json(contenu.valeur)
    if contenu.genre == "texte" and _is_description(contenu.texte):
        raise ClausegenError("Ce fichier est déjà une description de marché : il n'y a rien à importer.")
    return PLAN


def _of_root(nom: str) -> str:
    if nom in _ROOTS:
        return _ROOTS[nom]
    why = _REFUSED_ROOTS.get(nom, f"son élément racine est « {nom[:60]} », qu'aucun format d'avis n'emploie")
    raise ClausegenError(f"Ce fichier ne peut pas être importé : {why}. Formats lus : {_KNOWN}.")


def _of_json(valeur: Any) -> str:
    first = first_record(valeur)
    if isinstance(valeur, dict):
        if "$schema" in valeur and ("properties" in valeur or "definitions" in valeur):
            raise ClausegenError("Ce fichier est un schéma JSON, pas un avis.")
        if "version" in valeur and "objet" in valeur:
            raise ClausegenError("Ce fichier est déjà une description de marché : il n'y a rien à importer.")
        if "marches" in valeur:
            return DECP
    if isinstance(first, dict):
        if "donnees" in first or "EFORMS" in first or "FNSimple" in first or "MAPA" in first:
            return BOAMP
        if any(root in first for root in ("ContractNotice", "PriorInformationNotice", "ContractAwardNotice")):
            return BOAMP
        keys = {key.lower().replace("_", "") for key in first}
        if "objet" in keys and keys & {"codecpv", "acheteur", "acheteur.id", "acheteurid", "autoriteconcedante"}:
            return DECP
    raise ClausegenError(f"Ce fichier JSON ne contient ni avis ni données essentielles. Formats lus : {_KNOWN}.")


def first_record(valeur: Any) -> Any:
    """Return the first record of what an API answers: a record alone, a list, `results`, or `records` and `fields`."""
    found = records(valeur)
    return found[0][1] if found else None


def records(valeur: Any) -> list[tuple[str, Any]]:
    """Return each record with its JSON pointer."""
    if isinstance(valeur, dict):
        for key in ("results", "records"):
            if isinstance(valeur.get(key), list):
                return [_fields(f"/{key}/{rank}", item) for rank, item in enumerate(valeur[key])]
        return [_fields("", valeur)]
    if isinstance(valeur, list):
        return [_fields(f"/{rank}", item) for rank, item in enumerate(valeur)]
    return []


def _fields(pointer: str, item: Any) -> tuple[str, Any]:
    """The first version of the API puts the record itself one level lower."""
    if isinstance(item, dict):
        if isinstance(item.get("fields"), dict):
            return f"{pointer}/fields", item["fields"]
        inner = item.get("record")
        if isinstance(inner, dict) and isinstance(inner.get("fields"), dict):
            return f"{pointer}/record/fields", inner["fields"]
    return pointer, item


def _is_description(texte: str) -> bool:
    lines = [line for line in texte.splitlines()[:200] if line[:1].isalpha()]
    return any(line.startswith("version:") for line in lines) and any(line.startswith("objet:") for line in lines)
