"""The Markdown writer: the same words as in Word, numbers printed, comments as notes."""

from __future__ import annotations

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
from clausegen.writers.escaping import Mark, code, escape, escape_line, join
from clausegen.writers.interface import OptionsEcriture, UnknownTokenError, field_text
from clausegen.writers.notes import TITLE, Notes

_MARKS = {
    "strong_open": Mark("**", True),
    "strong_close": Mark("**", False),
    "em_open": Mark("*", True),
    "em_close": Mark("*", False),
}
_ALIGNMENTS = {"left": "---", "center": ":-:", "right": "--:"}


class MarkdownWriter:
    """Writes a piece as Markdown (CommonMark with tables)."""

    extension = "md"

    def write(self, texte: Texte, options: OptionsEcriture) -> bytes:
        """Return the Markdown file of a piece.

        Args:
            texte: the piece.
            options: `publiable` leaves comments and fields out.

        Raises:
            UnknownTokenError: the piece holds a token outside the dialect.
        """
        return (_Markdown(options.publiable).document(texte) + "\n").encode()


class _Markdown:
    """One document being written."""

    def __init__(self, publiable: bool) -> None:
        self._publiable = publiable
        self._notes = Notes(not publiable)

    def document(self, texte: Texte) -> str:
        blocks = gather(texte.tokens)
        before, after = split_at_first_article(blocks)
        chunks = self._chunks(before)
        if texte.entete.strip():
            at = 1 if before and isinstance(before[0], Heading) else 0
            chunks.insert(at, f"*{escape(typography(texte.entete.strip()))}*")
        if texte.table:
            chunks.extend(self._contents(headings(blocks, 3)))
        chunks.extend(self._chunks(after))
        if self._notes.textes:
            notes = (f"[^{number}]: {escape(text)}" for number, text in enumerate(self._notes.textes, 1))
            chunks.extend(["---", f"**{TITLE}**", *notes])
        return "\n\n".join(chunks)

    def _contents(self, entries: Iterable[Heading]) -> list[str]:
        lines = []
        for entry in entries:
            words = escape(flat_text(entry.inline, publiable=self._publiable))
            number = f"{printed_number(entry.numero)} " if entry.numero else ""
            lines.append("  " * (entry.level - 2) + "- " + escape_line(number + words))
        return ["**Sommaire**", "\n".join(lines)] if lines else []

    def _chunks(self, blocks: Blocks) -> list[str]:
        chunks = []
        twice = False
        for position, block in enumerate(blocks):
            previous = blocks[position - 1] if position else None
            # Two lists that follow each other would be one, but for another sign.
            twice = _same_list(previous, block) and not twice
            chunks.append(self._list(block, other=twice) if isinstance(block, ListBlock) else self._block(block))
        return [chunk for chunk in chunks if chunk]

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self._lines(block.inline)
        if isinstance(block, Heading):
            number = f"{printed_number(block.numero)} " if block.numero else ""
            return f"{'#' * block.level} {number}{self._inline(block.inline, ' ').strip()}"
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Quote) or (isinstance(block, Panel) and block.nom == "encadre"):
            return _prefixed("\n\n".join(self._chunks(block.blocks)))
        if isinstance(block, Panel):
            return "\n\n".join(self._chunks(block.blocks))
        return "---"

    def _list(self, block: ListBlock, *, other: bool) -> str:
        items = []
        for position, item in enumerate(block.items):
            if block.ordered:
                marker = f"{block.start + position}{')' if other else '.'} "
            else:
                marker = "* " if other else "- "
            text = ""
            for position_inside, inner in enumerate(self._chunks(item)):
                follows = position_inside < len(item) and isinstance(item[position_inside], ListBlock)
                text += ("" if not text else "\n" if follows else "\n\n") + inner
            indented = ("\n" + " " * len(marker)).join(text.split("\n"))
            items.append((marker + indented).replace("\n" + " " * len(marker) + "\n", "\n\n").rstrip())
        return "\n".join(items)

    def _table(self, table: Table) -> str:
        header = table.header or ((),) * len(table.alignments)
        rows = [[self._cell(cell) for cell in row] for row in (header, *table.rows)]
        rows.insert(1, [_ALIGNMENTS[alignment] for alignment in table.alignments])
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _cell(self, inline: Inline) -> str:
        return self._inline(inline, "<br>").strip()

    def _lines(self, inline: Inline) -> str:
        return "\n".join(escape_line(line) for line in self._inline(inline, "\\\n").split("\n"))

    def _inline(self, inline: Inline, line_break: str) -> str:
        pieces: list[str | Mark] = []
        for token in inline:
            kind = token.type
            if kind in _MARKS:
                pieces.append(_MARKS[kind])
            elif kind in ("text", "exposant", "renvoi"):
                pieces.append(escape(token.content))
            elif kind == "softbreak":
                pieces.append(" ")
            elif kind == "hardbreak":
                pieces.append(line_break)
            elif kind == "code_inline":
                pieces.append(code(token.content.replace("|", "\\|") if line_break == "<br>" else token.content))
            elif kind == "champ":
                text = field_text(token.meta["champ"], publiable=self._publiable)
                pieces.append(f"[{escape(text[1:-1])}]" if text.startswith("[") else text)
            elif kind == "commentaire_close":
                pieces.append(self._note(self._notes.add(token.meta["commentaire"]), pieces))
            elif kind != "commentaire_open":
                raise UnknownTokenError(kind)
        return join(pieces)

    @staticmethod
    def _note(number: int | None, before: list[str | Mark]) -> str:
        if number is None:
            return ""
        last = before[-1] if before else ""
        # Two brackets that touch would be read as a link.
        space = "\u00a0" if isinstance(last, str) and last.endswith("]") else ""
        return f"{space}[^{number}]"


def _same_list(previous: Block | None, block: Block) -> bool:
    return isinstance(previous, ListBlock) and isinstance(block, ListBlock) and previous.ordered == block.ordered


def _prefixed(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


WRITER = MarkdownWriter()
