"""Two sequences of words compared: what stays, what goes and what comes, in stretches that a person can read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

from clausegen.record import dataclass

_WORD = re.compile(r"\d+(?:[\u202f\u00a0]\d{3})*(?:,\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*['’]?|.", re.DOTALL)
# Beyond it a paragraph is replaced as a whole: no table of this size is ever filled.
_LARGEST = 1_000_000
_SAME_ENOUGH = 0.4


@dataclass(frozen=True, slots=True)
class Tronc:
    """A stretch: words `debut` to `fin` of the old side, `debut_apres` to `fin_apres` of the new.

    Args:
        egal: whether both sides say the same.
        debut, fin: in the old sequence.
        debut_apres, fin_apres: in the new one.
    """

    egal: bool
    debut: int
    fin: int
    debut_apres: int
    fin_apres: int


def words(text: str) -> list[str]:
    """Return the words of a text, whole: numbers with their thin spaces, elisions, signs one by one."""
    return _WORD.findall(text)


def likeness(avant: Counter[str], apres: Counter[str]) -> float:
    """Return how much two bags of words share, from 0 to 1; two empty ones are alike."""
    total = avant.total() + apres.total()
    if not total:
        return 1.0
    small, large = (avant, apres) if len(avant) <= len(apres) else (apres, avant)
    shared = sum(min(count, large[word]) for word, count in small.items())
    return 2 * shared / total


def stretches(avant: Sequence[Hashable], apres: Sequence[Hashable], lourds: Sequence[bool]) -> list[Tronc]:
    """Return the stretches that lead from one sequence to the other.

    Args:
        avant: the old words.
        apres: the new ones.
        lourds: for each old word, whether it carries meaning: a space or a comma alone between two changes is not
            worth keeping.
    """
    found = _joined(_raw(avant, apres), lourds)
    kept = sum(sum(lourds[t.debut : t.fin]) for t in found if t.egal)
    # What the shorter side could keep at most, its spaces and signs being in the same proportion.
    most = sum(lourds) * min(1.0, len(apres) / len(avant)) if avant else 0.0
    if len(found) > 1 and kept < _SAME_ENOUGH * most:
        return [Tronc(False, 0, len(avant), 0, len(apres))]
    return found


def _raw(avant: Sequence[Hashable], apres: Sequence[Hashable]) -> list[Tronc]:
    """Compare; the common ends are set aside first, since most changes are in one place."""
    shortest = min(len(avant), len(apres))
    head = next((i for i in range(shortest) if avant[i] != apres[i]), shortest)
    room = shortest - head
    tail = next((i for i in range(room) if avant[-1 - i] != apres[-1 - i]), room)
    end, end_after = len(avant) - tail, len(apres) - tail
    found = [Tronc(True, 0, head, 0, head)] if head else []
    if (end - head) * (end_after - head) > _LARGEST:
        found.append(Tronc(False, head, end, head, end_after))
    elif end > head or end_after > head:
        matcher = SequenceMatcher(None, avant[head:end], apres[head:end_after], autojunk=False)
        found += [
            Tronc(tag == "equal", i1 + head, i2 + head, j1 + head, j2 + head)
            for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        ]
    if tail:
        found.append(Tronc(True, end, len(avant), end_after, len(apres)))
    return found


def _joined(troncs: list[Tronc], lourds: Sequence[bool]) -> list[Tronc]:
    """Swallow what stays between two changes without carrying meaning, and join the changes that then touch."""
    out: list[Tronc] = []
    for position, tronc in enumerate(troncs):
        between = 0 < position < len(troncs) - 1
        if tronc.egal and (not between or any(lourds[tronc.debut : tronc.fin])):
            out.append(tronc)
        elif out and not out[-1].egal:
            last = out.pop()
            out.append(Tronc(False, last.debut, tronc.fin, last.debut_apres, tronc.fin_apres))
        else:
            out.append(Tronc(False, tronc.debut, tronc.fin, tronc.debut_apres, tronc.fin_apres))
    return out
