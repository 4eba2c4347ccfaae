"""How the width of a table is shared among its columns, from what they hold."""

from __future__ import annotations

from itertools import pairwise

from clausegen.writers.blocks import Table, flat_text

# A4 less two margins of 2.5 cm, in twentieths of a point.
TEXT_WIDTH = 9072
# An average character of a cell, and one of a header.
_CHARACTER, _BOLD_CHARACTER, _MARGINS = 98, 112, 210
_LONGEST = 200


def column_widths(table: Table, *, publiable: bool, total: int = TEXT_WIDTH) -> list[int]:
    """Return the widths of a table's columns, whose sum is `total`.

    A column gets at least the room of its longest word when that is possible; what is left goes to the columns whose
    text is longest.

    Args:
        table: the table.
        publiable: whether fields are printed as dots.
        total: the width to share.
    """
    columns = len(table.alignments)
    lengths, rooms = [1] * columns, [0] * columns
    for position, row in enumerate((table.header, *table.rows)):
        character = _CHARACTER if position else _BOLD_CHARACTER
        for column, cell in enumerate(row[:columns]):
            text = flat_text(cell, publiable=publiable)
            length = len(text)
            if length > lengths[column]:
                lengths[column] = min(length, _LONGEST)
            # A word is no longer than its text: most cells cannot widen their column.
            if length * character > rooms[column]:
                rooms[column] = max(rooms[column], max(map(len, text.split(" "))) * character)
    floors = _levelled([room + _MARGINS for room in rooms], total)
    ideals = [max(n * _CHARACTER + _MARGINS, floor) for n, floor in zip(lengths, floors, strict=True)]
    if sum(ideals) <= total:
        return _exact(ideals, total)
    left = total - sum(floors)
    gaps = [ideal - floor for ideal, floor in zip(ideals, floors, strict=True)]
    return _exact([floor + left * gap / sum(gaps) for floor, gap in zip(floors, gaps, strict=True)], total)


def _levelled(floors: list[int], total: int) -> list[int]:
    """Cut the widest floors down to one level so that all fit: only the longest words are then broken."""
    left, waiting = total, len(floors)
    for floor in sorted(floors):
        level = left // waiting
        if floor > level:
            return [min(one, level) for one in floors]
        left, waiting = left - floor, waiting - 1
    return floors


def _exact(shares: list[int] | list[float], total: int) -> list[int]:
    """Scale shares to whole numbers whose sum is exactly the total."""
    whole = sum(shares)
    edges, so_far = [0], 0.0
    for share in shares:
        so_far += share
        edges.append(round(so_far * total / whole))
    return [after - before for before, after in pairwise(edges)]
