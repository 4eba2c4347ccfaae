"""Which keys a model has, here and elsewhere: what a message suggests in place of a wrong one."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from clausegen.files.treepath import Chemin


def keys_at(model: type[BaseModel], chemin: Chemin) -> tuple[str, ...]:
    """Return the keys that a model admits at a path, those of every alternative; empty where it admits any."""
    kinds: list[Any] = [model]
    for part in chemin:
        kinds = [found for kind in kinds for found in _inside(kind, part)]
    names: dict[str, None] = {}
    for kind in kinds:
        for found in _models(kind):
            names.update(dict.fromkeys(found.model_fields))
    return tuple(names)


@lru_cache(maxsize=8)
def elsewhere(model: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Return every key of a model with the paths of the blocks that hold it, such as `lots[].calibrage`."""
    found: dict[str, dict[str, None]] = {}
    for name, place in _walk(model, "", ()):
        found.setdefault(name, {})[place] = None
    return {name: tuple(places) for name, places in found.items()}


def _walk(model: type[BaseModel], place: str, above: tuple[type[BaseModel], ...]) -> Iterator[tuple[str, str]]:
    """Yield each key with its block; a model that holds itself is not entered twice."""
    for name, info in model.model_fields.items():
        yield name, place
        for mark, kind in _kinds(info.annotation):
            for inner in _models(kind):
                if inner not in (*above, model):
                    yield from _walk(inner, f"{place}.{name}{mark}" if place else f"{name}{mark}", (*above, model))


def _kinds(annotation: Any) -> Iterator[tuple[str, Any]]:
    """Yield what an annotation holds, with `[]` for the items of a list."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _kinds(member)
    elif origin in (tuple, list, set, frozenset):
        for item in get_args(annotation):
            for mark, kind in _kinds(item):
                yield f"[]{mark}", kind
    elif origin is dict:
        for mark, kind in _kinds(get_args(annotation)[1]):
            yield f".*{mark}", kind
    else:
        yield "", annotation


def _models(annotation: Any) -> list[type[BaseModel]]:
    return [k for mark, k in _kinds(annotation) if not mark and isinstance(k, type) and issubclass(k, BaseModel)]


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    """Yield what stands one step further down an annotation."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _inside(get_args(annotation)[0], part)
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _inside(member, part)
    elif origin in (tuple, list, set, frozenset) and isinstance(part, int):
        yield from (item for item in get_args(annotation) if item is not Ellipsis)
    elif origin is dict:
        yield get_args(annotation)[1]
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel) and part in annotation.model_fields:
        yield annotation.model_fields[str(part)].annotation
