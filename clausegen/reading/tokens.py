"""A rendered piece straight to the document that proofreading reads: the blocks that its Word file would give."""

from __future__ import annotations

from dataclasses import field

from clausegen.french.typography import typography
from clausegen.reading.document import Bloc, Cellule, ChampLu, CommentaireLu, Document, Genre
from clausegen.reading.lawday import day_of
from clausegen.record import dataclass
from clausegen.text.tree import AUTHOR, Commentaire, Texte
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
    gather,
    shown,
)
from clausegen.writers.docx.controls import shorten
from clausegen.writers.docx.parts import PIECE
from clausegen.writers.interface import comment_text

_FOOTER = "Page\u00a01 sur\u00a01"
_UNFRAMED = ("cartouche", "signatures")


def read_texte(texte: Texte, nom: str) -> Document:
    """Return a rendered piece as a document.

    Args:
        texte: the piece.
        nom: how the user named it.

    Raises:
        UnknownTokenError: the piece holds a token outside the dialect.
    """
    reader = _Reader(texte)
    reader.blocks(gather(texte.tokens), Genre.PARAGRAPHE, "")
    entete = typography(texte.entete.strip())
    if entete:
        reader.add(_Words(entete), Genre.ENTETE)
    reader.add(_Words(_FOOTER), Genre.PIED)
    properties = {PIECE: texte.piece, **texte.proprietes.personnalisees}
    return Document(
        nom=nom,
        blocs=tuple(reader.found),
        piece=texte.piece,
        proprietes=properties,
        auteurs=(AUTHOR,),
        date_droit=day_of(properties),
    )


@dataclass(slots=True)
class _Words:
    """The words of a block, with what stands on them."""

    texte: str = ""
    champs: list[ChampLu] = field(default_factory=list)
    commentaires: list[CommentaireLu] = field(default_factory=list)


class _Reader:
    """Turns the blocks of a piece into those of a document, one after the other."""

    def __init__(self, texte: Texte) -> None:
        self.found: list[Bloc] = []
        self._tables = 0
        day = texte.proprietes.date
        self._date = None if day is None else f"{day.isoformat()}T00:00:00Z"

    def add(
        self,
        words: _Words,
        genre: Genre,
        *,
        niveau: int | None = None,
        numero: str | None = None,
        cellule: Cellule | None = None,
    ) -> None:
        """Add a block, unless it has no words."""
        if words.texte.strip():
            self.found.append(
                Bloc(
                    *(len(self.found) + 1, genre, words.texte, words.texte, niveau, numero, cellule),
                    champs=tuple(words.champs),
                    commentaires=tuple(words.commentaires),
                )
            )

    def blocks(self, blocks: Blocks, genre: Genre, panel: str) -> None:
        """Add blocks; `genre` is that of their first paragraph."""
        for block in blocks:
            self._block(block, genre, panel)
            genre = Genre.PARAGRAPHE

    def _block(self, block: Block, genre: Genre, panel: str) -> None:
        if isinstance(block, Paragraph):
            self.add(self._words(block.inline), genre)
        elif isinstance(block, Heading):
            title = block.level == 1
            level = None if title else block.level - 1
            number = None if title else block.numero
            self.add(self._words(block.inline), Genre.TITRE if title else Genre.ARTICLE, niveau=level, numero=number)
        elif isinstance(block, Table):
            self._table(block, panel)
        elif isinstance(block, ListBlock):
            for item in block.items:
                self.blocks(item, Genre.LISTE, panel)
        elif isinstance(block, Panel):
            self.blocks(block.blocks, Genre.PARAGRAPHE, block.nom)
        elif isinstance(block, Quote):
            self.blocks(block.blocks, Genre.PARAGRAPHE, panel)

    def _table(self, table: Table, panel: str) -> None:
        rank = self._tables
        self._tables += 1
        rows = [[self._words(cell) for cell in row] for row in (table.header, *table.rows) if row]
        # A cartouche and a block of signatures are a layout: what stands above a cell does not name its column.
        headed = bool(table.header) and panel not in _UNFRAMED
        headers = [words.texte for words in rows[0]] if headed else []
        for line, row in enumerate(rows):
            for column, words in enumerate(row):
                header = headers[column] if column < len(headers) else ""
                self.add(words, Genre.CELLULE, cellule=Cellule(rank, line, column, header))

    def _words(self, inline: Inline) -> _Words:
        words = _Words()
        out: list[str] = []
        length = 0
        opened: list[tuple[Commentaire, int]] = []
        closed: list[tuple[int, int, Commentaire]] = []
        for token in inline:
            text = shown(token)
            if token.type == "champ":
                champ = token.meta["champ"]
                place = (length, length + len(text), shorten(champ.chemin), shorten(champ.question.strip()))
                words.champs.append(ChampLu(*place, vide=True))
            elif token.type == "commentaire_open":
                opened.append((token.meta["commentaire"], length))
            elif token.type == "commentaire_close":
                remark = token.meta["commentaire"]
                found = next(n for n in reversed(range(len(opened))) if opened[n][0].numero == remark.numero)
                closed.append((opened.pop(found)[1], length, remark))
            out.append(text)
            length += len(text)
        words.texte = "".join(out)
        for start, end, remark in sorted(closed, key=lambda one: (one[0], one[2].numero)):
            words.commentaires.append(CommentaireLu(start, end, remark_words(remark), AUTHOR, self._date))
        return words


def remark_words(commentaire: Commentaire) -> str:
    """Return a comment's words as the Word file holds them: its empty lines are left out."""
    first, *others = comment_text(commentaire).split("\n")
    return "\n".join([first, *(line for line in others if line.strip())])
