"""Findings as the annotations of GitHub Actions: lines on stdout that its runner turns into notes beside the code."""

from __future__ import annotations

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.typography import typography
from clausegen.law.rulebook import rulebook
from clausegen.reports.codepages import pages
from clausegen.reports.summary import closing
from clausegen.reports.text import printable
from clausegen.reports.verification import Verification, from_root, gravest_first

_COMMANDS = {
    Niveau.ERREUR: "error",
    Niveau.AVERTISSEMENT: "warning",
    Niveau.QUESTION: "notice",
    Niveau.INFORMATION: "notice",
}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}


def _escaped(text: str, table: dict[str, str]) -> str:
    return text.translate({ord(character): code for character, code in table.items()})


def rendre(verification: Verification) -> str:
    """Return an annotation for each finding, the gravest first since only ten of a kind are shown; then the count."""
    titles = {code: page.titre for code, page in pages(rulebook()).items()} if verification.diagnostics else {}
    lines = [
        _annotation(diagnostic, titles.get(diagnostic.code, ""), verification)
        for diagnostic in gravest_first(verification.diagnostics)
    ]
    return "\n".join([*lines, *(typography(line) for line in closing(verification))])


def _annotation(diagnostic: Diagnostic, title: str, verification: Verification) -> str:
    properties = {}
    if diagnostic.fichier is not None:
        properties["file"] = from_root(diagnostic.fichier, verification.racine) or diagnostic.fichier
    if diagnostic.ligne is not None:
        properties["line"] = str(diagnostic.ligne)
    if diagnostic.colonne is not None:
        properties["col"] = str(diagnostic.colonne)
    properties["title"] = typography(f"{diagnostic.code} : {title}" if title else diagnostic.code)
    given = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    message = _escaped(printable(typography(diagnostic.message)), _DATA)
    return f"::{_COMMANDS[diagnostic.niveau]} {given}::{message}"
