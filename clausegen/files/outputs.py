"""An output folder and its manifest: what a person changed since it was generated is never overwritten silently."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Mapping
from pathlib import Path

from clausegen import __version__
from clausegen.errors import ClausegenError
from clausegen.files.atomic import make_folder, safe_name, sweep, write_whole
from clausegen.record import dataclass

MANIFESTE = ".clausegen.json"
_LARGEST = 100_000_000
"""Bytes beyond which a file of the folder is nothing that was generated."""


@dataclass(frozen=True, slots=True)
class Ecriture:
    """What was done in an output folder.

    Args:
        ecrits: paths now holding the new contents, in the order asked.
        gardes: paths that belong to a person and were left as they are.
    """

    ecrits: tuple[Path, ...]
    gardes: tuple[Path, ...]


def _empreinte(contenu: bytes) -> str:
    return hashlib.sha256(contenu).hexdigest()


def read_manifest(folder: Path) -> dict[str, dict[str, str]]:
    """Return what each generated file of a folder holds, by name: `sha256`, or `avant` if a run was cut short.

    A missing, broken, foreign or linked manifest gives nothing: every file then belongs to a person.
    """
    path = folder / MANIFESTE
    try:
        content = _ordinary(path)
        fichiers = {} if content is None else json.loads(content)["fichiers"]
        return {
            nom: {key: str(entry[key]) for key in ("sha256", "avant", "programme") if key in entry}
            for nom, entry in fichiers.items()
            if isinstance(entry["sha256"], str)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _ordinary(path: Path) -> bytes | None:
    """Return what a file holds; None for a link, a folder, a pipe, a device, or what is too large to be ours."""
    state = path.lstat()
    if not stat.S_ISREG(state.st_mode) or state.st_size > _LARGEST:
        return None
    return path.read_bytes()


def _write_manifest(folder: Path, fichiers: Mapping[str, dict[str, str]]) -> None:
    content = {"version": 1, "programme": __version__, "fichiers": dict(sorted(fichiers.items()))}
    write_whole(folder / MANIFESTE, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def _entry(path: Path, contenu: bytes, connu: dict[str, str] | None, ecraser: bool) -> dict[str, str] | None:
    """Return what the manifest will say of a file about to be written; None when it is to be left to a person.

    That is the case when it differs both from what was generated and from what is about to be written.
    """
    entry = {"sha256": _empreinte(contenu), "programme": __version__}
    try:
        present = _ordinary(path)
    except FileNotFoundError:
        return entry
    except OSError:
        # Neither readable nor ours to judge.
        present = None
    if present is not None:
        found = _empreinte(present)
        if found == entry["sha256"]:
            return entry
        if connu is not None and found in (connu["sha256"], connu.get("avant")):
            return entry | {"avant": found}
    return entry if ecraser else None


def write_outputs(folder: Path, files: Mapping[str, bytes], ecraser: bool = False) -> Ecriture:
    """Write files into a folder, each whole or not at all, leaving those that a person changed.

    Args:
        folder: created if needed.
        files: file name to content; names hold no path.
        ecraser: replace also the files that belong to a person (a link is replaced, its target untouched).

    Returns:
        Which were written and which were left.

    Raises:
        ClausegenError: the folder or a file cannot be written; those written so far are whole.
    """
    for nom in files:
        if not safe_name(nom):
            raise ClausegenError(f"Nom de fichier impossible à écrire : « {nom} ».")
    make_folder(folder)
    manifeste = read_manifest(folder)
    entries = {nom: _entry(folder / nom, contenu, manifeste.get(nom), ecraser) for nom, contenu in files.items()}
    ours = {nom: entry for nom, entry in entries.items() if entry is not None}
    if ours:
        # First, with what each file holds until then: a run cut short leaves nothing that looks like a person's work.
        _write_manifest(folder, manifeste | ours)
        sweep(folder)
    for nom in ours:
        write_whole(folder / nom, files[nom])
    return Ecriture(tuple(folder / nom for nom in ours), tuple(folder / nom for nom in files if nom not in ours))
