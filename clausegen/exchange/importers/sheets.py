"""Tables of a purchase plan, XLSX or CSV, as rows of cells that know their place."""

from __future__ import annotations

import csv
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import Contenu
from clausegen.exchange.importers.tree import cleaned
from clausegen.files.openxml import TYPES_PART, Words, open_office
from clausegen.record import dataclass

LIGNES, COLONNES = 5_000, 200
"""Rows and columns that a plan may have."""
_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell: its text, and its place « Feuille!B7 »."""

    texte: str
    place: str


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet: its name, and its rows; blank rows are kept, so that places stay true.

    Args:
        nom: its name.
        lignes: its rows.
        sans_resultat: places of the formulas whose result the file does not hold, or is empty: they read as blank.
    """

    nom: str
    lignes: list[list[Cellule]]
    sans_resultat: frozenset[str] = frozenset()


def read_sheets(contenu: Contenu) -> list[Feuille]:
    """Return the sheets of a workbook, or the single table of a text.

    Raises:
        ClausegenError: not a workbook, protected, damaged, too large, or a table that cannot be cut into columns.
    """
    if contenu.genre == "classeur":
        return list(_workbook(contenu.octets))
    return [_text(contenu.texte)]


def letter(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _workbook(octets: bytes) -> Iterator[Feuille]:
    _recognized(octets)
    office = open_office(octets, Words("classeur", "Plan d'achats"))
    for path, content in office.parts.items():
        # Sheets are parsed by another reader: nothing that declares an entity reaches it.
        if path == TYPES_PART or path.endswith((".xml", ".rels", ".vml")):
            head = content.replace(b"\x00", b"").upper()
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise ClausegenError(f"L'élément « {path} » du classeur déclare des entités XML : il est refusé.")
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # It warns of extensions that it leaves aside: none of them holds a cell.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(BytesIO(octets), read_only=True, data_only=True)
            computed = any(b"<f" in content for path, content in office.parts.items() if "worksheets/" in path)
            written = load_workbook(BytesIO(octets), read_only=True).worksheets if computed else []
            for rank, sheet in enumerate(book.worksheets):
                if sheet.sheet_state == "visible":
                    rows = _rows(sheet)
                    yield Feuille(sheet.title, rows, _unknown(rows, written[rank]) if computed else frozenset())
        except ClausegenError:
            raise
        except Exception as error:  # the library raises whatever a damaged part makes it trip on
            raise ClausegenError(
                "Le classeur est endommagé : il ne peut pas être lu. L'ouvrir et le réenregistrer."
            ) from error


def _recognized(octets: bytes) -> None:
    """Refuse an archive that is no Excel workbook, and say what it is."""
    try:
        with zipfile.ZipFile(BytesIO(octets)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ClausegenError("L'archive est abîmée : ce n'est pas un classeur Excel (.xlsx) lisible.") from error
    if TYPES_PART in names and any(name.startswith("xl/") for name in names):
        return
    kinds = {
        "word/": "un document Word",
        "ppt/": "un diaporama",
        "mimetype": "un document OpenDocument : l'enregistrer en .xlsx",
    }
    what = next((kind for start, kind in kinds.items() if any(n.startswith(start) for n in names)), "une archive")
    raise ClausegenError(f"Ce fichier n'est pas un classeur Excel (.xlsx), c'est {what}. Il n'est pas importé.")


def _rows(sheet: Any) -> list[list[Cellule]]:
    rows: list[list[Cellule]] = []
    for rank, row in enumerate(sheet.iter_rows(max_row=LIGNES + 1, max_col=COLONNES, values_only=True), 1):
        _within(rank)
        rows.append([Cellule(_shown(value), f"{sheet.title}!{letter(n)}{rank}") for n, value in enumerate(row, 1)])
    return rows


def _unknown(rows: list[list[Cellule]], sheet: Any) -> frozenset[str]:
    """Return the places of formulas that no program has computed since they were written, or that give nothing."""
    formulas = sheet.iter_rows(max_row=LIGNES + 1, max_col=COLONNES, values_only=True)
    return frozenset(
        cell.place
        for row, others in zip(rows, formulas, strict=False)
        for cell, other in zip(row, others, strict=False)
        if not cell.texte and (str(other).startswith("=") or not isinstance(other, str | int | float | date | None))
    )


def _within(rank: int) -> None:
    if rank > LIGNES:
        raise ClausegenError(f"Le tableau dépasse {LIGNES} lignes : ce n'est pas un plan d'achats.")


def _shown(value: Any) -> str:
    """Return a cell as text; a day in ISO form, a number without a useless fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".removesuffix(".00") if abs(value) < 1e15 else str(value)
    return cleaned(str(value)[:_CELL])


def _text(texte: str) -> Feuille:
    lines = texte.splitlines()
    separator = max(";,\t|", key=lambda mark: max((line.count(mark) for line in lines[:10]), default=0))
    rows: list[list[Cellule]] = []
    try:
        for rank, row in enumerate(csv.reader(StringIO(texte, newline=""), delimiter=separator), 1):
            _within(rank)
            if len(row) > COLONNES:
                raise ClausegenError(f"Le tableau dépasse {COLONNES} colonnes : ce n'est pas un plan d'achats.")
            rows.append([Cellule(cleaned(value), f"CSV!{letter(n)}{rank}") for n, value in enumerate(row, 1)])
    except csv.Error as error:
        raise ClausegenError("Le tableau ne se découpe pas en colonnes : un guillemet n'est pas fermé.") from error
    return Feuille("CSV", rows)
