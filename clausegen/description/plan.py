"""The models of the description, told as plain values: what reads a description without pydantic is made from it.

The models stay the only definition: this module refuses what it would not tell faithfully.
"""

from __future__ import annotations

import types
from inspect import signature
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BeforeValidator, Discriminator, PlainValidator

from clausegen.description.block import Bloc
from clausegen.description.marche import Marche

LU, MOTS, LISTE, BLOC, CHOIX = "lu", "mots", "liste", "bloc", "choix"
"""Kinds of node: `(LU, reader, whether it takes what pydantic calls info)`, `(MOTS, words)`, `(LISTE, item, before)`,
`(BLOC, name)`, `(CHOIX, structured, other)`."""
Noeud: TypeAlias = tuple[Any, ...]
Cle: TypeAlias = tuple[str, Noeud, bool, bool, Any]
"""A key: its name, what it holds, whether `null` is admitted, whether it is required, its default."""


def plan() -> dict[str, tuple[Cle, ...]]:
    """Return the keys of every block, by the name of its class; that of the whole description is `Marche`."""
    found: dict[str, tuple[Cle, ...]] = {}
    waiting: list[type[Bloc]] = [Marche]
    while waiting:
        block = waiting.pop()
        if block.__name__ not in found:
            found[block.__name__] = tuple(_key(block, name, waiting) for name in block.model_fields)
    return found


def _key(block: type[Bloc], name: str, waiting: list[type[Bloc]]) -> Cle:
    info = block.model_fields[name]
    members = _members(info.annotation)
    optional = type(None) in members
    if optional:
        (kept,) = (m for m in members if m is not type(None))
        node = _node(kept, (), waiting)
    else:
        node = _node(info.annotation, tuple(info.metadata), waiting)
    required = info.is_required()
    return name, node, optional, required, None if required else info.default


def _members(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def _node(annotation: Any, said: tuple[Any, ...], waiting: list[type[Bloc]]) -> Noeud:
    """Tell what an annotation admits; `said` is what was annotated around it."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _node(inner, (*more, *said), waiting)
    for one in said:
        if isinstance(one, PlainValidator):
            return LU, one.func, len(signature(one.func).parameters) > 1
    before = next((one.func for one in said if isinstance(one, BeforeValidator)), None)
    if get_origin(annotation) is tuple:
        return LISTE, _node(get_args(annotation)[0], (), waiting), before
    if before is None and get_origin(annotation) is Literal:
        return MOTS, {word: word for word in get_args(annotation)}
    if before is None and isinstance(annotation, type) and issubclass(annotation, Bloc):
        waiting.append(annotation)
        return BLOC, annotation.__name__
    if before is None and any(isinstance(one, Discriminator) for one in said):
        structured, other = (_node(member, (), waiting) for member in _members(annotation))
        if structured[0] in (LISTE, BLOC) and other[0] == LU:
            return CHOIX, structured, other
    raise TypeError(f"{annotation} {said}")
