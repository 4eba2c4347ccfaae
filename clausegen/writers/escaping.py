"""Markdown from words: whatever a person wrote stays plain text, and emphasis is written only where it will be read."""

from __future__ import annotations

import re

from clausegen.record import dataclass

_ALWAYS = re.compile(r"[\\`*_\[\]{}<>#|~$]")
_ENTITY = re.compile(r"&(?=#?\w)")
_NUMBERED = re.compile(r"(\d{1,9})[.)](?=\s|$)")
_LINE_MARKS = ("-", "+", "=", ":")
_TICKS = re.compile("`+")
_STAR_END = re.compile(r"(?<!\\)(?:\\\\)*\*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where bold or italics begin or end in a line being written.

    Args:
        sign: `**` or `*`.
        opens: whether it begins.
    """

    sign: str
    opens: bool


def escape(text: str) -> str:
    """Return a text whose signs Markdown does not read, wherever it stands in a line."""
    escaped = _ENTITY.sub(r"\\&", _ALWAYS.sub(r"\\\g<0>", text.replace("\n", " ")))
    # After a field or a note, in brackets, these would make a link or a definition.
    return f"\\{escaped}" if escaped.startswith(("(", ":")) else escaped


def escape_line(line: str) -> str:
    """Return a line whose beginning is not read as a list, a heading, a rule or a block."""
    # No-break spaces belong to the text; the spaces and tabs of Markdown would indent the line.
    line = line.strip(" \t")
    if line.startswith(_LINE_MARKS):
        return f"\\{line}"
    numbered = _NUMBERED.match(line)
    if numbered:
        return f"{numbered[1]}\\{line[numbered.end(1) :]}"
    return line


def code(text: str) -> str:
    """Return a text shown letter for letter."""
    fence = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def join(pieces: list[str | Mark]) -> str:
    """Return the line that pieces and marks make; marks that Markdown would not read are left out.

    Args:
        pieces: words already escaped, and marks in well nested pairs.
    """
    out: list[str] = []
    waiting: list[int] = []
    for position, piece in enumerate(pieces):
        if isinstance(piece, str):
            out.append(piece)
        elif piece.opens:
            waiting.append(len(out))
            out.append("")
        elif waiting:
            start = waiting.pop()
            inside = "".join(out[start:])
            out[start:] = [_emphasised(_end(out, start), inside, _next(pieces, position), piece.sign)]
    return "".join(out)


def _end(out: list[str], start: int) -> str:
    """Return the end of what stands before a place, long enough to know whether its last star is escaped."""
    found = ""
    for place in range(start - 1, -1, -1):
        found = out[place] + found
        if found.strip("\\*\n"):
            break
    return found


def _next(pieces: list[str | Mark], position: int) -> str:
    """Return the first words after a place."""
    for place in range(position + 1, len(pieces)):
        piece = pieces[place]
        if isinstance(piece, str) and piece:
            return piece
    return ""


def _emphasised(before: str, inside: str, after: str, sign: str) -> str:
    core = inside.strip()
    if not core:
        return inside
    start = inside.index(core)
    head, tail = inside[:start], inside[start + len(core) :]
    left, right = before + head, tail + after
    # A mark that touches another one merges with it into a run of stars that reads otherwise.
    if _STAR_END.search(left) or not _reads(left[-1:], core.lstrip("*")[:1]):
        return inside
    if not _reads(right[:1], core.rstrip("*")[-1:]):
        return inside
    return f"{head}{sign}{core}{sign}{tail}"


def _reads(outside: str, inside: str) -> bool:
    """Tell whether a mark between two characters is one for CommonMark."""
    return inside.isalnum() or not outside.isalnum()
