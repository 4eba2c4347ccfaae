"""A Word file with every tracked change accepted or rejected, as Word would; comments are left as they are."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from clausegen.files.openxml import OfficeFile, rewritten
from clausegen.reading.package import main_part, open_docx
from clausegen.reading.wordml import PPR, RPR, P, w
from clausegen.record import dataclass

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = ("header", "footer", "footnotes", "endnotes")
_CHANGES = tuple(w(f"{name}Change") for name in "rPr pPr sectPr tblPr tblPrEx trPr tcPr tblGrid numbering".split())
_RANGES = tuple(
    w(f"{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_KEPT = tuple(w(name) for name in ("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd"))
_PROPERTIES = (PPR, RPR, w("trPr"), w("tcPr"), w("numPr"), w("tblPr"))
_REFERENCE = w("commentReference")
_ALIVE = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_CELL_MARKS = ("cellIns", "cellDel", "cellMerge")
# What a paragraph may hold and still have nothing to show.
_SILENT = (PPR, *_KEPT, w("proofErr"), w("permStart"), w("permEnd"))
_MARKS = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo"))
# What a change of look does not touch: before and after what it does.
_STAYING: dict[object, tuple[tuple[str, ...], tuple[str, ...]]] = {
    RPR: (_MARKS, ()),
    PPR: ((), (RPR, w("sectPr"))),
    w("sectPr"): ((w("headerReference"), w("footerReference")), ()),
    w("trPr"): ((), _MARKS),
    w("tcPr"): ((), tuple(map(w, _CELL_MARKS))),
}


@dataclass(frozen=True, slots=True)
class _Choice:
    """What goes and what stays."""

    gone: tuple[str, ...]
    kept: tuple[str, ...]
    gone_cell: str
    restore: bool


_ACCEPT = _Choice((w("del"), w("moveFrom")), (w("ins"), w("moveTo")), w("cellDel"), restore=False)
_REJECT = _Choice((w("ins"), w("moveTo")), (w("del"), w("moveFrom")), w("cellIns"), restore=True)


def accept_all(content: bytes, nom: str = "document") -> bytes:
    """Return a Word file with every tracked change accepted.

    Args:
        content: its bytes.
        nom: how the user named it.

    Raises:
        ClausegenError: it is no Word document, or is protected, damaged or too large.
    """
    return _resolved(content, nom, _ACCEPT)


def reject_all(content: bytes, nom: str = "document") -> bytes:
    """Return a Word file with every tracked change rejected.

    Args:
        content: its bytes.
        nom: how the user named it.

    Raises:
        ClausegenError: it is no Word document, or is protected, damaged or too large.
    """
    return _resolved(content, nom, _REJECT)


def _resolved(content: bytes, nom: str, choice: _Choice) -> bytes:
    office = open_docx(content, nom, strict=False)
    changes: dict[str, bytes] = {}
    for path in _revised(office):
        root = main_part(office) if path == office.document else office.tree(path)
        if _resolve(root, choice):
            changes[path] = HEAD + etree.tostring(root, encoding="UTF-8")
    return rewritten(content, changes) if changes else content


def _revised(office: OfficeFile) -> Iterator[str]:
    yield office.document
    for kind in _PARTS:
        yield from office.all_linked(kind)


def _resolve(root: etree._Element, choice: _Choice) -> bool:
    """Resolve the changes of a part in place; tell whether there were any."""
    marks = (*choice.gone, *choice.kept, *_CHANGES, *_RANGES, *map(w, _CELL_MARKS))
    if next(root.iter(*marks), None) is None:
        return False
    _properties(root, choice)
    _rows_and_cells(root, choice)
    ended = _ends(root, choice)
    for node in list(root.iter(*choice.gone)):
        if node.getparent() is not None and _attached(node, root):
            _take_away(node)
    for node in list(root.iter(*choice.kept)):
        _unwrap(node)
    for node in list(root.iter(*_RANGES)):
        _remove(node)
    for old, new in _ALIVE.items():
        for node in list(root.iter(old)):
            node.tag = new
    _join(ended)
    return True


def _attached(node: etree._Element, root: etree._Element) -> bool:
    return node.getroottree().getroot() is root


def _properties(root: etree._Element, choice: _Choice) -> None:
    """Forget changes of look, or give back the look of before."""
    for change in list(root.iter(*_CHANGES)):
        parent = change.getparent()
        if parent is None:
            continue
        before = next(change.iterchildren(etree.Element), None)
        parent.remove(change)
        if choice.restore and change.tag != w("numberingChange"):
            first, last = _STAYING.get(parent.tag, ((), ()))
            old = [] if before is None else [child for child in before if child.tag not in (*first, *last)]
            heads = [child for child in parent if child.tag in first]
            parent[:] = [*heads, *old, *(child for child in parent if child.tag in last)]


def _rows_and_cells(root: etree._Element, choice: _Choice) -> None:
    """Take rows and cells away, or their marks."""
    for row in list(root.iter(w("tr"))):
        properties = row.find(w("trPr"))
        if properties is not None and any(properties.find(tag) is not None for tag in choice.gone):
            _remove_member(row, w("tbl"), w("tr"))
    for properties in list(root.iter(w("tcPr"))):
        cell = properties.getparent()
        if cell is not None and properties.find(choice.gone_cell) is not None:
            _remove_member(cell, w("tr"), w("tc"))
        for name in _CELL_MARKS:
            for mark in properties.findall(w(name)):
                properties.remove(mark)
    for properties in root.iter(w("trPr"), w("numPr"), w("tblPr")):
        for tag in (*choice.gone, *choice.kept):
            for mark in properties.findall(tag):
                properties.remove(mark)


def _remove_member(node: etree._Element, holder: str, kind: str) -> None:
    """Take a row or a cell away, and what holds it once it holds nothing."""
    parent = node.getparent()
    _remove(node)
    while parent is not None and parent.tag != holder:
        parent = parent.getparent()
    if parent is not None and next(parent.iter(kind), None) is None:
        if holder == w("tr"):
            _remove_member(parent, w("tbl"), w("tr"))
        else:
            above = parent.getparent()
            if above is not None and above.tag == w("tc") and above.find(P) is None:
                above.append(etree.Element(P))
            _remove(parent)


def _ends(root: etree._Element, choice: _Choice) -> list[etree._Element]:
    """Return the paragraphs whose end goes, and forget all marks on ends."""
    ended = []
    for paragraph in root.iter(P):
        look = paragraph.find(f"{PPR}/{RPR}")
        if look is None:
            continue
        if any(look.find(tag) is not None for tag in choice.gone):
            ended.append(paragraph)
        for tag in (*choice.gone, *choice.kept):
            for mark in look.findall(tag):
                look.remove(mark)
    return ended


def _take_away(node: etree._Element) -> None:
    """Remove words, but not the marks of comments and bookmarks among them."""
    saved = list(node.iter(*_KEPT))
    saved += [run for run in node.iter(w("r")) if run.find(_REFERENCE) is not None]
    parent = node.getparent()
    if parent.tag not in _PROPERTIES:
        for child in saved:
            node.addprevious(child)
    parent.remove(node)


def _unwrap(node: etree._Element) -> None:
    if node.getparent() is not None:
        for child in list(node):
            node.addprevious(child)
        _remove(node)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _join(ended: list[etree._Element]) -> None:
    """Join each paragraph whose end went with the one that follows."""
    into: dict[etree._Element, etree._Element] = {}
    for paragraph in ended:
        first = into.get(paragraph, paragraph)
        if first.getparent() is None:
            continue
        following = first.getnext()
        while following is not None and following.tag in (*_KEPT, w("proofErr")):
            following = following.getnext()
        joinable = following is not None and following.tag == P
        empty = _shows_nothing(first)
        if empty and (joinable or _spare(first)):
            for child in [c for c in first if c.tag in _KEPT or c.find(_REFERENCE) is not None]:
                if joinable:
                    following.insert(1 if following.find(PPR) is not None else 0, child)
            _remove(first)
        elif joinable:
            first.extend(child for child in list(following) if child.tag != PPR)
            _remove(following)
            into[following] = first


def _shows_nothing(paragraph: etree._Element) -> bool:
    for child in paragraph:
        if child.tag in _SILENT:
            continue
        if child.tag == w("r") and all(part.tag in (RPR, _REFERENCE) for part in child):
            continue
        return False
    return paragraph.find(f"{PPR}/{w('sectPr')}") is None


def _spare(paragraph: etree._Element) -> bool:
    """Tell whether what holds a paragraph has another: a cell or a body may not be without one."""
    parent = paragraph.getparent()
    if parent is None:
        return False
    last = paragraph.getnext()
    if parent.tag == w("tc") and last is None:
        return False
    return any(child.tag == P and child is not paragraph for child in parent)
