"""A sentence that clausegen drafts, found again in a document with another figure in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from clausegen.proofreading.interface import Contexte
from clausegen.proofreading.places import Place, places, sentences
from clausegen.proofreading.quantities import Quantite, quantities
from clausegen.reading.document import Document
from clausegen.record import dataclass
from clausegen.regex import late

_BLANKS = late(r"[\s.;:,]+")
_MARK = "\0"


@dataclass(frozen=True, slots=True)
class Ecart:
    """A figure that is not the draft's, in a sentence that is.

    Args:
        place: where.
        quantite: the figure found.
        attendu: the figures that the draft may have there.
    """

    place: Place
    quantite: Quantite
    attendu: tuple[Quantite, ...]


def changed_figures(contexte: Contexte, unites: Collection[str]) -> Iterator[Ecart]:
    """Yield the figures of some units that differ from the draft of the same piece.

    Args:
        contexte: its `autres` hold the draft, under the document's own id.
        unites: the units to compare; the other figures belong to the sentence.
    """
    draft = contexte.autres.get(contexte.piece or "")
    if draft is None:
        return
    known = _skeletons(draft, unites)
    for place in places(contexte.document):
        for start, sentence in sentences(place.texte):
            skeleton, found = _skeleton(place, start, sentence, unites)
            for rank, quantite in enumerate(found):
                right = known.get((skeleton, rank), ())
                if right and all((q.valeur, q.unite) != (quantite.valeur, quantite.unite) for q in right):
                    yield Ecart(place, quantite, right)


def _skeletons(draft: Document, unites: Collection[str]) -> dict[tuple[str, int], tuple[Quantite, ...]]:
    known: dict[tuple[str, int], tuple[Quantite, ...]] = {}
    for place in places(draft):
        for start, sentence in sentences(place.texte):
            skeleton, found = _skeleton(place, start, sentence, unites)
            for rank, quantite in enumerate(found):
                known[skeleton, rank] = (*known.get((skeleton, rank), ()), quantite)
    return known


def _skeleton(place: Place, start: int, sentence: str, unites: Collection[str]) -> tuple[str, tuple[Quantite, ...]]:
    """Return a sentence with its figures hidden, and the figures placed in the block; a cell keeps its row's label."""
    found = tuple(
        Quantite(q.debut + start, q.fin + start, q.apres + start, q.valeur, q.unite)
        for q in quantities(sentence)
        if q.unite in unites
    )
    words, last = [], start
    for quantite in found:
        words.append(place.texte[last : quantite.debut])
        last = quantite.apres
    words.append(place.texte[last : start + len(sentence)])
    label = place.ligne[0] if place.ligne else ""
    return _BLANKS.sub(" ", f"{label}{_MARK}{_MARK.join(words)}".lower()).strip(), found
