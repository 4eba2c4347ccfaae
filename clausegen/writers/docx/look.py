"""The look of our documents: family, sizes, colours and indents, and what a style is made of.

One family (Cambria, whose widths Caladea shares), body at 11 points and small text at 9.5; dark blue and greys whose
contrast on white and on the light panel exceeds 7, and which stay apart in black and white. Measures are in twentieths
of a point, sizes in half points. Between two paragraphs Word keeps the larger of the space after the first and the
space before the second: hence a body text that asks for its room above, and list items that stay close together.
"""

from __future__ import annotations

from dataclasses import field
from typing import TypeAlias

from clausegen.record import dataclass

FONT, FONT_SUBSTITUTE = "Cambria", "Caladea"
INK, GREY, LINE, PANEL, FIELD_INK, FIELD_FILL = "1F3050", "4A5260", "8C96A6", "EEF1F5", "333333", "E4E4E4"
BODY, SMALL = 22, 19
LIST_INDENT, LIST_STEP, FRAME_INDENT = 227, 397, 180

Properties: TypeAlias = dict[str, dict[str, object] | str]


@dataclass(frozen=True, slots=True)
class Style:
    """One style; `paragraph` and `run` map the local name of a property to its attributes (`{}`: a bare switch).

    Args:
        id: its id in the document.
        name: its name: Word's own English name for a built-in style, which Word shows in French.
        kind: `paragraph`, `character`, `table` or `numbering`.
        based_on: id of the style it builds on.
        next: id of the style of the paragraph that follows.
        paragraph: paragraph properties.
        run: character properties.
        raw: further XML at the end (table styles).
        default: whether it is the default of its kind.
        custom: whether the name is ours rather than Word's.
        priority: rank in Word's list; None hides the style there.
    """

    id: str
    name: str
    kind: str = "paragraph"
    based_on: str | None = "Normal"
    next: str | None = None
    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)
    raw: str = ""
    default: bool = False
    custom: bool = False
    priority: int | None = 10


def spacing(before: int, after: int, line: int | None = None) -> dict[str, object]:
    """Return the room above and below a paragraph, and between its lines (240: single)."""
    room: dict[str, object] = {"before": before, "after": after}
    return room if line is None else {**room, "line": line, "lineRule": "auto"}


def size(half_points: int) -> Properties:
    """Return a size of characters."""
    return {"sz": {"val": half_points}, "szCs": {"val": half_points}}


def bold() -> Properties:
    """Return bold."""
    return {"b": {}, "bCs": {}}


def colour(value: str) -> Properties:
    """Return a colour of characters."""
    return {"color": {"val": value}}


def border(side: str, size: int, space: int, colour: str) -> str:
    """Return one side of a frame, its thickness in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def fill(value: str) -> dict[str, object]:
    """Return a background."""
    return {"val": "clear", "color": "auto", "fill": value}
