"""From bytes that nobody vouches for to a tree or a text: encodings, and everything that is refused before reading."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

from clausegen.errors import ClausegenError
from clausegen.exchange.importers.tree import Noeud, from_xml
from clausegen.record import dataclass

OCTETS = 20 * 1024 * 1024
BALISES = 600_000
"""Elements or values that a file may hold: beyond, it asks too much of the machine for what it can say."""
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ADMITTED = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "iso8859-15", "cp1252", "ascii")
_SIGNATURES = (
    (b"%PDF", "c'est un PDF : demander l'avis au format XML ou JSON (BOAMP, TED)"),
    (
        bytes.fromhex("d0cf11e0a1b11ae1"),
        "c'est un ancien fichier Office ou un fichier protégé : l'enregistrer en .xlsx, sans mot de passe",
    ),
    (b"\x1f\x8b", "c'est une archive : la décompresser d'abord"),
    (b"Rar!", "c'est une archive : la décompresser d'abord"),
    (b"7z\xbc\xaf", "c'est une archive : la décompresser d'abord"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Contenu:
    """A file as far as its shape tells.

    Args:
        genre: `xml`, `json`, `classeur` or `texte`.
        octets: the bytes, for a workbook.
        texte: the text, for a table in text.
        racine: the root, for XML.
        valeur: what JSON holds, numbers as texts.
    """

    genre: str
    octets: bytes = b""
    texte: str = ""
    racine: Noeud | None = None
    valeur: Any = None


def read(octets: bytes) -> Contenu:
    """Tell the shape of a file by what it holds, and read it.

    Args:
        octets: the whole file.

    Raises:
        ClausegenError: too large, unreadable, or hostile: the message says which.
    """
    if len(octets) > OCTETS:
        raise ClausegenError(f"Le fichier dépasse la taille admise ({OCTETS // (1024 * 1024)} Mio).")
    for signature, why in _SIGNATURES:
        if octets.startswith(signature):
            raise ClausegenError(f"Ce fichier ne peut pas être importé : {why}.")
    if octets.startswith(b"PK\x03\x04"):
        return Contenu("classeur", octets=octets)
    texte = decoded(octets)
    start = texte.lstrip()[:1]
    if not start:
        raise ClausegenError("Le fichier est vide.")
    if start == "<":
        return Contenu("xml", racine=xml_root(texte))
    if start in "{[":
        return Contenu("json", valeur=json_value(texte))
    return Contenu("texte", texte=texte)


def decoded(octets: bytes) -> str:
    """Return the text of a file: by its byte order mark, the encoding that it declares, UTF-8, else Windows-1252."""
    for bom, encoding in _BOMS:
        if octets.startswith(bom):
            return _first(octets, encoding)
    if declared := _ENCODING.match(octets[:300]):
        name = _known(declared[1].decode("ascii"))
        # Windows writes its own characters under the name of ISO-8859-1, which it fills in.
        return _first(octets, *(("cp1252", "iso8859-1") if name == "iso8859-1" else (name,)))
    if b"\x00" in octets[:4]:
        return _first(octets, "utf-16-be" if octets[:1] == b"\x00" else "utf-16-le")
    # What French spreadsheets save as « CSV » is not UTF-8.
    return _first(octets, "utf-8", "cp1252")


def _known(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if name not in _ADMITTED:
        raise ClausegenError(f"Le fichier déclare le codage « {declared} », qui n'est pas lu. L'enregistrer en UTF-8.")
    return name


def _first(octets: bytes, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return octets.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ClausegenError(
        "Le fichier n'est pas un texte lisible : son codage n'est ni UTF-8, ni UTF-16, ni Windows-1252."
    )


def has_doctype(texte: str) -> bool:
    """Tell whether an XML text has a DOCTYPE before its root element, past comments and instructions."""
    place, length = 0, len(texte)
    while place < length:
        place = texte.find("<", place)
        if place < 0:
            return False
        if texte.startswith("<!--", place):
            end = texte.find("-->", place)
        elif texte.startswith("<?", place):
            end = texte.find("?>", place)
        else:
            return texte[place : place + 9].upper() == "<!DOCTYPE"
        if end < 0:
            return False
        place = end + 2
    return False


def xml_root(texte: str) -> Noeud:
    """Read XML without any entity, any network, any DTD.

    Raises:
        ClausegenError: it declares a document type, is too large once parsed, or is not well formed.
    """
    from lxml import etree

    if has_doctype(texte):
        raise ClausegenError("Le fichier XML déclare un DOCTYPE ou des entités : il est refusé, un avis n'en a pas.")
    if texte.count("<") > BALISES:
        raise ClausegenError(f"Le fichier XML compte plus de {BALISES // 2} éléments : ce n'est pas un avis.")
    body = _DECLARATION.sub("", texte, count=1).strip()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8", remove_pis=True
    )
    try:
        root = etree.fromstring(body.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line = getattr(error, "lineno", None)
        where = f", ligne {line}" if line else ""
        raise ClausegenError(f"Le fichier XML est mal formé{where} : il ne peut pas être lu.") from error
    if root.getroottree().docinfo.doctype or next(root.iter(etree.Entity), None) is not None:
        raise ClausegenError("Le fichier XML déclare un DOCTYPE ou des entités : il est refusé, un avis n'en a pas.")
    return from_xml(root)


def json_value(texte: str) -> Any:
    """Read JSON, numbers kept as they are written.

    Raises:
        ClausegenError: it is not JSON, nests too deep or holds too much.
    """
    if texte.count(",") + texte.count("{") + texte.count("[") > BALISES:
        raise ClausegenError(f"Le fichier JSON compte plus de {BALISES} valeurs : ce n'est pas un avis.")
    try:
        return json.loads(texte, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as error:
        raise ClausegenError("Le fichier JSON s'emboîte trop profondément : ce n'est pas un avis.") from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        where = f", ligne {line}" if line else ""
        raise ClausegenError(f"Le fichier JSON est mal formé{where} : il ne peut pas être lu.") from error
