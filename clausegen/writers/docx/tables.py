"""Tables: figures, the cartouche at the head of a piece, and the block where the parties sign."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from clausegen.record import dataclass
from clausegen.writers.blocks import Inline, Table
from clausegen.writers.docx.inline import Inlines
from clausegen.writers.docx.oxml import element, ordered, paragraph, val
from clausegen.writers.docx.widths import column_widths

_SUFFIXES = {"right": "Chiffres", "center": "Centre"}
_SIGNING_ROOM = 2000
_NARROWEST_LABEL, _WIDEST_LABEL = 2268, 3969
_FIRST_ROW, _FIRST_COLUMN, _NO_BANDS = 0x0020, 0x0080, 0x0600


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its cells, the style of each, whether that style is bold, and the row's own properties."""

    cells: Sequence[Inline]
    styles: Sequence[str]
    bold: Sequence[bool]
    properties: str = "<w:cantSplit/>"


def data_table(table: Table, inlines: Inlines, caption: str) -> str:
    """Return a table of the text, with its header row repeated on each page.

    Args:
        table: the table.
        inlines: writer of the cells.
        caption: its alternative text.
    """
    columns = len(table.alignments)
    suffixes = [_SUFFIXES.get(alignment, "") for alignment in table.alignments]
    rows = []
    if table.header:
        styles = [f"TableauEntete{suffix}" for suffix in suffixes]
        rows.append(_Row(table.header, styles, [True] * columns, "<w:cantSplit/><w:tblHeader/>"))
    styles = [f"Tableau{suffix or 'Texte'}" for suffix in suffixes]
    plain = [False] * columns
    rows.extend(_Row(cells, styles, plain) for cells in table.rows)
    widths = column_widths(table, publiable=inlines.publiable, total=inlines.width)
    look = _NO_BANDS | (_FIRST_ROW if table.header else 0)
    return _table("TableauClausegen", widths, look, caption, rows, inlines)


def cartouche_table(table: Table, inlines: Inlines, caption: str) -> str:
    """Return the framed table that identifies the market: labels in bold on a light panel."""
    others = len(table.alignments) - 1
    styles = ["CartoucheLibelle"] + ["CartoucheTexte"] * others
    rows = [_Row(cells, styles, [True] + [False] * others) for cells in table.rows]
    if table.header:
        rows.insert(0, _Row(table.header, ["CartoucheLibelle"] * (others + 1), [True] * (others + 1)))
    widths = column_widths(table, publiable=inlines.publiable, total=inlines.width)
    if len(widths) == 2:
        label = min(max(widths[0], _NARROWEST_LABEL), _WIDEST_LABEL)
        widths = [label, inlines.width - label]
    return _table("TableauCartouche", widths, _NO_BANDS | _FIRST_COLUMN, caption, rows, inlines)


def signature_table(table: Table, inlines: Inlines) -> str:
    """Return the block where the parties sign: a column each, on one page, with room in the last row."""
    columns = len(table.alignments)
    rows = []
    if table.header:
        rows.append(_Row(table.header, ["SignaturePartie"] * columns, [True] * columns))
    plain = [False] * columns
    rows.extend(_Row(cells, ["SignatureTexte"] * columns, plain) for cells in table.rows)
    if rows:
        last = rows[-1]
        styles = last.styles if len(rows) == 1 and table.header else ["SignatureZone"] * columns
        room = element("w:trHeight", {"w:val": _SIGNING_ROOM, "w:hRule": "atLeast"})
        rows[-1] = _Row(last.cells, styles, last.bold, f"<w:cantSplit/>{room}")
    widths = [inlines.width * (n + 1) // columns - inlines.width * n // columns for n in range(columns)]
    return _table("TableauSignatures", widths, _NO_BANDS, "Signatures des parties", rows, inlines)


def _table(style: str, widths: list[int], look: int, caption: str, rows: list[_Row], inlines: Inlines) -> str:
    grid = "".join(element("w:gridCol", {"w:w": width}) for width in widths)
    cell_properties = [f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' for width in widths]
    out = [f"<w:tbl>{_properties(style, sum(widths), look, caption)}<w:tblGrid>{grid}</w:tblGrid>"]
    for row in rows:
        out.append(f"<w:tr><w:trPr>{row.properties}</w:trPr>")
        for cell, properties, cell_style, bold in zip(row.cells, cell_properties, row.styles, row.bold, strict=True):
            out.append(f"<w:tc>{properties}{paragraph(cell_style, inlines.runs(cell, bold=bold))}</w:tc>")
        out.append("</w:tr>")
    out.append("</w:tbl>")
    return "".join(out)


@lru_cache(maxsize=256)
def _properties(style: str, width: int, look: int, caption: str) -> str:
    flags = {
        "w:val": f"{look:04X}",
        "w:firstRow": int(bool(look & _FIRST_ROW)),
        "w:lastRow": 0,
        "w:firstColumn": int(bool(look & _FIRST_COLUMN)),
        "w:lastColumn": 0,
        "w:noHBand": 1,
        "w:noVBand": 1,
    }
    properties = {
        "tblStyle": val("tblStyle", style),
        "tblW": element("w:tblW", {"w:w": width, "w:type": "dxa"}),
        "tblLayout": '<w:tblLayout w:type="fixed"/>',
        "tblLook": element("w:tblLook", flags),
    }
    if caption:
        properties["tblCaption"] = val("tblCaption", caption)
    return ordered("w:tblPr", properties)
