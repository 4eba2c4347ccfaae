"""What a market announces, lot by lot: the codes of the dossier, in the words that the piece `publicite` writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.view import View
from clausegen.language.unknown import Unknown
from clausegen.record import dataclass
from clausegen.text.tree import Champ, Texte
from clausegen.writers.blocks import Blocks, Heading, Inline, Table, flat_text, gather

PIECE = "publicite"
# The anchors of the two tables of the piece that hold its words.
_MENTIONS, _FIELDS = "mentions", "eforms"
_WORDS = 1
_VALUE = 2


@dataclass(frozen=True, slots=True)
class Ligne:
    """A field of a notice.

    Args:
        champ: its name in the dictionary, such as `BT-70`.
        libelle: its French name.
        code: the code to write; empty when a text is.
        sens: what the code means.
        nom: the name of the text, such as `condition`; empty when a code is written.
        texte: the words of the piece; empty when a code is written.
        manquants: the facts that the text lacks.
        remarques: what the piece tells the reviewing lawyer about it.
    """

    champ: str
    libelle: str
    code: str
    sens: str
    nom: str
    texte: str
    manquants: tuple[Champ, ...]
    remarques: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LotAnnonce:
    """What a notice says of a lot.

    Args:
        vue: its facts.
        mention: the sentences to paste; empty when it announces nothing or is undecided.
        manquants: the facts that the mention lacks.
        lignes: its fields, in the dictionary's order.
    """

    vue: View
    mention: str
    manquants: tuple[Champ, ...]
    lignes: tuple[Ligne, ...]

    @property
    def numero(self) -> int:
        """Return its number."""
        return int(self.vue.numero)

    @property
    def dispositif(self) -> str | None:
        """Return what was retained; None when it is undecided."""
        found: str | None = self.vue.dispositif
        return found

    @property
    def avis(self) -> View:
        """Return the codes: `familles`, `decp`, `reserve`, `etat`."""
        found: View = self.vue.avis
        return found

    def ligne(self, champ: str) -> Ligne | None:
        """Return a field; None when the lot has none of that name."""
        return next((ligne for ligne in self.lignes if ligne.champ == champ), None)

    def questions(self) -> tuple[str, ...]:
        """Return what would decide the lot."""
        found: tuple[str, ...] = self.vue.manquants
        return found


@dataclass(frozen=True)
class Annonce:
    """What a market announces.

    Args:
        dossier: its facts and its decision.
        lots: one entry a lot.
        fichier: the description, as the user named it.
    """

    dossier: Dossier
    lots: tuple[LotAnnonce, ...]
    fichier: str

    @property
    def marche(self) -> View:
        """Return the facts of the market."""
        return self.dossier.marche

    def table(self, name: str) -> dict[str, Any]:
        """Return a file of `rules/publicite`."""
        found: dict[str, Any] = self.dossier.papers.livre.donnees[f"publicite/{name}"]
        return found


def announced(dossier: Dossier, piece: Texte, fichier: str) -> Annonce:
    """Join the codes of each lot and the words of the piece.

    Args:
        dossier: the market.
        piece: `publicite`, rendered by the program's own templates.
        fichier: name of the description.
    """
    blocks = gather(piece.tokens)
    mentions = _rows(blocks, _MENTIONS)
    decided = iter(_rows(blocks, _FIELDS))
    lots = []
    for position, lot in enumerate(dossier.lots):
        words = mentions[position][_WORDS]
        silent = lot.dispositif is None or not lot.avis.familles
        lots.append(
            LotAnnonce(
                lot,
                "" if silent else flat_text(words, publiable=False),
                () if silent else tuple(_fields(words)),
                tuple(_lines(lot, decided, dossier)),
            )
        )
    return Annonce(dossier, tuple(lots), fichier)


def told(value: object) -> str:
    """Return a fact as text; empty when nobody told it."""
    return "" if value is None or isinstance(value, Unknown) else str(value)


def _lines(lot: View, rows: Iterator[tuple[Inline, ...]], dossier: Dossier) -> Iterator[Ligne]:
    if dossier.marche.procedure == "sans-publicite":
        return
    for row in lot.avis.eforms:
        words = next(rows)[_VALUE]
        texte = flat_text(words, publiable=False) if row.texte else ""
        missing = tuple(_fields(words)) if row.texte else ()
        remarks = tuple(t.meta["commentaire"].texte for t in words if t.type == "commentaire_open")
        yield Ligne(row.champ, row.libelle, row.code, row.sens, row.texte, texte, missing, remarks)


def _fields(inline: Inline) -> Iterator[Champ]:
    for token in inline:
        if token.type == "champ":
            champ: Champ = token.meta["champ"]
            yield champ


def _rows(blocks: Blocks, ancre: str) -> tuple[tuple[Inline, ...], ...]:
    """Return the rows of the first table under a heading; none when the piece has no such heading."""
    within = False
    for block in blocks:
        if isinstance(block, Heading):
            within = block.ancre == ancre
        elif within and isinstance(block, Table):
            return block.rows
    return ()
