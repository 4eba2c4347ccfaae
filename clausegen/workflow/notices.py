"""Notices: what a decided market announces, in the format asked for, and a published one against the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from clausegen.diagnostics import Diagnostic
from clausegen.errors import ClausegenError
from clausegen.exchange.compare import compare
from clausegen.exchange.compare_lines import Lines
from clausegen.exchange.exporters.announced import PIECE, Annonce, announced
from clausegen.exchange.exporters.interface import Export
from clausegen.exchange.exporters.registry import exporter_for
from clausegen.exchange.importers.interface import Genre
from clausegen.exchange.importers.registry import read_file, read_notices
from clausegen.workflow.examine import Examen, examiner, in_order

OPENING = (Genre.APPEL, Genre.RECTIFICATIF)
"""What a notice may be to have a decision that it can be held against."""


def announced_by(examen: Examen) -> Annonce:
    """Return what an examined market announces.

    Raises:
        ClausegenError: its description does not load.
    """
    if examen.dossier is None:
        raise ClausegenError(f"{examen.fichier} ne se charge pas : corrigez la description et relancez.")
    return announced(examen.dossier, examen.textes[PIECE], examen.fichier)


def exporter(examen: Examen, format_: str) -> Export:
    """Return the export of an examined market; nothing is written to disk.

    Args:
        examen: what `examiner` returned, by the program's own templates.
        format_: a key of `exchange.exporters.registry.FORMATS`.

    Returns:
        The text, with its findings placed in the description.

    Raises:
        ClausegenError: no such format, a description that does not load, or a market without such an export.
    """
    annonce = announced_by(examen)
    chosen = exporter_for(format_)
    if why := chosen.refusal(annonce):
        raise ClausegenError(f"{examen.fichier} : pas d'export « {format_} ». {why}")
    export = chosen.export(annonce)
    assert examen.lecture is not None
    placed = tuple(d.at(examen.fichier, examen.lecture.position(d.chemin or "")) for d in export.constats)
    return replace(export, constats=placed)


def check_notice(avis: Path, marche: Path, *, date_droit: date | None = None) -> tuple[Diagnostic, ...]:
    """Compare what a notice announces to what is decided of a market.

    Args:
        avis: the notice, in any format that `import` reads.
        marche: the description.
        date_droit: day of the law for a « what if ».

    Returns:
        The differences, each placed in the notice, the gravest first; the description's own findings, placed in it,
        when it does not load.

    Raises:
        ClausegenError: a file cannot be read, or the notice is not one that opens a consultation.
    """
    examen = examiner(marche, date_droit=date_droit)
    if examen.dossier is None:
        return examen.diagnostics
    octets, livre = read_file(avis), examen.dossier.papers.livre
    notices = read_notices(octets, livre)
    if len(notices) != 1:
        raise ClausegenError(f"{avis} contient {len(notices)} avis : la comparaison porte sur un seul, l'extraire.")
    if notices[0].genre not in OPENING:
        raise ClausegenError(
            f"{avis} n'ouvre pas une consultation ({notices[0].format}) : seul un avis d'appel à la concurrence, ou "
            "son rectificatif, se compare à la décision."
        )
    lines = Lines(octets)
    found = compare(notices[0], announced_by(examen))
    return in_order([d.at(str(avis), lines.position(d.chemin)) for d in found])
