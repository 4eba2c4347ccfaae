"""What was compiled once, kept in the user's cache folder under a key that holds everything it depends on.

A broken, foreign or unwritable cache means a slower run, never another answer: an entry is only read when its folder
belongs to the user alone, and its key is made of the content, of the program's version and of Python's.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

from clausegen import __version__
from clausegen.files.listing import content as content_of
from clausegen.regex import late

SWITCH = "CLAUSEGEN_CACHE"
"""Environment variable: another folder, or nothing to do without a cache."""

PREPARED = Path(__file__).resolve().parent.parent / "_shipped" / "prepared"
"""Entries made while the program was built for this Python, so that the first run need not make them."""
MOST_ENTRIES, MOST_BYTES = 4_000, 100_000_000
"""What the folder may hold; beyond, the entries kept first leave it, until a quarter of the room is free."""
_EVERY = 256
"""The folder is looked at when a process keeps its first entry, then once for so many."""
# A folder that the user chose may hold files of others, which are left alone.
_OURS = late(r"\.?[a-z]+-[0-9a-f]{64}(?:\.[0-9]+)?")
_stores = count()


@cache
def cache_folder() -> Path | None:
    """Return the folder of the cache, made if need be; None when there is none that can be trusted."""
    chosen = os.environ.get(SWITCH)
    if chosen == "":
        return None
    folder = Path(chosen) if chosen else _usual_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError:
        return None
    if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
        return None
    return folder


def _usual_folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base or Path.home()) / "clausegen" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "clausegen"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "clausegen"


def key_of(*parts: str) -> str:
    """Return the key of an entry: its parts, with the versions of the program and of Python."""
    return hashlib.sha256("\0".join((*parts, __version__, sys.version)).encode()).hexdigest()


def stamp(*paths: str | Path) -> str:
    """Return what changes with the files of some modules, which read what an entry was made of."""
    return " ".join(hashlib.sha256(content_of(str(path))).hexdigest() for path in paths)


def load(kind: str, key: str) -> bytes | None:
    """Return an entry, of the user's or of those made when the program was installed; None when it is not there."""
    folder = cache_folder()
    if folder is None:
        return None
    for place in (folder, PREPARED):
        with suppress(OSError):
            return (place / f"{kind}-{key}").read_bytes()
    return None


def store(kind: str, key: str, content: bytes) -> None:
    """Keep an entry, whole or not at all; a folder that refuses is left alone."""
    folder = cache_folder()
    if folder is None:
        return
    if next(_stores) % _EVERY == 0:
        _prune(folder)
    with suppress(OSError):
        draft = folder / f".{kind}-{key}.{os.getpid()}"
        try:
            draft.write_bytes(content)
            draft.replace(folder / f"{kind}-{key}")
        finally:
            draft.unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    """Take the oldest entries away when there are too many; another process may be doing the same."""
    entries: list[tuple[int, int, str]] = []
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if _OURS.fullmatch(entry.name):
                with suppress(OSError):
                    state = entry.stat(follow_symlinks=False)
                    entries.append((state.st_mtime_ns, state.st_size, entry.path))
    number, size = len(entries), sum(entry[1] for entry in entries)
    if number <= MOST_ENTRIES and size <= MOST_BYTES:
        return
    for _, weight, path in sorted(entries):
        if number <= MOST_ENTRIES * 3 // 4 and size <= MOST_BYTES * 3 // 4:
            return
        with suppress(OSError):
            Path(path).unlink()
        number, size = number - 1, size - weight
