"""Where the words of a document stand: their headings, their row, the sentence, the lots that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from clausegen.proofreading.quantities import comparable
from clausegen.reading.document import Bloc, Document
from clausegen.record import dataclass
from clausegen.regex import late

_UNITS = r"(?! ?(?:%|€|heures?|h\b|jours?|mois))"
LOTS = late(
    r"\blots? ?(?:n ?[°ºo]s? ?|numéros? )?"
    rf"(\d{{1,3}}(?![\d.,]\d)(?:(?:, | et | à | ou | & ?)(?:n ?[°º] ?)?\d{{1,3}}\b{_UNITS})*)",
    re.IGNORECASE,
)
_COLUMN = late(r"(?:n[°º]s? ?(?:du |de |des )?)?lots?(?: ?n[°º]s?)?", re.IGNORECASE)
_NUMBERS = late(r"\d+")
_SENTENCES = late(r"(?<=[.!?;])\s+(?=[A-ZÀÂÉÈÊÎÔÛÇ«])|(?<=;)\s+|(?<=:)\s*\n")


@dataclass(frozen=True)
class Place:
    """A block of the body and what surrounds it.

    Args:
        bloc: the block.
        texte: its words, as `comparable` gives them: same length, plain spaces; dots in place of an empty field.
        titres: headings above it (itself when it is one), from the article down, comparable.
        ligne: the other blocks of its row, comparable; empty outside a table.
        article: number of the nearest heading that bears one.
    """

    bloc: Bloc
    texte: str
    titres: tuple[str, ...]
    ligne: tuple[str, ...] = ()
    article: str | None = None
    titre_lots: frozenset[int] = field(default_factory=frozenset)

    def under(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether one of the headings matches."""
        return any(pattern.search(titre) for titre in self.titres)

    def lots(self, place: int) -> frozenset[int]:
        """Return the lots that the words at a place speak of; empty when nothing near says so."""
        before = self.texte[:place]
        start = max((m.end() for m in _SENTENCES.finditer(before)), default=0)
        mentions = list(LOTS.finditer(self.texte, start))
        near = [m for m in mentions if m.start() < place] or [
            m for m in mentions if not _SENTENCES.search(self.texte, place, m.start())
        ]
        if near:
            # « Pour le lot n° 1, 420 heures et pour le lot n° 2, 560 heures » : the last one named before the figure.
            chosen = near[-1] if near[-1].start() < place else near[0]
            return lot_numbers(chosen)
        everywhere = mentioned(before)
        if everywhere:
            return lot_numbers(list(LOTS.finditer(before))[-1])
        for cell in self.ligne:
            if found := mentioned(cell):
                return found
        return self.titre_lots


def lot_numbers(match: re.Match[str]) -> frozenset[int]:
    """Return the numbers of a mention: « lots n° 1, 2 et 4 », « lots 1 à 3 »."""
    text = match[1]
    numbers = [int(n) for n in _NUMBERS.findall(text)]
    if " à " in text and len(numbers) == 2 and numbers[0] < numbers[1]:
        return frozenset(range(numbers[0], numbers[1] + 1))
    return frozenset(numbers)


def mentioned(text: str) -> frozenset[int]:
    """Return every lot that a text names."""
    found: frozenset[int] = frozenset()
    for match in LOTS.finditer(text):
        found |= lot_numbers(match)
    return found


def places(document: Document) -> tuple[Place, ...]:
    """Return the blocks of the body with what surrounds each, read once."""
    blocs = document.corps()
    texts = [_words(b) for b in blocs]
    rows: dict[tuple[int, int], list[int]] = {}
    for index, bloc in enumerate(blocs):
        if bloc.cellule is not None:
            rows.setdefault((bloc.cellule.tableau, bloc.cellule.ligne), []).append(index)
    chain: list[tuple[Bloc, str]] = []
    found: list[Place] = []
    for index, bloc in enumerate(blocs):
        if bloc.niveau is not None:
            chain = [(b, t) for b, t in chain if (b.niveau or 0) < bloc.niveau] + [(bloc, texts[index])]
        row: tuple[str, ...] = ()
        if bloc.cellule is not None:
            same = rows[bloc.cellule.tableau, bloc.cellule.ligne]
            row = tuple(_labelled(blocs[i], texts[i]) for i in same if i != index)
        titles = tuple(t for _, t in chain)
        number = next((b.numero for b, _ in reversed(chain) if b.numero), None)
        lots = next((m for m in (mentioned(t) for t in reversed(titles)) if m), frozenset())
        found.append(Place(bloc, texts[index], titles, row, number, lots))
    return tuple(found)


def _labelled(bloc: Bloc, text: str) -> str:
    """Return the words of a cell; a bare number under « Lot » names its lot."""
    header = bloc.cellule.entete if bloc.cellule is not None else ""
    return f"lot n° {text.strip()}" if text.strip().isdigit() and _COLUMN.fullmatch(comparable(header)) else text


def _words(bloc: Bloc) -> str:
    """Return the words of a block; the question that an empty field shows is hidden, at the same length."""
    text = comparable(bloc.texte)
    for field_ in bloc.champs:
        if field_.vide:
            text = text[: field_.debut] + "…" * (field_.fin - field_.debut) + text[field_.fin :]
    return text


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text with the place where each begins; a semicolon ends one."""
    start = 0
    for match in _SENTENCES.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    if start < len(text):
        yield start, text[start:]
