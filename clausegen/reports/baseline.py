"""The findings that are known already: `--existant` reads a report that `check --format json` wrote earlier.

A finding is the same when its file, its code, its key and its words are, wherever its line went. Paths are those of
the folder where the report was made; nothing says which it was, so it is the one that finds the most files again.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from clausegen.diagnostics import Diagnostic
from clausegen.errors import ClausegenError
from clausegen.files.reasons import raison
from clausegen.french.typography import plain
from clausegen.record import dataclass
from clausegen.reports.verification import UNREAD, Fichier

LARGEST = 64 << 20
"""Bytes of the largest baseline that is read."""
Cle: TypeAlias = tuple[str, str, str]
_LINES = re.compile(r"\b(lignes?|colonnes?) \d+")


@dataclass(frozen=True)
class Existant:
    """A baseline.

    Args:
        dossier: folder of its file.
        constats: path, as the report gives it, with slashes; and how many times each finding stands there.
    """

    dossier: Path
    constats: Mapping[str, Counter[Cle]]


def without_lines(message: str) -> str:
    """Return a message without the figures of lines and columns, which move while the fault stays."""
    return _LINES.sub(r"\1", " ".join(plain(message).split()))


def _key(diagnostic: Diagnostic) -> Cle:
    return diagnostic.code, diagnostic.chemin or "", without_lines(diagnostic.message)


def _portable(path: str) -> str:
    """Return a path without `./`, with slashes, so that reports made on Windows and elsewhere agree."""
    return posixpath.normpath(os.path.normcase(path).replace("\\", "/"))


def read_baseline(fichier: str) -> Existant:
    """Read a baseline.

    Args:
        fichier: a report of `check --format json`, whatever the encoding that a shell gave it.

    Raises:
        ClausegenError: it cannot be read, or is something else.
    """
    path = Path(fichier)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = raison(error) if isinstance(error, OSError) else "ce n'est pas un nom de fichier"
        raise ClausegenError(f"--existant : le fichier « {fichier} » ne peut pas être lu : {why}.") from error
    try:
        if len(content) > LARGEST:
            raise ValueError("trop grand")
        # Given bytes, it finds out the UTF-16 that PowerShell writes by itself.
        report = json.loads(content.removeprefix(b"\xef\xbb\xbf"))
        constats = _findings(report)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ClausegenError(
            f"--existant : « {fichier} » n'est pas un rapport de `clausegen check --format json`. "
            "Refaites-le : clausegen check CHEMIN… --format json > existant.json"
        ) from error
    return Existant(path.absolute().parent, constats)


def _findings(report: Any) -> dict[str, Counter[Cle]]:
    if report["version"] != 1:
        raise ValueError("version")
    constats: dict[str, Counter[Cle]] = {}
    for entry in report["fichiers"]:
        keys = [
            (str(d["code"]), str(d["chemin"] or ""), without_lines(d["message"]))
            for d in entry["diagnostics"]
            if d["code"] not in UNREAD
        ]
        constats.setdefault(_portable(entry["fichier"]), Counter()).update(keys)
    return constats


def _folders(existant: Existant) -> Iterator[Path]:
    """Yield where the report may have been made, the likeliest first."""
    here = Path.cwd()
    yield from dict.fromkeys((here, existant.dossier, *here.parents, *existant.dossier.parents))


def _said_from(folder: Path, chemins: Sequence[str]) -> list[str]:
    found = []
    for chemin in chemins:
        try:
            found.append(_portable(os.path.relpath(chemin, folder)))
        except ValueError:  # another drive
            found.append(_portable(chemin))
    return found


def _recognised(fichiers: Sequence[Fichier], existant: Existant) -> tuple[Path, list[str]]:
    """Return the folder where the report was made, and the files as it names them."""
    whole = [os.path.abspath(f.nom) for f in fichiers]  # noqa: PTH100  (links stay as they are named)
    best, names = Path.cwd(), [_portable(path) for path in whole]
    most = sum(name in existant.constats for name in names)
    for folder in _folders(existant):
        if most == len(whole):
            break
        said = _said_from(folder, whole)
        found = sum(name in existant.constats for name in said)
        if found > most:
            best, names, most = folder, said, found
    return best, names


def sort_out(fichiers: Sequence[Fichier], existant: Existant) -> tuple[tuple[Fichier, ...], int]:
    """Tell the new findings from the known ones.

    Args:
        fichiers: what was found.
        existant: the baseline.

    Returns:
        The files, their known findings apart; and how many findings of the baseline are gone, from the files that
        were checked and from those that are no longer there. A file that was not asked for says nothing.
    """
    folder, names = _recognised(fichiers, existant)
    left = {nom: counts.copy() for nom, counts in existant.constats.items()}
    sorted_out = []
    for fichier, nom in zip(fichiers, names, strict=True):
        known = left.get(nom, Counter())
        new: list[Diagnostic] = []
        old: list[Diagnostic] = []
        for diagnostic in fichier.diagnostics:
            key = _key(diagnostic)
            if known[key] > 0 and diagnostic.code not in UNREAD:
                known[key] -= 1
                old.append(diagnostic)
            else:
                new.append(diagnostic)
        sorted_out.append(Fichier(fichier.nom, tuple(new), tuple(old)))
    unread = {nom for f, nom in zip(fichiers, names, strict=True) if any(d.code in UNREAD for d in f.diagnostics)}
    checked = set(names) - unread
    gone = sum(counts.total() for nom, counts in left.items() if nom in checked or not (folder / nom).exists())
    return tuple(sorted_out), gone
