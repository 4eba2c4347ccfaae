"""Scalars of YAML 1.2's core schema: the text as written, and what it resolves to.

Two departures, both for what buyers write: digits that begin with 0 stay text (a SIRET, a postcode), and a number
with a fraction is a Decimal, never a binary float.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from clausegen.regex import late

Valeur: TypeAlias = bool | int | Decimal | str | None

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = late(r"[-+]?(?:0|[1-9][0-9]*)")
_BASED = late(r"0(?:o[0-7]+|x[0-9a-fA-F]+)")
_DECIMAL = late(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,9})?")
_SPECIAL = late(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_ISO_DAY = late(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_NUMBER = 100
_PREFIX = "tag:yaml.org,2002:"


class Scalaire(str):
    """A scalar: the text as written, and the value that it stands for."""

    __slots__ = ()
    cite = False

    @property
    def valeur(self) -> Valeur:
        """Return what the text resolves to: bool, int, Decimal or text (None only for a text that says so)."""
        return resolve(str(self))


class Cite(Scalaire):
    """A scalar between quotes, or a block of text: always a text."""

    __slots__ = ()
    cite = True

    @property
    def valeur(self) -> Valeur:
        """Return the text."""
        return str(self)


def nothing(text: str) -> bool:
    """Tell whether a plain scalar is `null`."""
    return text in _NULLS


def resolve(text: str) -> Valeur:
    """Return what a plain scalar stands for, by the core schema."""
    if text in _NULLS:
        return None
    if text[0] not in "+-.0123456789tTfF" or len(text) > _LONGEST_NUMBER:
        return text
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _BASED.fullmatch(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    if _SPECIAL.fullmatch(text):
        return Decimal(text.lower().replace(".", "").replace("inf", "Infinity"))
    return text


def explicit(tag: str, text: str) -> tuple[Scalaire | None, str]:
    """Read a scalar that carries a tag.

    Returns:
        The scalar, and the French message of a fault (empty when there is none).
    """
    kind = tag.removeprefix(_PREFIX)
    if tag == kind or kind not in ("str", "null", "bool", "int", "float"):
        return (
            Cite(text),
            f"L'étiquette « {tag[:60]} » n'est pas admise : seuls se lisent textes, nombres, listes et blocs.",
        )
    if kind == "str":
        return Cite(text), ""
    value = resolve(text)
    expected: dict[str, type | tuple[type, ...]] = {
        "null": type(None),
        "bool": bool,
        "int": int,
        "float": (int, Decimal),
    }
    if not isinstance(value, expected[kind]) or (isinstance(value, bool) and kind != "bool"):
        return Cite(text), f"L'étiquette « !!{kind} » ne convient pas à « {text[:60]} »."
    return (None if value is None else Scalaire(text)), ""


def iso_date(text: str) -> str | date:
    """Return the day that a text writes in ISO form, or the text itself."""
    if len(text) != 10 or not _ISO_DAY.fullmatch(text):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
