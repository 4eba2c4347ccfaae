"""The shape of a rule file that concludes: dated versions, conditions with their reasons, cases kept beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter, field_validator, model_validator

from clausegen.files.treepath import Chemin
from clausegen.language.expressions import Expression, ExpressionError, parse

Confiance = Literal["texte-vu", "source-secondaire", "analyse", "usage", "non-verifie"]
CONFIANCES: tuple[str, ...] = ("texte-vu", "source-secondaire", "usage", "analyse", "non-verifie")
"""From the surest to the least sure; the weaker of a rule's and its sources' is shown."""

V = TypeVar("V")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _ids(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _spelled(value: Any) -> Any:
    """Spell a condition written as a text alone; what is wrong is left for the model to refuse, at its place."""
    if not isinstance(value, (list, tuple)):
        return value
    return tuple({"si": item} if isinstance(item, str) else item for item in value)


def _nested(value: Any) -> str:
    inner = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return "liste" if "toutes" in inner or "une_de" in inner else "condition"


class Condition(_Strict):
    """One condition: an expression, and what to say, on which ground, when it fails."""

    si: Expression
    motif: str = ""
    source: tuple[str, ...] = ()

    @field_validator("si", mode="before")
    @classmethod
    def _parse(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except ExpressionError as error:
            raise ValueError(str(error)) from error

    @field_validator("source", mode="before")
    @classmethod
    def _sources(cls, value: Any) -> Any:
        return _ids(value)


class Groupe(_Strict):
    """A nested list: all of them, or one of them."""

    toutes: tuple[Item, ...] = ()
    une_de: tuple[Item, ...] = ()
    motif: str = ""
    source: tuple[str, ...] = ()

    @field_validator("toutes", "une_de", mode="before")
    @classmethod
    def _items(cls, value: Any) -> Any:
        return _spelled(value)

    @field_validator("source", mode="before")
    @classmethod
    def _sources(cls, value: Any) -> Any:
        return _ids(value)


Item: TypeAlias = Annotated[
    Annotated[Condition, Tag("condition")] | Annotated[Groupe, Tag("liste")], Discriminator(_nested)
]
"""A condition, or a list within the list: told apart before anything is checked, so that a fault is said once."""
Groupe.model_rebuild()
_ITEMS: TypeAdapter[tuple[Condition | Groupe, ...]] = TypeAdapter(tuple[Item, ...])


def conditions(value: Any) -> tuple[Condition | Groupe, ...]:
    """Read a list of conditions written as texts, as `si:` mappings or as nested lists."""
    return _ITEMS.validate_python(_spelled(value))


class Issue(_Strict):
    """What a version concludes."""

    statut: str
    code: str | None = None
    niveau: Literal["erreur", "avertissement", "question", "information"] | None = None
    chemin: str | None = None
    valeur: str | None = None

    @model_validator(mode="after")
    def _coded(self) -> Self:
        if self.statut == "signaler" and (self.code is None or self.niveau is None):
            raise ValueError("une règle qui signale porte un « code » et un « niveau »")
        return self


class Version(_Strict):
    """One rule as it stands from a day on.

    Outside `quand` the rule has no object; within it, `toutes` decides between `alors` and `sinon`.
    """

    quand: tuple[Item, ...] = ()
    toutes: tuple[Item, ...] = ()
    alors: Issue
    sinon: Issue | None = None
    motif: str
    motif_sinon: str = ""
    satisfaite: tuple[Item, ...] = ()
    conditions: tuple[str, ...] = ()
    source: tuple[str, ...] = Field(min_length=1)
    verifie_le: date
    confiance: Confiance
    note: str = ""

    @field_validator("quand", "toutes", "satisfaite", mode="before")
    @classmethod
    def _items(cls, value: Any) -> Any:
        return _spelled(value)

    @field_validator("source", mode="before")
    @classmethod
    def _sources(cls, value: Any) -> Any:
        return _ids(value)


class Cas(_Strict):
    """A case kept beside its rule: facts on a day, and what the rule must say."""

    nom: str
    le: date | None
    faits: dict[str, Any] = {}
    attendu: dict[str, Any]


def _closing(value: Any) -> str:
    return "fin" if isinstance(value, str) else "version"


VersionOuFin: TypeAlias = Annotated[
    Annotated[Version, Tag("version")] | Annotated[Literal["fin"], Tag("fin")], Discriminator(_closing)
]


class Regle(_Strict):
    """A rule that concludes, with its history."""

    titre: str
    portee: Literal["marche", "lot"] = "marche"
    versions: Annotated[dict[date, VersionOuFin], Field(min_length=1)]
    ecarte: tuple[str, ...] = ()
    cas: tuple[Cas, ...] = Field(min_length=1)

    @field_validator("versions")
    @classmethod
    def _ordered(cls, value: dict[date, VersionOuFin]) -> dict[date, VersionOuFin]:
        return in_order(value)


def in_order(versions: dict[date, V]) -> dict[date, V]:
    """Return versions as they are written.

    Raises:
        ValueError: they do not go from the oldest to the newest.
    """
    if list(versions) != sorted(versions):
        raise ValueError("les versions se rangent de la plus ancienne à la plus récente")
    return versions


def walk(items: tuple[Condition | Groupe, ...], path: Chemin = ()) -> Iterator[tuple[Chemin, Condition | Groupe]]:
    """Yield every condition and nested list with its path below the list that holds it."""
    for index, item in enumerate(items):
        yield (*path, index), item
        if isinstance(item, Groupe):
            yield from walk(item.toutes, (*path, index, "toutes"))
            yield from walk(item.une_de, (*path, index, "une_de"))
