"""The body of a document: each block in its style, and what keeps it beside its neighbours."""

from __future__ import annotations

from clausegen.record import dataclass, replace
from clausegen.text.tree import Texte
from clausegen.writers.blocks import (
    Block,
    Blocks,
    Heading,
    ListBlock,
    Panel,
    Paragraph,
    Quote,
    Table,
    flat_text,
    headings,
    split_at_first_article,
)
from clausegen.writers.docx.fields import toc_block, toc_entry
from clausegen.writers.docx.inline import Inlines
from clausegen.writers.docx.numbering import Numbering, deepest, number_properties
from clausegen.writers.docx.oxml import paragraph, text_run
from clausegen.writers.docx.tables import cartouche_table, data_table, signature_table

_TOC_DEPTH = 3
_SEPARATOR = paragraph("Separateur", "")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where blocks stand: in which panel or quotation, and how deep in lists."""

    panel: str = ""
    quoted: bool = False
    depth: int = 0


class Body:
    """Writes the blocks of one document.

    Args:
        texte: the piece.
        blocks: its blocks.
        inlines: writer of words.
        numbering: the document's lists.
    """

    def __init__(self, texte: Texte, blocks: Blocks, inlines: Inlines, numbering: Numbering) -> None:
        self._inlines = inlines
        self._numbering = numbering
        self._caption = texte.proprietes.titre
        self._blocks = blocks
        self._toc_names: dict[int, str] = {}
        self._next_article = texte.premier_article
        self._listed = list(headings(self._blocks, _TOC_DEPTH)) if texte.table else []
        for heading in headings(self._blocks, 4):
            if heading.ancre:
                inlines.bookmarks.declare(heading.ancre)
        for heading in self._listed:
            self._toc_names[id(heading)] = inlines.bookmarks.toc_name()

    def xml(self) -> str:
        """Return the blocks, with the table of contents before the first article."""
        before, after = split_at_first_article(self._blocks)
        content = self._write(before, _Place())
        content += self._toc() + self._write(after, _Place())
        if self._blocks and _ends_with_table(self._blocks[-1]):
            # Word adds a full line after a table that ends a document.
            content += _SEPARATOR
        return content

    def _toc(self) -> str:
        entries = []
        for position, heading in enumerate(self._listed):
            words = text_run(flat_text(heading.inline, publiable=self._inlines.publiable), "Hyperlink")
            name = self._toc_names[id(heading)]
            first, last = position == 0, position == len(self._listed) - 1
            entries.append(toc_entry(heading.level - 1, name, heading.numero, words, first=first, last=last))
        return toc_block(entries) if entries else ""

    def _write(self, blocks: Blocks, place: _Place) -> str:
        out: list[str] = []
        for position, block in enumerate(blocks):
            previous = blocks[position - 1] if position else None
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            if previous is not None and _ends_with_table(previous) and not isinstance(block, Paragraph | Heading):
                # Word would join two tables that touch, and a list would touch the table.
                out.append(_SEPARATOR)
            out.append(self._block(block, place, previous, following))
        return "".join(out)

    def _block(self, block: Block, place: _Place, previous: Block | None, following: Block | None) -> str:
        if isinstance(block, Paragraph):
            style = _paragraph_style(block, place, previous, following)
            return paragraph(style, self._inlines.runs(block.inline))
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Table):
            return self._table(block, place)
        if isinstance(block, ListBlock):
            return self._list(block, place)
        if isinstance(block, Panel):
            return self._write(block.blocks, replace(place, panel=block.nom))
        if isinstance(block, Quote):
            return self._write(block.blocks, replace(place, quoted=True))
        return paragraph("Filet", "")

    def _heading(self, heading: Heading) -> str:
        runs = self._inlines.runs(heading.inline, bold=heading.level < 4)
        if heading.level == 1:
            return paragraph("Title", runs)
        self._caption = flat_text(heading.inline, publiable=self._inlines.publiable)
        names = []
        if heading.ancre:
            names.append(self._inlines.bookmarks.name_of(heading.ancre))
        if id(heading) in self._toc_names:
            names.append(self._toc_names[id(heading)])
        style = f"Heading{heading.level - 1}" + ("" if heading.numero else "SansNumero")
        return paragraph(style, self._inlines.bookmarks.around(names, runs), self._jump(heading))

    def _jump(self, heading: Heading) -> dict[str, str]:
        """Return what gives an article its number when it does not follow the one before."""
        if heading.level != 2 or heading.numero is None:
            return {}
        number, expected = int(heading.numero), self._next_article
        self._next_article = number + 1
        if number == expected:
            return {}
        return {"numPr": number_properties(self._numbering.jump(number), 0)}

    def _table(self, table: Table, place: _Place) -> str:
        if place.panel == "signatures":
            return signature_table(table, self._inlines)
        if place.panel == "cartouche":
            return cartouche_table(table, self._inlines, self._caption)
        return data_table(table, self._inlines, self._caption)

    def _list(self, block: ListBlock, place: _Place) -> str:
        level, framed = deepest(place.depth), place.panel == "encadre"
        number = self._numbering.open_list(ordered_list=block.ordered, start=block.start, level=level, framed=framed)
        extra = {"numPr": number_properties(number, level)}
        style = "EncadreListe" if framed else "ListNumber" if block.ordered else "ListBullet"
        inner = replace(place, depth=place.depth + 1)
        out = []
        for item in block.items:
            first: Block | None = item[0] if item else None
            runs, others = "", item
            if isinstance(first, Paragraph):
                runs, others = self._inlines.runs(first.inline), item[1:]
            if runs or not others:
                out.append(paragraph(style, runs, extra))
            out.append(self._write(others, inner))
        return "".join(out)


def _paragraph_style(block: Paragraph, place: _Place, previous: Block | None, following: Block | None) -> str:
    if place.panel == "encadre":
        return "Encadre"
    if place.panel == "signatures":
        return "SignatureTexte"
    if place.quoted:
        return "Quote"
    if place.depth:
        return f"ListContinue{min(place.depth, 3)}"
    leads = following is not None and _introduces(block, following)
    if previous is not None and _ends_with_table(previous):
        return "ApresTableauIntroductif" if leads else "ApresTableau"
    return "TexteIntroductif" if leads else "BodyText"


def _introduces(block: Paragraph, following: Block) -> bool:
    """Tell whether a paragraph must stay on the page of what follows it."""
    if _starts_with_table(following):
        return True
    return isinstance(following, ListBlock | Panel | Quote) and _announces(block)


def _announces(block: Paragraph) -> bool:
    return flat_text(block.inline, publiable=False).endswith(":")


def _starts_with_table(block: Block) -> bool:
    if isinstance(block, Panel | Quote):
        return bool(block.blocks) and _starts_with_table(block.blocks[0])
    return isinstance(block, Table)


def _ends_with_table(block: Block) -> bool:
    if isinstance(block, Panel | Quote):
        return bool(block.blocks) and _ends_with_table(block.blocks[-1])
    if isinstance(block, ListBlock):
        return bool(block.items) and bool(block.items[-1]) and _ends_with_table(block.items[-1][-1])
    return isinstance(block, Table)
