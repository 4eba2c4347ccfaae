"""A buyer's Word file, opened with care: which of its parts can dress our documents, and nothing else of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from clausegen.errors import ClausegenError
from clausegen.files import openxml
from clausegen.writers.docx.oxml import R, W

LARGEST = openxml.LARGEST
Charte: TypeAlias = openxml.OfficeFile
Lien: TypeAlias = openxml.Lien
_WORDS = openxml.Words("modèle", "--modele")
_SPACES = {"w": W, "r": R}
_MAIN = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")


def refusal(why: str) -> ClausegenError:
    """Return the refusal of a model."""
    return _WORDS.refusal(why)


@lru_cache(maxsize=1)
def read_charter(content: bytes) -> Charte:
    """Open a Word file.

    Args:
        content: its bytes.

    Raises:
        ClausegenError: it is not a Word document, or is too large, or holds macros or what XML should not.
    """
    charte = openxml.open_office(content, _WORDS)
    if charte.has_macros():
        raise refusal("le modèle contient des macros. Enregistrez-le comme « Document Word (.docx) ».")
    document = charte.document
    if document not in charte.parts or not charte.content_type(document).endswith(_MAIN):
        raise refusal("le fichier n'est pas un document Word (.docx).")
    if charte.tree(document).tag != f"{{{W}}}document":
        raise refusal("le modèle est au format « Open XML strict ». Enregistrez-le comme « Document Word (.docx) ».")
    if charte.linked("styles") is None:
        raise refusal("le modèle n'a pas de styles. Enregistrez-le de nouveau depuis Word ou LibreOffice.")
    return charte


def qualified(name: str) -> str:
    """Return the name of an element or attribute, such as `w:sectPr`, as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
