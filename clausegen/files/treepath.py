"""Key paths such as `lots[0].heures`: as people read them, and as programs walk them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from clausegen.regex import late

Chemin: TypeAlias = tuple[str | int, ...]
_PART = late(r"\[([0-9]{1,9})\]|([^.\[\]]+)")
_LONGEST = 60
_CONTROLS = late(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def format_path(chemin: Sequence[str | int]) -> str:
    """Return a path as people read it: `lots[0].heures`."""
    text = ""
    for part in chemin:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{shown(part)}" if text else shown(part)
    return text


def parse_path(chemin: str) -> Chemin:
    """Return the steps of a path written `lots[0].heures`."""
    return tuple(int(m[1]) if m[1] is not None else m[2] for m in _PART.finditer(chemin))


def shown(text: str) -> str:
    """Return what was found in a form that a message can quote: one line, not too long."""
    line = _CONTROLS.sub(" ", text).strip()
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
