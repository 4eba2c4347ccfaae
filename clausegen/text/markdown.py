"""Markdown read block by block, each block once: what boilerplate gives is kept in memory, and from run to run on disk.

The marks of a block are numbered anew from 0 before it is read, so that the same words make the same block whatever
facts stand around it. Nearly all are plain enough for `plainblocks`; one that is not, and was never met, pays for the
Markdown library, its import included.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, TypeAlias

from clausegen.files.cache import key_of, load, stamp, store
from clausegen.record import dataclass
from clausegen.regex import late
from clausegen.text.plainblocks import BLOCKS, read_plain
from clausegen.text.slots import CLOSE, MARK, OPEN
from clausegen.text.tree import Token

KIND = "blocs"
_KEPT_ONES = 20_000
"""Blocks that memory holds: about ten times what the templates that travel with the program can give."""
_LIST = late(r"(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_Stored: TypeAlias = list[list[Any]]


@dataclass(slots=True)
class Bloc:
    """A block that was read, shared by all the texts that hold it: its tokens are never changed.

    Args:
        tokens: its tokens, whose text holds the marks numbered from 0 within the block.
        compose: the same in French typography, and the places of those that each text makes its own; kept by the
            dialect once it has worked them out.
    """

    tokens: tuple[Token, ...]
    compose: tuple[tuple[Token, ...], tuple[int, ...]] | None = None


_memory: dict[str, Bloc] = {}


def read_blocks(markdown: str) -> Iterator[tuple[Bloc, list[str]]]:
    """Yield each block of a text, with the marks that its words held, in order.

    Args:
        markdown: what the templates gave; facts are marks.
    """
    blocks = [_renumbered(block) for block in split_blocks(markdown)]
    if len(_memory) > _KEPT_ONES:
        _memory.clear()
    unknown = [text for text in dict.fromkeys(text for text, _ in blocks) if text not in _memory]
    for text in unknown:
        if (tokens := read_plain(text)) is not None:
            _memory[text] = Bloc(tokens)
    if others := [text for text in unknown if text not in _memory]:
        _learn(others)
    for text, marks in blocks:
        yield _memory[text], marks


def split_blocks(markdown: str) -> Iterator[str]:
    """Yield the parts of a text that stand by themselves.

    A blank line ends one, but within a list or a container, and after a line of attributes, which waits for its block.
    """
    block: list[str] = []
    inside, listing, blank, waiting = False, False, False, False
    for line in markdown.split("\n"):
        filled = bool(line.strip())
        held = inside or waiting or line[:1] in (" ", "\t") or (listing and _LIST.match(line) is not None)
        if filled and block and blank and not held:
            yield "\n".join(block)
            block = []
        if filled:
            listing = (bool(block) and listing) or _LIST.match(line.lstrip()) is not None
            waiting = line.startswith("{")
            if line.startswith(":::"):
                inside = line.strip() != ":::"
        blank = not filled
        block.append(line)
    if any(line.strip() for line in block):
        yield "\n".join(block)


def _renumbered(block: str) -> tuple[str, list[str]]:
    marks: list[str] = []

    def renumber(match: re.Match[str]) -> str:
        marks.append(match[0])
        return f"{OPEN}{match[1]}{len(marks) - 1}{CLOSE}"

    return MARK.sub(renumber, block).strip("\n"), marks


def _learn(texts: list[str]) -> None:
    """Take blocks from the cache, else read them; all those of a text make one entry."""
    digest = hashlib.sha256("\x00".join(texts).encode(errors="surrogatepass")).hexdigest()
    key = key_of(digest, _stamp())
    rows = _recalled(key, len(texts))
    if rows is None:
        rows = [_parsed(text) for text in texts]
        store(KIND, key, json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))
    _memory.update((text, Bloc(tuple(map(_token, stored)))) for text, stored in zip(texts, rows, strict=True))


def _recalled(key: str, count: int) -> list[_Stored] | None:
    content = load(KIND, key)
    if content is None:
        return None
    try:
        rows = json.loads(content.decode(errors="surrogatepass"))
        sound = len(rows) == count and all(_sound(row) for stored in rows for row in stored)
    except (ValueError, TypeError):
        return None
    return rows if sound else None


def _sound(row: Any) -> bool:
    return isinstance(row, list) and len(row) == 6 and isinstance(row[0], str)


def _stamp() -> str:
    """Return what changes with the library or with this module; neither is imported to know it."""
    found = (find_spec(name) for name in ("markdown_it", "mdit_py_plugins"))
    return stamp(__file__, *(spec.origin for spec in found if spec is not None and spec.origin))


def _parsed(text: str) -> _Stored:
    return [_row(token) for token in _parser().parse(text)]


def _row(token: Any) -> list[Any]:
    children = None if token.children is None else [_row(child) for child in token.children]
    return [token.type, token.tag, token.nesting, dict(token.attrs), token.content, children]


def _token(row: list[Any]) -> Token:
    kind, tag, nesting, attrs, content, children = row
    inner = None if children is None else [_token(child) for child in children]
    return Token(kind, tag, nesting, attrs, content, inner)


_parsers: list[Any] = []


def _parser() -> Any:
    """Return the reader of the dialect, made on first use."""
    if not _parsers:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.attrs import attrs_block_plugin
        from mdit_py_plugins.container import container_plugin

        parser = (
            MarkdownIt("commonmark", {"html": False})
            .enable("table")
            .disable(
                ["code", "html_block", "html_inline", "fence", "lheading", "autolink", "image", "link", "reference"]
            )
        )
        attrs_block_plugin(parser)
        for name in BLOCKS:
            container_plugin(parser, name)
        _parsers.append(parser)
    return _parsers[0]
