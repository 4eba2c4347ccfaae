"""A Word document as the comparison sees it: blocks made of tokens, with the marks that stand between tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import field
from enum import Enum
from typing import TypeAlias

from clausegen.record import dataclass


class Statut(Enum):
    """Whether something stands in both versions, in the new one only, or in the old one only."""

    GARDE = ""
    AJOUT = "ins"
    RETRAIT = "del"


@dataclass(frozen=True, slots=True)
class Jeton:
    """A word, or a thing that changes as a whole: a field with its result, a content control, a line break.

    Args:
        cle: what makes two tokens the same.
        texte: what is read.
        proprietes: the `w:rPr` of a word's run.
        entier: XML of a thing, when it stands in both versions; None for a word.
        plat: its runs, when it comes or goes.
        lien: start tag of the hyperlink that holds it; empty outside.
    """

    cle: Hashable
    texte: str
    proprietes: str = ""
    entier: str | None = None
    plat: str = ""
    lien: str = ""

    @property
    def lourd(self) -> bool:
        """Tell whether the token carries meaning: spaces and signs do not."""
        return self.entier is not None or self.texte[:1].isalnum()


class Nature(Enum):
    """What a mark is: a bookmark, an end of a comment's anchor, the call of a comment, a piece of a long field."""

    SIGNET = "signet"
    ANCRE = "ancre"
    APPEL = "appel"
    CHAMP = "champ"


@dataclass(frozen=True, slots=True)
class Marque:
    """Something without width, before the token of rank `rang`."""

    rang: int
    nature: Nature
    xml: str
    nom: str = ""


@dataclass(slots=True)
class Paragraphe:
    """A paragraph.

    Args:
        proprietes: the children of `w:pPr` by local name, without `numPr` nor the mark's own `rPr`.
        style: id of its style.
        liste: level and number id of its list; None without one.
        jetons: its tokens.
        marques: what stands between them, in order.
    """

    proprietes: dict[str, str]
    style: str
    liste: tuple[int, int] | None
    jetons: list[Jeton]
    marques: list[Marque]
    cle: Hashable = None
    sac: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Work out what the alignment compares."""
        self.sac = Counter(jeton.texte for jeton in self.jetons if jeton.lourd)
        self.cle = ("p", self.style, self.liste and self.liste[0], tuple(jeton.cle for jeton in self.jetons))


@dataclass(slots=True)
class Cellule:
    """A cell: its properties and its blocks."""

    proprietes: str
    blocs: list[Bloc]


@dataclass(slots=True)
class Rangee:
    """A row.

    Args:
        proprietes: the content of `w:trPr`.
        cellules: its cells.
    """

    proprietes: str
    cellules: list[Cellule]
    cle: Hashable = None
    sac: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Work out what the alignment compares."""
        self.sac = _sum(bloc.sac for cellule in self.cellules for bloc in cellule.blocs)
        self.cle = tuple(tuple(bloc.cle for bloc in cellule.blocs) for cellule in self.cellules)


@dataclass(slots=True)
class Tableau:
    """A table.

    Args:
        proprietes: `w:tblPr` and `w:tblGrid`.
        style: id of its style.
        colonnes: how many columns its grid has.
        rangees: its rows.
    """

    proprietes: str
    style: str
    colonnes: int
    rangees: list[Rangee]
    cle: Hashable = None
    sac: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Work out what the alignment compares."""
        self.sac = _sum(rangee.sac for rangee in self.rangees)
        self.cle = ("t", self.style, self.colonnes, tuple(rangee.cle for rangee in self.rangees))


@dataclass(slots=True)
class Cadre:
    """A control that holds blocks: the table of contents.

    Args:
        proprietes: `w:sdtPr`.
        blocs: what it holds.
    """

    proprietes: str
    blocs: list[Bloc]
    cle: Hashable = None
    sac: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Work out what the alignment compares."""
        self.sac = _sum(bloc.sac for bloc in self.blocs)
        self.cle = ("c", tuple(bloc.cle for bloc in self.blocs))


Bloc: TypeAlias = Paragraphe | Tableau | Cadre


def _sum(sacs: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for sac in sacs:
        total.update(sac)
    return total
