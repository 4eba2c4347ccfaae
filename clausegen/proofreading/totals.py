"""R07: the total of a table of hours is the sum of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, mentioned, places
from clausegen.proofreading.quantities import HEURES, Quantite, comparable, quantities, shown
from clausegen.regex import late

_BARE = late(r"\s*(\d{1,3}(?: \d{3})+|\d+)\s*")


def right_totals(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R07: every table that has a column of hours and a row of total."""
    header = re.compile(controle.donnees["colonne"], re.IGNORECASE)
    total = re.compile(controle.donnees["total"], re.IGNORECASE)
    nothing = re.compile(controle.donnees["neant"], re.IGNORECASE)
    columns: dict[tuple[int, int], list[Place]] = {}
    for place in places(contexte.document):
        cell = place.bloc.cellule
        if cell is not None and cell.ligne > 0 and header.search(comparable(cell.entete)):
            columns.setdefault((cell.tableau, cell.colonne), []).append(place)
    for cells in columns.values():
        yield from _column(cells, total, nothing)


def _column(cells: list[Place], total: re.Pattern[str], nothing: re.Pattern[str]) -> Iterator[Constat]:
    rows: list[tuple[frozenset[int], Decimal | None]] = []
    grand: list[Decimal | None] = []
    for place in cells:
        lots = frozenset().union(*(mentioned(cell) for cell in place.ligne)) if place.ligne else frozenset()
        amount = _amount(place, nothing)
        if not any(total.search(cell) for cell in place.ligne):
            rows.append((lots, amount[0] if amount else None))
            continue
        # A total that names a lot closes that lot's rows; one that names none closes the table.
        mine = [value for of, value in rows if of == lots] if lots else [*grand, *(value for _, value in rows)]
        rows = [(of, value) for of, value in rows if of != lots] if lots else []
        if amount is None or amount[1] is None:
            grand.append(None)
            continue
        value, quantite = amount[0], amount[1]
        grand.append(value)
        if len(mine) < 1 or any(v is None for v in mine):
            continue
        expected = sum((v for v in mine if v is not None), Decimal(0))
        if expected != value:
            yield Constat(
                *(place.bloc, quantite.debut, quantite.apres),
                f"« {place.texte[quantite.debut : quantite.apres]} » : la somme des lignes est de "
                f"{shown(expected)} heures. "
                "Corriger la ligne fausse ou le total, puis vérifier les autres pièces.",
            )


def _amount(place: Place, nothing: re.Pattern[str]) -> tuple[Decimal, Quantite | None] | None:
    """Return the hours of a cell and where they stand; None for a cell left to fill, or for a ratio."""
    found = quantities(place.texte)
    if len(found) == 1 and found[0].unite == HEURES:
        return found[0].valeur, found[0]
    if bare := _BARE.fullmatch(place.texte):
        value = Decimal(bare[1].replace(" ", ""))
        return value, Quantite(bare.start(1), bare.end(1), bare.end(1), value, HEURES)
    return (Decimal(0), None) if nothing.search(place.texte) else None


CHECKS: dict[str, Check] = {"R07": right_totals}
