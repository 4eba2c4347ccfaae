"""The text report of `check`: findings that editors can follow, a table when there are several files, the count."""

from __future__ import annotations

from collections.abc import Sequence

from clausegen.diagnostics import Niveau
from clausegen.french.grammar import compte, enumeration, pluriel
from clausegen.french.typography import typography
from clausegen.reports.labels import NIVEAUX
from clausegen.reports.text import finding_lines, printable, summary
from clausegen.reports.verification import Fichier, Verification, counted

ROWS = 30
"""Beyond that many, the files that need no correction take one row together."""
NARROW = 24
"""Columns that names of files keep, however narrow the terminal is."""
_SHORT = {
    Niveau.ERREUR: "err.",
    Niveau.AVERTISSEMENT: "avert.",
    Niveau.QUESTION: "quest.",
    Niveau.INFORMATION: "info.",
}
_GAP = "  "


def rendre(verification: Verification) -> str:
    """Return the findings, file by file, then a table and the count."""
    fichiers = verification.fichiers
    blocks = ["\n".join(finding_lines(f.diagnostics)) for f in fichiers if f.diagnostics]
    if len(fichiers) > 1:
        blocks.append("\n".join(table(fichiers, verification.largeur)))
    blocks.append("\n".join(typography(line) for line in closing(verification)))
    return "\n\n".join(blocks)


def closing(verification: Verification) -> list[str]:
    """Return the last lines: how many files, what was found, and how the baseline stands."""
    examined = compte(len(verification.fichiers), "fichier examiné", "fichiers examinés")
    lines = [f"{examined} : {summary(verification.diagnostics)}." if verification.fichiers else f"{examined}."]
    if verification.disparus is None:
        return lines
    known = verification.connus
    if known:
        shown = "n'est pas montré" if known < 2 else "ne sont pas montrés"
        lines.append(f"{compte(known, 'constat')} de l'existant {shown}.")
    if gone := verification.disparus:
        lines.append(f"{compte(gone, 'constat')} de l'existant {pluriel(gone, 'a', 'ont')} disparu : {_REFRESH}.")
    return lines


_REFRESH = "mettez le fichier à jour"


def table(fichiers: Sequence[Fichier], largeur: int | None) -> list[str]:
    """Return one row a file, with its counts, then the totals.

    Args:
        fichiers: the files; those without findings take one row together.
        largeur: columns of the terminal, to which names are cut; too few make it a list; None for no limit.
    """
    rows, rest = _rows(fichiers)
    if rest:
        rows.append(rest)
    total = counted(d for f in fichiers for d in f.diagnostics)
    rows.append(("total", list(total.values())))
    if largeur is not None and largeur < NARROW + sum(len(_GAP + head) for head in _SHORT.values()):
        return [f"- {name}{typography(f' : {_counts(counts)}')}" for name, counts in rows]
    heads = [NIVEAUX[niveau][1] for niveau in Niveau]
    if largeur is not None and largeur < NARROW + sum(len(_GAP + head) for head in heads):
        heads = list(_SHORT.values())
    widths = [max(len(head), *(len(str(row[1][i])) for row in rows)) for i, head in enumerate(heads)]
    most = max(len(name) for name, _ in rows)
    if largeur is not None:
        most = min(most, max(NARROW, largeur - sum(len(_GAP) + width for width in widths)))
    lines = [_line("fichier", heads, most, widths)]
    lines += [_line(name, [str(n) for n in counts], most, widths) for name, counts in rows]
    rule = "-" * len(lines[0])
    return [lines[0], rule, *lines[1:-1], rule, lines[-1]]


def _counts(counts: Sequence[int]) -> str:
    """Return a row in words, for a terminal too narrow for columns."""
    said = [compte(n, *NIVEAUX[niveau]) for niveau, n in zip(Niveau, counts, strict=True) if n]
    return enumeration(said) if said else "rien"


_Row = tuple[str, list[int]]


def _rows(fichiers: Sequence[Fichier]) -> tuple[list[_Row], _Row | None]:
    """Return a row for each file that has something to say, and one for those that have not."""
    spoken = [(f, list(counted(f.diagnostics).values())) for f in fichiers if f.diagnostics]
    clean = len(fichiers) - len(spoken)
    if len(spoken) <= ROWS:
        rest = (f"{compte(clean, 'fichier')} sans constat", [0] * len(Niveau)) if clean else None
        return [(printable(f.nom), counts) for f, counts in spoken], rest
    grave = [(printable(f.nom), counts) for f, counts in spoken if counts[0] or counts[1]]
    others = [counts for _, counts in spoken if not (counts[0] or counts[1])]
    number = len(others) + clean
    if not number:
        return grave, None
    sums = [sum(counts[i] for counts in others) for i in range(len(Niveau))]
    return grave, (f"{compte(number, 'fichier')} sans erreur ni avertissement", sums)


def _line(name: str, cells: Sequence[str], most: int, widths: Sequence[int]) -> str:
    # The end of a path tells files apart, not its beginning.
    shown = name if len(name) <= most else f"…{name[len(name) - most + 1 :]}"
    return _GAP.join([f"{shown:<{most}}", *(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))])
