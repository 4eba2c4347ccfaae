"""How each kind of scalar is read, from what the file writes to a checked value.

A reader takes a scalar of the file, or an ordinary Python value, and refuses with a reason in French.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from clausegen.description.block import to_complete
from clausegen.files.yamlscalars import Scalaire
from clausegen.french.amounts import parse_amount, parse_percent, parse_rate
from clausegen.french.dates import parse_day

LONGUEUR_TEXTE = 10_000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def refuse(code: str, reason: str) -> PydanticCustomError:
    """Return the refusal of a value: a diagnostic code, and what is allowed or what to write."""
    return PydanticCustomError(code, "{reason}", {"reason": reason})


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


def integer(minimum: int, maximum: int) -> Callable[[Any], int]:
    """Return a reader of whole numbers between two bounds."""

    def read(value: Any) -> int:
        text = as_written(value, "un nombre entier")
        if re.fullmatch(r"[0-9]{1,12}", text):
            number = int(text)
            if minimum <= number <= maximum:
                return number
            raise refuse("F032", f"un nombre entier de {minimum} à {maximum} est attendu")
        if re.fullmatch(r"[0-9]+[.,][0-9]+", text):
            raise refuse("F032", "un nombre entier est attendu, sans décimales")
        raise refuse(
            "F032",
            f"un nombre entier est attendu, en chiffres seulement, de {minimum} à {maximum}",
        )

    return read
