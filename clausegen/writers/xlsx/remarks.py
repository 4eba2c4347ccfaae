"""Comments on cells: their part, and the old drawing that applications still ask for to show them."""

from __future__ import annotations

from clausegen.regex import late
from clausegen.text.tree import AUTHOR
from clausegen.writers.docx.oxml import HEAD, element, escape
from clausegen.writers.xlsx.look import MAIN

_CELL = late(r"([A-Z]+)(\d+)")
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_WIDTH = 240
"""Of the box of a comment, in points."""


def comments_part(remarks: dict[str, str]) -> str:
    """Return the comments of a sheet.

    Args:
        remarks: reference of a cell, such as `B7`, to text.
    """
    listed = "".join(
        f'<comment ref="{cell}" authorId="0"><text><r><t xml:space="preserve">{escape(text)}</t></r></text></comment>'
        for cell, text in remarks.items()
    )
    content = f"<authors><author>{AUTHOR}</author></authors><commentList>{listed}</commentList>"
    return HEAD + element("comments", {"xmlns": MAIN}, content)


def drawing_part(remarks: dict[str, str]) -> str:
    """Return the boxes in which comments show."""
    shapes = "".join(_box(rank, cell, text) for rank, (cell, text) in enumerate(remarks.items(), 1))
    return f"<xml {_NAMESPACES}>{_SHAPE}{shapes}</xml>"


def _box(rank: int, cell: str, text: str) -> str:
    match = _CELL.fullmatch(cell)
    assert match is not None
    column, row = _position(match[1]), int(match[2]) - 1
    height = 30 + 15 * (1 + len(text) // 45)
    style = (
        f"position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{_WIDTH}pt;height:{height}pt;"
        f"z-index:{rank};visibility:hidden"
    )
    anchor = f"{column + 1}, 15, {row}, 2, {column + 4}, 15, {row + 2 + height // 16}, 4"
    data = (
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData>"
    )
    return (
        f'<v:shape id="_x0000_s{1024 + rank}" type="#_x0000_t202" style="{style}" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
        f'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>{data}</v:shape>'
    )


def _position(letters: str) -> int:
    """Return the position of a column, from 0."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
