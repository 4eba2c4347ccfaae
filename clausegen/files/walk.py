"""Which descriptions a command reads: the files named, and those found in the folders named."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path

from clausegen.errors import ClausegenError
from clausegen.files.outputs import MANIFESTE
from clausegen.files.reasons import raison
from clausegen.files.yamltree import LIMITES, read_yaml
from clausegen.record import dataclass
from clausegen.regex import late

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
_KEYS = ("version", "objet")
# A key at the very start of a line belongs to the root in block style, and to the root alone.
_BLOCK_KEYS = tuple(late(rf"^[\"']?{key}[\"']?[ \t]*:", re.MULTILINE) for key in _KEYS)
_JSON_KEYS = tuple(late(rf'"{key}"\s*:') for key in _KEYS)


@dataclass(frozen=True, slots=True)
class Parcours:
    """What the arguments of a command designate.

    Args:
        fichiers: files to read, in the order named, folders in alphabetical order, each once.
        erreurs: what could not be walked, in French.
    """

    fichiers: tuple[Path, ...]
    erreurs: tuple[str, ...]


def looks_like_description(contenu: bytes) -> bool:
    """Tell whether the root of a YAML or JSON text holds `version` and `objet`, were it broken elsewhere."""
    text = contenu.decode("utf-8", errors="replace").removeprefix("\ufeff")
    if all(key.search(text) for key in _BLOCK_KEYS):
        return True
    if not all(key in text for key in _KEYS):
        return False
    arbre = read_yaml(text, "")
    if isinstance(arbre.racine, dict):
        return all(key in arbre.racine for key in _KEYS)
    # A description with a comma too many deserves its message: it is not skipped in silence.
    return not arbre.lisible and text.lstrip().startswith("{") and all(key.search(text) for key in _JSON_KEYS)


def _beginning(path: Path) -> bytes:
    """Return as much of a file as a description may hold; nothing of a pipe or a device, which might never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        return b""
    with path.open("rb") as stream:
        return stream.read(LIMITES.octets + 1)


def _in_folder(folder: Path, erreurs: list[str]) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        erreurs.append(f"Le dossier « {error.filename} » ne peut pas être lu : {raison(error)}.")

    for root, folders, files in os.walk(folder, onerror=failed):
        here = Path(root)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not (here / f / MANIFESTE).exists())
        for name in sorted(files):
            path = here / name
            if name.startswith(".") or path.suffix.lower() not in _SUFFIXES:
                continue
            try:
                if looks_like_description(_beginning(path)):
                    yield path
            except OSError as error:
                erreurs.append(f"Le fichier « {path} » ne peut pas être lu : {raison(error)}.")


def _expanded(argument: str, erreurs: list[str]) -> list[Path]:
    """Return the paths that an argument names: wildcards are expanded wherever a shell left them as they are."""
    path = Path(argument)
    if not argument.strip():
        erreurs.append("Un chemin est vide. Pour le dossier courant, écrire « . ».")
        return []
    if not has_magic(argument) or os.path.lexists(argument):
        return [path]
    found = sorted(Path(name) for name in glob(argument, recursive=True))  # noqa: PTH207  (takes absolute patterns)
    if not found:
        erreurs.append(f"Aucun fichier ne correspond à « {argument} ».")
    return found


def walk(arguments: Iterable[str]) -> Parcours:
    """Return the files that the arguments of a command designate.

    Args:
        arguments: files, always read whatever their name; folders, walked, hidden folders and output folders inside
            them left out; and patterns such as `marches/**/*.yaml`, which stand for either.

    Raises:
        ClausegenError: nothing at all to read, and no other error to report.
    """
    found: dict[str, Path] = {}
    erreurs: list[str] = []
    for argument in arguments:
        for path in _expanded(argument, erreurs):
            if not path.is_dir():
                found.setdefault(os.path.realpath(path), path)
                continue
            before = len(erreurs)
            inside = list(_in_folder(path, erreurs))
            for description in inside:
                found.setdefault(os.path.realpath(description), description)
            if not inside and len(erreurs) == before:
                erreurs.append(f"Aucune description de marché dans le dossier « {path} ».")
    if not found and not erreurs:
        raise ClausegenError("Aucun fichier à lire.")
    return Parcours(tuple(found.values()), tuple(erreurs))
