"""How a text report is laid out: titles, bulleted paragraphs, sections that vanish when empty."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from clausegen.french.typography import typography
from clausegen.reports.text import printable

WIDTH = 100


def item(text: str, level: int = 0) -> str:
    """Return a bulleted paragraph, wrapped; no-break spaces hold."""
    margin = "  " * (level + 1)
    return textwrap.fill(
        typography(printable(text)),
        WIDTH,
        initial_indent=f"{margin}- ",
        subsequent_indent=f"{margin}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def title(text: str) -> list[str]:
    """Return an underlined title, after an empty line."""
    text = typography(printable(text))
    return ["", text, "-" * min(len(text), WIDTH)]


def section(heading: str, lines: Iterable[str]) -> list[str]:
    """Return a titled block; nothing when it holds nothing."""
    content = list(lines)
    return [*title(heading), *content] if content else []
