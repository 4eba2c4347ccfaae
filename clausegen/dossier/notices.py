"""What the notices of a market announce of a lot: families, eForms codes, essential data, boxes of national forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from clausegen.dossier.view import View
from clausegen.law.rulebook import Rulebook

if TYPE_CHECKING:
    from clausegen.description.lot import Lot
    from clausegen.description.marche import Marche


CONCESSION = "concession"
OTHER_CONDITIONS = "condition-autre"
ADDED_CONDITION = "execution"


def notice(lot: Lot, dispositif: str | None, marche: Marche, livre: Rulebook) -> View:
    """Return what a notice says of a lot.

    Args:
        lot: the lot.
        dispositif: what was retained for it; None when undecided.
        marche: its market: the contract chooses the words, the procedure the fields.
        livre: the law, for the codes.

    Returns:
        `familles`; `eforms`, rows of `champ`, `libelle`, `code`, `sens`, `texte` (the name of a text that the piece
        writes, else empty); `decp`, the values of the essential data; `reserve`; `etat`, the boxes of the State's buyer
        profile. Nothing but empty lists for an undecided lot.
    """
    if dispositif is None:
        return View(familles=(), eforms=(), decp=(), reserve=False, etat=())
    familles = families(lot, dispositif, livre)
    reserve = dispositif.startswith("reserve-")
    return View(
        familles=familles,
        eforms=eforms_rows(familles, marche, livre),
        decp=essential_values(familles, marche, livre),
        reserve=reserve,
        etat=_boxes(familles, dispositif, livre),
    )


def families(lot: Lot, dispositif: str, livre: Rulebook) -> tuple[str, ...]:
    """Return what a lot announces, as `rules/publicite` names it."""
    found: list[str] = list(livre.donnees["publicite/familles"]["dispositifs"][dispositif])
    if dispositif.startswith("reserve-") and (lot.conditions_reserve or lot.heures_complementaires):
        found.append(ADDED_CONDITION)
    if lot.autres_conditions_sociales:
        found.append(OTHER_CONDITIONS)
    return tuple(found)


def eforms_rows(familles: Iterable[str], marche: Marche, livre: Rulebook) -> tuple[View, ...]:
    """Return the eForms fields of a lot, in the dictionary's order: the first family that sets one wins."""
    table = livre.donnees["publicite/eforms"]
    participation, execution = table["participation"], table["execution"]
    code = next((str(participation[f]) for f in familles if f in participation), str(participation["code"]))
    written: dict[str, dict[str, str]] = {
        str(participation["champ"]): {"code": code},
        str(execution["champ"]): {"code": str(execution["code"])},
    }
    for famille in familles:
        for row in table["familles"][famille]:
            written.setdefault(str(row["champ"]), row)
    allowed = set(written) - set(table["interdits"].get(marche.procedure, ()))
    return tuple(_row(champ, written[champ], table) for champ in table["champs"] if champ in allowed)


def _row(champ: str, row: dict[str, str], table: dict[str, Any]) -> View:
    code = str(row.get("code", ""))
    sens = str(table["codes"][code]) if code else ""
    return View(champ=champ, libelle=str(table["champs"][champ]), code=code, sens=sens, texte=str(row.get("texte", "")))


def essential_values(familles: Iterable[str], marche: Marche, livre: Rulebook) -> tuple[str, ...]:
    """Return the values of « considérations sociales » of a lot, each once."""
    table = livre.donnees["publicite/decp"]
    contrat = CONCESSION if marche.contrat == CONCESSION else "marche"
    found = dict.fromkeys(str(table["familles"][famille][contrat]) for famille in familles)
    return tuple(found) or (str(table["aucune"]),)


def _boxes(familles: Iterable[str], dispositif: str, livre: Rulebook) -> tuple[str, ...]:
    table = livre.donnees["publicite/national"]
    found: list[str] = list(table["etat"][dispositif])
    if {ADDED_CONDITION, OTHER_CONDITIONS} & set(familles):
        found += table["condition_ajoutee"]
    return tuple(dict.fromkeys(found))
