"""The shape of a rule file that concludes: what pydantic refuses of it, then the rule that the engine applies."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator

from clausegen.language.expressions import ExpressionError, parse
from clausegen.law.rule import Cas, Confiance, Issue, Regle, Version, conditions, ids

V = TypeVar("V")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _spelled(value: Any) -> Any:
    """Spell a condition written as a text alone; what is wrong is left for the model to refuse, at its place."""
    if not isinstance(value, (list, tuple)):
        return value
    return tuple({"si": item} if isinstance(item, str) else item for item in value)


def _nested(value: Any) -> str:
    inner = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return "liste" if "toutes" in inner or "une_de" in inner else "condition"


class _Condition(_Strict):
    si: str
    motif: str = ""
    source: tuple[str, ...] = ()

    @field_validator("si")
    @classmethod
    def _parse(cls, value: str) -> str:
        try:
            parse(value)
        except ExpressionError as error:
            raise ValueError(str(error)) from error
        return value

    @field_validator("source", mode="before")
    @classmethod
    def _sources(cls, value: Any) -> Any:
        return ids(value)


class _Groupe(_Strict):
    toutes: tuple[_Item, ...] = ()
    une_de: tuple[_Item, ...] = ()
    motif: str = ""
    source: tuple[str, ...] = ()

    @field_validator("toutes", "une_de", mode="before")
    @classmethod
    def _items(cls, value: Any) -> Any:
        return _spelled(value)

    @field_validator("source", mode="before")
    @classmethod
    def _sources(cls, value: Any) -> Any:
        return ids(value)


_Item: TypeAlias = Annotated[
    Annotated[_Condition, Tag("condition")] | Annotated[_Groupe, Tag("liste")], Discriminator(_nested)
]
"""A condition, or a list within the list: told apart before anything is checked, so that a fault is said once."""
_Groupe.model_rebuild()


class _Issue(_Strict):
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


class _Version(_Strict):
    quand: tuple[_Item, ...] = ()
    toutes: tuple[_Item, ...] = ()
    alors: _Issue
    sinon: _Issue | None = None
    motif: str
    motif_sinon: str = ""
    satisfaite: tuple[_Item, ...] = ()
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
        return ids(value)

    def version(self) -> Version:
        """Return the version that the engine applies."""
        values = self.model_dump()
        for key in ("quand", "toutes", "satisfaite"):
            values[key] = conditions(values[key])
        for key in ("alors", "sinon"):
            values[key] = None if values[key] is None else Issue(**values[key])
        return Version(**values)


class _Cas(_Strict):
    nom: str
    le: date | None
    faits: dict[str, Any] = {}
    attendu: dict[str, Any]


def _closing(value: Any) -> str:
    return "fin" if isinstance(value, str) else "version"


_VersionOuFin: TypeAlias = Annotated[
    Annotated[_Version, Tag("version")] | Annotated[Literal["fin"], Tag("fin")], Discriminator(_closing)
]


class FichierRegle(_Strict):
    """A file of a rule that concludes, with its history."""

    titre: str
    portee: Literal["marche", "lot"] = "marche"
    versions: Annotated[dict[date, _VersionOuFin], Field(min_length=1)]
    ecarte: tuple[str, ...] = ()
    cas: tuple[_Cas, ...] = Field(min_length=1)

    @field_validator("versions")
    @classmethod
    def _ordered(cls, value: dict[date, _VersionOuFin]) -> dict[date, _VersionOuFin]:
        return in_order(value)

    def regle(self) -> Regle:
        """Return the rule that the engine applies."""
        versions: dict[date, Version | str] = {
            day: entry if isinstance(entry, str) else entry.version() for day, entry in self.versions.items()
        }
        cases = tuple(Cas(cas.nom, cas.le, cas.faits, cas.attendu) for cas in self.cas)
        return Regle(self.titre, self.portee, versions, self.ecarte, cases)


def in_order(versions: dict[date, V]) -> dict[date, V]:
    """Return versions as they are written.

    Raises:
        ValueError: they do not go from the oldest to the newest.
    """
    if list(versions) != sorted(versions):
        raise ValueError("les versions se rangent de la plus ancienne à la plus récente")
    return versions
