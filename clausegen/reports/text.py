"""Findings as lines that people and editors read: « fichier:ligne:colonne: erreur D101 message »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.grammar import compte, enumeration
from clausegen.french.typography import plain, typography
from clausegen.reports.labels import NIVEAUX

IDLE = "Q004"
"""Code of a question that only concerns an option which was not retained."""

_CONTROLS = {code: " " for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}


def printable(text: str) -> str:
    """Return the text without line breaks nor control characters: a file must not drive the terminal that shows it."""
    return text.translate(_CONTROLS)


def diagnostic_line(diagnostic: Diagnostic) -> str:
    """Return a finding on one line; the place comes first so that editors can jump to it."""
    place = ""
    if diagnostic.fichier is not None:
        where = [diagnostic.fichier]
        where += [str(number) for number in (diagnostic.ligne, diagnostic.colonne) if number is not None]
        place = f"{':'.join(where)}: "
    message = diagnostic.message
    missing = [f for f in diagnostic.fondements if plain(f) not in plain(message)]
    if missing:
        message = f"{message} ({' ; '.join(missing)})"
    return printable(f"{place}{NIVEAUX[diagnostic.niveau][0]} {diagnostic.code} {typography(message)}")


def finding_lines(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return the findings, a line each; the same idle question asked of many lots takes one line, with their keys."""
    found: list[str] = []
    idle: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.code == IDLE:
            idle.setdefault(diagnostic.message, []).append(diagnostic)
        else:
            found.append(diagnostic_line(diagnostic))
    for message, same in idle.items():
        keys = enumeration([d.chemin or "" for d in same])
        found.append(diagnostic_line(replace(same[0], message=f"{message} (option non retenue : {keys})")))
    return found


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return « 1 erreur, 2 avertissements et 1 question », or « rien à signaler »."""
    counts = Counter(d.niveau for d in diagnostics)
    parts = [compte(counts[niveau], *NIVEAUX[niveau]) for niveau in Niveau if counts[niveau]]
    return enumeration(parts) if parts else "rien à signaler"
