"""Joins each rule of `rules/relecture` with its check, and reads a document by all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import clausegen.proofreading as package
from clausegen.diagnostics import Niveau
from clausegen.errors import ClausegenError
from clausegen.law.rule import Confiance
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle

FOLDER = "relecture"
_NO_FAMILY = ("cases", "context", "freetext", "interface", "registry")
"""Modules of this package that hold no check and read this one."""


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


@cache
def checks() -> dict[str, Check]:
    """Return every check, by the code of its rule.

    Raises:
        ClausegenError: two modules claim the same rule.
    """
    found: dict[str, Check] = {}
    for name in sorted(module.name for module in iter_modules(package.__path__) if module.name not in _NO_FAMILY):
        family: Mapping[str, Check] = getattr(import_module(f"{package.__name__}.{name}"), "CHECKS", {})
        for code, check in family.items():
            if code in found:
                raise ClausegenError(f"Erreur interne : deux modules de relecture portent la règle {code}.")
            found[code] = check
    return found


def controles(livre: Rulebook) -> tuple[Controle, ...]:
    """Return the rules of proofreading, in the order of their codes.

    Args:
        livre: the law.

    Raises:
        ClausegenError: a file is broken, a rule has no check, or a check has no rule.
    """
    found = tuple(
        _controle(key.partition("/")[2], content)
        for key, content in sorted(livre.donnees.items())
        if key.startswith(f"{FOLDER}/")
    )
    codes, known = {c.code for c in found}, set(checks())
    if alone := sorted(codes - known):
        raise ClausegenError(f"Règles de relecture que le programme n'applique pas : {', '.join(alone)}.")
    if alone := sorted(known - codes):
        raise ClausegenError(f"Règles de relecture dont le fichier manque : {', '.join(alone)}.")
    return found


def proofread(contexte: Contexte, seulement: Collection[str] | None = None) -> tuple[tuple[Controle, Constat], ...]:
    """Read a document by every rule that concerns it.

    Args:
        contexte: the document and what is known of its market.
        seulement: codes of the rules to apply; None for all.

    Returns:
        The findings, in the order of the document; those on no block come first.

    Raises:
        ClausegenError: a rule is broken.
    """
    found = [
        (controle, constat)
        for controle in controles(contexte.livre)
        if (seulement is None or controle.code in seulement) and concerns(controle, contexte)
        for constat in dict.fromkeys(checks()[controle.code](contexte, controle))
    ]
    return tuple(sorted(found, key=lambda one: (_rank(one[1]), one[0].code)))


def concerns(controle: Controle, contexte: Contexte) -> bool:
    """Tell whether a rule reads a document: its piece, one from elsewhere, with or without a description."""
    if controle.marche and contexte.dossier is None:
        return False
    if contexte.piece is None:
        return controle.ailleurs
    return not controle.pieces or contexte.piece in controle.pieces


def _rank(constat: Constat) -> tuple[int, int, int]:
    return (0, 0, 0) if constat.bloc is None else (constat.bloc.rang, constat.debut, constat.fin)


def _controle(code: str, content: Mapping[str, Any]) -> Controle:
    try:
        said = FichierRelecture.model_validate(content)
    except ValidationError as error:
        raise ClausegenError(f"La règle de relecture {code} ne se lit pas : {_faults(error)}.") from error
    return Controle(
        *(code, said.titre, said.niveau, said.explication, said.remede, said.depuis, said.pieces),
        ailleurs=said.ailleurs,
        marche=said.marche,
        description=said.description,
        donnees=said.donnees,
        source=said.source,
        confiance=said.confiance,
    )


def _faults(error: ValidationError) -> str:
    return " ; ".join(_fault(".".join(map(str, one["loc"])), one["type"]) for one in error.errors())


def _fault(place: str, kind: str) -> str:
    words = {"missing": "la clé « {} » manque", "extra_forbidden": "la clé « {} » n'est pas lue"}
    return words.get(kind, "la valeur de « {} » n'est pas admise").format(place)


def cases_of(livre: Rulebook) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the cases kept in the rule files, with the code of their rule."""
    for key, content in sorted(livre.donnees.items()):
        if key.startswith(f"{FOLDER}/"):
            for case in content["cas"]:
                yield key.partition("/")[2], case
