"""R08: the dispositif of a lot, the codes of its notice and the value of its essential data say the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from clausegen.dossier.view import View
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, mentioned, places
from clausegen.regex import late

_FIELD = late(r"\b(?:BT|OPT)-\d+")
_CODE = late(r"[\w-]+")


def same_dispositif(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R08: cells that name a dispositif, rows of eForms fields, values of the essential data."""
    assert contexte.dossier is not None
    lots = {int(lot.numero): lot for lot in contexte.dossier.lots}
    data = controle.donnees
    fields: dict[int, dict[str, Place]] = {}
    for place in places(contexte.document):
        cell = place.bloc.cellule
        if cell is None:
            continue
        row = _lot(place, lots)
        if row is None:
            continue
        yield from _named(place, row, data)
        yield from _coded(place, row, fields.setdefault(int(row.numero), {}), data["code"])
        yield from _essential(place, row, data)
    if contexte.piece == data["piece_codes"]:
        yield from _missing(fields, lots)


def _lot(place: Place, lots: dict[int, View]) -> View | None:
    """Return the lot of a row: named in it, else by the heading, else the only one."""
    named = next((m for m in map(mentioned, place.ligne) if m), place.titre_lots)
    if len(named) == 1:
        return lots.get(next(iter(named)))
    return next(iter(lots.values())) if len(lots) == 1 and not named else None


def _named(place: Place, lot: View, data: dict[str, Any]) -> Iterator[Constat]:
    cell = place.bloc.cellule
    header = cell.entete if cell is not None else ""
    label = place.ligne[0] if place.ligne and cell is not None and cell.colonne == 1 else ""
    if not (re.search(data["colonne"], header, re.I) or re.search(data["colonne"], label, re.I)):
        return
    if lot.dispositif is None or (cell is not None and cell.ligne == 0 and header):
        return
    found = next((d for d, pattern in data["dispositifs"].items() if re.search(pattern, place.texte, re.I)), None)
    if found is None or found == lot.dispositif or (found == "aucun" and lot.autres_conditions_sociales):
        return
    yield Constat(
        *(place.bloc, 0, len(place.texte)),
        f"« {place.texte} » : la description retient « {lot.dispositif} » pour le lot n° {lot.numero}. Rétablir ce "
        "dispositif, ou le changer dans la description et reprendre toutes les pièces.",
        chemin=f"{lot.chemin}.dispositif",
    )


def _coded(place: Place, lot: View, seen: dict[str, Place], column: str) -> Iterator[Constat]:
    """A row « Lot n° 1 | BT-71, … | none (…) »."""
    name = next((m.group() for m in map(_FIELD.search, place.ligne) if m), None)
    header = place.bloc.cellule.entete if place.bloc.cellule is not None else ""
    if name is None or not re.match(column, header, re.IGNORECASE):
        return
    seen.setdefault(name, place)
    row = next((r for r in lot.avis.eforms if r.champ == name), None)
    if row is None:
        yield Constat(
            *(place.bloc, 0, len(place.texte)),
            f"« {name} » : le dispositif « {lot.dispositif} » du lot n° {lot.numero} n'emploie pas ce champ. "
            "Retirer la "
            "ligne.",
        )
        return
    code = _CODE.match(place.texte)
    if row.code and code and code.group() != row.code:
        yield Constat(
            *(place.bloc, 0, code.end()),
            f"« {code.group()} » : le dispositif « {lot.dispositif} » du lot n° {lot.numero} se code « {row.code} "
            "» dans "
            f"le champ {name}. Rétablir ce code.",
        )


def _missing(fields: dict[int, dict[str, Place]], lots: dict[int, View]) -> Iterator[Constat]:
    """A lot whose table of codes lost a row; a piece without that table has nothing to compare."""
    if not any(fields.values()):
        return
    for number, lot in lots.items():
        lacking = [row.champ for row in lot.avis.eforms if row.champ not in fields.get(number, {})]
        if lacking:
            first = next(iter(fields.get(number, {}).values()), None)
            start, end = (0, len(first.texte)) if first is not None else (0, 0)
            yield Constat(
                *(first.bloc if first is not None else None, start, end),
                f"Il manque, pour le lot n° {number}, le champ {', '.join(lacking)} de l'avis européen. Le rétablir.",
            )


def _essential(place: Place, lot: View, data: dict[str, Any]) -> Iterator[Constat]:
    cell = place.bloc.cellule
    if cell is None or cell.ligne == 0 or not re.search(data["valeur"], cell.entete, re.I) or not lot.avis.decp:
        return
    found = {value.strip() for value in place.texte.split(" et ")}
    if found != set(lot.avis.decp):
        yield Constat(
            *(place.bloc, 0, len(place.texte)),
            f"« {place.texte} » : la considération sociale du lot n° {lot.numero} se déclare "
            f"« {' et '.join(lot.avis.decp)} ». Rétablir cette valeur.",
        )


CHECKS: dict[str, Check] = {"R08": same_dispositif}
