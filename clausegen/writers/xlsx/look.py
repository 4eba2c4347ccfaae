"""The styles of a workbook: fonts, fills, borders, and the cell formats that are used, in the order of their use."""

from __future__ import annotations

from dataclasses import field
from functools import cache

from clausegen.record import dataclass
from clausegen.writers.docx.oxml import HEAD, element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FONT = "Calibri"
_FORMATS = {
    "texte": "General",
    "rang": "0",
    "nombre": "#,##0",
    "heures": "#,##0.00",
    "euros": '#,##0.00\\ "€"',
    "pourcent": "0%",
    "etp": "0.00",
    "jour": "dd/mm/yyyy",
    "mois": "[$-40C]mmmm\\ yyyy",
}
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9}
_FIRST_OWN_FORMAT = 164
_RIGHT = ("nombre", "heures", "euros", "pourcent", "etp")
_LEFT = ("rang", "jour", "mois")
_RESERVED_FILLS = 2
"""The first two fills of a workbook are what every application expects there."""


@dataclass(frozen=True, slots=True)
class _Style:
    """How a style of `Case` looks.

    Args:
        size: of its letters, in points.
        bold, italic, colour: of its letters.
        fill: colour behind them; empty for none.
        boxed: whether a line surrounds the cell.
        vertical: where its words stand.
        wraps: whether they go to the next line.
    """

    size: int = 11
    bold: bool = False
    italic: bool = False
    colour: str = ""
    fill: str = ""
    boxed: bool = False
    vertical: str = "top"
    wraps: bool = True


_STYLES = {
    "titre": _Style(16, bold=True, colour="1F3864", vertical="center", wraps=False),
    "reference": _Style(italic=True, wraps=False),
    "notice": _Style(wraps=False),
    "section": _Style(13, bold=True, colour="1F3864", vertical="bottom", wraps=False),
    "paragraphe": _Style(),
    "entete": _Style(bold=True, colour="FFFFFF", fill="1F3864", boxed=True, vertical="center"),
    "etiquette": _Style(bold=True, boxed=True),
    "fixe": _Style(boxed=True),
    "saisie": _Style(fill="FFF8E1", boxed=True),
    "calcul": _Style(fill="F2F2F2", boxed=True),
    "total": _Style(bold=True, fill="E3E8F1", boxed=True),
    "champ": _Style(italic=True, colour="7F3F00", boxed=True),
}
_RANK = {name: rank for rank, name in enumerate(_STYLES, 1)}


@dataclass(slots=True)
class Look:
    """The cell formats met so far: style, kind of value, and whether a sign is kept from being read as a formula."""

    _used: dict[tuple[str, str, bool], int] = field(default_factory=dict)

    def of(self, style: str, format_: str, quoted: bool = False) -> int:
        """Return the index of a cell format.

        Args:
            style: a style of `Case`, or `champ`.
            format_: a format of `Case`.
            quoted: whether the text begins with a sign of formulas.
        """
        return self._used.setdefault((style, format_, quoted), len(self._used) + 1)

    def part(self) -> str:
        """Return the part of the styles."""
        fonts = [_font(_Style())] + [_font(style) for style in _STYLES.values()]
        fills = ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>']
        fills += [_fill(style.fill) for style in _STYLES.values() if style.fill]
        own = [code for code in _FORMATS.values() if code not in _BUILT_IN]
        formats = [
            element("numFmt", {"numFmtId": _FIRST_OWN_FORMAT + rank, "formatCode": code})
            for rank, code in enumerate(own)
        ]
        base = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        named = [base] + [_format(name, "texte", False, None) for name in _STYLES]
        cells = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
        cells += [_format(style, kind, quoted, _RANK[style]) for style, kind, quoted in self._used]
        names = ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']
        names += [element("cellStyle", {"name": f"clausegen {name}", "xfId": rank}) for name, rank in _RANK.items()]
        warning = (
            '<dxf><font><b/><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFE3E3"/></patternFill>'
            "</fill></dxf>"
        )
        content = (
            _counted("numFmts", formats)
            + _counted("fonts", fonts)
            + _counted("fills", fills)
            + _counted("borders", [_border(boxed=False), _border(boxed=True)])
            + _counted("cellStyleXfs", named)
            + _counted("cellXfs", cells)
            + _counted("cellStyles", names)
            + _counted("dxfs", [warning])
        )
        return HEAD + element("styleSheet", {"xmlns": MAIN}, content)


def _counted(tag: str, children: list[str]) -> str:
    return element(tag, {"count": len(children)}, "".join(children))


def _font(style: _Style) -> str:
    marks = ("<b/>" if style.bold else "") + ("<i/>" if style.italic else "")
    colour = element("color", {"rgb": f"FF{style.colour}"}) if style.colour else '<color theme="1"/>'
    return f'<font>{marks}<sz val="{style.size}"/>{colour}<name val="{_FONT}"/><family val="2"/></font>'


def _fill(colour: str) -> str:
    colours = f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{colours}</patternFill></fill>'


def _border(*, boxed: bool) -> str:
    line = 'style="thin"><color rgb="FF808080"/></' if boxed else ""
    sides = "".join(f"<{side} {line}{side}>" if boxed else f"<{side}/>" for side in ("left", "right", "top", "bottom"))
    return f"<border>{sides}<diagonal/></border>"


def _fill_index(name: str) -> int:
    filled = [other for other, style in _STYLES.items() if style.fill]
    return _RESERVED_FILLS + filled.index(name) if name in filled else 0


@cache
def _format(name: str, kind: str, quoted: bool, parent: int | None) -> str:
    style, code = _STYLES[name], _FORMATS[kind]
    own = [other for other in _FORMATS.values() if other not in _BUILT_IN]
    number = _BUILT_IN[code] if code in _BUILT_IN else _FIRST_OWN_FORMAT + own.index(code)
    attributes: dict[str, object] = {
        "numFmtId": number,
        "fontId": _RANK[name],
        "fillId": _fill_index(name),
        "borderId": int(style.boxed),
    }
    if parent is not None:
        attributes["xfId"] = parent
    if quoted:
        attributes["quotePrefix"] = 1
    attributes |= {
        "applyNumberFormat": int(number != 0),
        "applyFont": 1,
        "applyFill": int(bool(style.fill)),
        "applyBorder": int(style.boxed),
        "applyAlignment": 1,
        "applyProtection": 1,
    }
    place: dict[str, object] = {"vertical": style.vertical}
    if kind in _RIGHT and name != "entete":
        place = {"horizontal": "right", "vertical": "top"}
    elif kind in _LEFT:
        place = {"horizontal": "left", "vertical": "top"}
    elif style.wraps:
        place["wrapText"] = 1
    inner = element("alignment", place) + element("protection", {"locked": int(name != "saisie")})
    return element("xf", attributes, inner)
