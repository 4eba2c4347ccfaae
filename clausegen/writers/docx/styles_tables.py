"""The styles of tables, of the cartouche and of the block where the parties sign."""

from __future__ import annotations

from clausegen.writers.docx.look import INK, LINE, PANEL, SMALL, Properties, Style, bold, border, colour, size, spacing


def _cell(identifier: str, name: str, jc: str, *, head: bool) -> Style:
    shared: Properties = {"spacing": spacing(40, 40, 247), "jc": {"val": jc}}
    if head:
        shared["keepNext"] = {}
    run = {**size(SMALL), **(bold() | colour(INK) if head else {})}
    return Style(identifier, name, paragraph=shared, run=run, custom=True, priority=12)


_TABLE_MARGINS = (
    '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="96" w:type="dxa"/>'
    '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="96" w:type="dxa"/></w:tblCellMar>'
)


def _table_style(identifier: str, name: str, borders: str, extra: str = "") -> Style:
    raw = (
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>{_TABLE_MARGINS}</w:tblPr>'
        + extra
    )
    return Style(identifier, name, "table", "TableNormal", raw=raw, custom=True, priority=12)


_FIRST_ROW = (
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    + border("top", 8, 0, INK)
    + border("bottom", 8, 0, INK)
    + f'</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{PANEL}"/><w:vAlign w:val="bottom"/></w:tcPr>'
    + "</w:tblStylePr>"
)
_FIRST_COLUMN = (
    f'<w:tblStylePr w:type="firstCol"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{PANEL}"/></w:tcPr>'
    "</w:tblStylePr>"
)


TABLES: tuple[Style, ...] = (
    _cell("TableauTexte", "Tableau texte", "left", head=False),
    _cell("TableauChiffres", "Tableau chiffres", "right", head=False),
    _cell("TableauCentre", "Tableau centré", "center", head=False),
    _cell("TableauEntete", "Tableau en-tête", "left", head=True),
    _cell("TableauEnteteChiffres", "Tableau en-tête chiffres", "right", head=True),
    _cell("TableauEnteteCentre", "Tableau en-tête centré", "center", head=True),
    _cell("CartoucheTexte", "Cartouche texte", "left", head=False),
    Style(
        "CartoucheLibelle",
        "Cartouche libellé",
        paragraph={"spacing": spacing(40, 40, 247)},
        run={**bold(), **colour(INK), **size(SMALL)},
        custom=True,
        priority=12,
    ),
    Style(
        "SignatureTexte",
        "Signature texte",
        paragraph={"keepNext": {}, "spacing": spacing(40, 60, 252)},
        custom=True,
        priority=12,
    ),
    Style(
        "SignaturePartie",
        "Signature partie",
        based_on="SignatureTexte",
        run={**bold(), **colour(INK)},
        custom=True,
        priority=12,
    ),
    Style("SignatureZone", "Signature zone", paragraph={"spacing": spacing(40, 60, 252)}, custom=True, priority=12),
    _table_style(
        "TableauClausegen",
        "Tableau clausegen",
        border("top", 8, 0, INK) + border("bottom", 8, 0, INK) + border("insideH", 4, 0, LINE),
        _FIRST_ROW,
    ),
    _table_style(
        "TableauCartouche",
        "Tableau cartouche",
        "".join(border(side, 4, 0, LINE) for side in ("top", "left", "bottom", "right", "insideH")),
        _FIRST_COLUMN,
    ),
    _table_style(
        "TableauSignatures",
        "Tableau signatures",
        "".join(border(side, 4, 0, LINE) for side in ("top", "left", "bottom", "right", "insideV")),
    ),
)
