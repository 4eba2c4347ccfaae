"""Two examined versions of a market: what differs in them, and each piece with its changes tracked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from clausegen.diagnostics import has_errors
from clausegen.dossier.tracking import tracking
from clausegen.errors import ClausegenError
from clausegen.law.rulebook import rulebook
from clausegen.record import dataclass
from clausegen.review.compare import Ecart, Versant, compare_decisions
from clausegen.review.compare_facts import EcartFait, compare_facts
from clausegen.text.tree import Texte
from clausegen.workflow.examine import Examen
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.registry import writer_for

MODIFIEE, NOUVELLE, RETIREE, INCHANGEE = "modifiee", "nouvelle", "retiree", "inchangee"


@dataclass(frozen=True, slots=True)
class PieceComparee:
    """What became of a piece.

    Args:
        id: the piece.
        changement: `modifiee`, `nouvelle`, `retiree` or `inchangee`.
        fichier: the file that shows it, once written; None without one.
    """

    id: str
    changement: str
    fichier: str | None = None


@dataclass(frozen=True)
class Comparaison:
    """What separates two versions of a market.

    Args:
        avant, apres: both, examined.
        description: the keys that differ.
        decision: what differs in the decision, and why.
        pieces: what became of each piece.
    """

    avant: Examen
    apres: Examen
    description: tuple[EcartFait, ...]
    decision: tuple[Ecart, ...]
    pieces: tuple[PieceComparee, ...]

    def with_files(self, fichiers: dict[str, str]) -> Comparaison:
        """Return the same comparison with the files where its pieces were written, by id."""
        return replace(self, pieces=tuple(replace(p, fichier=fichiers.get(p.id)) for p in self.pieces))


def comparer(avant: Examen, apres: Examen) -> Comparaison:
    """Compare two versions of a market, or one under two days of the law."""
    sides = [Versant(e.dossier.papers if e.dossier else None, e.decision, e.diagnostics) for e in (avant, apres)]
    same_file = avant.chemin == apres.chemin and avant.empreinte == apres.empreinte
    facts = () if same_file else compare_facts(avant.marche, apres.marche)
    return Comparaison(avant, apres, facts, compare_decisions(*sides), tuple(_pieces(avant, apres)))


def pieces_suivies(comparaison: Comparaison) -> dict[str, bytes]:
    """Return the Word file of each piece that changes, comes or goes, with the changes tracked, by piece.

    Raises:
        ClausegenError: one of the two versions holds an error: its pieces are not drafted.
    """
    avant, apres = comparaison.avant, comparaison.apres
    for examen in (avant, apres):
        if has_errors(examen.diagnostics):
            raise ClausegenError(
                f"Les pièces comparées ne sont pas écrites : « {examen.fichier} » porte une erreur. "
                "`clausegen check` la montre."
            )
    # The XML library is for those who want the pieces.
    from clausegen.review.tracked import tracked

    word, day = writer_for("docx"), jour(apres)
    options = OptionsEcriture()
    found: dict[str, bytes] = {}
    for piece in comparaison.pieces:
        texts = avant.textes.get(piece.id), apres.textes.get(piece.id)
        if piece.changement == INCHANGEE or texts == (None, None):
            continue
        old, new = (word.write(text, options) if text else None for text in texts)
        found[piece.id] = tracked(old, new, day)
    return found


def jour(examen: Examen) -> date:
    """Return the day that tracked changes bear: of the note, else of the launch, else of the last check of rules."""
    marche = examen.marche
    dates = (marche.date_note, marche.date_lancement) if marche else ()
    known = next((day for day in dates if isinstance(day, date)), None)
    return known or date.fromisoformat(rulebook().version)


def _pieces(avant: Examen, apres: Examen) -> Iterator[PieceComparee]:
    drafted = [{*examen.textes, *examen.classeurs} for examen in (avant, apres)]
    order = [*apres.textes, *apres.classeurs, *avant.textes, *avant.classeurs]
    for ident in dict.fromkeys(order):
        if ident not in drafted[0]:
            yield PieceComparee(ident, NOUVELLE)
        elif ident not in drafted[1]:
            yield PieceComparee(ident, RETIREE)
        else:
            yield PieceComparee(ident, INCHANGEE if _same(ident, avant, apres) else MODIFIEE)


def _same(ident: str, avant: Examen, apres: Examen) -> bool:
    if ident in avant.textes:
        return _said(avant.textes[ident]) == _said(apres.textes[ident])
    assert avant.dossier is not None and apres.dossier is not None
    return tracking(avant.dossier) == tracking(apres.dossier)


def _said(texte: Texte) -> list[Any]:
    """Return what a piece says, comments left out: they are for its reader, not for the contract."""
    said: list[Any] = [texte.premier_article, texte.entete]
    for token in texte.tokens:
        said.append((token.type, token.tag, token.meta.get("numero")))
        kept = (child for child in token.children or () if not child.type.startswith("commentaire"))
        said.extend((child.type, child.content, child.meta.get("champ")) for child in kept)
    return said
