"""The description as templates read it: every key is there, and what nobody told is a missing fact."""

from __future__ import annotations

import types
from typing import Any

from clausegen.language.unknown import Unknown
from clausegen.law.rulebook import Rulebook

NONE_MEANT: dict[str, Any] = {
    "facilitateur": None,
    "reconductions": 0,
    "programme": (),
    "regime": "classique",
    "facilitateur.relais": (),
    "facilitateur.financeurs": (),
    "facilitateur.coordonnateur": False,
    "facilitateur.convention.reconduction": 0,
    "acheteur.groupement_commandes": False,
    "insertion.publics_prioritaires": (),
    "insertion.actions_alternatives": (),
    "insertion.critere": None,
    "lots[].tranches": (),
    "lots[].cpv_secondaires": (),
    "lots[].conditions_reserve": (),
    "lots[].autres_conditions_sociales": (),
    "lots[].heures_complementaires": 0,
    "lots[].reprise_personnel": False,
    "lots[].insertion": None,
}
"""Keys whose absence means none: the contract of the description, « When a key is absent »."""


class View(types.SimpleNamespace):
    """A plain, read-only bag of named values for templates."""


def view(model: Any, kind: Any, livre: Rulebook, chemin: str = "", pattern: str = "") -> View:
    """Return a model as templates read it.

    Args:
        model: a block of the description; None when it is absent.
        kind: its class, for the names of its keys.
        livre: for the questions of missing keys.
        chemin: path of the block, such as `lots[0]`.
        pattern: the same without the indexes, such as `lots[]`.
    """
    values: dict[str, Any] = {}
    for name, inner in kind.inner_blocks().items():
        path, key = (f"{chemin}.{name}" if chemin else name), (f"{pattern}.{name}" if pattern else name)
        written = getattr(model, name) if model is not None else None
        values[name] = _value(written, inner, livre, path, key)
    return View(**values)


def _value(written: Any, inner: Any, livre: Rulebook, path: str, key: str) -> Any:
    if isinstance(written, (list, tuple)):
        return tuple(
            view(item, type(item), livre, f"{path}[{n}]", f"{key}[]") if _is_block(item) else item
            for n, item in enumerate(written)
        )
    if _is_block(written):
        return view(written, type(written), livre, path, key)
    if written is not None:
        return str(written) if isinstance(written, str) else written
    if key in NONE_MEANT:
        return NONE_MEANT[key]
    if inner is not None:
        return view(None, inner, livre, path, key)
    return Unknown(path, livre.question(path))


def _is_block(value: Any) -> bool:
    return hasattr(value, "inner_blocks")
