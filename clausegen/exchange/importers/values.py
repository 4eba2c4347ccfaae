"""Single values read with care: an amount that is one, a SIRET whose key holds, a place in a département."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from clausegen.diagnostics import Niveau
from clausegen.exchange.importers.interface import Fait
from clausegen.exchange.importers.sketch import Brouillon
from clausegen.files.refusal import Refus
from clausegen.files.treepath import shown
from clausegen.french.amounts import euros, parse_amount
from clausegen.french.dates import parse_day

_MACHINE = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_EUROS = ("EUR", "€", "")
_PLACEHOLDERS = (Decimal(0), Decimal(1))
"""What forms that demand an amount are filled with when nobody knows it."""
_OVERSEAS = ("97", "98")
_CORSICA = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}
_SHORT_OR_LONG_YEAR = re.compile(r"écrire ([0-9]{4}-[0-9]{2}-[0-9]{2})")
_FREE = ("(retiré)", "(retire)")
"""What a published file holds in place of personal data."""


def read_amount(brouillon: Brouillon, fait: Fait, chemin: str, machine: bool) -> Decimal | None:
    """Return an amount in euros before tax; None, and why, for anything else.

    Args:
        brouillon: gets the reason.
        fait: its `precision` is the currency, or « TTC ».
        chemin: the key that it would fill.
        machine: whether a program wrote it, with a point before decimals.
    """
    if fait.precision == "TTC":
        brouillon.demander(chemin, f"Le fichier dit « {shown(fait.valeur)} » toutes taxes comprises ({fait.origine}).")
        message = "Un montant toutes taxes comprises n'est pas repris : donner le montant hors taxes."
        brouillon.constater("I003", Niveau.AVERTISSEMENT, message, chemin)
        return None
    if fait.precision.upper() not in _EUROS:
        message = (
            f"Un montant en {shown(fait.precision)[:10]} n'est pas repris : la description compte en euros hors taxes."
        )
        brouillon.constater("I003", Niveau.AVERTISSEMENT, message, chemin)
        return None
    try:
        amount = Decimal(fait.valeur) if machine and _MACHINE.fullmatch(fait.valeur) else parse_amount(fait.valeur)
        amount = amount.quantize(Decimal("0.01"))
    except (ValueError, InvalidOperation) as error:
        why = str(error) if isinstance(error, ValueError) else "ce montant est démesuré"
        brouillon.demander(chemin, f"Le fichier dit « {shown(fait.valeur)} » ({fait.origine}).")
        message = f"Le montant « {shown(fait.valeur)} » ({fait.origine}) n'est pas repris : {why}."
        brouillon.constater("I009", Niveau.INFORMATION, message, chemin)
        return None
    if amount in _PLACEHOLDERS:
        message = (
            f"Le montant vaut {euros(amount)} dans l'avis : c'est la marque d'un montant inconnu, il n'est pas repris."
        )
        brouillon.constater("I002", Niveau.INFORMATION, message, chemin)
        return None
    return amount if amount != amount.to_integral_value() else amount.quantize(Decimal(1))


def read_checked(brouillon: Brouillon, chemin: str, fait: Fait | None, reader: Callable[[Any], Any], label: str) -> Any:
    """Return a value that the description's own reader takes; None, and why, for one that it refuses."""
    if fait is None or fait.valeur.casefold() in _FREE:
        return None
    try:
        return reader(fait.valeur)
    except Refus as error:
        message = f"{label} « {shown(fait.valeur)} » n'est pas repris : {error.reason}."
        brouillon.constater("I009", Niveau.INFORMATION, message, chemin)
        return None


def read_date(brouillon: Brouillon, chemin: str, fait: Fait) -> date | None:
    """Return a day, in ISO form or as French tables write it; None, and why, for anything else."""
    text = fait.valeur[:10] if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fait.valeur) else fait.valeur
    try:
        return parse_day(text)
    except ValueError as error:
        if meant := _SHORT_OR_LONG_YEAR.search(str(error)):
            return parse_day(meant[1])
        brouillon.demander(chemin, f"Le fichier dit « {shown(fait.valeur)} » ({fait.origine}).")
        message = f"La date « {shown(fait.valeur)} » ({fait.origine}) n'est pas reprise : elle ne désigne pas un jour."
        brouillon.constater("I009", Niveau.INFORMATION, message, chemin)
        return None


def departement_of(code_postal: str) -> str | None:
    """Return the département of a French postcode; None for anything else."""
    code = code_postal.strip()
    if not re.fullmatch(r"[0-9]{5}", code):
        return None
    if code.startswith(_OVERSEAS):
        return code[:3]
    if code.startswith("20"):
        return _CORSICA.get(code[:3])
    return code[:2] if "01" <= code[:2] <= "95" else None


def nature_of(cpv: str, divisions: list[Mapping[str, str]]) -> str | None:
    """Return the nature of what a CPV code names, by its division."""
    return next((entry["nature"] for entry in divisions if entry["de"] <= cpv[:2] <= entry["a"]), None)
