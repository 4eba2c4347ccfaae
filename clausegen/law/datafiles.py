"""The rule files that hold facts, checked to the letter: for a copy of the rules that somebody is changing.

Drafting does not pay for it: the files that travel with the program are checked by its tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator

from clausegen.diagnostics import Diagnostic
from clausegen.files.treepath import Chemin
from clausegen.files.validation import validate
from clausegen.files.yamltree import Arbre, plain
from clausegen.law.rule import Confiance
from clausegen.law.rulebook import Lecture, Rulebook, read_rules, rule_tree, rulebook
from clausegen.law.rulechecks import at, meant, source_fault, source_versions
from clausegen.law.rulefile import in_order

_FREE = ("note", "cas", "unite")
"""Keys that a file may hold or not."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Vue(_Strict):
    """What was seen of a text on some day."""

    confiance: Confiance
    verifie_le: date
    origine: str
    objet: str = ""
    note: str = ""


class _Valeur(_Strict):
    """An amount, a number or a rate from a day on."""

    valeur: int | Decimal
    source: str
    confiance: Confiance
    verifie_le: date
    acte: str = ""
    note: str = ""


class _Cas(_Strict):
    nom: str
    le: date
    attendu: int | Decimal | None


def _closing(value: Any) -> str:
    return "fin" if isinstance(value, str) else "version"


_Fin: TypeAlias = Annotated[Literal["fin"], Tag("fin")]
_Vues: TypeAlias = dict[date, Annotated[Annotated[_Vue, Tag("version")] | _Fin, Discriminator(_closing)]]
_Valeurs: TypeAlias = dict[date, Annotated[Annotated[_Valeur, Tag("version")] | _Fin, Discriminator(_closing)]]


class Parametre(_Strict):
    """A file of `seuils/`, or the minimum wage: a value and its history."""

    titre: str
    unite: str
    note: str = ""
    revision_attendue: date | None = None
    taux_propres: dict[str, str] = Field(default_factory=dict)
    versions: Annotated[_Valeurs, Field(min_length=1)]
    cas: Annotated[tuple[_Cas, ...], Field(min_length=1)]

    @field_validator("versions")
    @classmethod
    def _ordered(cls, value: Any) -> Any:
        return in_order(value)


class _SourceEcrite(_Strict):
    article: str | None = None
    citation: str | None = None
    citation_longue: str | None = None
    objet: str
    note: str = ""
    versions: Annotated[_Vues, Field(min_length=1)]

    @field_validator("versions")
    @classmethod
    def _ordered(cls, value: Any) -> Any:
        return in_order(value)

    @model_validator(mode="after")
    def _citable(self) -> Self:
        if self.article is None and self.citation is None:
            raise ValueError("une source porte un « article » ou une « citation »")
        return self


class FichierSources(_Strict):
    """A file of `sources/`: the articles of one text."""

    titre: str
    sigle: str | None = None
    complement: str = ""
    note: str = ""
    sources: Annotated[dict[str, _SourceEcrite], Field(min_length=1)]


class FichierCcag(_Strict):
    """One of the six CCAG: its versions and the numbers of its articles."""

    titre: str
    sigle: str
    arrete: date
    natures: tuple[str, ...] = ()
    parties: dict[str, str]
    source: str
    note: str = ""
    versions: Annotated[_Vues, Field(min_length=1)]
    articles: dict[str, str]
    autres: dict[str, str | None] = {}
    penalites_retard: dict[str, Any]
    ecarts: tuple[dict[str, str], ...] = ()


def check_rules(folder: Path | None = None) -> Lecture:
    """Read a folder of rules and check every file of it, those that hold facts included.

    Args:
        folder: the rules to read; None for those that travel with the program.

    Raises:
        ClausegenError: there is no such folder, or a file of it cannot be read.
    """
    if folder is None:
        return Lecture(rulebook(), ())
    lecture = read_rules(folder)
    if lecture.livre is None:
        return lecture
    faults = tuple(fault for key in lecture.livre.donnees for fault in _file_faults(lecture.livre, key))
    return Lecture(None, faults) if faults else lecture


def _model(key: str) -> type[BaseModel] | None:
    family = key.partition("/")[0]
    if family == "sources":
        return FichierSources
    if family == "ccag" and key != "ccag/parties":
        return FichierCcag
    if key == "calibrage/smic" or (family == "seuils" and key != "seuils/categories"):
        return Parametre
    return None


def _file_faults(livre: Rulebook, key: str) -> Iterator[Diagnostic]:
    content = livre.donnees[key]
    arbre = rule_tree(livre.dossier, livre.nom, key)
    model = _model(key)
    if model is not None:
        found = validate(model, arbre, plain(arbre))[1]
        yield from found
        if found:
            return
    else:
        yield from _key_faults(arbre, content, rulebook().donnees.get(key))
    sources = source_versions(livre.donnees)
    for path, day, ident in _cited(content, (), None):
        # Outside dated values, a text may confirm today a name or a practice that is older than it.
        if fault := source_fault(ident, day if model is not None else None, sources):
            yield at(arbre, path, "L001", fault)


def _key_faults(arbre: Arbre, content: Any, known: Any) -> Iterator[Diagnostic]:
    """Hold the keys of a file against those that the program reads in the one that it travels with."""
    if not isinstance(content, dict):
        yield at(arbre, (), "L001", "ce fichier ne contient pas de clés")
        return
    for key in content:
        if known is not None and key not in known and key not in _FREE:
            yield at(arbre, (str(key),), "L001", f"le programme ne lit pas de clé « {key} »{meant(str(key), known)}")
    for key in known or ():
        if key not in content and key not in _FREE:
            yield at(arbre, (), "L001", f"il manque la clé « {key} »")


def _cited(value: Any, path: Chemin, day: date | None) -> Iterator[tuple[Chemin, date | None, str]]:
    """Yield every source id within plain content, with the first day of the version that holds it."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "source":
                for ident in (item,) if isinstance(item, str) else item:
                    yield (*path, "source"), day, ident
            else:
                step = key.isoformat() if isinstance(key, date) else key
                yield from _cited(item, (*path, step), key if isinstance(key, date) else day)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _cited(item, (*path, index), day)
