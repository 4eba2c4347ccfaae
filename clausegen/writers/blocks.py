"""The flat tokens of a piece, gathered into blocks that writers walk: what follows what is then plain to see.

Any block token outside the dialect stops the writing here, for all formats at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from clausegen.record import dataclass
from clausegen.text.tree import Token
from clausegen.writers.interface import UnknownTokenError, field_text

Inline: TypeAlias = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title, 2 an article, 3 and 4 its subdivisions."""

    level: int
    numero: str | None
    ancre: str | None
    inline: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inline: Inline


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a sequence of blocks."""

    ordered: bool
    start: int
    items: tuple[Blocks, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `header` is empty when the Markdown header row holds nothing."""

    alignments: tuple[str, ...]
    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A `:::` block: `cartouche`, `encadre` or `signatures`."""

    nom: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set apart."""

    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


Block: TypeAlias = Heading | Paragraph | ListBlock | Table | Panel | Quote | Rule
Blocks: TypeAlias = tuple[Block, ...]

_PREFIX, _OPEN = "container_", "_open"
_PANELS = ("cartouche", "encadre", "signatures")


def gather(tokens: Iterable[Token]) -> Blocks:
    """Gather block tokens into blocks.

    Raises:
        UnknownTokenError: a token outside the dialect.
    """
    return _until(iter(tokens), None)


def headings(blocks: Blocks, deepest: int) -> Iterator[Heading]:
    """Yield the articles and subdivisions down to a level, in order: the lines of a table of contents."""
    for block in blocks:
        if isinstance(block, Heading) and 1 < block.level <= deepest:
            yield block
        elif isinstance(block, Panel | Quote):
            yield from headings(block.blocks, deepest)


def printed_number(numero: str) -> str:
    """Return a heading's number as formats without automatic numbering print it: « 12. », then « 12.3 »."""
    return numero if "." in numero else f"{numero}."


def flat_text(inline: Inline, *, publiable: bool) -> str:
    """Return the words of a run of text without marks, comments or line breaks: for links, captions and widths."""
    if len(inline) == 1 and inline[0].type == "text":
        return inline[0].content.strip()
    words: list[str] = []
    for token in inline:
        if token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "champ":
            words.append(field_text(token.meta["champ"], publiable=publiable))
        else:
            words.append(token.content)
    return "".join(words).strip()


def lines(blocks: Blocks) -> Iterator[Inline]:
    """Yield the words of every heading, paragraph and cell, in order."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.inline
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from row
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from lines(item)
        elif isinstance(block, Panel | Quote):
            yield from lines(block.blocks)


def shown(token: Token) -> str:
    """Return the words that a token shows in a draft, a line break for a break."""
    if token.type == "champ":
        return field_text(token.meta["champ"], publiable=False)
    if token.type == "hardbreak":
        return "\n"
    return " " if token.type == "softbreak" else token.content


def split_at_first_article(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """Return what precedes the first article and the rest: the table of contents goes between them."""
    for position, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level > 1:
            return blocks[:position], blocks[position:]
    return blocks, ()


def _until(tokens: Iterator[Token], closing: str | None) -> Blocks:
    found: list[Block] = []
    for token in tokens:
        if token.type == closing:
            break
        reader = _READERS.get(token.type)
        if reader is None:
            raise UnknownTokenError(token.type)
        found.append(reader(token, tokens))
    return tuple(found)


def _inline(tokens: Iterator[Token], closing: str) -> Inline:
    found: list[Token] = []
    for token in tokens:
        if token.type == closing:
            break
        if token.type != "inline":
            raise UnknownTokenError(token.type)
        found.extend(token.children or ())
    return tuple(found)


def _heading(token: Token, tokens: Iterator[Token]) -> Block:
    level = int(token.tag[1:])
    if level > 4:
        raise UnknownTokenError(token.tag)
    inline = _inline(tokens, "heading_close")
    return Heading(level, token.meta.get("numero"), token.meta.get("ancre"), inline)


def _paragraph(_: Token, tokens: Iterator[Token]) -> Block:
    return Paragraph(_inline(tokens, "paragraph_close"))


def _list(token: Token, tokens: Iterator[Token]) -> Block:
    ordered = token.type == "ordered_list_open"
    closing = token.type.replace(_OPEN, "_close")
    items: list[Blocks] = []
    for inner in tokens:
        if inner.type == closing:
            break
        if inner.type != "list_item_open":
            raise UnknownTokenError(inner.type)
        items.append(_until(tokens, "list_item_close"))
    return ListBlock(ordered, int(token.attrs.get("start", 1)), tuple(items))


def _quote(_: Token, tokens: Iterator[Token]) -> Block:
    return Quote(_until(tokens, "blockquote_close"))


def _panel(token: Token, tokens: Iterator[Token]) -> Block:
    nom = token.type.removeprefix(_PREFIX).removesuffix(_OPEN)
    return Panel(nom, _until(tokens, f"{_PREFIX}{nom}_close"))


def _rule(_token: Token, _tokens: Iterator[Token]) -> Block:
    return Rule()


def _table(_: Token, tokens: Iterator[Token]) -> Block:
    alignments: list[str] = []
    rows: list[tuple[Inline, ...]] = []
    cells: list[Inline] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            rows.append(tuple(cells))
        elif token.type in ("th_open", "td_open"):
            if token.type == "th_open":
                alignments.append(str(token.attrs.get("style", "")).removeprefix("text-align:") or "left")
            cells.append(_inline(tokens, token.type.replace(_OPEN, "_close")))
        elif token.type not in ("thead_open", "thead_close", "tbody_open", "tbody_close"):
            raise UnknownTokenError(token.type)
    header = rows[0] if any(rows[0]) else ()
    return Table(tuple(alignments), header, tuple(rows[1:]))


_READERS: dict[str, Callable[[Token, Iterator[Token]], Block]] = {
    "heading_open": _heading,
    "paragraph_open": _paragraph,
    "bullet_list_open": _list,
    "ordered_list_open": _list,
    "table_open": _table,
    "blockquote_open": _quote,
    "hr": _rule,
    **{f"{_PREFIX}{nom}{_OPEN}": _panel for nom in _PANELS},
}
