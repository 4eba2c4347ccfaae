"""Nested values of a description under construction, reached by key paths; nothing is changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clausegen.files.treepath import Chemin, parse_path

Valeurs = dict[str, Any]


def get(valeurs: Mapping[str, Any], chemin: str) -> Any:
    """Return the value at a path; None when it is absent."""
    node: Any = valeurs
    for step in parse_path(chemin):
        if isinstance(node, Mapping) and step in node:
            node = node[step]
        elif isinstance(node, list | tuple) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def given(valeurs: Mapping[str, Any], chemin: str) -> bool:
    """Tell whether somebody gave the value at a path: an empty block is not one."""
    found = get(valeurs, chemin)
    return found is not None and found != {} and found != [] and found != ()


def put(valeurs: Mapping[str, Any], chemin: str, valeur: Any) -> Valeurs:
    """Return the values with one more, blocks and lists made on the way; None takes the key away."""
    found: Valeurs = _put(valeurs, parse_path(chemin), valeur)
    return found


def _put(node: Any, path: Chemin, valeur: Any) -> Any:
    if not path:
        return valeur
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(node) if isinstance(node, list | tuple) else []
        items += [{} for _ in range(step + 1 - len(items))]
        items[step] = _put(items[step], rest, valeur)
        return items
    block = dict(node) if isinstance(node, Mapping) else {}
    if not rest and valeur is None:
        block.pop(step, None)
    else:
        block[step] = _put(block.get(step), rest, valeur)
    return block
