"""Where a market is performed, from the codes of the market and of its lots, when they agree."""

from __future__ import annotations

from collections.abc import Mapping

from clausegen.diagnostics import Niveau
from clausegen.exchange.importers.interface import AvisLu, BesoinLu, Fait
from clausegen.exchange.importers.sketch import Brouillon
from clausegen.exchange.importers.values import departement_of

_CHEMIN = "lieu_execution.departement"


def draw_place(brouillon: Brouillon, avis: AvisLu, departements: Mapping[str, str]) -> None:
    """Fill in `lieu_execution`.

    Args:
        brouillon: gets its keys.
        avis: what the file states.
        departements: NUTS code to département, `rules/listes/nuts`.
    """
    besoins: list[BesoinLu] = [avis, *avis.lots]
    codes = _first([fait for besoin in besoins for fait in besoin.nuts])
    if len(codes) == 1:
        code, fait = next(iter(codes.items()))
        if code.startswith("FR") and 2 <= len(code) <= 5 and code.isalnum():
            brouillon.lire("lieu_execution.nuts", code, fait)
    _departement(brouillon, avis, besoins, codes, departements)
    towns = _first([besoin.commune for besoin in besoins if besoin.commune is not None])
    if len(towns) == 1:
        town = next(iter(towns.values()))
        told = f"d'après « {town.precision} »" if town.precision and not town.sur else ""
        brouillon.lire("lieu_execution.commune", town.valeur[:100], town, told)


def _first(faits: list[Fait]) -> dict[str, Fait]:
    """Return facts by value, whatever the case, each at its first place."""
    found: dict[str, Fait] = {}
    for fait in faits:
        found.setdefault(fait.valeur.upper(), fait)
    return found


def _departement(
    brouillon: Brouillon,
    avis: AvisLu,
    besoins: list[BesoinLu],
    codes: Mapping[str, Fait],
    departements: Mapping[str, str],
) -> None:
    places: dict[str, tuple[Fait, str]] = {}
    for code, fait in codes.items():
        if code in departements:
            places.setdefault(departements[code], (fait, f"code NUTS {code}"))
    for written in (besoin.code_postal for besoin in besoins):
        if written is not None and (number := departement_of(written.valeur)):
            places.setdefault(number, (written, f"code postal {written.valeur}"))
    if len(places) == 1:
        number, (fait, how) = next(iter(places.items()))
        brouillon.deduire(_CHEMIN, number, fait, how)
    elif places:
        several = ", ".join(sorted(places))
        brouillon.demander(_CHEMIN, f"L'avis nomme plusieurs départements : {several}.")
        brouillon.constater("I015", Niveau.INFORMATION, f"L'avis nomme plusieurs départements ({several}).", _CHEMIN)
    elif avis.departement is not None:
        told = avis.departement.precision or "lu dans le fichier"
        brouillon.confirmer(_CHEMIN, avis.departement.valeur, avis.departement, told)
