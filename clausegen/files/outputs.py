"""An output folder and its manifest: what a person changed since it was generated is never overwritten silently."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clausegen import __version__
from clausegen.errors import ClausegenError
from clausegen.files.atomic import make_folder, safe_name, write_whole

MANIFESTE = ".clausegen.json"


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
    """Return what each generated file of a folder held, by name.

    A missing, broken, foreign or linked manifest gives nothing: every file then belongs to a person.
    """
    path = folder / MANIFESTE
    try:
        if path.is_symlink():
            return {}
        fichiers = json.loads(path.read_bytes())["fichiers"]
        return {
            nom: {"sha256": entry["sha256"], "programme": str(entry.get("programme", ""))}
            for nom, entry in fichiers.items()
            if isinstance(entry["sha256"], str)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _write_manifest(folder: Path, fichiers: Mapping[str, dict[str, str]]) -> None:
    content = {"version": 1, "programme": __version__, "fichiers": dict(sorted(fichiers.items()))}
    write_whole(folder / MANIFESTE, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def _belongs_to_person(path: Path, contenu: bytes, connu: dict[str, str] | None) -> bool:
    """Tell whether the file on disk differs both from what was generated and from what is about to be written."""
    if path.is_symlink():
        return True
    try:
        present = path.read_bytes()
    except FileNotFoundError:
        return False
    except OSError:
        # Neither readable nor ours to judge.
        return True
    return present != contenu and (connu is None or _empreinte(present) != connu["sha256"])


def write_outputs(folder: Path, files: Mapping[str, bytes], ecraser: bool = False) -> Ecriture:
    """Write files into a folder, each whole or not at all, leaving those that a person changed.

    Args:
        folder: created if needed.
        files: file name to content; names hold no path.
        ecraser: replace also the files that belong to a person (a link is replaced, its target untouched).

    Returns:
        Which were written and which were left.

    Raises:
        ClausegenError: the folder or a file cannot be written; the files written so far are in the manifest.
    """
    for nom in files:
        if not safe_name(nom):
            raise ClausegenError(f"Nom de fichier impossible à écrire : « {nom} ».")
    make_folder(folder)
    manifeste = read_manifest(folder)
    ecrits: list[Path] = []
    gardes: list[Path] = []
    try:
        for nom, contenu in files.items():
            path = folder / nom
            if not ecraser and _belongs_to_person(path, contenu, manifeste.get(nom)):
                gardes.append(path)
                continue
            write_whole(path, contenu)
            manifeste[nom] = {"sha256": _empreinte(contenu), "programme": __version__}
            ecrits.append(path)
    finally:
        # Also after a full disk: what was written must not look like a person's work at the next run.
        if ecrits:
            _write_manifest(folder, manifeste)
    return Ecriture(tuple(ecrits), tuple(gardes))
