"""What a rendered piece is made of: tokens, plus fields to complete and comments for the lawyer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date
from typing import Any

from clausegen.record import dataclass

AUTHOR, INITIALS = "clausegen", "cg"
"""Who signs the comments of the pieces."""


@dataclass(slots=True)
class Token:
    """A mark of structure or a stretch of text, named and shaped as markdown-it names and shapes its own.

    Args:
        type: such as `paragraph_open`.
        tag: the element that HTML would have.
        nesting: 1 opens, -1 closes, 0 stands alone.
        attrs: such as the alignment of a cell or the name of a heading.
        content: the text of a leaf.
        children: the inline tokens of an `inline`.
        meta: what the dialect adds.
    """

    type: str
    tag: str
    nesting: int
    attrs: dict[str, Any] = field(default_factory=dict)
    content: str = ""
    children: list[Token] | None = None
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Champ:
    """A field to complete: what is missing, and the question that a person can answer.

    Args:
        chemin: key path in the description, such as `acheteur.siret`.
        question: the French question; writers show « [à compléter : question] ».
    """

    chemin: str
    question: str


@dataclass(frozen=True, slots=True)
class Commentaire:
    """A remark to the reviewing lawyer, anchored on words.

    Args:
        numero: order of appearance in the piece, from 0.
        etiquette: « À vérifier », « Choix de rédaction », « Fait manquant » or « Dérogation ».
        texte: the remark, complete, beginning with its label and ending with rule and article.
    """

    numero: int
    etiquette: str
    texte: str


@dataclass(frozen=True, slots=True)
class Proprietes:
    """What the file says of itself.

    Args:
        titre: title of the document.
        sujet: the market's reference and object.
        date: the date of the note, else of launch, else None: no clock reaches a document.
        personnalisees: custom properties, name to text (fingerprints, date of the law).
    """

    titre: str
    sujet: str
    date: date | None
    personnalisees: dict[str, str] = field(default_factory=dict)


class Lecture:
    """Tokens read when somebody first asks for them: who only wants the fields of a piece never does.

    Args:
        lire: what reads them, called once.
    """

    __slots__ = ("_lire", "_lus")

    def __init__(self, lire: Callable[[], tuple[Token, ...]]) -> None:
        self._lire: Callable[[], tuple[Token, ...]] | None = lire
        self._lus: tuple[Token, ...] = ()

    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens.

        Raises:
            ClausegenError: a fault of the template.
        """
        if self._lire is not None:
            self._lus = self._lire()
            self._lire = None
        return self._lus

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lecture) and self.tokens() == other.tokens()

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        # What reads stays in the process that can; another one is given what was read.
        return read_already, (self.tokens(),)


def read_already(tokens: tuple[Token, ...]) -> Lecture:
    """Return tokens that are there as a reading that is over."""
    return Lecture(lambda: tokens)


@dataclass(frozen=True, slots=True)
class Texte:
    """One piece, ready for any writer.

    Block tokens are markdown-it's own (`heading_open`, `paragraph_open`, `bullet_list_open`, `ordered_list_open`,
    `table_open`…, `blockquote_open`), plus `container_<nom>_open/_close` for the blocks `:::cartouche`,
    `:::encadre`, `:::signatures`. Inline children are markdown-it's (`text`, `strong_open`, `em_open`, `softbreak`,
    `hardbreak`, `code_inline`), plus:

    - `champ`: `meta["champ"]` is a `Champ`;
    - `commentaire_open`, `commentaire_close`: `meta["commentaire"]` is a `Commentaire`;
    - `renvoi`: a cross reference; `meta["ancre"]` names the heading, `content` is its number, already computed;
    - `exposant`: `content` is printed as a superscript (the « er » of « 1er »).

    A `heading_open` carries `meta["numero"]` (« 12.3 », or None when unnumbered) and `meta["ancre"]` (or None).
    `h1` is the document's title and occurs once, first; `h2` is an article, `h3` and `h4` its subdivisions.

    Args:
        piece: its id, such as `ccap`.
        lecture: what gives the block tokens.
        commentaires: all comments, in order.
        champs: all fields to complete, in order of appearance.
        proprietes: the document's properties.
        entete: the header line (the market's reference and object).
        premier_article: number of the first numbered `h2`.
        table: whether a table of contents is wanted.
    """

    piece: str
    lecture: Lecture
    commentaires: tuple[Commentaire, ...]
    champs: tuple[Champ, ...]
    proprietes: Proprietes
    entete: str
    premier_article: int = 1
    table: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Return the block tokens."""
        return self.lecture.tokens()
