"""A rule that concludes, once it is read: dated versions, conditions with their reasons, cases kept beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, Literal, TypeAlias

from clausegen.files.treepath import Chemin
from clausegen.language.expressions import Expression, parse
from clausegen.record import dataclass

Confiance = Literal["texte-vu", "source-secondaire", "analyse", "usage", "non-verifie"]
CONFIANCES: tuple[str, ...] = ("texte-vu", "source-secondaire", "usage", "analyse", "non-verifie")
"""From the surest to the least sure; the weaker of a rule's and its sources' is shown."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: an expression, and what to say, on which ground, when it fails."""

    si: Expression
    motif: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Groupe:
    """A nested list: all of them, or one of them."""

    toutes: tuple[Item, ...] = ()
    une_de: tuple[Item, ...] = ()
    motif: str = ""
    source: tuple[str, ...] = ()


Item: TypeAlias = Condition | Groupe


@dataclass(frozen=True, slots=True)
class Issue:
    """What a version concludes."""

    statut: str
    code: str | None = None
    niveau: str | None = None
    chemin: str | None = None
    valeur: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One rule as it stands from a day on.

    Outside `quand` the rule has no object; within it, `toutes` decides between `alors` and `sinon`.
    """

    quand: tuple[Item, ...]
    toutes: tuple[Item, ...]
    alors: Issue
    sinon: Issue | None
    motif: str
    motif_sinon: str
    satisfaite: tuple[Item, ...]
    conditions: tuple[str, ...]
    source: tuple[str, ...]
    verifie_le: date
    confiance: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cas:
    """A case kept beside its rule: facts on a day, and what the rule must say."""

    nom: str
    le: date | None
    faits: dict[str, Any] = field(default_factory=dict)
    attendu: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule that concludes, with its history; the text « fin » closes it."""

    titre: str
    portee: str
    versions: dict[date, Version | str]
    ecarte: tuple[str, ...]
    cas: tuple[Cas, ...]


def ids(value: Any) -> Any:
    """Return source ids, written as a text alone or as a list."""
    return (value,) if isinstance(value, str) else value


def conditions(value: Sequence[Any]) -> tuple[Item, ...]:
    """Read a list of conditions written as texts, as `si:` mappings or as nested lists.

    Raises:
        ExpressionError: one of them is not a condition.
    """
    return tuple(_item(entry) for entry in value)


def _item(entry: str | Mapping[str, Any]) -> Item:
    if isinstance(entry, str):
        return Condition(parse(entry))
    motif, source = str(entry.get("motif", "")), tuple(ids(entry.get("source", ())))
    if "si" in entry:
        return Condition(parse(entry["si"]), motif, source)
    return Groupe(conditions(entry.get("toutes", ())), conditions(entry.get("une_de", ())), motif, source)


def walk(items: tuple[Item, ...], path: Chemin = ()) -> Iterator[tuple[Chemin, Item]]:
    """Yield every condition and nested list with its path below the list that holds it."""
    for index, item in enumerate(items):
        yield (*path, index), item
        if isinstance(item, Groupe):
            yield from walk(item.toutes, (*path, index, "toutes"))
            yield from walk(item.une_de, (*path, index, "une_de"))
