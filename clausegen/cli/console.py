"""The two streams: stdout carries the result and nothing else, stderr what is said to the person at the keyboard."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

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


def progress(paths: Sequence[Path], verb: str) -> Iterable[Path]:
    """Return the paths, with a progress bar on stderr when there are many and a person is watching.

    Args:
        paths: files to go through.
        verb: what is being done, such as « Rédaction ».
    """
    watched = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if len(paths) < _ENOUGH_FOR_A_BAR or not watched:
        return paths
    return _bar(paths, verb)


def _bar(paths: Sequence[Path], verb: str) -> Iterator[Path]:
    # Rich costs 90 ms: only those who see the bar pay for it. It obeys NO_COLOR by itself.
    from rich.console import Console
    from rich.progress import track

    yield from track(paths, description=verb, console=Console(stderr=True), transient=True)
