"""Numbers and values as a French report prints them; plain spaces, `typography` comes after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from clausegen.french.dates import en_lettres


def nombre(valeur: int | Decimal | float) -> str:
    """Return « 1 200,5 »: thousands apart, decimal comma, no useless zero."""
    text = f"{Decimal(str(valeur)):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",")


def pourcent(fraction: int | Decimal | float) -> str:
    """Return « 5 % » for 0.05."""
    return f"{nombre(Decimal(str(fraction)) * 100)} %"


def valeur_lisible(valeur: Any) -> str:
    """Return any value of the decision as a reader expects it: « oui », « 15 », « 1er janvier 2027 », « a, b »."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, int | Decimal):
        return nombre(valeur)
    if isinstance(valeur, date):
        return en_lettres(valeur)
    if isinstance(valeur, dict):
        return ", ".join(f"{key} {valeur_lisible(item)}" for key, item in valeur.items())
    if isinstance(valeur, list | tuple):
        return ", ".join(valeur_lisible(item) for item in valeur)
    return "à préciser" if valeur is None else str(valeur)
