"""How a text report is laid out: titles, bulleted paragraphs, sections that vanish when empty."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from clausegen.french.typography import typography
from clausegen.reports.text import printable

WIDTH = 100
_columns: ContextVar[int] = ContextVar("columns", default=WIDTH)


@contextmanager
def unwrapped() -> Iterator[None]:
    """Within it, a paragraph stays on one line: the screen that shows it wraps it to its own width."""
    token = _columns.set(sys.maxsize)
    try:
        yield
    finally:
        _columns.reset(token)


def item(text: str, level: int = 0) -> str:
    """Return a bulleted paragraph, wrapped; no-break spaces hold."""
    margin = "  " * (level + 1)
    return textwrap.fill(
        typography(printable(text)),
        _columns.get(),
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
