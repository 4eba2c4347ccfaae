"""Where a block of paragraphs that comes or goes begins, when several places say the same: at the highest heading."""

from __future__ import annotations

import re

from clausegen.review.tracked_align import Couple
from clausegen.review.tracked_model import Bloc, Paragraphe, Statut

_HEADING = re.compile(r"Heading(\d)")
_NO_HEADING = 9
# How far a block may slide: beyond, a reader no longer sees the difference.
_FARTHEST = 400


def slid(couples: list[Couple[Bloc]]) -> list[Couple[Bloc]]:
    """Return the same couples where each stretch that only comes, or only goes, begins at the best heading.

    A lot added after another repeats its paragraphs: « what is new » may be read from the middle of the former lot to
    the middle of the new one, or as the new lot from its heading to its end. The second is what a person did.
    """
    out = list(couples)
    start = 0
    while start < len(out):
        statut = out[start].statut
        end = start
        while end < len(out) and out[end].statut is statut:
            end += 1
        if statut is not Statut.GARDE:
            _slide(out, start, end, statut)
        start = end
    return out


def _slide(out: list[Couple[Bloc]], start: int, end: int, statut: Statut) -> None:
    """Slide a stretch up as far as it goes, then down as far as it goes, then back to the best of the places met."""
    at = start
    while at and start - at < _FARTHEST and _up(out, at, end - start, statut):
        at -= 1
    best, best_level = start, _level(out[at]) if at == start else _NO_HEADING + 1
    first = at
    while True:
        level = _level(out[at])
        if level < best_level or (level == best_level and abs(at - start) < abs(best - start)):
            best, best_level = at, level
        if at - first > 2 * _FARTHEST or not _down(out, at, end - start, statut):
            break
        at += 1
    while at > best and _up(out, at, end - start, statut):
        at -= 1


def _up(out: list[Couple[Bloc]], start: int, length: int, statut: Statut) -> bool:
    """Slide a stretch up by one block, when the block above says what its last one says."""
    above, last = out[start - 1], out[start + length - 1]
    if not _same(above) or _block(above).cle != _block(last).cle:
        return False
    if statut is Statut.AJOUT:
        out[start - 1], out[start + length - 1] = Couple(None, above.apres), Couple(above.avant, last.apres)
    else:
        out[start - 1], out[start + length - 1] = Couple(above.avant, None), Couple(last.avant, above.apres)
    return True


def _down(out: list[Couple[Bloc]], start: int, length: int, statut: Statut) -> bool:
    """Slide a stretch down by one block, when the block below says what its first one says."""
    if start + length == len(out):
        return False
    first, below = out[start], out[start + length]
    if not _same(below) or _block(below).cle != _block(first).cle:
        return False
    if statut is Statut.AJOUT:
        out[start], out[start + length] = Couple(below.avant, first.apres), Couple(None, below.apres)
    else:
        out[start], out[start + length] = Couple(first.avant, below.apres), Couple(below.avant, None)
    return True


def _same(couple: Couple[Bloc]) -> bool:
    return couple.avant is not None and couple.apres is not None and couple.avant.cle == couple.apres.cle


def _block(couple: Couple[Bloc]) -> Bloc:
    block = couple.apres or couple.avant
    assert block is not None
    return block


def _level(couple: Couple[Bloc]) -> int:
    block = _block(couple)
    found = _HEADING.match(block.style) if isinstance(block, Paragraphe) else None
    return int(found[1]) if found else _NO_HEADING
