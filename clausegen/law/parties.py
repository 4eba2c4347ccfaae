"""What the CCAG brings to a market: the names of its parties and the numbers of its articles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from clausegen.law.dating import in_force
from clausegen.law.rulebook import Rulebook

if TYPE_CHECKING:
    from clausegen.description.marche import Marche


AUCUN = "aucun"


def ccag_in_force(marche: Marche, livre: Rulebook, jour: date | None) -> str | None:
    """Return the id of the CCAG that the market refers to; None for none, for a concession, or before it existed."""
    if marche.ccag is None or marche.ccag == AUCUN or marche.contrat == "concession":
        return None
    return str(marche.ccag) if in_force(livre.ccag(str(marche.ccag))["versions"], jour) else None


def party_ids(marche: Marche, livre: Rulebook) -> tuple[str, str]:
    """Return the ids (in `rules/ccag/parties.yaml`) of the buyer and of the holder."""
    if marche.contrat == "concession":
        return "autorite-concedante", "concessionnaire"
    if marche.ccag is None or marche.ccag == AUCUN or marche.contrat == "marche-partenariat":
        return "acheteur", "titulaire"
    named = livre.ccag(str(marche.ccag))["parties"]
    return named["acheteur"], named["cocontractant"]


def parties(marche: Marche, livre: Rulebook) -> dict[str, str]:
    """Return the names that the drafted clause uses, for the JSON decision."""
    buyer, holder = party_ids(marche, livre)
    names: dict[str, Any] = livre.donnees["ccag/parties"]["parties"]
    return {"acheteur": names[buyer]["nom"], "cocontractant": names[holder]["nom"]}


def ccag_articles(livre: Rulebook, ccag: str | None, jour: date | None) -> dict[str, str] | None:
    """Return the map of articles of the CCAG, for the JSON decision."""
    if ccag is None:
        return None
    entry = livre.ccag(ccag)
    found = in_force(entry["versions"], jour)
    return {"ccag": ccag, "version": found[0].isoformat() if found else "", **entry["articles"]}
