"""What a terminal that is not UTF-8 shows for the characters it does not know: the nearest ones, not « ? »."""

from __future__ import annotations

import codecs
import unicodedata

NEARBY = "clausegen-nearby"
"""Name of the error handler, for the `errors` of a stream."""

_NEAREST = {
    "\u2019": "'",
    "\u2018": "'",
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2026": "...",
    "\u2192": "->",
    "\u20ac": "EUR",
    "\u0153": "oe",
    "\u0152": "OE",
    "\u2013": "-",
    "\u2014": "-",
    "\u00d7": "x",
    "\u00f7": "/",
}


def nearest(character: str) -> str:
    """Return the ASCII characters nearest to one, « ? » when there is none."""
    found = _NEAREST.get(character) or unicodedata.normalize("NFKD", character)
    return found.encode("ascii", "ignore").decode() or "?"


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(nearest(c) for c in error.object[error.start : error.end]), error.end


codecs.register_error(NEARBY, _replaced)
