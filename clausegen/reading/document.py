"""A document as proofreading sees it: flat blocks, each with its text, its place, and what people did in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cached_property

from clausegen.record import dataclass


class Genre(StrEnum):
    """What a block is on the page."""

    TITRE = "titre"
    ARTICLE = "article"
    PARAGRAPHE = "paragraphe"
    LISTE = "liste"
    CELLULE = "cellule"
    ENTETE = "entete"
    PIED = "pied"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Cellule:
    """Where a block stands in a table; all are counted from 0.

    Args:
        tableau: rank of the table in the document.
        ligne: its row, the header's being 0.
        colonne: its column.
        entete: words of the header of that column; empty when the table has none.
    """

    tableau: int
    ligne: int
    colonne: int
    entete: str = ""


@dataclass(frozen=True, slots=True)
class ChampLu:
    """A content control found in a block, from `debut` to `fin` in its text.

    Args:
        debut: first character.
        fin: character after the last.
        chemin: its tag, such as `acheteur.siret`.
        question: its title.
        vide: whether it still shows its placeholder.
    """

    debut: int
    fin: int
    chemin: str
    question: str
    vide: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """A pending tracked change.

    Args:
        debut: first character in the block's text; a deletion stands where its words were.
        fin: character after the last; equal to `debut` for a deletion.
        insertion: whether words were added rather than struck.
        texte: those words.
        auteur: who made it; empty when unknown.
        date: when; None when unknown.
    """

    debut: int
    fin: int
    insertion: bool
    texte: str
    auteur: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class CommentaireLu:
    """A comment, on the words from `debut` to `fin` of a block."""

    debut: int
    fin: int
    texte: str
    auteur: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Bloc:
    """A paragraph, a heading, an item of a list or a paragraph of a cell.

    Args:
        rang: number of the paragraph, from 1, in the order of the document: the « line » of a finding.
        genre: what it is.
        texte: its words as they will be once pending changes are accepted; spaces as the file has them, automatic
            numbers left out.
        avant: its words as they were before the pending changes.
        niveau: depth of a heading, 1 for an article, 2 and 3 for its subdivisions; None elsewhere.
        numero: number of a heading, such as « 12.3 », computed when it is automatic, read when it is typed (it then
            stays in `texte` too); None without one.
        cellule: its place in a table; None outside.
        champs, revisions, commentaires: in the order of the text.
        surlignes: stretches of highlighted text, as (first, after last).
        attache: what the reader needs to find the paragraph again in the file; None for a text that is no file.
    """

    rang: int
    genre: Genre
    texte: str
    avant: str
    niveau: int | None = None
    numero: str | None = None
    cellule: Cellule | None = None
    champs: tuple[ChampLu, ...] = ()
    revisions: tuple[Revision, ...] = ()
    commentaires: tuple[CommentaireLu, ...] = ()
    surlignes: tuple[tuple[int, int], ...] = ()
    attache: int | None = None


@dataclass(frozen=True)
class Document:
    """A document read back.

    Args:
        nom: how the user named it.
        blocs: the body in order, then headers, footers and notes.
        piece: id of the piece when clausegen wrote it, such as `ccap`; None for a text from elsewhere.
        proprietes: custom properties: fingerprints, date of the law.
        auteurs: names kept in the file's properties.
        date_droit: day of the law with which clausegen drafted it; None when unknown.
        projet: text of each block of the draft, when the file still carries it.
        remarques: what a person should know of the file itself, in French: that it holds macros.
    """

    nom: str
    blocs: tuple[Bloc, ...]
    piece: str | None = None
    proprietes: dict[str, str] = field(default_factory=dict)
    auteurs: tuple[str, ...] = ()
    date_droit: date | None = None
    projet: tuple[str, ...] | None = None
    remarques: tuple[str, ...] = ()

    def corps(self) -> tuple[Bloc, ...]:
        """Return the blocks of the body, without headers, footers and notes."""
        return tuple(b for b in self.blocs if b.genre not in (Genre.ENTETE, Genre.PIED, Genre.NOTE))

    def titres_de(self, rang: int) -> tuple[Bloc, ...]:
        """Return the headings under which a block stands, from the article down; the block itself if it is one."""
        ranks, chains = self._chains
        place = bisect_right(ranks, rang)
        return chains[place - 1] if place else ()

    @cached_property
    def _chains(self) -> tuple[list[int], list[tuple[Bloc, ...]]]:
        """Return the rank of each heading, and the headings that it closes, itself included."""
        ranks: list[int] = []
        chains: list[tuple[Bloc, ...]] = []
        chain: tuple[Bloc, ...] = ()
        for bloc in self.blocs:
            if bloc.niveau is not None:
                chain = (*(b for b in chain if (b.niveau or 0) < bloc.niveau), bloc)
                ranks.append(bloc.rang)
                chains.append(chain)
        return ranks, chains
