"""Every style that a document may use."""

from __future__ import annotations

from clausegen.writers.docx.look import Style
from clausegen.writers.docx.styles_around import AROUND
from clausegen.writers.docx.styles_tables import TABLES
from clausegen.writers.docx.styles_text import TEXT

_BASE: tuple[Style, ...] = (
    Style("Normal", "Normal", based_on=None, paragraph={"widowControl": {}}, default=True, priority=0),
    Style("DefaultParagraphFont", "Default Paragraph Font", "character", None, default=True, priority=None),
    Style(
        "TableNormal",
        "Normal Table",
        "table",
        None,
        raw='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>",
        default=True,
        priority=None,
    ),
    Style("NoList", "No List", "numbering", None, default=True, priority=None),
)
STYLES: dict[str, Style] = {style.id: style for style in (*_BASE, *TEXT, *TABLES, *AROUND)}
