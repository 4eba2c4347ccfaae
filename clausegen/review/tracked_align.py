"""Which block of the old version became which block of the new one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from clausegen.record import dataclass
from clausegen.review.tracked_model import Bloc, Cadre, Paragraphe, Rangee, Statut, Tableau
from clausegen.review.words import likeness

# Largest tables of comparisons that are filled: beyond them, what is left is shown as removed and added.
_LARGEST_MATCH = 40_000
_LARGEST_PAIRING = 4_000
_REWORDED, _RESTYLED, _SAME_ROW, _SAME_TABLE = 0.5, 0.8, 0.4, 0.3


class Comparable(Protocol):
    """What has a key and a bag of words."""

    cle: Hashable
    sac: Counter[str]


C = TypeVar("C", bound=Comparable)


@dataclass(frozen=True, slots=True)
class Couple(Generic[C]):
    """The old and the new form of one thing; one of them may be missing."""

    avant: C | None
    apres: C | None

    @property
    def statut(self) -> Statut:
        """Return whether the thing stays, comes or goes."""
        if self.avant is None:
            return Statut.AJOUT
        return Statut.RETRAIT if self.apres is None else Statut.GARDE


def align_blocks(avant: Sequence[Bloc], apres: Sequence[Bloc]) -> list[Couple[Bloc]]:
    """Return the blocks of both versions in one order, each with its counterpart."""
    return _align(avant, apres, _blocks_alike)


def align_rows(avant: Sequence[Rangee], apres: Sequence[Rangee]) -> list[Couple[Rangee]]:
    """Return the rows of two versions of a table in one order, each with its counterpart."""
    return _align(avant, apres, _rows_alike)


def _rows_alike(avant: Rangee, apres: Rangee) -> float:
    if len(avant.cellules) != len(apres.cellules):
        return 0.0
    score = likeness(avant.sac, apres.sac)
    return score if score >= _SAME_ROW else 0.0


def _blocks_alike(avant: Bloc, apres: Bloc) -> float:
    """Return how alike two blocks are; 0 when one cannot be shown as a change of the other."""
    if isinstance(avant, Paragraphe) and isinstance(apres, Paragraphe):
        score = likeness(avant.sac, apres.sac)
        floor = _REWORDED if avant.style == apres.style else _RESTYLED
        return score if score >= floor else 0.0
    if isinstance(avant, Tableau) and isinstance(apres, Tableau):
        same = avant.colonnes == apres.colonnes and avant.style == apres.style
        score = likeness(avant.sac, apres.sac)
        return score if same and score >= _SAME_TABLE else 0.0
    return 1.0 if isinstance(avant, Cadre) and isinstance(apres, Cadre) else 0.0


def _align(avant: Sequence[C], apres: Sequence[C], alike: Callable[[C, C], float]) -> list[Couple[C]]:
    same = _anchors([item.cle for item in avant], [item.cle for item in apres])
    out: list[Couple[C]] = []
    i = j = 0
    for next_i, next_j in [*same, (len(avant), len(apres))]:
        out += _gap(avant[i:next_i], apres[j:next_j], alike)
        if next_i < len(avant):
            out.append(Couple(avant[next_i], apres[next_j]))
        i, j = next_i + 1, next_j + 1
    return out


def _anchors(avant: Sequence[Hashable], apres: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the pairs of equal items, by patience: common ends, then the items that occur once on each side."""
    found: list[tuple[int, int]] = []
    waiting = [(0, len(avant), 0, len(apres))]
    while waiting:
        i, i_end, j, j_end = waiting.pop()
        while i < i_end and j < j_end and avant[i] == apres[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and avant[i_end - 1] == apres[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        unique = _unique(avant, apres, (i, i_end, j, j_end))
        if unique:
            found += unique
            edges = [(i - 1, j - 1), *unique, (i_end, j_end)]
            waiting += [(a + 1, c, b + 1, d) for (a, b), (c, d) in pairwise(edges)]
        elif (i_end - i) * (j_end - j) <= _LARGEST_MATCH:
            matcher = SequenceMatcher(None, avant[i:i_end], apres[j:j_end], autojunk=False)
            found += [(a + i + n, b + j + n) for a, b, size in matcher.get_matching_blocks() for n in range(size)]
    return sorted(found)


def _unique(
    avant: Sequence[Hashable], apres: Sequence[Hashable], within: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Return the longest increasing series of items that occur once on each side."""
    i, i_end, j, j_end = within
    places = {key: place for place, key in enumerate(apres[j:j_end], j)}
    once_before = Counter(avant[i:i_end])
    once_after = Counter(apres[j:j_end])
    pairs = [
        (place, places[avant[place]])
        for place in range(i, i_end)
        if once_before[avant[place]] == 1 == once_after[avant[place]]
    ]
    ends: list[int] = []
    chain: list[int] = []
    previous: list[int | None] = []
    for rank, (_, place) in enumerate(pairs):
        slot = bisect_left(ends, place)
        ends[slot : slot + 1] = [place]
        chain[slot : slot + 1] = [rank]
        previous.append(chain[slot - 1] if slot else None)
    out: list[tuple[int, int]] = []
    rank_or_none: int | None = chain[-1] if chain else None
    while rank_or_none is not None:
        out.append(pairs[rank_or_none])
        rank_or_none = previous[rank_or_none]
    return out[::-1]


def _gap(avant: Sequence[C], apres: Sequence[C], alike: Callable[[C, C], float]) -> list[Couple[C]]:
    """Pair what was reworded between two things that did not change; what goes is shown before what comes."""
    pairs: list[tuple[int, int]] = []
    if avant and apres and len(avant) * len(apres) <= _LARGEST_PAIRING:
        pairs = _best_pairs(avant, apres, alike)
    out: list[Couple[C]] = []
    i = j = 0
    for next_i, next_j in [*pairs, (len(avant), len(apres))]:
        out += [Couple(item, None) for item in avant[i:next_i]]
        out += [Couple(None, item) for item in apres[j:next_j]]
        if next_i < len(avant):
            out.append(Couple(avant[next_i], apres[next_j]))
        i, j = next_i + 1, next_j + 1
    return out


def _best_pairs(avant: Sequence[C], apres: Sequence[C], alike: Callable[[C, C], float]) -> list[tuple[int, int]]:
    """Return the pairs, in order on both sides, whose likenesses have the largest sum."""
    width = len(apres) + 1
    scores = [[alike(old, new) for new in apres] for old in avant]
    best = [[0.0] * width for _ in range(len(avant) + 1)]
    for i in range(len(avant) - 1, -1, -1):
        for j in range(len(apres) - 1, -1, -1):
            together = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    out = []
    i = j = 0
    while i < len(avant) and j < len(apres):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


def anchored_ends(couples: list[Couple[Bloc]]) -> list[Couple[Bloc]]:
    """Pair the last paragraphs before a table or an end when nothing there is kept: that mark cannot be removed."""
    out: list[Couple[Bloc]] = []
    run: list[Couple[Bloc]] = []
    for couple in couples:
        if is_paragraph(couple):
            run.append(couple)
        else:
            out += [*_with_a_kept_end(run), couple]
            run = []
    return _with_a_kept_last(out + _with_a_kept_end(run))


def is_paragraph(couple: Couple[Bloc]) -> bool:
    """Tell whether a couple is made of paragraphs."""
    return isinstance(couple.avant or couple.apres, Paragraphe)


def _with_a_kept_end(run: list[Couple[Bloc]]) -> list[Couple[Bloc]]:
    gone = [couple for couple in run if couple.statut is Statut.RETRAIT]
    come = [couple for couple in run if couple.statut is Statut.AJOUT]
    if not gone or not come or len(gone) + len(come) < len(run):
        return run
    return [*gone[:-1], *come[:-1], Couple(gone[-1].avant, come[-1].apres)]


def _with_a_kept_last(couples: list[Couple[Bloc]]) -> list[Couple[Bloc]]:
    """Do the same at the end of all, past the tables that come or go there."""
    old: int | None = None
    new: int | None = None
    for rank in range(len(couples) - 1, -1, -1):
        if couples[rank].statut is Statut.GARDE:
            return couples if is_paragraph(couples[rank]) or old is None or new is None else _paired(couples, old, new)
        if couples[rank].statut is Statut.RETRAIT:
            old = rank if old is None else old
        else:
            new = rank if new is None else new
    return couples if old is None or new is None else _paired(couples, old, new)


def _paired(couples: list[Couple[Bloc]], old: int, new: int) -> list[Couple[Bloc]]:
    gone, come = couples[old], couples[new]
    if not (is_paragraph(gone) and is_paragraph(come)):
        return couples
    rest = [couple for rank, couple in enumerate(couples) if rank not in (old, new)]
    return [*rest, Couple(gone.avant, come.apres)]
