"""The texts of a market or of a lot in a notice, and the figures written in them."""

from __future__ import annotations

import re
from decimal import Decimal

from clausegen.exchange.importers.interface import BesoinLu, Fait
from clausegen.french.typography import plain

_NUMBER = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?")


def texts(besoin: BesoinLu) -> list[Fait]:
    """Return the texts of a market or of a lot."""
    found = [besoin.intitule, besoin.description]
    return [fact for fact in found if fact is not None] + besoin.textes


def about(facts: list[Fait], numero: int) -> list[Fait]:
    """Return the texts that name a lot by its number: « les lots n° 2 et 3 sont réservés »."""
    named = re.compile(rf"\blots?\b[^.;!?]{{0,200}}(?<![0-9]){numero}(?![0-9])", re.IGNORECASE)
    return [fact for fact in facts if named.search(plain(fact.valeur).replace("n°", ""))]


def number(text: str) -> Decimal | None:
    """Return the only number of a text, such as « 10 % »; None when there is none, or several."""
    found = _NUMBER.findall(plain(text).replace(" ", ""))
    return Decimal(found[0].replace(",", ".")) if len(found) == 1 else None
