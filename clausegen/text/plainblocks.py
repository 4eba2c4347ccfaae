"""The Markdown that templates write nearly everywhere, read without the library: paragraphs, titles, lists, tables.

What is read here gives the very tokens that the library gives. Anything less plain is left to it: None is returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clausegen.regex import late
from clausegen.text.slots import CLOSE, OPEN
from clausegen.text.tree import Token

BLOCKS = ("cartouche", "encadre", "signatures")
_OUTSIDE = late(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\\`\[\]<>&_~]|\*{3}|(?<!\*)\*(?!\*)|  \n")
"""What only the library reads, within words: escapes, code, links, tags, entities, lone stars, forced ends of line."""
_NUMBERED = late(r"(\d{1,9})\. (?! )")
_ENUMERATION = late(r"\d{1,9}[.)](?:\s|$)")
_TITLE = late(r"(#{1,6}) +(?=\S)(.*[^\s#])\s*")
_NAMED = late(r"\{ ?([#.][\w-]+(?: [#.][\w-]+)*) ?\}")
_RULE = late(r"\|(?: ?:?-+:? ?\|)+")
_MOST_FILLED = 60_000
"""Cells that short rows leave out: the library stops a table a little beyond."""
_OPENINGS = "«(\"'…€§"


def _mark(kind: str, tag: str) -> tuple[Token, Token]:
    return Token(f"{kind}_open", tag, 1), Token(f"{kind}_close", tag, -1)


# Tokens of blocks are shared by all the texts that hold them, and never changed: some are shared by all blocks.
_P, _LI, _UL = _mark("paragraph", "p"), _mark("list_item", "li"), _mark("bullet_list", "ul")
_TABLE, _HEAD, _BODY, _ROW = (
    _mark("table", "table"),
    _mark("thead", "thead"),
    _mark("tbody", "tbody"),
    _mark("tr", "tr"),
)
_STRONG, _BREAK = _mark("strong", "strong"), Token("softbreak", "br", 0)
_CELLS = {tag: {align: _mark(tag, tag) for align in ("", "left", "center", "right")} for tag in ("th", "td")}
for _pairs in _CELLS.values():
    for _align, (_open, _) in _pairs.items():
        if _align:
            _open.attrs = {"style": f"text-align:{_align}"}


def read_plain(block: str) -> tuple[Token, ...] | None:
    """Return the tokens of a block; None for one that is not plain enough.

    Args:
        block: words of a template, without blank lines around; facts are marks.
    """
    if _OUTSIDE.search(block):
        return None
    found = _container(block) if block.startswith(":::") else _block(block)
    return None if found is None else tuple(found)


def _container(block: str) -> list[Token] | None:
    first, _, rest = block.partition("\n")
    inside, _, last = rest.rpartition("\n")
    name = first[3:]
    if name not in BLOCKS or last != ":::" or ":::" in inside:
        return None
    tokens = [Token(f"container_{name}_open", "div", 1)]
    for part in inside.strip("\n").split("\n\n"):
        found = _block(part.strip("\n")) if part.strip("\n") else None
        if found is None:
            return None
        tokens += found
    return [*tokens, Token(f"container_{name}_close", "div", -1)]


def _block(block: str) -> list[Token] | None:
    lines = block.split("\n")
    if lines[0].startswith("|"):
        return _table(lines)
    if lines[0].startswith(("#", "{")):
        return _title(lines)
    if lines[0].startswith("- "):
        return _list(lines, "- ")
    if _NUMBERED.match(lines[0]):
        return _list(lines, "")
    if not all(map(_plain_start, lines)):
        return None
    inline = _inline(block.strip())
    return None if inline is None else [_P[0], inline, _P[1]]


def _plain_start(line: str) -> bool:
    """Tell whether a line can only be words: nothing in it opens a block."""
    first = line[:1]
    if first.isdecimal():
        return not _ENUMERATION.match(line)
    return first.isalpha() or first == OPEN or (first != "" and first in _OPENINGS) or line.startswith("**")


def _title(lines: list[str]) -> list[Token] | None:
    attrs: dict[str, str] = {}
    if named := _NAMED.fullmatch(lines[0]):
        for word in named[1].split():
            if word[0] == "#":
                attrs["id"] = word[1:]
            else:
                attrs["class"] = f"{attrs['class']} {word[1:]}" if "class" in attrs else word[1:]
        lines = lines[1:]
    title = _TITLE.fullmatch(lines[0]) if len(lines) == 1 else None
    inline = None if title is None else _inline(title[2])
    if title is None or inline is None:
        return None
    tag = f"h{len(title[1])}"
    return [Token("heading_open", tag, 1, dict(attrs)), inline, Token("heading_close", tag, -1)]


def _list(lines: list[str], bullet: str) -> list[Token] | None:
    tokens: list[Token] = []
    for line in lines:
        marker = len(bullet) if bullet and line.startswith(bullet) else _marker(line) if not bullet else 0
        words = line[marker:]
        inline = _inline(words.strip()) if marker and _plain_start(words) else None
        if inline is None:
            return None
        tokens += (_LI[0], _P[0], inline, _P[1], _LI[1])
    if bullet:
        return [_UL[0], *tokens, _UL[1]]
    first = int(lines[0].partition(".")[0])
    start, end = _mark("ordered_list", "ol")
    start.attrs = {} if first == 1 else {"start": first}
    return [start, *tokens, end]


def _marker(line: str) -> int:
    found = _NUMBERED.match(line)
    return found.end() if found else 0


def _table(lines: list[str]) -> list[Token] | None:
    if len(lines) < 2 or not all(line.startswith("|") and line.rstrip().endswith("|") for line in lines):
        return None
    if lines[0].rstrip() == "|":
        return None
    if not _RULE.fullmatch(lines[1]):
        return None
    aligns = [_alignment(cell.strip()) for cell in lines[1][1:-1].split("|")]
    head = _row(lines[0], aligns, "th", exact=True)
    rows = [_row(line, aligns, "td") for line in lines[2:]]
    if head is None or None in rows or sum(len(aligns) + 2 - line.count("|") for line in lines) > _MOST_FILLED:
        return None
    body = [token for row in rows for token in row or ()]
    return [
        *(_TABLE[0], _HEAD[0], *head, _HEAD[1]),
        *((_BODY[0], *body, _BODY[1]) if body else ()),
        _TABLE[1],
    ]


def _alignment(rule: str) -> str:
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return "left" if rule.startswith(":") else ""


def _row(line: str, aligns: list[str], tag: str, *, exact: bool = False) -> list[Token] | None:
    cells = line.strip()[1:-1].split("|")
    if len(cells) != len(aligns) and (exact or len(cells) > len(aligns)):
        return None
    cells += [""] * (len(aligns) - len(cells))
    tokens = [_ROW[0]]
    for cell, align in zip(cells, aligns, strict=True):
        inline = _inline(cell.strip())
        if inline is None:
            return None
        start, end = _CELLS[tag][align]
        tokens += (start, inline, end)
    return [*tokens, _ROW[1]]


def _inline(content: str) -> Token | None:
    """Return the words of a block, with what is strong in them and their ends of line."""
    if "**" in content:
        children = _strong(content)
        return None if children is None else Token("inline", "", 0, content=content, children=children)
    return Token("inline", "", 0, content=content, children=list(_lines(content)))


def _lines(words: str) -> Iterator[Token]:
    if not words:
        return
    lines = words.split("\n")
    for rank, line in enumerate(lines):
        if rank:
            yield _BREAK
        yield Token("text", "", 0, content=line if line is lines[-1] else line.rstrip(" "))


def _strong(content: str) -> list[Token] | None:
    parts = content.split("**")
    if len(parts) % 2 == 0 or "\n" in content:
        return None
    for before, inside, after in _triples(parts):
        if not inside.strip() or inside != inside.strip():
            return None
        opens = before[-1:] in ("", " ") or _word(inside[0])
        closes = after[:1] in ("", " ") or _word(inside[-1])
        if not (opens and closes):
            return None
    tokens: list[Token] = []
    for rank, part in enumerate(parts):
        if rank:
            tokens.append(_STRONG[0] if rank % 2 else _STRONG[1])
        if part or rank % 2 == 0:
            tokens.append(Token("text", "", 0, content=part))
    return tokens


def _triples(parts: list[str]) -> Iterable[tuple[str, str, str]]:
    return ((parts[rank - 1], parts[rank], parts[rank + 1]) for rank in range(1, len(parts), 2))


def _word(sign: str) -> bool:
    return sign.isalnum() or sign in (OPEN, CLOSE)
