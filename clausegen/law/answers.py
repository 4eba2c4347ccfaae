"""What a decision says under a path such as `lots[0].options.reserve-iae`: how cases of whole markets question it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.files.treepath import Chemin, parse_path
from clausegen.law.decision import Decision, Derogation, Heures, Obligation, Option, Periode

_LEVELS = (Niveau.ERREUR, Niveau.AVERTISSEMENT, Niveau.INFORMATION)
_OF_LAW = ("Q001", "Q002")
"""Questions that leave a conclusion open; the others ask for what a piece prints, or concern an idle option."""
# Items of a list that have a name are found by it; and what each stands for when nothing more is asked.
_NAMES = {Obligation: "id", Option: "dispositif"}
_ESSENTIAL = {
    Obligation: "statut",
    Option: "statut",
    Derogation: "article",
    Periode: "heures",
    Heures: "volume",
}


class UnknownPathError(Exception):
    """A case asks for something that no decision holds."""


def answer(decision: Decision | None, diagnostics: Iterable[Diagnostic], chemin: str) -> Any:
    """Return what is found under a path.

    Args:
        decision: None when the description does not load.
        diagnostics: every finding about the description.
        chemin: a path of the JSON decision, where obligations and options go by their name; or a level
            (`erreur`, `avertissement`, `information`: the codes found, each once; `question`: the keys that would
            settle a conclusion).

    Raises:
        UnknownPathError: no decision holds such a thing.
    """
    if chemin in _LEVELS:
        return sorted({d.code for d in diagnostics if d.niveau == chemin})
    if chemin == Niveau.QUESTION:
        return sorted({d.chemin or "" for d in diagnostics if d.code in _OF_LAW})
    return None if decision is None else _essential(_walk(decision, parse_path(chemin), chemin))


def _walk(value: Any, steps: Chemin, chemin: str) -> Any:
    for step in steps:
        if value is None:
            return None
        if isinstance(value, tuple | list):
            value = _item(value, step, chemin)
        elif is_dataclass(value) and step in {f.name for f in fields(value)}:
            value = getattr(value, str(step))
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            raise UnknownPathError(f"« {chemin} » ne mène à rien dans une décision")
    return value


def _item(items: tuple[Any, ...] | list[Any], step: str | int, chemin: str) -> Any:
    """Return an item by its rank, or by its name; None past the last one."""
    if isinstance(step, int):
        return items[step] if step < len(items) else None
    named = {str(getattr(item, _NAMES.get(type(item), ""), "")): item for item in items}
    if step not in named:
        raise UnknownPathError(f"« {chemin} » ne mène à rien dans une décision : {', '.join(named)}")
    return named[step]


def _essential(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_essential(item) for item in value]
    name = _ESSENTIAL.get(type(value))
    return value if name is None else getattr(value, name)
