"""What `check` found, as data for every format of report, and how paths are said from the root of a project."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from urllib.parse import quote

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.record import dataclass

UNREAD = frozenset({"E001", "E004"})
"""Codes of a file that could not be read, or on which the program stumbled: such a file was not checked."""


@dataclass(frozen=True, slots=True)
class Fichier:
    """One file.

    Args:
        nom: as the user named it.
        diagnostics: its findings, those of the baseline left out.
        connus: findings that the baseline already holds.
    """

    nom: str
    diagnostics: tuple[Diagnostic, ...]
    connus: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """A run of `check`.

    Args:
        fichiers: the files, in order.
        code: the exit code.
        strict: whether warnings fail too.
        disparus: findings of the baseline that are gone; None without a baseline.
        racine: folder from which the formats of CI say paths.
        largeur: columns of the terminal; None when nobody watches.
    """

    fichiers: tuple[Fichier, ...]
    code: int = 0
    strict: bool = False
    disparus: int | None = None
    racine: Path = field(default_factory=Path.cwd)
    largeur: int | None = None

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Return the findings of all files, in order."""
        return [d for fichier in self.fichiers for d in fichier.diagnostics]

    @property
    def connus(self) -> int:
        """Return how many findings the baseline already held."""
        return sum(len(fichier.connus) for fichier in self.fichiers)

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Tell whether a finding makes the command fail."""
        return diagnostic.niveau is Niveau.ERREUR or (self.strict and diagnostic.niveau is Niveau.AVERTISSEMENT)


def counted(diagnostics: Iterable[Diagnostic]) -> dict[Niveau, int]:
    """Return how many findings there are at each level, the gravest first."""
    counts = Counter(d.niveau for d in diagnostics)
    return {niveau: counts[niveau] for niveau in Niveau}


def gravest_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings by level, those of a level in their order."""
    rank = {niveau: position for position, niveau in enumerate(Niveau)}
    return sorted(diagnostics, key=lambda d: rank[d.niveau])


def from_root(nom: str, racine: Path) -> str | None:
    """Return a path as said from a folder, with slashes; None when the file is outside."""
    try:
        relative = os.path.relpath(os.path.abspath(nom), racine)  # noqa: PTH100  (links stay as they are named)
    except ValueError:  # another drive
        return None
    if relative == os.pardir or relative.startswith(os.pardir + os.sep):
        return None
    return relative.replace(os.sep, "/")


def uri(path: str) -> str:
    """Return a path with slashes, percent-encoded, whatever bytes its name holds."""
    return quote(os.fsencode(path), safe="/")


def file_uri(nom: str) -> str:
    """Return the `file:` URI of a file, for one that is outside of the project."""
    path = os.path.abspath(nom).replace(os.sep, "/")  # noqa: PTH100
    return f"file://{'' if path.startswith('/') else '/'}{uri(path)}"
