"""Tables as plain text: columns when they fit, a list of labelled lines when they do not."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

_GAP = "  "
_COMFORTABLE = 24


def aligned(rows: Sequence[Sequence[str]], alignments: Sequence[str], header: bool, width: int) -> str:
    """Return a table whose columns are aligned; too wide for that, each row is listed.

    Args:
        rows: cells, the header first if there is one.
        alignments: `left`, `center` or `right`, for each column.
        header: whether the first row is a header.
        width: columns of text available.
    """
    if not rows:
        return ""
    room = width - len(_GAP) * (len(alignments) - 1)
    widths = _shares(rows, room)
    if widths is None:
        return _listed(rows, header, width)
    blocks = [_row(row, alignments, widths) for row in rows]
    rule = _GAP.join("-" * column for column in widths)
    lines = [
        line
        for position, block in enumerate(blocks)
        for line in ([*block, rule] if header and position == 0 else block)
    ]
    return "\n".join(lines if header else [rule, *lines, rule])


def labelled(rows: Sequence[Sequence[str]], width: int) -> str:
    """Return rows of two cells as « label : value » with the values aligned."""
    longest = min(max((len(row[0]) for row in rows), default=0), width // 2)
    lines = []
    for label, value in rows:
        start = f"{label.ljust(longest)}\u00a0: "
        lines.append(start + wrap(value, width - len(start)).replace("\n", "\n" + " " * len(start)))
    return "\n".join(lines)


def wrap(text: str, width: int) -> str:
    """Return a text cut into lines between words; no-break spaces hold, and so do addresses."""
    lines = (
        textwrap.wrap(line, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]
        for line in text.split("\n")
    )
    return "\n".join("\n".join(wrapped) for wrapped in lines)


def _shares(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return the width of each column, or None when the longest words do not fit side by side."""
    columns = list(zip(*rows, strict=True))
    wanted = [max(1, *(len(line) for cell in column for line in cell.split("\n"))) for column in columns]
    if sum(wanted) <= room:
        return wanted
    words = [max(1, *(len(word) for cell in column for word in cell.split())) for column in columns]
    floors = [max(word, min(want, _COMFORTABLE)) for word, want in zip(words, wanted, strict=True)]
    if sum(floors) > room:
        floors = words
    left = room - sum(floors)
    if left < 0:
        return None
    gaps = [want - floor for want, floor in zip(wanted, floors, strict=True)]
    return [floor + left * gap // sum(gaps) for floor, gap in zip(floors, gaps, strict=True)]


def _row(row: Sequence[str], alignments: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [wrap(cell, width).split("\n") for cell, width in zip(row, widths, strict=True)]
    lines = []
    for position in range(max(len(cell) for cell in cells)):
        parts = [cell[position] if position < len(cell) else "" for cell in cells]
        padded = (
            _pad(part, alignment, width) for part, alignment, width in zip(parts, alignments, widths, strict=True)
        )
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _pad(text: str, alignment: str, width: int) -> str:
    return (
        text.rjust(width)
        if alignment == "right"
        else text.center(width)
        if alignment == "center"
        else text.ljust(width)
    )


def _listed(rows: Sequence[Sequence[str]], header: bool, width: int) -> str:
    names, body = (rows[0], rows[1:]) if header else ([""] * len(rows[0]), rows)
    items = []
    for row in body:
        lines = [f"{name}\u00a0: {cell}" if name else cell for name, cell in zip(names, row, strict=True)]
        wrapped = [wrap(line, width - 2).replace("\n", "\n    ") for line in lines]
        items.append("- " + "\n  ".join(wrapped))
    return "\n".join(items)
