"""The two streams: stdout carries the result and nothing else, stderr what is said to the person at the keyboard."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    T = TypeVar("T")

_ENOUGH_FOR_A_BAR = 10


def utf8() -> None:
    """Make both streams UTF-8 whatever the system's locale; what cannot be encoded becomes « ? », never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def result(text: str) -> None:
    """Print a part of the result."""
    sys.stdout.write(f"{text}\n")


def tell(message: str) -> None:
    """Say something to the person at the keyboard."""
    from clausegen.french.typography import typography

    tell_line(typography(message))


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
        sys.stderr.write(erreurs)
    if sortie:
        sys.stdout.write(sortie)


def progress(items: Iterable[T], verb: str, total: int) -> Iterable[T]:
    """Return the items, with a progress bar on stderr when there are many and a person is watching.

    Args:
        items: what is gone through.
        verb: what is being done, such as « Rédaction ».
        total: how many there are.
    """
    watched = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if total < _ENOUGH_FOR_A_BAR or not watched:
        return items
    return _bar(items, verb, total)


def _bar(items: Iterable[T], verb: str, total: int) -> Iterator[T]:
    # Rich costs 90 ms: only those who see the bar pay for it. It obeys NO_COLOR by itself.
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=verb, total=total, console=Console(stderr=True), transient=True)
