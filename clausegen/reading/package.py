"""A Word file opened with care, whichever of the two dialects of Office Open XML it is written in."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from clausegen.files import openxml
from clausegen.reading.wordml import w

_MAIN = (
    "document.main+xml",
    "template.main+xml",
    "document.macroenabled.main+xml",
    "template.macroenabledtemplate.main+xml",
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_SPACES = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)


def open_docx(content: bytes, nom: str, *, strict: bool = True) -> openxml.OfficeFile:
    """Open a Word file to read it.

    Args:
        content: its bytes.
        nom: how the user named it.
        strict: whether « Open XML strict » is accepted; its parts are then given the usual names.

    Raises:
        ClausegenError: it is no Word document, or is protected, damaged, too large, or holds what XML should not.
    """
    words = openxml.Words("fichier", nom)
    office = openxml.open_office(content, words)
    document = office.document
    if document not in office.parts:
        if office.types and not document:
            raise words.refusal("le fichier n'est pas un document Word (.docx).")
        raise words.refusal("le texte du document manque : le fichier est abîmé.")
    if not office.content_type(document).lower().endswith(_MAIN):
        raise words.refusal("le fichier n'est pas un document Word (.docx).")
    if _STRICT in office.parts[document][:4000]:
        if not strict:
            raise words.refusal(
                "le fichier est au format « Open XML strict ». Enregistrez-le comme « Document Word (.docx) »."
            )
        office = replace(office, parts={path: _usual(path, part) for path, part in office.parts.items()})
    return office


def main_part(office: openxml.OfficeFile) -> etree._Element:
    """Return the main part of a Word file, parsed anew.

    Raises:
        ClausegenError: it is damaged, or is no document.
    """
    root = office.tree(office.document)
    if root.tag != w("document"):
        raise office.words.refusal("le fichier n'est pas un document Word (.docx).")
    return root


def _usual(path: str, content: bytes) -> bytes:
    if path.endswith(".xml") and _STRICT in content:
        for theirs, ours in _SPACES:
            content = content.replace(theirs, ours)
    return content
