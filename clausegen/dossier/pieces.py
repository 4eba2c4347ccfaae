"""Which pieces a market calls for, and which of them this version knows how to write."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.view import View
from clausegen.errors import ClausegenError
from clausegen.files.shipped import shipped
from clausegen.files.yamltree import plain, read_yaml
from clausegen.law.decision import DocumentPrevu
from clausegen.record import dataclass


@dataclass(frozen=True, slots=True)
class Gabarit:
    """A piece that has a template.

    Args:
        id: its folder under `templates/`.
        titre: its title.
        table: whether it opens with a table of contents.
        dispositifs: those of a lot that it knows how to write; empty for any.
        contrats: the contracts that it knows how to write; empty for any.
        rend_compte: whether it reports on the other pieces, and is therefore written after them.
        classeur: whether it is a workbook, laid out as sheets, whatever format is asked for.
    """

    id: str
    titre: str
    table: bool = False
    dispositifs: tuple[str, ...] = ()
    contrats: tuple[str, ...] = ()
    rend_compte: bool = False
    classeur: bool = False


@cache
def gabarits(folder: Path | None = None) -> dict[str, Gabarit]:
    """Return the pieces that have a template, by id.

    Raises:
        ClausegenError: a `piece.yaml` is broken.
    """
    found: dict[str, Gabarit] = {}
    for path in sorted((folder or shipped("templates")).glob("*/piece.yaml")):
        arbre = read_yaml(path.read_text(encoding="utf-8"), f"templates/{path.parent.name}/piece.yaml")
        content: Any = plain(arbre)
        if arbre.diagnostics or content.get("id") != path.parent.name:
            raise ClausegenError(
                f"templates/{path.parent.name}/piece.yaml ne se lit pas ou ne porte pas le nom de son dossier."
            )
        found[content["id"]] = Gabarit(
            content["id"],
            content["titre"],
            bool(content.get("table", False)),
            tuple(content.get("dispositifs") or ()),
            tuple(content.get("contrats") or ()),
            bool(content.get("rend_compte", False)),
            bool(content.get("classeur", False)),
        )
    return found


def planned(dossier: Dossier) -> tuple[DocumentPrevu, ...]:
    """Return the eleven pieces with, for each, whether it applies, why, and for which lots."""
    rows: list[dict[str, Any]] = dossier.papers.livre.donnees["documents"]["documents"]
    return tuple(_planned(row, dossier) for row in rows)


def _planned(row: dict[str, Any], dossier: Dossier) -> DocumentPrevu:
    applicable, motif, lots = _verdict(row, dossier)
    return DocumentPrevu(row["id"], row["titre"], applicable, motif, tuple(int(lot.numero) for lot in lots))


def _verdict(row: dict[str, Any], dossier: Dossier) -> tuple[bool | None, str, list[View]]:
    besoin = row.get("besoin")
    if besoin == "motivation":
        return _reasons(dossier)
    if besoin == "facilitateur" and (refusal := _no_convention(dossier)):
        return False, refusal, []
    if "dispositifs" not in row:
        return True, "Pièce de tout dossier.", list(dossier.lots)
    concerned = [lot for lot in dossier.lots if lot.dispositif in row["dispositifs"]]
    if besoin == "execution":
        concerned += [lot for lot in dossier.lots if lot.dispositif == "aucun" and lot.autres_conditions_sociales]
    if concerned:
        return (
            True,
            "Au moins un lot porte un dispositif que cette pièce met en œuvre.",
            sorted(concerned, key=lambda lot: int(lot.numero)),
        )
    undecided = [lot for lot in dossier.lots if lot.dispositif is None]
    if undecided or not dossier.lots:
        return None, "Le dispositif d'un lot reste à préciser : la pièce est un brouillon.", undecided
    return False, "Aucun lot ne porte de considération sociale.", []


def _reasons(dossier: Dossier) -> tuple[bool | None, str, list[View]]:
    duty = next(o for o in dossier.papers.decision.obligations if o.id == "motivation-absence")
    lots = [lot for lot in dossier.lots if lot.obligations["motivation-absence"].statut == duty.statut]
    if duty.statut == "applicable":
        return True, duty.motif, lots
    return (None, duty.motif, lots) if duty.statut == "a-preciser" else (False, duty.motif, [])


def _no_convention(dossier: Dossier) -> str:
    """Return why no convention is drawn up; empty when one is."""
    facilitateur = dossier.marche.facilitateur
    if facilitateur is None:
        return "Aucun facilitateur n'est désigné : il n'y a personne avec qui conventionner."
    if facilitateur.type == "interne":
        return "Le facilitateur est un service de l'acheteur : une lettre de mission suffit."
    if facilitateur.convention.rediger is False:
        return "La description demande de ne pas rédiger de convention."
    return ""
