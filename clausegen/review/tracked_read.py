"""From the XML of a document to blocks, tokens and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from clausegen.review.tracked_model import Bloc, Cadre, Cellule, Jeton, Marque, Nature, Paragraphe, Rangee, Tableau
from clausegen.review.words import words
from clausegen.writers.docx.oxml import W

_DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')
_NS = f"{{{W}}}"
_MARKS = {
    "bookmarkStart": Nature.SIGNET,
    "bookmarkEnd": Nature.SIGNET,
    "commentRangeStart": Nature.ANCRE,
    "commentRangeEnd": Nature.ANCRE,
}
_OUTSIDE = ("numPr", "rPr", "sectPr", "pPrChange")


def xml_of(element: Any) -> str:
    """Return an element as text; the namespaces are declared once, by the root."""
    from lxml import etree

    return _DECLARATION.sub("", etree.tostring(element, encoding="unicode", with_tail=False))


def local(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str:
    """Return an attribute of WordprocessingML; empty when it is absent."""
    return str(element.get(f"{_NS}{name}") or "")


def read_blocks(parent: Any, lus: dict[bytes, Paragraphe]) -> list[Bloc]:
    """Return the blocks of a body, a cell or a control.

    Args:
        parent: the element; the section's properties are left out.
        lus: paragraphs read so far, by their XML: most are the same in both versions.
    """
    found: list[Bloc] = []
    for child in parent:
        name = local(child)
        if name == "p":
            found.append(_known(child, lus))
        elif name == "tbl":
            found.append(_table(child, lus))
        elif name == "sdt":
            properties = child.find(f"{_NS}sdtPr")
            content = child.find(f"{_NS}sdtContent")
            text = "" if properties is None else xml_of(properties)
            found.append(Cadre(text, [] if content is None else read_blocks(content, lus)))
    return found


def _table(element: Any, lus: dict[bytes, Paragraphe]) -> Tableau:
    properties, grid = element.find(f"{_NS}tblPr"), element.find(f"{_NS}tblGrid")
    style = properties.find(f"{_NS}tblStyle")
    rows = []
    for row in element.findall(f"{_NS}tr"):
        kept = row.find(f"{_NS}trPr")
        inner = "" if kept is None else "".join(xml_of(child) for child in kept)
        rows.append(Rangee(inner, [_cell(cell, lus) for cell in row.findall(f"{_NS}tc")]))
    name = "" if style is None else attribute(style, "val")
    return Tableau(xml_of(properties) + xml_of(grid), name, len(grid), rows)


def _cell(element: Any, lus: dict[bytes, Paragraphe]) -> Cellule:
    properties = element.find(f"{_NS}tcPr")
    return Cellule("" if properties is None else xml_of(properties), read_blocks(element, lus))


def _known(element: Any, lus: dict[bytes, Paragraphe]) -> Paragraphe:
    from lxml import etree

    xml = etree.tostring(element, with_tail=False)
    if xml not in lus:
        lus[xml] = _paragraph(element)
    return lus[xml]


def _paragraph(element: Any) -> Paragraphe:
    kept: dict[str, str] = {}
    style, listed = "", None
    properties = element.find(f"{_NS}pPr")
    for child in () if properties is None else properties:
        name = local(child)
        if name == "pStyle":
            style = attribute(child, "val")
        if name == "numPr":
            level, number = (child.find(f"{_NS}{part}") for part in ("ilvl", "numId"))
            listed = (int(attribute(level, "val")), int(attribute(number, "val")))
        elif name not in _OUTSIDE:
            kept[name] = xml_of(child)
    line = _Line()
    line.read([child for child in element if child is not properties], "")
    return Paragraphe(kept, style, listed, line.jetons, line.marques)


class _Line:
    """One paragraph being read."""

    def __init__(self) -> None:
        self.jetons: list[Jeton] = []
        self.marques: list[Marque] = []

    def read(self, children: list[Any], lien: str) -> None:
        position = 0
        while position < len(children):
            child = children[position]
            name = local(child)
            position += 1
            if name in _MARKS:
                self._mark(_MARKS[name], child, attribute(child, "name") or attribute(child, "id"))
            elif name == "hyperlink":
                self.read(list(child), f'<w:hyperlink w:anchor="{attribute(child, "anchor")}" w:history="1">')
            elif name == "sdt":
                self._control(child)
            elif name == "r":
                kind = _field_char(child)
                end = _end_of_field(children, position) if kind == "begin" else 0
                if end:
                    self._field(children[position - 1 : end], lien)
                    position = end
                elif kind or child.find(f"{_NS}instrText") is not None:
                    self._mark(Nature.CHAMP, child)
                else:
                    self._run(child, lien)

    def _mark(self, nature: Nature, element: Any, nom: str = "") -> None:
        self.marques.append(Marque(len(self.jetons), nature, xml_of(element), nom))

    def _run(self, run: Any, lien: str) -> None:
        properties = run.find(f"{_NS}rPr")
        look = "" if properties is None else xml_of(properties)
        for child in run:
            name = local(child)
            if name == "t":
                self.jetons += _said(child.text or "", look, lien)
            elif name == "commentReference":
                self._mark(Nature.APPEL, run)
            elif child is not properties:
                whole = f"<w:r>{look}{xml_of(child)}</w:r>"
                shown = {"br": "\n", "tab": "\t"}.get(name, "")
                self.jetons.append(Jeton((whole,), shown, look, whole, whole, lien))

    def _field(self, runs: list[Any], lien: str) -> None:
        """A field within the paragraph changes as a whole, with its instruction and its result."""
        whole = "".join(xml_of(run) for run in runs)
        self.jetons.append(Jeton((whole,), _text(runs), "", whole, whole, lien))

    def _control(self, control: Any) -> None:
        content = control.find(f"{_NS}sdtContent")
        properties = control.find(f"{_NS}sdtPr")
        tag = properties.find(f"{_NS}tag")
        flat = "".join(xml_of(run) for run in content.iter(f"{_NS}r"))
        text = _text([content])
        key = ("sdt", "" if tag is None else attribute(tag, "val"), flat)
        self.jetons.append(Jeton(key, text, "", xml_of(control), flat))


@lru_cache(maxsize=4096)
def _said(text: str, look: str, lien: str) -> tuple[Jeton, ...]:
    return tuple(Jeton((word, look), word, look, lien=lien) for word in words(text))


def _text(elements: list[Any]) -> str:
    return "".join(node.text or "" for element in elements for node in element.iter(f"{_NS}t"))


def _field_char(run: Any) -> str:
    found = run.find(f"{_NS}fldChar")
    return "" if found is None else attribute(found, "fldCharType")


def _end_of_field(children: list[Any], start: int) -> int:
    """Return the rank after a field's last run; 0 when it ends elsewhere, or is a table of contents."""
    depth = 1
    for position in range(start, len(children)):
        if local(children[position]) != "r":
            return 0
        for instruction in children[position].findall(f"{_NS}instrText"):
            if (instruction.text or "").split()[:1] == ["TOC"]:
                return 0
        depth += {"begin": 1, "end": -1}.get(_field_char(children[position]), 0)
        if not depth:
            return position + 1
    return 0


def names_of(blocks: list[Bloc]) -> Iterator[str]:
    """Yield the names of the bookmarks that stand in some blocks."""
    for block in blocks:
        if isinstance(block, Paragraphe):
            yield from (m.nom for m in block.marques if m.nature is Nature.SIGNET and "w:name=" in m.xml)
        elif isinstance(block, Cadre):
            yield from names_of(block.blocs)
        else:
            for row in block.rangees:
                for cell in row.cellules:
                    yield from names_of(cell.blocs)
