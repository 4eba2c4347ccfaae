"""Joins each rule of `rules/relecture` with its check, and reads a document by all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, get_args

import clausegen.proofreading as package
from clausegen.diagnostics import Niveau
from clausegen.errors import ClausegenError
from clausegen.law.rule import Confiance
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle

FOLDER = "relecture"
_NO_FAMILY = ("cases", "context", "freetext", "interface", "motif", "registry", "rulefile")
"""Modules of this package that hold no check."""
_TEXTS = frozenset({"titre", "explication", "remede", "depuis", "note"})
_LISTS = frozenset({"source", "pieces"})
_FLAGS = frozenset({"ailleurs", "marche", "description"})
_OPTIONAL = frozenset({"pieces", "donnees", "note"}) | _FLAGS
_KEYS = _TEXTS | _LISTS | _FLAGS | {"niveau", "confiance", "verifie_le", "donnees", "cas"}


@cache
def checks() -> dict[str, Check]:
    """Return every check, by the code of its rule.

    Raises:
        ClausegenError: two modules claim the same rule.
    """
    from pkgutil import iter_modules

    found: dict[str, Check] = {}
    for name in sorted(module.name for module in iter_modules(package.__path__) if module.name not in _NO_FAMILY):
        for code, check in family_checks(name).items():
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
    found = read_controles(livre)
    codes, known = {c.code for c in found}, set(checks())
    if alone := sorted(codes - known):
        raise ClausegenError(f"Règles de relecture que le programme n'applique pas : {', '.join(alone)}.")
    if alone := sorted(known - codes):
        raise ClausegenError(f"Règles de relecture dont le fichier manque : {', '.join(alone)}.")
    return found


def read_controles(livre: Rulebook) -> tuple[Controle, ...]:
    """Return the rules of proofreading, whether or not a check applies each of them.

    Raises:
        ClausegenError: a file is broken.
    """
    return tuple(
        _controle(key.partition("/")[2], content)
        for key, content in sorted(livre.donnees.items())
        if key.startswith(f"{FOLDER}/")
    )


def family_checks(name: str) -> Mapping[str, Check]:
    """Return the checks of one module of this package, by the code of their rules."""
    found: Mapping[str, Check] = getattr(import_module(f"{package.__name__}.{name}"), "CHECKS", {})
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
    if not _sound(content):
        # Loaded for what is wrong: pydantic is a quarter of the reading of a description.
        from clausegen.proofreading.rulefile import faults

        said = faults(content) or "une valeur n'est pas du type voulu"
        raise ClausegenError(f"La règle de relecture {code} ne se lit pas : {said}.")
    return Controle(
        *(code, content["titre"], Niveau(content["niveau"]), content["explication"], content["remede"]),
        *(content["depuis"], tuple(content.get("pieces", ()))),
        ailleurs=content.get("ailleurs", True),
        marche=content.get("marche", False),
        description=content.get("description", False),
        donnees=content.get("donnees", {}),
        source=tuple(content["source"]),
        confiance=content["confiance"],
    )


def _sound(content: Mapping[str, Any]) -> bool:
    """Tell whether a file has the shape of a rule, as `rulefile` describes it."""
    given = set(content)
    return (
        given <= _KEYS
        and given >= _KEYS - _OPTIONAL
        and all(isinstance(content[key], str) for key in given & _TEXTS)
        and all(isinstance(content[key], bool) for key in given & _FLAGS)
        and all(_list_of(content[key], str) for key in given & _LISTS)
        and _list_of(content["cas"], dict)
        and bool(content["cas"])
        and isinstance(content.get("donnees", {}), dict)
        and isinstance(content["verifie_le"], date)
        and content["niveau"] in list(Niveau)
        and content["confiance"] in get_args(Confiance)
    )


def _list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, kind) for item in value)


def cases_of(livre: Rulebook) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the cases kept in the rule files, with the code of their rule."""
    for key, content in sorted(livre.donnees.items()):
        if key.startswith(f"{FOLDER}/"):
            for case in content["cas"]:
                yield key.partition("/")[2], case
