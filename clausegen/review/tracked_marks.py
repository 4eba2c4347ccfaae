"""The fate of paragraph marks: a mark before a table, or at an end, cannot be removed, whatever comes or goes there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from clausegen.review.tracked_align import Couple, is_paragraph
from clausegen.review.tracked_model import Bloc, Statut


def fates(couples: Sequence[Couple[Bloc]], *, last: bool, whole: bool) -> list[Statut]:
    """Return what becomes of the mark of each paragraph.

    What comes or goes after the last paragraph that stays is tracked as a person would type it: from the mark of that
    paragraph on, so that the mark before the table, or at the end, is never touched.

    Args:
        couples: the blocks of a container.
        last: whether its last mark can never be removed: that of the document.
        whole: whether the container itself comes or goes, and its marks with it.

    Returns:
        A status for each block; that of a table means nothing.
    """
    marks = [couple.statut for couple in couples]
    if whole:
        return marks
    runs = _runs(couples)
    if runs and runs[-1] and not _kept(couples, runs[-1]):
        runs = _joined_tail(couples, runs)
    for run in runs:
        kept = _kept(couples, run)
        if kept:
            moving = run[run.index(kept[-1]) :]
            for rank, following in pairwise(moving):
                marks[rank] = couples[following].statut
            marks[moving[-1]] = Statut.GARDE
    if last and runs and runs[-1]:
        marks[runs[-1][-1]] = Statut.GARDE
    return marks


def _kept(couples: Sequence[Couple[Bloc]], run: list[int]) -> list[int]:
    return [rank for rank in run if couples[rank].statut is Statut.GARDE]


def _runs(couples: Sequence[Couple[Bloc]]) -> list[list[int]]:
    """Return the ranks of paragraphs between two tables or ends."""
    runs: list[list[int]] = [[]]
    for rank, couple in enumerate(couples):
        if is_paragraph(couple):
            runs[-1].append(rank)
        else:
            runs.append([])
    return runs


def _joined_tail(couples: Sequence[Couple[Bloc]], runs: list[list[int]]) -> list[list[int]]:
    """Join the last run, where nothing stays, with those before it, past tables that come or go."""
    tail = runs[-1]
    for place in range(len(runs) - 2, -1, -1):
        table = couples[tail[0] - 1] if tail[0] else None
        if runs[place]:
            table = couples[runs[place][-1] + 1]
        if table is None or table.statut is Statut.GARDE:
            break
        tail = [*runs[place], *tail]
        if _kept(couples, runs[place]):
            return [*runs[:place], tail]
    return runs
