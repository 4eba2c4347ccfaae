"""A report as a person sees it on a terminal: the words of the plain report, with weight, colour and the right width.

Nothing is said by colour, weight or frame alone; only red and magenta are used, which show on black and on white.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from clausegen.diagnostics import Niveau
from clausegen.french.grammar import compte
from clausegen.french.typography import plain_spaces, typography

if TYPE_CHECKING:
    from rich.progress import Progress

WIDEST = 100
"""Columns of a line of prose: longer ones are hard to follow. Tables take the whole terminal."""
USUAL = 80
"""Columns of a terminal that says it has none."""
FRAMED = 60
"""Columns below which a frame would cost more room than it helps."""
COLUMN = 30
"""Columns that the last cells of a table need; with less, each row becomes a short paragraph."""

_GAP = "  "
STYLES = {Niveau.ERREUR: "bold red", Niveau.AVERTISSEMENT: "bold magenta", Niveau.QUESTION: "bold"}
_PROGRESS = {
    "bar.complete": "green",
    "bar.finished": "green",
    "bar.back": "dim",
    "progress.elapsed": "none",
    "progress.download": "none",
}
_TITLE = "bold underline"
_FINDING = re.compile(rf"(?:\S.*?: )?(?P<level>({'|'.join(Niveau)}) [A-Z]\d{{2,3}}) ")
_LEAD = re.compile(r" *(?:- |[A-Z]\d{2,3}  )?")
_TERM = re.compile(r" *- (?P<term>[^:]{1,90})\u00a0:\s")
_SUBTITLE = re.compile(r" *(?:- )?\S[^:]*\u00a0:$")
_FAULT = re.compile(r"Erreur(?=\u00a0:)")
_ENDS = (".", ";", ":", "?", "!")

_Span = tuple[int, int, str]


def terminal(stream: TextIO) -> Console:
    """Return what writes to a terminal: eight colours at most, none under NO_COLOR or CLICOLOR=0."""
    console = Console(
        file=stream,
        force_terminal=True,
        no_color=bool(os.environ.get("NO_COLOR")) or os.environ.get("CLICOLOR") == "0",
        highlight=False,
        markup=False,
        emoji=False,
        # Rich itself knows what a Windows console can do.
        color_system="auto" if sys.platform == "win32" else "standard",
        theme=Theme(_PROGRESS),
    )
    if console.width < 1:
        console.width = USUAL
    return console


def show(texte: str, stream: TextIO, cadre: str = "") -> None:
    """Print a plain report on a terminal.

    Args:
        texte: its lines; a title is followed by a line of dashes.
        stream: stdout or stderr.
        cadre: beginning of the titles whose section is framed.
    """
    console = terminal(stream)
    width = _width(console)
    framed = bool(cadre) and console.width >= FRAMED
    lines = texte.removesuffix("\n").split("\n")
    ready: list[Text] = []
    position = 0
    while position < len(lines):
        if not _underlined(lines, position):
            ready += _dressed(lines[position], width, _spans(lines, position))
            position += 1
        elif framed and lines[position].startswith(cadre):
            end = next((i for i in range(position + 2, len(lines)) if _underlined(lines, i)), len(lines))
            _write(console, ready)
            ready = []
            _frame(console, lines[position], lines[position + 2 : end], width)
            # The frame parts what follows: the empty line before the next title stays.
            position = end - 1 if end < len(lines) else end
        else:
            ready += _dressed(lines[position], width, [(0, len(lines[position]), _TITLE)])
            position += 2
    _write(console, ready)


def _width(console: Console) -> int:
    return min(console.width, WIDEST)


def _underlined(lines: Sequence[str], position: int) -> bool:
    """Tell whether a line is a title: it follows an empty line, and dashes follow it."""
    if not lines[position].strip() or position + 1 >= len(lines) or (position and lines[position - 1]):
        return False
    rule = lines[position + 1]
    return bool(rule) and not rule.strip("-")


def _write(console: Console, lines: Iterable[Text]) -> None:
    """Print lines as they are; those without weight do without Rich, which takes its time."""
    for weighty, found in groupby(lines, key=lambda line: bool(line.spans)):
        if weighty:
            console.print(Text("\n").join(found), soft_wrap=True)
        else:
            console.file.write("".join(f"{line.plain}\n" for line in found))


def _frame(console: Console, heading: str, body: Sequence[str], width: int) -> None:
    from rich import box
    from rich.panel import Panel

    found: list[Text] = []
    for line in filter(None, body):
        found += _dressed(line.removeprefix("  "), width - 4, _spans([line], 0, 2))
    title = Text(heading, style="bold")
    console.print(Panel(Text("\n").join(found), title=title, title_align="left", box=box.SQUARE, width=width))


def _spans(lines: Sequence[str], position: int, cut: int = 0) -> list[_Span]:
    """Return what is shown otherwise in a line, `cut` characters of its margin aside."""
    line = lines[position]
    if found := _FINDING.match(line):
        return [(*found.span("level"), STYLES.get(Niveau(found[2]), ""))]
    if found := _FAULT.match(line):
        return [(*found.span(), STYLES[Niveau.ERREUR])]
    if found := _TERM.match(line):
        start, end = found.span("term")
        return [(start - cut, end - cut, "bold")]
    if _SUBTITLE.match(line) or _opening(lines, position):
        return [(0, len(line) - cut, "bold")]
    return []


def _opening(lines: Sequence[str], position: int) -> bool:
    """Tell whether a line opens a part of the report without being underlined."""
    line = lines[position]
    if len(lines) < 2 or not line or line[0] == " " or line.endswith(_ENDS) or (position and lines[position - 1]):
        return False
    return not position or "\u00a0:" not in line


def _dressed(line: str, width: int, spans: Sequence[_Span]) -> Iterator[Text]:
    """Yield a line of the report as lines of the terminal; a word is never cut, so that a path can be copied."""
    lead = _LEAD.match(line)
    margin = lead.group() if lead else ""
    hang = "    " if _FINDING.match(line) else " " * len(margin)
    if margin and not margin.strip():
        hang += "  "
    wrapped = (
        [line]
        if len(line) <= width
        else textwrap.wrap(
            line[len(margin) :],
            width,
            initial_indent=margin,
            subsequent_indent=hang,
            expand_tabs=False,
            replace_whitespace=False,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
    begun = 0
    for rank, piece in enumerate(wrapped):
        indent = len(hang) if rank else 0
        begun = line.find(piece[indent:], begun)
        text = Text(piece)
        for start, end, style in spans:
            text.stylize(style, max(start - begun + indent, indent), max(end - begun + indent, 0))
        begun += len(piece) - indent
        yield text


def show_table(rows: Sequence[Sequence[str]], stream: TextIO) -> None:
    """Print a table whose last column wraps within its cells, or a short paragraph for each row on a narrow terminal.

    Args:
        rows: the headings, then the rows.
        stream: stdout or stderr.
    """
    console = terminal(stream)
    heads, *body = rows
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads) - 1)]
    left = sum(width + len(_GAP) for width in widths)
    if console.width - left < COLUMN:
        _write(console, [line for row in body for line in _paragraph(heads, row, _width(console))])
        return
    found = []
    for row in rows:
        cells = "".join(cell.ljust(width) + _GAP for cell, width in zip(row[:-1], widths, strict=True))
        first, *rest = textwrap.wrap(row[-1], console.width - left, break_on_hyphens=False) or [""]
        found += [Text(cells + first), *(Text(" " * left + line) for line in rest)]
    found[0].stylize(_TITLE)
    _write(console, found)


def _paragraph(heads: Sequence[str], row: Sequence[str], width: int) -> Iterator[Text]:
    yield from _dressed(row[0], width, [(0, len(row[0]), "bold")])
    told = [typography(f"{head} : ") + cell for head, cell in zip(heads[1:-1], row[1:-1], strict=True)]
    for line in (row[-1], typography(" ; ").join(told)):
        yield from _dressed(f"  {line}", width, [])


def show_written(paths: Sequence[str], stream: TextIO) -> None:
    """Print the files just written as a short list: their folder, then their names."""
    console = terminal(stream)
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(str(Path(path).parent), []).append(Path(path).name)
    for folder, names in folders.items():
        written = typography(f"{compte(len(names), 'fichier écrit', 'fichiers écrits')} dans ") + f"{folder}{os.sep}"
        head = f"{written}\u00a0:"
        _write(console, _dressed(head, _width(console), [(0, len(head), "bold")]))
        _write(console, _dressed(f"  {', '.join(names)}", _width(console), []))


def waiting(verb: str, total: int, stream: TextIO) -> Progress:
    """Return a bar of one task, or a spinner for one item; it vanishes when it stops, and can start again."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    alone = total == 1
    columns = [SpinnerColumn("line", style=""), TextColumn("{task.description}")]
    counted = [] if alone else [BarColumn(), MofNCompleteColumn()]
    bar = Progress(
        *columns,
        *counted,
        TimeElapsedColumn(),
        console=terminal(stream),
        transient=True,
        # What is written meanwhile goes where it must, a file perhaps: it does not pass through the bar.
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task(plain_spaces(typography(verb)), total=total)
    return bar
