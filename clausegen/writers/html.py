"""The HTML writer: one accessible page that needs nothing else, comments and fields gathered as notes at its end."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from clausegen.french.typography import typography
from clausegen.text.tree import Champ, Texte
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
from clausegen.writers.html_look import STYLE
from clausegen.writers.interface import OptionsEcriture, UnknownTokenError, field_text
from clausegen.writers.notes import TITLE, Notes

# No script, no image, no font, nothing fetched: whatever a person wrote, the page can do nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MARKS = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "softbreak": " ",
    "hardbreak": "<br>\n",
}


class HtmlWriter:
    """Writes a piece as a web page."""

    extension = "html"

    def write(self, texte: Texte, options: OptionsEcriture) -> bytes:
        """Return the page of a piece.

        Args:
            texte: the piece.
            options: `publiable` leaves comments and fields out.

        Raises:
            UnknownTokenError: the piece holds a token outside the dialect.
        """
        return _Html(options.publiable).document(texte).encode()


class _Html:
    """One page being written."""

    def __init__(self, publiable: bool) -> None:
        self._publiable = publiable
        self._notes = Notes(not publiable)
        self._fields: list[Champ] = []
        self._anchors: dict[int, str] = {}

    def document(self, texte: Texte) -> str:
        blocks = gather(texte.tokens)
        self._name_headings(blocks)
        before, after = split_at_first_article(blocks)
        body = [self._blocks(before)]
        if texte.table:
            body.append(self._contents(headings(blocks, 3)))
        body += [self._blocks(after), self._endnotes()]
        header = escape(typography(texte.entete.strip()))
        title = escape(typography(" – ".join(t for t in (texte.proprietes.titre, texte.proprietes.sujet) if t)))
        return (
            '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="author" content="clausegen">\n{self._origins(texte)}<title>{title}</title>\n'
            f"<style>\n{STYLE}</style>\n</head>\n<body>\n"
            '<a class="evitement" href="#contenu">Aller au contenu</a>\n'
            + (f'<header class="entete">{header}</header>\n' if header else "")
            + f'<main id="contenu">\n{"".join(part for part in body if part)}</main>\n</body>\n</html>\n'
        )

    @staticmethod
    def _origins(texte: Texte) -> str:
        return "".join(
            f'<meta name="{escape(name)}" content="{escape(value)}">\n'
            for name, value in texte.proprietes.personnalisees.items()
        )

    def _name_headings(self, blocks: Blocks) -> None:
        for position, heading in enumerate(headings(blocks, 6), 1):
            self._anchors[id(heading)] = f"art-{heading.ancre}" if heading.ancre else f"section-{position}"

    def _contents(self, entries: Iterable[Heading]) -> str:
        lines = []
        for entry in entries:
            number = f"{printed_number(entry.numero)} " if entry.numero else ""
            words = escape(number + flat_text(entry.inline, publiable=self._publiable))
            anchor = escape(self._anchors[id(entry)])
            lines.append(f'<li class="niveau-{entry.level}"><a href="#{anchor}">{words}</a></li>\n')
        if not lines:
            return ""
        return f'<nav aria-labelledby="sommaire">\n<p id="sommaire">Sommaire</p>\n<ol>\n{"".join(lines)}</ol>\n</nav>\n'

    def _blocks(self, blocks: Blocks) -> str:
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return f"<p>{self._inline(block.inline)}</p>\n"
        if isinstance(block, Heading):
            number = f"{printed_number(block.numero)} " if block.numero else ""
            anchor = self._anchors.get(id(block))
            ident = f' id="{escape(anchor)}"' if anchor else ""
            return f"<h{block.level}{ident}>{escape(number)}{self._inline(block.inline)}</h{block.level}>\n"
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, ListBlock):
            return self._list(block)
        if isinstance(block, Quote):
            return f"<blockquote>\n{self._blocks(block.blocks)}</blockquote>\n"
        if isinstance(block, Panel):
            return self._panel(block)
        return "<hr>\n"

    def _list(self, block: ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "".join(f"<li>{self._item(item)}</li>\n" for item in block.items)
        return f"<{tag}{start}>\n{items}</{tag}>\n"

    def _item(self, blocks: Blocks) -> str:
        """An item that begins with a sentence holds it without a paragraph: lists stay tight."""
        if blocks and isinstance(blocks[0], Paragraph):
            return self._inline(blocks[0].inline) + self._blocks(blocks[1:])
        return self._blocks(blocks)

    def _panel(self, panel: Panel) -> str:
        if panel.nom == "encadre":
            return f'<div class="encadre" role="note">\n{self._blocks(panel.blocks)}</div>\n'
        # In the box of a market, and in nothing else, the first cell of a row names it.
        named = panel.nom == "cartouche"
        inner = "".join(self._table(b, named=named) if isinstance(b, Table) else self._block(b) for b in panel.blocks)
        return f'<div class="{panel.nom}">\n{inner}</div>\n'

    def _table(self, table: Table, *, named: bool = False) -> str:
        head = ""
        if table.header:
            cells = zip(table.header, table.alignments, strict=True)
            row = "".join(f'<th scope="col"{_aligned(a)}>{self._inline(cell)}</th>' for cell, a in cells)
            head = f"<thead>\n<tr>{row}</tr>\n</thead>\n"
        rows = []
        for cells_ in table.rows:
            shown = []
            for position, (cell, alignment) in enumerate(zip(cells_, table.alignments, strict=True)):
                tag, scope = ("th", ' scope="row"') if named and position == 0 else ("td", "")
                shown.append(f"<{tag}{scope}{_aligned(alignment)}>{self._inline(cell)}</{tag}>")
            rows.append(f"<tr>{''.join(shown)}</tr>\n")
        return f"<table>\n{head}<tbody>\n{''.join(rows)}</tbody>\n</table>\n"

    def _inline(self, inline: Inline) -> str:
        return "".join(self._word(token.type, token.content, token.meta) for token in inline).strip()

    def _word(self, kind: str, content: str, meta: dict[str, object]) -> str:
        if kind == "text":
            return escape(content)
        if kind in _MARKS:
            return _MARKS[kind]
        if kind == "exposant":
            return f"<sup>{escape(content)}</sup>"
        if kind == "code_inline":
            return f"<code>{escape(content)}</code>"
        if kind == "renvoi":
            return f'<a href="#art-{escape(str(meta["ancre"]))}">{escape(content)}</a>'
        if kind == "champ":
            return self._field(meta["champ"])
        if kind == "commentaire_close":
            number = self._notes.add(meta["commentaire"])  # type: ignore[arg-type]
            return "" if number is None else _call("note", number, f"Note {number}")
        if kind == "commentaire_open":
            return ""
        raise UnknownTokenError(kind)

    def _field(self, champ: object) -> str:
        assert isinstance(champ, Champ)
        text = escape(field_text(champ, publiable=self._publiable))
        if self._publiable:
            return f'<span class="blanc">{text}</span>'
        self._fields.append(champ)
        number = len(self._fields)
        return f'<mark id="appel-champ-{number}"><a href="#champ-{number}">{text}</a></mark>'

    def _endnotes(self) -> str:
        notes = [escape(text) for text in self._notes.textes]
        fields = [
            f"{escape(typography(champ.question.strip()))} <code>{escape(champ.chemin)}</code>"
            for champ in self._fields
        ]
        return _section("champ", "Champs à compléter", fields) + _section("note", TITLE, notes)


def _call(kind: str, number: int, label: str) -> str:
    return (
        f'<sup class="appel" id="appel-{kind}-{number}">'
        f'<a role="doc-noteref" aria-label="{label}" href="#{kind}-{number}">{number}</a></sup>'
    )


def _section(kind: str, title: str, items: list[str]) -> str:
    if not items:
        return ""
    lines = "".join(
        f'<li id="{kind}-{number}">{item} <a role="doc-backlink" aria-label="Retour au texte" '
        f'href="#appel-{kind}-{number}">↩</a></li>\n'
        for number, item in enumerate(items, 1)
    )
    head = f'<h2 id="titre-{kind}s">{escape(title)}</h2>'
    return f'<section class="notes" aria-labelledby="titre-{kind}s">\n{head}\n<ol>\n{lines}</ol>\n</section>\n'


def _aligned(alignment: str) -> str:
    return "" if alignment == "left" else f' class="{alignment}"'


WRITER = HtmlWriter()
