"""Comments of a YAML text, found without reading it: a person's remarks, to be kept when the file is written again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clausegen.record import dataclass

_BLOCK = re.compile(r"(?:^|[:\-]\s+)[|>][+-]?[0-9]?[+-]?\s*$")
_OPENS = ":,[{-"


@dataclass(frozen=True, slots=True)
class Remarque:
    """A comment.

    Args:
        ligne: its line, from 1.
        texte: what it says, without its `#`.
        seule: whether it stands alone on its line.
    """

    ligne: int
    texte: str
    seule: bool


def remarks(lignes: Sequence[str]) -> Iterator[Remarque]:
    """Yield the comments of a text, line by line; what stands within quotes or a block of text is none.

    Args:
        lignes: the lines, without their ends.
    """
    quote, block = "", -1
    for number, line in enumerate(lignes, 1):
        indent = len(line) - len(line.lstrip())
        if block >= 0 and (not line.strip() or indent > block):
            continue
        block = -1
        place, quote = _comment(line, quote)
        code = line if place < 0 else line[:place]
        if place >= 0 and (said := line[place:].lstrip("#").strip()):
            yield Remarque(number, said, not code.strip())
        if not quote and _BLOCK.search(code):
            block = indent


def _comment(line: str, quote: str) -> tuple[int, str]:
    """Return where the comment of a line begins, -1 for none, and the quote that the line leaves open."""
    before = ""
    skip = False
    for place, char in enumerate(line):
        if skip:
            skip = False
        elif quote:
            doubled = char == quote == "'" and line[place + 1 : place + 2] == "'"
            skip = doubled or (quote == '"' and char == "\\")
            quote = "" if char == quote and not doubled else quote
        elif char == "#" and (place == 0 or line[place - 1] in " \t"):
            return place, ""
        elif char in "\"'" and (not before or before in _OPENS):
            quote = char
        before = char if char not in " \t" else before
    return -1, quote
