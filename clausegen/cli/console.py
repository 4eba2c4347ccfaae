"""The two streams: stdout carries the result and nothing else, stderr what is said to the person at the keyboard."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, TextIO, TypeVar

    T = TypeVar("T")

_ENOUGH_FOR_A_BAR = 10


def opened() -> None:
    """Give a standard stream that was closed somewhere to read nothing from, or to write nothing to.

    Otherwise the next file that is opened takes its number, and what is meant for the stream ends in it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8", errors="replace"))


def utf8() -> None:
    """Make both streams UTF-8 whatever the system's locale; what cannot be encoded becomes « ? », never a crash.

    A terminal that speaks another encoding keeps it, and reads « ' » for the curly apostrophe that it does not know.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty() and not stream.encoding.lower().startswith("utf"):
            from clausegen.cli.nearby import NEARBY

            reconfigure(errors=NEARBY)
        else:
            reconfigure(encoding="utf-8", errors="replace")


def watched(stream: TextIO) -> bool:
    """Tell whether a person looks at a stream: a terminal, unless it asks for bare lines (TERM=dumb)."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def result(text: str) -> None:
    """Print a part of the result."""
    sys.stdout.write(f"{text}\n")


def page(make: Callable[[], str], cadre: str = "") -> None:
    """Print a report made to be read: dressed for a person who looks, plain for a file or a program.

    Args:
        make: returns the plain report.
        cadre: beginning of the titles whose section is framed on a terminal.
    """
    if not watched(sys.stdout):
        result(make())
        return
    from clausegen.cli.display import show
    from clausegen.reports.layout import unwrapped

    with unwrapped():
        text = make()
    show(f"{text}\n", sys.stdout, cadre)


def written(paths: str) -> None:
    """Print the paths of files just written, one a line; for a person who looks, as a short list."""
    if paths and watched(sys.stdout):
        from clausegen.cli.display import show_written

        show_written(paths.splitlines(), sys.stdout)
    else:
        sys.stdout.write(paths)


def tell(message: str) -> None:
    """Say something to the person at the keyboard."""
    from clausegen.french.typography import typography

    tell_report(f"{typography(message)}\n")


def tell_report(text: str) -> None:
    """Print lines on stderr, dressed when a person looks."""
    if watched(sys.stderr):
        from clausegen.cli.display import show

        show(text, sys.stderr)
    else:
        sys.stderr.write(text)


def tell_line(line: str) -> None:
    """Print a line on stderr exactly as it is: a path in it stays the path."""
    sys.stderr.write(f"{line}\n")


DEBUG = "CLAUSEGEN_DEBUG"
"""Environment variable that `--debug` sets for the rest of the run."""


def debugging() -> bool:
    """Tell whether the person asked for tracebacks."""
    return DEBUG in os.environ


def forsake_stdout() -> None:
    """Let the interpreter end in silence once nobody reads stdout any more."""
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, sys.stdout.fileno())
        os.close(descriptor)
    except (OSError, ValueError):
        # No real descriptor behind stdout (a test, an embedding): there is nothing to flush either.
        pass


def printed(sortie: str, erreurs: str) -> None:
    """Print what a process of a batch had to say, on the stream that it was meant for."""
    if erreurs:
        tell_report(erreurs)
    if sortie:
        sys.stdout.write(sortie)


def progress(items: Iterable[T], verb: str, total: int, *, lent: bool = False) -> Iterable[T]:
    """Return the items, with a progress bar on stderr when that takes long and a person is watching.

    Args:
        items: what is gone through.
        verb: what is being done, such as « Rédaction ».
        total: how many there are.
        lent: whether each takes long, so that even one deserves it.
    """
    if not watched(sys.stderr) or total < (1 if lent else _ENOUGH_FOR_A_BAR):
        return items
    from clausegen.cli.display import waiting

    return _shown_while(items, total, waiting(verb, total, sys.stderr))


def _shown_while(items: Iterable[T], total: int, bar: Any) -> Iterator[T]:
    """Show the bar while the next item is made, never while it is used: what is printed then is not mixed with it."""
    iterator = iter(items)
    for _ in range(total):
        with bar:
            item = next(iterator)
        bar.advance(bar.task_ids[0])
        yield item
