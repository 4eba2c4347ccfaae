"""The shape of a file of `rules/relecture`: what pydantic refuses of it, in French."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clausegen.diagnostics import Niveau
from clausegen.law.rule import Confiance


class FichierRelecture(BaseModel):
    """The shape of a file of `rules/relecture`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titre: str
    niveau: Niveau
    explication: str
    remede: str
    depuis: str
    source: tuple[str, ...]
    confiance: Confiance
    verifie_le: date
    pieces: tuple[str, ...] = ()
    ailleurs: bool = True
    marche: bool = False
    description: bool = False
    donnees: dict[str, Any] = {}
    cas: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]
    note: str = ""


def faults(content: Mapping[str, Any]) -> str:
    """Return what is wrong in a file; empty when nothing is."""
    try:
        FichierRelecture.model_validate(content)
    except ValidationError as error:
        return " ; ".join(_fault(".".join(map(str, one["loc"])), one["type"]) for one in error.errors())
    return ""


def _fault(place: str, kind: str) -> str:
    words = {"missing": "la clé « {} » manque", "extra_forbidden": "la clé « {} » n'est pas lue"}
    return words.get(kind, "la valeur de « {} » n'est pas admise").format(place)
