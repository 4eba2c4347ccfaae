"""Two versions of a piece in one Word file, the changes tracked: accepted, the new version; rejected, the old one."""

from __future__ import annotations

import re
from datetime import date

from clausegen.errors import ClausegenError
from clausegen.files.openxml import Words, open_office, rewritten
from clausegen.record import dataclass
from clausegen.review.tracked_inline import Ligne, Signature
from clausegen.review.tracked_lists import Listes
from clausegen.review.tracked_model import Bloc, Paragraphe
from clausegen.review.tracked_read import names_of, read_blocks, xml_of
from clausegen.review.tracked_write import Corps
from clausegen.writers.docx.oxml import W

AUTEUR = "clausegen"
_DOCUMENT, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_BODY = "<w:body>"
_WORDS = Words("document", "Comparaison des pièces")
_STYLE = re.compile(r'<w:style [^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Version:
    parts: dict[str, bytes]
    blocs: list[Bloc]
    tete: str
    fin: str

    def text(self, name: str) -> str:
        return self.parts[name].decode() if name in self.parts else ""


def tracked(avant: bytes | None, apres: bytes | None, jour: date) -> bytes:
    """Return a Word file that shows what became of a piece.

    Args:
        avant: the old file; None when the piece appears.
        apres: the new file; None when the piece goes.
        jour: day that the changes bear.

    Returns:
        The new file (the old one when the piece goes) with tracked changes in its body.

    Raises:
        ClausegenError: there is neither, or one of them is not a sound Word file.
    """
    read: dict[bytes, Paragraphe] = {}
    old = None if avant is None else _read(avant, read)
    new = None if apres is None else _read(apres, read)
    base = new or old
    if base is None:
        raise ClausegenError("Il n'y a rien à comparer : aucune des deux versions de la pièce n'existe.")
    signature = Signature(AUTEUR, f"{jour.isoformat()}T00:00:00Z")
    lists = Listes(*((v or base).text(_NUMBERING) for v in (old, new)))
    if new is None:
        lists.keep()
    taken = frozenset(names_of(new.blocs)) if new else frozenset[str]()
    body = Corps(Ligne(signature, taken, ancien=new is None, nouveau=old is None), lists, signature)
    content = body.xml(old.blocs if old else [], new.blocs if new else [])
    changed = {_DOCUMENT: f"{base.tete}{content}{base.fin}".encode()}
    if _NUMBERING in base.parts:
        changed[_NUMBERING] = lists.part().encode()
    if old and new:
        changed[_STYLES] = _with_old_styles(old.text(_STYLES), new.text(_STYLES)).encode()
    return rewritten(apres or avant or b"", changed)


def _read(content: bytes, lus: dict[bytes, Paragraphe]) -> _Version:
    office = open_office(content, _WORDS)
    if _DOCUMENT not in office.parts:
        raise _WORDS.refusal("le texte du document manque.")
    root = office.tree(_DOCUMENT)
    names = [root.tag, root[0].tag, root[0][-1].tag] if len(root) and len(root[0]) else []
    text = office.parts[_DOCUMENT].decode()
    if names != [f"{{{W}}}{name}" for name in ("document", "body", "sectPr")] or _BODY not in text:
        raise _WORDS.refusal("le texte du document n'est pas tel que clausegen l'écrit.")
    body = root[0]
    head = text[: text.index(_BODY) + len(_BODY)]
    return _Version(office.parts, read_blocks(body, lus), head, f"{xml_of(body[-1])}</w:body></w:document>")


def _with_old_styles(avant: str, apres: str) -> str:
    """Add the styles that only the old version uses, and those that they are based on."""
    known = {found[1] for found in _STYLE.finditer(apres)}
    missing = "".join(found[0] for found in _STYLE.finditer(avant) if found[1] not in known)
    return apres.replace("</w:styles>", f"{missing}</w:styles>")
