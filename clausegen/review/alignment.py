"""Which paragraph of a text is which of another: the same, reworded, moved, added or gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from clausegen.record import dataclass
from clausegen.review.words import likeness

_LIKENESS = 0.4
"""Share of words in common from which two paragraphs are two wordings of one."""
_ALONE = 0.15
"""The same when each stands alone between paragraphs that did not change."""
_MOST_PAIRS = 4000
_LONG = 1000


@dataclass(frozen=True, slots=True)
class Paire:
    """A paragraph before and after, by rank from 0; either may be missing."""

    avant: int | None
    apres: int | None
    deplace: bool = False


def align(before: Sequence[str], after: Sequence[str]) -> list[Paire]:
    """Pair the paragraphs of two texts, in the order of the second.

    Args:
        before: paragraphs as they are compared.
        after: the same for the other text.
    """
    pairs = list(_paired(before, after))
    return _moved(pairs, before, after)


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[Paire]:
    # In a long text, paragraphs that come back all the time are no landmarks: the time stays bounded.
    matcher = SequenceMatcher(None, before, after, autojunk=max(len(before), len(after)) > _LONG)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from (Paire(i1 + n, j1 + n) for n in range(i2 - i1))
        elif kind == "delete":
            yield from (Paire(i, None) for i in range(i1, i2))
        elif kind == "insert":
            yield from (Paire(None, j) for j in range(j1, j2))
        else:
            yield from _replaced(before, after, range(i1, i2), range(j1, j2))


def _replaced(before: Sequence[str], after: Sequence[str], olds: range, news: range) -> Iterator[Paire]:
    """Pair what stands between two landmarks by likeness, without ever crossing."""
    if len(olds) == len(news) == 1:
        alike = likeness(_bag(before[olds[0]]), _bag(after[news[0]])) >= _ALONE or _short(
            before[olds[0]], after[news[0]]
        )
        yield from [Paire(olds[0], news[0])] if alike else [Paire(olds[0], None), Paire(None, news[0])]
        return
    partners = _partners(before, after, olds, news)
    waiting, added = olds.start, news.start
    for new, old in (*partners.items(), (news.stop, olds.stop)):
        yield from (Paire(gone, None) for gone in range(waiting, old))
        yield from (Paire(None, come) for come in range(added, new))
        if new < news.stop:
            yield Paire(old, new)
        waiting, added = old + 1, new + 1


def _partners(before: Sequence[str], after: Sequence[str], olds: range, news: range) -> dict[int, int]:
    """Return the paragraphs that have another wording, the new one's rank to the old one's, both rising."""
    found: dict[int, int] = {}
    if len(olds) * len(news) > _MOST_PAIRS:
        pairs = zip(olds, news, strict=False)
        return {new: old for old, new in pairs if likeness(_bag(before[old]), _bag(after[new])) >= _LIKENESS}
    bags = {old: _bag(before[old]) for old in olds}
    waiting = olds.start
    for new in news:
        bag = _bag(after[new])
        best = max(range(waiting, olds.stop), key=lambda old: (likeness(bags[old], bag), -old), default=None)
        if best is not None and likeness(bags[best], bag) >= _LIKENESS:
            found[new] = best
            waiting = best + 1
    return found


def _bag(text: str) -> Counter[str]:
    return Counter(text.casefold().split())


def _short(old: str, new: str) -> bool:
    """Tell whether two paragraphs are so short that one figure or word makes them: a cell of a table."""
    return max(len(old.split()), len(new.split())) <= 4


def _moved(pairs: list[Paire], before: Sequence[str], after: Sequence[str]) -> list[Paire]:
    """Make one pair of a paragraph taken away here and found there."""
    gone: dict[str, list[int]] = defaultdict(list)
    for pair in pairs:
        if pair.apres is None and pair.avant is not None:
            gone[before[pair.avant]].append(pair.avant)
    taken: set[int] = set()
    found: list[Paire] = []
    for pair in pairs:
        if pair.avant is None and pair.apres is not None and gone.get(after[pair.apres]):
            old = gone[after[pair.apres]].pop(0)
            taken.add(old)
            pair = Paire(old, pair.apres, deplace=True)
        found.append(pair)
    return [pair for pair in found if pair.apres is not None or pair.avant not in taken]
