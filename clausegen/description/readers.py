"""How each kind of scalar is read, from what the file writes to a checked value.

A reader takes a scalar of the file, or an ordinary Python value, and refuses with a reason in French.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from clausegen.files.refusal import Refus
from clausegen.files.yamlscalars import Scalaire
from clausegen.french.amounts import parse_amount, parse_percent, parse_rate
from clausegen.french.dates import parse_day
from clausegen.record import dataclass
from clausegen.regex import late

LONGUEUR_TEXTE = 10_000
VERSION = 1
_A_COMPLETER = frozenset({"", "…", "..."})
_UNPRINTABLE = late(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def refuse(code: str, reason: str) -> Refus:
    """Return the refusal of a value: a diagnostic code, and what is allowed or what to write."""
    return Refus(code, reason)


def to_complete(value: Any) -> bool:
    """Tell whether a value was left blank or as the « … » of a model: a fact that nobody has given yet."""
    return isinstance(value, str) and value.strip() in _A_COMPLETER


def without_blank_keys(block: Any) -> Any:
    """Return a block in which a key left blank asks, as `null` does."""
    if not isinstance(block, dict):
        return block
    return {key: None if to_complete(value) else value for key, value in block.items()}


def numbered(lots: Any) -> Any:
    """Return lots in which one that bears no number has its rank."""
    if not isinstance(lots, list | tuple):
        return lots
    return [_with_number(lot, rank) for rank, lot in enumerate(lots, 1)]


def _with_number(lot: Any, rank: int) -> Any:
    if not isinstance(lot, dict) or not (lot.get("numero") is None or to_complete(lot["numero"])):
        return lot
    return {**lot, "numero": rank}


def resolved(value: Any) -> Any:
    """Return what a scalar of the file stands for; an ordinary value as it is."""
    return value.valeur if isinstance(value, Scalaire) else value


def as_written(value: Any, expected: str) -> str:
    """Return a scalar as the file writes it, quoted or not.

    Args:
        value: a scalar of the file, or an ordinary value.
        expected: what is expected, for the refusal of a list or a block: « un texte ».
    """
    if value is None:
        raise refuse("F021", f"{expected} est obligatoire ici")
    if isinstance(value, dict | list | tuple):
        raise refuse(
            "F023", f"{expected} est attendu, pas {'un bloc de clés' if isinstance(value, dict) else 'une liste'}"
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def read_text(value: Any) -> str:
    """Read a text as written: `siret: 012` and `siret: "012"` are the same."""
    text = as_written(value, "un texte")
    if to_complete(text):
        raise refuse("F040", "un texte est attendu, celui-ci est vide")
    if len(text) > LONGUEUR_TEXTE:
        raise refuse("F040", f"un texte de {LONGUEUR_TEXTE} caractères au plus est attendu, celui-ci en a {len(text)}")
    if bad := _UNPRINTABLE.search(text):
        raise refuse("F002", f"le caractère de contrôle U+{ord(bad[0]):04X}, invisible, n'est pas admis")
    return text


def without_blanks(value: Any) -> Any:
    """Leave aside the items of a list of texts that are still to be written."""
    return [item for item in value if not to_complete(item)] if isinstance(value, list | tuple) else value


def _parsed(value: Any, expected: str, code: str, parse: Callable[[str], Any]) -> Any:
    text = as_written(value, expected)
    try:
        return parse(text)
    except ValueError as error:
        raise refuse(code, str(error)) from error


def read_amount(value: Any) -> Decimal:
    """Read an amount in euros before tax; never through a binary float."""
    amount: Decimal = _parsed(value, "un montant", "F030", parse_amount)
    return amount


def read_positive_amount(value: Any) -> Decimal:
    """Read an amount that something is divided by."""
    amount = read_amount(value)
    if not amount:
        raise refuse("F030", "un montant supérieur à zéro est attendu")
    return amount


def read_rate(value: Any) -> Decimal:
    """Read a fraction from 0 to 1, or a percentage with its sign."""
    rate: Decimal = _parsed(value, "un taux", "F031", parse_rate)
    return rate


def read_percent(value: Any) -> Decimal:
    """Read a percentage from 0 to 100."""
    percent: Decimal = _parsed(value, "un pourcentage", "F031", parse_percent)
    return percent


def read_day(value: Any) -> date:
    """Read a day in ISO form."""
    day: date = _parsed(value, "une date", "F033", parse_day)
    return day


def read_boolean(value: Any) -> bool:
    """Read `true` or `false`, the only booleans of YAML 1.2."""
    found = resolved(value)
    if isinstance(found, bool):
        return found
    word = as_written(value, "`true` ou `false`").casefold()
    meant = (
        "true"
        if word in ("oui", "yes", "on", "vrai", "true", "o", "1")
        else "false"
        if word in ("non", "no", "off", "faux", "false", "n", "0")
        else ""
    )
    raise refuse("F034", f"écrire `{meant}`, sans guillemets" if meant else "`true` (oui) ou `false` (non) est attendu")


def read_version(value: Any) -> int:
    """Read the version of the format, of which there is one."""
    text = as_written(value, "la version du format")
    if text != str(VERSION):
        raise refuse("F041", f"cette version de clausegen lit le format {VERSION} : écrire `version: {VERSION}`")
    return VERSION


@dataclass(frozen=True, slots=True)
class Entiers:
    """A reader of whole numbers between two bounds."""

    minimum: int
    maximum: int

    def __call__(self, value: Any) -> int:
        """Read a number."""
        text = as_written(value, "un nombre entier")
        if re.fullmatch(r"[0-9]{1,12}", text):
            number = int(text)
            if self.minimum <= number <= self.maximum:
                return number
            raise refuse("F032", f"un nombre entier de {self.minimum} à {self.maximum} est attendu")
        if re.fullmatch(r"[0-9]+[.,][0-9]+", text):
            raise refuse("F032", "un nombre entier est attendu, sans décimales")
        raise refuse(
            "F032",
            f"un nombre entier est attendu, en chiffres seulement, de {self.minimum} à {self.maximum}",
        )
