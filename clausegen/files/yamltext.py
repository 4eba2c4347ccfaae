r"""What libyaml would misread, hidden from it and given back afterwards, without moving a single column.

- U+0085, U+2028 and U+2029 end a line in YAML 1.1, which libyaml follows, and not in YAML 1.2.
- JSON writes a character beyond the basic plane as two escapes (« \ud83d\ude00 »), which libyaml refuses.

Each is replaced by private characters, as many as it had, and put back in the scalars.
"""

from __future__ import annotations

import re
from dataclasses import field

from clausegen.record import dataclass
from clausegen.regex import late

_HIDDEN = late(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|([\x85\u2028\u2029])")
_FIRST, _LAST = 0xF0000, 0xFFFFC
_FILL = "\U000ffffd"
_BACK = late(rf"([\U000F0000-\U000FFFFC]){_FILL}*")


@dataclass(frozen=True, slots=True)
class Protege:
    """A text that libyaml reads well.

    Args:
        texte: the text to parse.
        originaux: private character to what it replaces; empty when nothing was replaced.
    """

    texte: str
    originaux: dict[str, str] = field(default_factory=dict)

    def restore(self, scalar: str, double_quoted: bool) -> str:
        """Put back what was hidden; the escapes mean a character between double quotes only."""

        def back(match: re.Match[str]) -> str:
            original = self.originaux.get(match[1])
            if original is None:
                return match[0]
            found = _decoded(original) if double_quoted and len(original) > 1 else original
            # What follows belongs to the text, were it the character that fills.
            return found + match[0][len(original) :]

        return _BACK.sub(back, scalar)


def protect(text: str) -> Protege:
    """Hide what libyaml would misread."""
    if not _HIDDEN.search(text):
        return Protege(text)
    used = set(_BACK.findall(text))
    free = (mark for mark in map(chr, range(_FIRST, _LAST + 1)) if mark not in used)
    marks: dict[str, str] = {}

    def hide(match: re.Match[str]) -> str:
        original = match[2] or match[3]
        if original not in marks:
            mark = next(free, None)
            if mark is None:
                return match[0]
            marks[original] = mark
        return (match[1] or "") + marks[original] + _FILL * (len(original) - 1)

    hidden = _HIDDEN.sub(hide, text)
    return Protege(hidden, {mark: original for original, mark in marks.items()})


def _decoded(pair: str) -> str:
    high, low = int(pair[2:6], 16), int(pair[8:12], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
