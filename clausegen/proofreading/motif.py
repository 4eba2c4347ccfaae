"""Alternatives looked for in many texts, most of which hold none: their regular expression is compiled when one may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from clausegen.regex import late

_ESCAPED = r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]"
_INSIDE = rf"(?:{_ESCAPED}|[^\\()\[\]])"
_GROUP = rf"\((?:{_INSIDE}|\({_INSIDE}*\))*\)"
_CUT = late(
    rf"(?:{_ESCAPED}|{_GROUP}|[^\\()\[\]|](?=[?*+{{])|[.^$])"  # what is of several kinds, or has a quantifier
    r"(?:[?*+]|\{[\d,]*\})*"
)
_DOUBT = late(r"[|()\[\]\\?*+{}.^$]")
"""What an expression too intricate to be cut leaves: nothing is sure of it."""
_ODD = late(r"\\[xuUN\d]|\(\?[a-zA-OQ-Z#-]")
"""What stands for another character than its own, changes how others are read, or is not read at all."""
_CHOICE = late(rf"\(\?:((?:{_INSIDE}|\({_INSIDE}*\))*)\)(?![?*{{])")
_OTHERWISE = late(r"\|(?![^()]*\))")
_ENOUGH = 3
"""Letters that set most texts aside; below, a group of longer words is preferred."""


class Motif:
    """A regular expression made of alternatives, with some letters that a match of each must hold.

    Args:
        source: the whole expression.
        formes: its alternatives, as they stand in it; whatever surrounds them only refuses matches.
    """

    def __init__(self, source: str, formes: Iterable[str]) -> None:
        self.source = source
        held = {letters for forme in formes for letters in needed(forme)}
        self._letters = () if "" in held else tuple(held)

    @cached_property
    def compile(self) -> re.Pattern[str]:
        """Return the compiled expression."""
        return re.compile(self.source)

    def possible(self, text: str) -> bool:
        """Tell whether a text may hold a match: False is sure."""
        return not self._letters or any(letters in text for letters in self._letters)

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
        words = tuple(map(letters_of, _OTHERWISE.split(group[1])))
        if all(len(word) >= _ENOUGH for word in words) and not _within_a_group(forme, group.start()):
            return words
    return (letters,)


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
    parts = _CUT.split(forme)
    return "" if _ODD.search(forme) or any(_DOUBT.search(part) for part in parts) else max(parts, key=len)
