"""The plain text writer: readable anywhere, wrapped at a hundred columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from clausegen.french.typography import typography
from clausegen.text.tree import Texte
from clausegen.writers.blocks import (
    Block,
    Blocks,
    Heading,
    Inline,
    ListBlock,
    Panel,
    Paragraph,
    Quote,
    Table,
    flat_text,
    gather,
    headings,
    printed_number,
    split_at_first_article,
)
from clausegen.writers.interface import OptionsEcriture, UnknownTokenError, field_text
from clausegen.writers.notes import TITLE, Notes
from clausegen.writers.plain_tables import aligned, labelled, wrap

WIDTH = 100
_BULLETS = ("-", "*")
_UNDERLINES = {1: "=", 2: "-"}


class PlainWriter:
    """Writes a piece as plain text."""

    extension = "txt"

    def write(self, texte: Texte, options: OptionsEcriture) -> bytes:
        """Return the text file of a piece.

        Args:
            texte: the piece.
            options: `publiable` leaves comments and fields out.

        Raises:
            UnknownTokenError: the piece holds a token outside the dialect.
        """
        return (_Plain(options.publiable).document(texte) + "\n").encode()


class _Plain:
    """One document being written."""

    def __init__(self, publiable: bool) -> None:
        self._publiable = publiable
        self._notes = Notes(not publiable)

    def document(self, texte: Texte) -> str:
        blocks = gather(texte.tokens)
        before, after = split_at_first_article(blocks)
        chunks = [wrap(typography(texte.entete.strip()), WIDTH)] if texte.entete.strip() else []
        chunks.extend(self._chunks(before, WIDTH, 0))
        if texte.table:
            chunks.extend(self._contents(headings(blocks, 3)))
        chunks.extend(self._chunks(after, WIDTH, 0))
        if self._notes.textes:
            chunks.append(_underlined(TITLE, "-"))
            notes = (_hanging(f"[{number}] ", text, WIDTH) for number, text in enumerate(self._notes.textes, 1))
            chunks.append("\n".join(notes))
        return "\n\n".join(chunks)

    def _contents(self, entries: Iterable[Heading]) -> list[str]:
        lines = []
        for entry in entries:
            number = f"{printed_number(entry.numero)} " if entry.numero else ""
            indent = "   " * (entry.level - 2)
            lines.append(_hanging(indent + number, flat_text(entry.inline, publiable=self._publiable), WIDTH))
        return [_underlined("Sommaire", "-"), "\n".join(lines)] if lines else []

    def _chunks(self, blocks: Blocks, width: int, depth: int) -> list[str]:
        chunks = [self._block(block, width, depth) for block in blocks]
        return [chunk for chunk in chunks if chunk]

    def _block(self, block: Block, width: int, depth: int) -> str:
        if isinstance(block, Paragraph):
            return wrap(self._inline(block.inline), width)
        if isinstance(block, Heading):
            return self._heading(block, width)
        if isinstance(block, Table):
            return aligned(self._cells(block), block.alignments, bool(block.header), width)
        if isinstance(block, ListBlock):
            return self._list(block, width, depth)
        if isinstance(block, Panel):
            return self._panel(block, width)
        if isinstance(block, Quote):
            return textwrap.indent("\n\n".join(self._chunks(block.blocks, width - 4, 0)), "    ")
        return "-" * width

    def _heading(self, block: Heading, width: int) -> str:
        number = f"{printed_number(block.numero)} " if block.numero else ""
        text = _hanging(number, " ".join(self._inline(block.inline).split("\n")), width)
        return _underlined(text, _UNDERLINES[block.level]) if block.level in _UNDERLINES else text

    def _list(self, block: ListBlock, width: int, depth: int) -> str:
        last = block.start + len(block.items) - 1
        items = []
        for position, item in enumerate(block.items):
            if block.ordered:
                marker = f"{block.start + position}.".ljust(len(str(last)) + 2)
            else:
                marker = f"{_BULLETS[depth % len(_BULLETS)]} "
            text = "\n".join(self._chunks(item, width - len(marker), depth + 1))
            items.append((marker + textwrap.indent(text, " " * len(marker))[len(marker) :]).rstrip())
        return "\n".join(items)

    def _panel(self, panel: Panel, width: int) -> str:
        if panel.nom == "encadre":
            text = "\n\n".join(self._chunks(panel.blocks, width - 4, 0))
            return "\n".join(f"|   {line}".rstrip() for line in text.split("\n"))
        chunks = []
        for block in panel.blocks:
            if panel.nom == "cartouche" and isinstance(block, Table) and len(block.alignments) == 2:
                chunks.append(labelled(self._cells(block), width))
            else:
                chunks.append(self._block(block, width, 0))
        return "\n\n".join(chunk for chunk in chunks if chunk)

    def _cells(self, table: Table) -> list[list[str]]:
        rows = (table.header, *table.rows) if table.header else table.rows
        return [[self._inline(cell) for cell in row] for row in rows]

    def _inline(self, inline: Inline) -> str:
        words: list[str] = []
        for token in inline:
            kind = token.type
            if kind in ("text", "exposant", "renvoi", "code_inline"):
                words.append(token.content.replace("\n", " "))
            elif kind == "softbreak":
                words.append(" ")
            elif kind == "hardbreak":
                words.append("\n")
            elif kind == "champ":
                words.append(field_text(token.meta["champ"], publiable=self._publiable))
            elif kind == "commentaire_close":
                number = self._notes.add(token.meta["commentaire"])
                words.append("" if number is None else f"\u00a0[{number}]")
            elif kind not in ("strong_open", "strong_close", "em_open", "em_close", "commentaire_open"):
                raise UnknownTokenError(kind)
        return "".join(words).strip()


def _hanging(marker: str, text: str, width: int) -> str:
    indent = " " * len(marker)
    return marker + wrap(text, width - len(marker)).replace("\n", f"\n{indent}")


def _underlined(text: str, sign: str) -> str:
    longest = max(map(len, text.split("\n")))
    return f"{text}\n{sign * longest}"


WRITER = PlainWriter()
