"""The paragraphs of one part of a Word file, in order: those of tables, controls and text boxes included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from clausegen.reading.document import Cellule, Genre
from clausegen.reading.inline import Inline, control_of, etat_of, is_gallery, struck
from clausegen.reading.paragraph import INTACT, Controle, Etat, Paragraphe, Trace
from clausegen.reading.wordml import ALTERNATE, PPR, RPR, P, chosen, day, integer, number, on, w

_INS, _DEL = w("ins"), w("del")
_WRAPPERS = tuple(w(name) for name in ("ins", "del", "moveTo", "moveFrom", "customXml", "smartTag", "sdtContent"))
_LONGEST_HEADER = 80
_WIDEST = 500


class Flow:
    """Reads the paragraphs of one part.

    Args:
        root: the part.
        genre: what its paragraphs are: `PARAGRAPHE` for the body, `ENTETE`, `PIED` or `NOTE`.
        first_table: rank of its first table.
    """

    def __init__(self, root: etree._Element, genre: Genre, first_table: int = 0) -> None:
        kinds = [node.get(w("fldCharType")) for node in root.iter(w("fldChar"))]
        self._inline = Inline(balanced=kinds.count("begin") == kinds.count("end"))
        self._genre = genre
        self.tables = first_table
        """Rank of the next table."""
        self.found: list[Paragraphe] = []
        """The paragraphs read so far."""
        self._joined: tuple[Paragraphe, Trace] | None = None
        self._controls: tuple[Controle, ...] = ()
        self._place: Cellule | None = None

    def read(self, container: Iterable[etree._Element]) -> None:
        """Read the paragraphs of a body, of a header or of a note."""
        self._blocks(container, INTACT)
        self._release()
        self._inline.finish()

    def _blocks(self, nodes: Iterable[etree._Element], etat: Etat) -> None:
        for node in nodes:
            tag = node.tag
            if tag == P:
                self._paragraph(node, etat)
            elif tag == w("tbl"):
                self._release()
                self._table(node, etat)
            elif tag == w("sdt"):
                self._control(node, etat)
            elif tag in _WRAPPERS:
                self._blocks(node, etat_of(node, etat))
            elif tag == ALTERNATE:
                self._blocks(chosen(node), etat)
            elif tag in (w("commentRangeStart"), w("commentRangeEnd")):
                self._inline.mark(node)

    def _control(self, node: etree._Element, etat: Etat) -> None:
        content = node.find(w("sdtContent"))
        if content is None or is_gallery(node, "Table of Contents"):
            return
        outside, control = self._controls, control_of(node)
        if control is not None:
            self._controls = (*outside, control)
        self._release()
        self._blocks(content, etat)
        self._release()
        self._controls = outside

    def _paragraph(self, node: etree._Element, etat: Etat) -> None:
        properties = node.find(PPR)
        end = struck(None if properties is None else properties.find(RPR)) or etat.supprime
        if self._joined is not None:
            into, trace = self._joined
            self._joined = None
            into.say("\n", None, Etat(None, trace))
        else:
            into = Paragraphe(node, self._genre if self._place is None else Genre.CELLULE, self._place, self._controls)
            self.found.append(into)
        self._inline.read(node, into, etat)
        self._inline.between()
        if end is not None and into.longueur:
            # Once accepted, what follows continues this paragraph.
            self._joined = (into, end)
        boxes, self._inline.boxes = self._inline.boxes, []
        for box, inner in boxes:
            waiting, self._joined = self._joined, None
            self._blocks(box, inner)
            self._release()
            self._joined = waiting

    def _release(self) -> None:
        """Forget the paragraph that waits for what follows: it is of another container."""
        self._joined = None

    def _table(self, table: etree._Element, etat: Etat) -> None:
        rank, self.tables = self.tables, self.tables + 1
        outside, controls, first = self._place, self._controls, len(self.found)
        headed: list[int] = []
        spans: dict[tuple[int, int], int] = {}
        lines = 0
        for line, (row, row_etat) in enumerate(_expanded(table, w("tr"), etat)):
            lines = line + 1
            properties = row.find(w("trPr"))
            row_etat = _marked(properties, row_etat, _INS, _DEL)
            column = 0
            if properties is not None:
                column = min(max(number(properties.find(w("gridBefore"))), 0), _WIDEST)
                if line == len(headed) and on(properties.find(w("tblHeader"))):
                    headed.append(line)
            for cell, cell_etat in _expanded(row, w("tc"), row_etat):
                own = cell.find(w("tcPr"))
                span = 1 if own is None else min(max(number(own.find(w("gridSpan")), 1), 1), _WIDEST)
                self._place = Cellule(rank, line, column)
                spans[line, column] = span
                control = _cell_control(cell)
                self._controls = controls if control is None else (*controls, control)
                self._blocks(cell, _marked(own, cell_etat, w("cellIns"), w("cellDel")))
                self._release()
                column += span
        self._place, self._controls = outside, controls
        mine = [one for one in self.found[first:] if one.cellule is not None and one.cellule.tableau == rank]
        if not headed and lines > 1 and _looks_headed(table, mine):
            headed = [0]
        _name_columns(mine, headed, spans)


def _marked(properties: etree._Element | None, etat: Etat, inserted: str, deleted: str) -> Etat:
    """Return what the mark of revision of a row or of a cell does to its words."""
    if properties is None:
        return etat
    for name, is_insertion in ((inserted, True), (deleted, False)):
        node = properties.find(name)
        if node is not None:
            trace = Trace(node.get(w("author")) or "", day(node))
            etat = Etat(trace, etat.supprime) if is_insertion else Etat(etat.insere, trace)
    return etat


def _expanded(parent: etree._Element, wanted: str, etat: Etat) -> Iterator[tuple[etree._Element, Etat]]:
    """Yield the rows of a table or the cells of a row, through what may wrap them."""
    for child in parent:
        if child.tag == wanted:
            yield child, etat
        elif child.tag == w("sdt"):
            content = child.find(w("sdtContent"))
            if content is not None:
                yield from _expanded(content, wanted, etat)
        elif child.tag in _WRAPPERS:
            yield from _expanded(child, wanted, etat_of(child, etat))


def _cell_control(cell: etree._Element) -> Controle | None:
    """Return the content control that holds a whole cell."""
    parent = cell.getparent()
    holder = None if parent is None or parent.tag != w("sdtContent") else parent.getparent()
    return None if holder is None else control_of(holder)


def _looks_headed(table: etree._Element, paragraphs: list[Paragraphe]) -> bool:
    """Tell whether the first row of a table that does not say so names its columns."""
    look = table.find(f"{w('tblPr')}/{w('tblLook')}")
    if look is None:
        return False
    flag = look.get(w("firstRow"))
    bits = look.get(w("val")) or ""
    first = flag in ("1", "true", "on") if flag else len(bits) == 4 and bits[2] in "2367ABEFabef"
    words = [p.texte().strip() for p in paragraphs if p.cellule is not None and p.cellule.ligne == 0]
    return (
        first
        and len(words) > 1
        and all(text and len(text) <= _LONGEST_HEADER and any(map(str.isalpha, text)) for text in words)
    )


def _name_columns(paragraphs: list[Paragraphe], headed: list[int], spans: dict[tuple[int, int], int]) -> None:
    """Give each cell the words of the header of its column."""
    if not headed:
        return
    rows = set(headed)
    words: dict[int, list[str]] = {}
    for one in paragraphs:
        place = one.cellule
        if place is not None and place.ligne in rows and one.longueur:
            for column in range(place.colonne, place.colonne + spans[place.ligne, place.colonne]):
                words.setdefault(column, []).append(one.texte())
    names = {column: " ".join(parts) for column, parts in words.items()}
    for one in paragraphs:
        if one.cellule is not None:
            one.cellule = replace(one.cellule, entete=names.get(one.cellule.colonne, ""))


def note_bodies(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the notes of a part of notes, the lines that separate them left out."""
    for note in root:
        if note.tag in (w("footnote"), w("endnote")) and (note.get(w("type")) or "normal") == "normal":
            if integer(note.get(w("id")) or "1", 1) >= 0:
                yield note
