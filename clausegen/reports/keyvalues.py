"""What the JSON Schema admits at a key, in words: « un nombre entier, de 1 à 31 », « une liste de textes »."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from clausegen.reports.figures import nombre

Listes: TypeAlias = Mapping[str, Mapping[str, str]]
"""Lists of words told apart, by the name of their section."""
_FAR = 100_000
"""A bound beyond which nobody needs to know it."""
_ALTERNATIVES = ("anyOf", "oneOf")


def shown(valeur: Any) -> str:
    """Return a value as YAML holds it."""
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, Mapping):
        return f"{{{', '.join(f'{key}: {shown(item)}' for key, item in valeur.items())}}}"
    return str(valeur)


def words(node: Mapping[str, Any], listes: Listes) -> tuple[tuple[str, str], ...]:
    """Return the closed words that a key admits, with their labels; those of a list told apart are left out.

    Args:
        node: what the schema says of the key.
        listes: the lists told apart.
    """
    found: list[tuple[str, str]] = []
    for part in _parts(node):
        if "items" in part:
            found += words(part["items"], listes)
        elif "const" in part:
            found.append((str(part["const"]), ""))
        elif "enum" in part and not _told_apart(part, listes) and not _is_version(part):
            labels = part.get("enumDescriptions", part["enum"])
            found += [(w, label if label != w else "") for w, label in zip(part["enum"], labels, strict=True)]
    return tuple(found)


def admitted(node: Mapping[str, Any], listes: Listes) -> str:
    """Return what may be written at a key, in words.

    Args:
        node: what the schema says of the key.
        listes: the lists told apart.
    """
    return ", ou ".join(dict.fromkeys(_one(part, listes) for part in _parts(node)))


def _parts(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the alternatives of a value, what only asks left out."""
    for name in _ALTERNATIVES:
        if name in node:
            return [found for part in node[name] for found in _parts(part)]
    kinds = node.get("type")
    return [] if isinstance(kinds, list) and "null" in kinds else [node]


def _told_apart(node: Mapping[str, Any], listes: Listes) -> str:
    return next((name for name, listed in listes.items() if list(listed) == node.get("enum")), "")


def _is_version(node: Mapping[str, Any]) -> bool:
    return not all(isinstance(word, str) for word in node["enum"])


def _one(node: Mapping[str, Any], listes: Listes) -> str:
    if "$ref" in node:
        return "un bloc de clés"
    if "items" in node:
        inner = admitted(node["items"], listes)
        return "une liste de blocs" if inner == "un bloc de clés" else f"une liste ; chaque élément : {inner}"
    if "const" in node:
        return f"le mot `{node['const']}`"
    if "enum" in node:
        apart = _told_apart(node, listes)
        if apart:
            return f"un mot de la liste [{apart.capitalize()}](#{apart})"
        return f"`{node['enum'][0]}`" if _is_version(node) else "un de ces mots"
    return _open(node)


def _open(node: Mapping[str, Any]) -> str:
    kinds = node.get("type", "string")
    listed = [kinds] if isinstance(kinds, str) else list(kinds)
    examples = [f"`{_quoted(example)}`" for example in node.get("examples", ())]
    suite = f", par exemple {' ou '.join(examples)}" if examples else ""
    if node.get("format") == "date":
        return f"une date{suite}"
    if listed == ["boolean"]:
        return "`true` (oui) ou `false` (non)"
    if "integer" in listed and "minimum" in node:
        return f"un nombre entier{_bounds(node)}"
    if "number" in listed and "boolean" not in listed:
        return f"un nombre{_bounds(node)}{suite}"
    if "pattern" in node and "auto" in node["pattern"].lower().replace("[aa][uu][tt][oo]", "auto"):
        return "le mot `auto`"
    return f"un texte{suite}"


def _quoted(example: Any) -> str:
    """Return an example with its quotes, when YAML needs them to keep a text one."""
    quoted = isinstance(example, str) and example[:1].isdigit() and not _is_day(example)
    return f'"{example}"' if quoted else str(example)


def _is_day(example: str) -> bool:
    return example.count("-") == 2


def _bounds(node: Mapping[str, Any]) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    if "exclusiveMinimum" in node:
        return f", plus grand que {node['exclusiveMinimum']}"
    if low is None:
        return ""
    if high is None or high >= _FAR:
        return "" if low == 0 else f", à partir de {low}"
    return f", de {low} à {nombre(high)}"
