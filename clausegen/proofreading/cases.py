"""The good and the bad texts kept beside each proofreading rule, and what the rule says of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.french.typography import plain
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.context import context
from clausegen.proofreading.interface import Constat
from clausegen.proofreading.registry import cases_of, proofread
from clausegen.reading.document import Bloc, Cellule, Document, Genre
from clausegen.record import dataclass


@dataclass(frozen=True)
class Essai:
    """What a rule said of a text.

    Args:
        code: the rule.
        nom: the case.
        attendu: the faulty extracts that the file announces; « document » for a fault of the whole.
        obtenu: those that were found.
    """

    code: str
    nom: str
    attendu: tuple[str, ...]
    obtenu: tuple[str, ...]

    @property
    def tient(self) -> bool:
        """Tell whether the rule found what its file announces, and nothing else."""
        return self.attendu == self.obtenu


def run_cases(livre: Rulebook, dossiers: Mapping[str, Dossier] | None = None) -> tuple[Essai, ...]:
    """Try every case.

    Args:
        livre: the law.
        dossiers: the markets that cases name (`marche`), by name; a case whose market is not given is left out.
    """
    known = dossiers or {}
    return tuple(
        run_case(livre, code, case, known.get(case.get("marche", "")))
        for code, case in cases_of(livre)
        if "marche" not in case or case["marche"] in known
    )


def run_case(livre: Rulebook, code: str, case: Mapping[str, Any], dossier: Dossier | None = None) -> Essai:
    """Try one case.

    Args:
        livre: the law.
        code: the rule.
        case: `nom`, `texte` or `blocs`, `piece`, `date`, `attendu`.
        dossier: the figures of its market, if it has one.
    """
    document = document_of(case)
    jour = case.get("date")
    contexte = context(document, livre, jour if isinstance(jour, date) else None, dossier)
    found = tuple(extract(constat) for _, constat in proofread(contexte, (code,)))
    return Essai(code, str(case["nom"]), tuple(plain(str(e)) for e in case["attendu"]), found)


def extract(constat: Constat) -> str:
    """Return the faulty words of a finding; « document » for one on no block."""
    return "document" if constat.bloc is None else plain(constat.bloc.texte[constat.debut : constat.fin])


def document_of(case: Mapping[str, Any]) -> Document:
    """Return the document of a case.

    Its `blocs` are texts: « # Titre », « ## 12.3 Sous-titre » (the number is read), « - élément de liste », a row of a
    table « | a | b | » (consecutive rows are one table, whose first row is its header), anything else a paragraph.
    """
    lines = case.get("blocs") or [case["texte"]]
    blocs: list[Bloc] = []
    table, row, headers = -1, 0, []
    before_table = False
    for line in map(str, lines):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not before_table:
                table, row, headers = table + 1, 0, cells
            for column, cell in enumerate(cells):
                header = headers[column] if column < len(headers) else ""
                place = Cellule(table, row, column, header)
                blocs.append(Bloc(len(blocs) + 1, Genre.CELLULE, cell, cell, cellule=place))
            row, before_table = row + 1, True
            continue
        before_table = False
        blocs.append(_paragraph(line, len(blocs) + 1))
    return Document(str(case["nom"]), tuple(blocs), piece=case.get("piece"))


def _paragraph(line: str, rank: int) -> Bloc:
    if line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        words = line.lstrip("# ")
        number, _, title = words.partition(" ")
        numbered = number.rstrip(".").replace(".", "").isdigit()
        text = title if numbered else words
        return Bloc(rank, Genre.ARTICLE, text, text, niveau=level, numero=number.rstrip(".") if numbered else None)
    if line.startswith("- "):
        return Bloc(rank, Genre.LISTE, line[2:], line[2:])
    return Bloc(rank, Genre.PARAGRAPHE, line, line)
