"""Alternatives looked for in many texts, most of which hold none: their regular expression is compiled when one may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from clausegen.regex import late

_ESCAPED = r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]"
_INSIDE = rf"(?:{_ESCAPED}|[^\\()\[\]])"
_WITHIN = rf"(?:{_INSIDE}|\((?:{_INSIDE}|\({_INSIDE}*\))*\))*"
"""What a group may hold: two more levels of groups."""
_GROUP = rf"\({_WITHIN}\)"
_CUT = late(
    # What is of several kinds, or has a quantifier.
    rf"(?:\\\w|\\\W(?=[?*+{{])|\[\^?\]?(?:[^\]\\]|\\.)*\]|{_GROUP}|(?<!\\)[^\\()\[\]|](?=[?*+{{])|(?<!\\)[.^$])"
    r"(?:[?*+]|\{[\d,]*\})*"
)
_SIGN = late(r"\\(\W)")
_DOUBT = late(r"[|()\[\]\\?*+{}.^$]")
"""What an expression too intricate to be cut leaves: nothing is sure of it."""
_ODD = late(r"\\[xuUN\d]|\(\?[a-zA-OQ-Z#-]")
"""What stands for another character than its own, changes how others are read, or is not read at all."""
_CHOICE = late(rf"\(\?:({_WITHIN})\)(?![?*{{])")
_ENOUGH = 3
"""Letters that set most texts aside; below, a group of longer words is preferred."""


class Motif:
    """A regular expression made of alternatives, with some letters that a match of each must hold.

    Args:
        source: the whole expression.
        formes: its alternatives, as they stand in it; whatever surrounds them only refuses matches.
    """

    def __init__(self, source: str, formes: Iterable[str]) -> None:
        self.source, self._formes = source, tuple(formes)
        held = {letters for forme in self._formes for letters in needed(forme)}
        self._letters = () if "" in held else tuple(held)

    @cached_property
    def compile(self) -> re.Pattern[str]:
        """Return the compiled expression."""
        return re.compile(self.source)

    def possible(self, text: str) -> bool:
        """Tell whether a text may hold a match: False is sure."""
        if self._letters and not any(letters in text for letters in self._letters):
            return False
        # One word is there: are all those of its alternative?
        return any(all(any(word in text for word in words) for words in forme) for forme in self._whole)

    @cached_property
    def _whole(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        return tuple(map(all_needed, self._formes))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, as `re` does."""
        return self.compile.search(text) if self.possible(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the start."""
        return self.compile.match(text) if self.possible(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of the whole text."""
        return self.compile.fullmatch(text) if self.possible(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield every match."""
        return self.compile.finditer(text) if self.possible(text) else iter(())


def needed(forme: str) -> tuple[str, ...]:
    """Return runs of characters one of which every match of an expression holds; one that is empty: nothing is sure."""
    letters = letters_of(forme)
    if len(letters) >= _ENOUGH or _top_level_choice(forme) or _ODD.search(forme):
        return (letters,)
    for group in _CHOICE.finditer(forme):
        words = tuple(map(letters_of, _alternatives(group[1])))
        if all(len(word) >= _ENOUGH for word in words) and not _within_a_group(forme, group.start()):
            return words
    return (letters,)


def all_needed(forme: str) -> tuple[tuple[str, ...], ...]:
    """Return sets of words, of each of which every match of an expression holds one; none when nothing is sure."""
    parts = _runs(forme)
    if parts is None:
        return ()
    found: list[tuple[str, ...]] = [(part,) for part in dict.fromkeys(parts) if part]
    for group in _CHOICE.finditer(forme):
        words = tuple(map(letters_of, _alternatives(group[1])))
        if all(words) and not _within_a_group(forme, group.start()):
            found.append(words)
    return tuple(found)


def _alternatives(inside: str) -> list[str]:
    """Return the alternatives of a group; a bar within a class gives parts of which nothing is sure."""
    depth, start, found = 0, 0, []
    for place, sign in enumerate(inside):
        if inside[place - 1 : place] == "\\":
            continue
        if sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            found.append(inside[start:place])
            start = place + 1
    return [*found, inside[start:]]


def _top_level_choice(forme: str) -> bool:
    return any("|" in part for part in _CUT.split(forme))


def _within_a_group(forme: str, place: int) -> bool:
    """Tell whether a place is inside a group, or may be."""
    before = _CUT.split(forme[:place])
    return any(_DOUBT.search(part) for part in before)


def letters_of(forme: str) -> str:
    """Return the longest run of plain characters that every match of an expression holds; empty when none is sure.

    Only what stands outside groups and classes counts, and not what a quantifier may take away.
    """
    parts = _runs(forme)
    return "" if parts is None else max(parts, key=len)


def _runs(forme: str) -> list[str] | None:
    """Return the runs of plain characters outside groups, classes and quantifiers; None when they cannot be told."""
    parts = _CUT.split(forme)
    if _ODD.search(forme) or any(_DOUBT.search(_SIGN.sub("", part)) for part in parts):
        return None
    return [_SIGN.sub(r"\1", part) for part in parts]
