"""A paragraph being read: its words one after the other, each with its node in the file and what was done to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

from lxml import etree

from clausegen.reading.document import Cellule, ChampLu, CommentaireLu, Genre, Revision
from clausegen.record import dataclass

_PLACEHOLDER = "[à compléter"


@dataclass(frozen=True, slots=True)
class Trace:
    """Who made a tracked change, and when."""

    auteur: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Etat:
    """What pending changes do to the words being read."""

    insere: Trace | None = None
    supprime: Trace | None = None


INTACT = Etat()


@dataclass(slots=True)
class Atome:
    """Some words of one node.

    Args:
        debut: where they stand in the accepted text.
        texte: the words.
        node: the `w:t`, `w:br`… that holds them; None for the end of a paragraph that a pending change takes away.
        etat: what pending changes do to them.
        surligne: whether they are highlighted.
    """

    debut: int
    texte: str
    node: etree._Element | None
    etat: Etat
    surligne: bool = False

    @property
    def fin(self) -> int:
        """Character after the last, in the accepted text."""
        return self.debut if self.etat.supprime else self.debut + len(self.texte)


@dataclass(frozen=True, slots=True)
class Controle:
    """A content control: its tag, its title, and whether it shows its placeholder."""

    chemin: str
    question: str
    vide: bool


@dataclass(slots=True, eq=False)
class Paragraphe:
    """A paragraph, or several that pending deletions join.

    Args:
        node: the first `w:p`.
        genre: where it stands: `PARAGRAPHE` in the body, `CELLULE`, `ENTETE`, `PIED` or `NOTE`.
        cellule: its place in a table.
        controles: the content controls that hold the whole paragraph.
        atomes: its words.
        longueur: characters of the accepted text.
        champs: content controls among its words, as (first, after last, control).
        commentaires: the anchors of its comments, as (first, after last, id).
    """

    node: etree._Element
    genre: Genre
    cellule: Cellule | None = None
    controles: tuple[Controle, ...] = ()
    atomes: list[Atome] = field(default_factory=list)
    longueur: int = 0
    champs: list[tuple[int, int, Controle]] = field(default_factory=list)
    commentaires: list[tuple[int, int, str]] = field(default_factory=list)

    def say(self, text: str, node: etree._Element | None, etat: Etat, *, surligne: bool = False) -> None:
        """Add words."""
        if text:
            self.atomes.append(Atome(self.longueur, text, node, etat, surligne))
            if etat.supprime is None:
                self.longueur += len(text)

    def texte(self) -> str:
        """Return the words as they will be once pending changes are accepted."""
        return "".join(a.texte for a in self.atomes if a.etat.supprime is None)

    def avant(self) -> str:
        """Return the words as they were before."""
        return "".join(a.texte for a in self.atomes if a.etat.insere is None)

    def kept(self) -> bool:
        """Tell whether it makes a block: it has words, or had some, or a person left a comment on it."""
        return bool(self.commentaires) or any(not a.texte.isspace() for a in self.atomes)

    def revisions(self) -> tuple[Revision, ...]:
        """Return the pending changes, neighbours of one author made one."""
        found: list[Revision] = []
        words: list[list[str]] = []
        for atome in self.atomes:
            trace = atome.etat.supprime or atome.etat.insere
            if trace is None:
                continue
            insertion = atome.etat.supprime is None
            new = Revision(atome.debut, atome.fin, insertion, atome.texte, trace.auteur, trace.date)
            last = found[-1] if found else None
            same = last is not None and (last.fin, last.insertion, last.auteur, last.date) == (
                *(new.debut, new.insertion, new.auteur, new.date),
            )
            if last is not None and same:
                found[-1] = replace(last, fin=new.fin)
                words[-1].append(new.texte)
            else:
                found.append(new)
                words.append([new.texte])
        return tuple(replace(one, texte="".join(parts)) for one, parts in zip(found, words, strict=True))

    def surlignes(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of highlighted words."""
        found: list[tuple[int, int]] = []
        for atome in self.atomes:
            if atome.surligne and atome.fin > atome.debut:
                if found and found[-1][1] == atome.debut:
                    found[-1] = (found[-1][0], atome.fin)
                else:
                    found.append((atome.debut, atome.fin))
        return tuple(found)

    def champs_lus(self, texte: str) -> tuple[ChampLu, ...]:
        """Return its content controls, in the order of the text."""
        whole = [(0, self.longueur, controle) for controle in self.controles]
        return tuple(_champ(texte, *one) for one in sorted((*whole, *self.champs), key=lambda one: one[:2]))

    def commentaires_lus(self, known: dict[str, CommentaireLu]) -> Iterator[CommentaireLu]:
        """Yield its comments, in the order of the text.

        Args:
            known: comments of the file, by id.
        """
        for start, end, identifier in sorted(self.commentaires, key=lambda one: one[0]):
            if identifier in known:
                yield replace(known[identifier], debut=start, fin=end)


def _champ(texte: str, debut: int, fin: int, controle: Controle) -> ChampLu:
    words = texte[debut:fin].strip()
    vide = controle.vide or not words or words.startswith(_PLACEHOLDER)
    return ChampLu(debut, fin, controle.chemin, controle.question, vide)
