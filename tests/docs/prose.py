"""The prose of a page: what is neither code nor a comment, in French typography."""

from __future__ import annotations

import re

from clausegen.french.typography import typography

_APART = re.compile(r"(```.*?^```|<!--.*?-->|`[^`\n]+`|\]\([^)\n]*\))", re.DOTALL | re.MULTILINE)


def typographed(text: str) -> str:
    """Return a page with the no-break spaces and apostrophes of French in its prose; code and links stay."""
    return "".join(part if n % 2 else _line_by_line(part) for n, part in enumerate(_APART.split(text)))


def code(text: str) -> str:
    """Return what a page shows as code, one part a line."""
    return "\n".join(part.strip("`") for part in _APART.split(text)[1::2] if part.startswith("`"))


def _line_by_line(part: str) -> str:
    return "".join(typography(line) for line in part.splitlines(keepends=True))
