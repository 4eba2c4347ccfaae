"""Filters of templates: values to French text; a missing fact passes through and prints as a field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import Environment, pass_environment

from clausegen.french.amounts import euros as _euros
from clausegen.french.dates import en_lettres
from clausegen.french.grammar import de as _de
from clausegen.french.grammar import enumeration
from clausegen.french.grammar import majuscule as _majuscule
from clausegen.language.unknown import Unknown


def _through(function: Callable[[Any], str]) -> Callable[[Any], Any]:
    """Let a missing fact pass: what cannot be printed becomes a field to complete."""

    @wraps(function)
    def passed(value: Any) -> Any:
        return value if isinstance(value, Unknown) else function(value)

    return passed


def nombre(value: Any) -> str:
    """Print a number with a decimal comma and groups of three digits."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", " ")
    return f"{grouped},{fraction}" if fraction else grouped


def pourcent(value: Any) -> str:
    """Print a fraction as a percentage: 0.05 gives « 5 % »."""
    return f"{nombre(Decimal(str(value)) * 100)} %"


def heures(value: Any) -> str:
    """Print hours with their unit: « 1 heure », « 420 heures »."""
    return f"{nombre(value)} heure{'s' if value >= 2 else ''}"


def jour(value: date) -> str:
    """Print a day: « 1er janvier 2027 »."""
    return en_lettres(value)


def euros(value: Any) -> str:
    """Print euros: « 960 000 € »."""
    return _euros(Decimal(str(value)))


def ht(value: Any) -> str:
    """Print euros before tax: « 960 000 € HT »."""
    return f"{euros(value)} HT"


def liste(values: Any) -> str:
    """Print a list: « a, b et c »."""
    return enumeration([str(v) for v in values])


def de(value: Any) -> str:
    """Print a name after « de », elided where French elides."""
    return _de(str(value))


def majuscule(value: Any) -> str:
    """Print a text with a capital first letter."""
    return _majuscule(str(value))


@pass_environment
def semblables(environment: Environment, values: Any, attribut: str) -> list[list[Any]]:
    """Gather the values that say the same under a name, in the order in which each is first met."""
    found: dict[Any, list[Any]] = {}
    for value in values:
        # As the sandbox reads a name, and no other way.
        found.setdefault(environment.getattr(value, attribut), []).append(value)
    return list(found.values())


FILTERS: dict[str, Callable[..., Any]] = {
    f.__name__: _through(f) for f in (nombre, pourcent, heures, jour, euros, ht, liste, de, majuscule)
} | {"semblables": semblables}
