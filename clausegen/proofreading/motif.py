"""Alternatives looked for in many texts, most of which hold none: their regular expression is compiled when one may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from clausegen.regex import late

_SPECIAL = ".^$()|?*+{}"
_CLASS = late(r"\[\^?\]?(?:[^\]\\]|\\.)*\]")
_QUANTIFIER = late(r"(?:(?P<signe>[?*+])|\{(?P<moins>\d*)(?:,\d*)?\})[?+]?")


class Motif:
    """A regular expression made of alternatives, with some letters that a match of each must hold.

    Args:
        source: the whole expression.
        formes: its alternatives, as they stand in it; whatever surrounds them only refuses matches.
    """

    def __init__(self, source: str, formes: Iterable[str]) -> None:
        self.source = source
        held = {letters_of(forme) for forme in formes}
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


def letters_of(forme: str) -> str:
    """Return the longest run of plain characters that every match of an expression holds; empty when none is sure.

    Only what stands outside groups and classes counts, and not what a quantifier may take away.
    """
    longest = run = ""
    depth = place = 0
    while place < len(forme):
        letter, end = _atom(forme, place)
        if forme[place] == "|" and not depth:
            return ""
        depth += {"(": 1, ")": -1}.get(forme[place], 0)
        times, place = _quantifier(forme, end)
        kept = letter if not depth and times != "?" else ""
        run += kept
        longest = max(longest, run, key=len)
        if not kept or times:
            run = ""
    return longest


def _atom(forme: str, place: int) -> tuple[str, int]:
    """Return the character that an atom stands for, empty when it is not one, and where the atom ends."""
    sign = forme[place]
    if sign == "\\":
        following = forme[place + 1 : place + 2]
        return ("" if following.isalnum() else following), place + 2
    if sign == "[":
        return "", _CLASS.match(forme, place).end()  # type: ignore[union-attr]
    return ("" if sign in _SPECIAL else sign), place + 1


def _quantifier(forme: str, place: int) -> tuple[str, int]:
    """Return what follows an atom (`+`: at least one, `?`: perhaps none, empty: just one), and where that ends."""
    found = _QUANTIFIER.match(forme, place)
    if found is None:
        return "", place
    sure = found["signe"] == "+" or (found["moins"] or "0").strip("0")
    return "+" if sure else "?", found.end()
