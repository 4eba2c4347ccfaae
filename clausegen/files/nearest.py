"""The word that someone probably meant, and how a list of words is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from clausegen.regex import late

_MANY = 24
Usuels: TypeAlias = Mapping[str, tuple[str, ...]]
"""A wrong word that people write, folded, with the right ones, the likeliest first."""
_SEPARATORS = late(r"[\s_\-'’.]+")
_CUTOFF = 0.66
_LONGEST = 100


def folded(word: str) -> str:
    """Return a word without accents, capitals nor separators, so that spellings of one word look alike."""
    decomposed = unicodedata.normalize("NFD", word.casefold().replace("œ", "oe"))
    return _SEPARATORS.sub("-", "".join(c for c in decomposed if not unicodedata.combining(c))).strip("-")


def usual_word(word: str, words: Iterable[str], usuels: Usuels) -> str | None:
    """Return the word of a list that a usual wrong one stands for, None when it is not one."""
    known = set(words)
    return next((right for right in usuels.get(folded(word[:_LONGEST]), ()) if right in known), None)


def nearest(word: str, words: Sequence[str], usuels: Usuels | None = None) -> str | None:
    """Return the word of a list that someone probably meant, None when nothing is near.

    Args:
        word: what was found.
        words: what is allowed.
        usuels: wrong words that people write.
    """
    if usuels and (right := usual_word(word, words, usuels)):
        return right
    bare = folded(word[:_LONGEST])
    by_form = {folded(candidate): candidate for candidate in words}
    if bare in by_form:
        return by_form[bare]
    # Only a fault looks for what was meant.
    from difflib import get_close_matches

    close = get_close_matches(bare, by_form, n=1, cutoff=_CUTOFF)
    return by_form[close[0]] if close else None


def enumerated(words: Iterable[str], most: int = _MANY) -> str:
    """Return a list of words to show in a message, cut when it is long: `a`, `b`, `c`."""
    listed = [f"`{word}`" for word in words]
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "")
