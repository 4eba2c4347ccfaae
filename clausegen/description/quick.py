"""A description read without pydantic, when all is well with it: pydantic and its models cost a third of a run.

What is read here is told by the models (`plan`), and kept in the user's cache. Whatever is refused or doubtful here is
read by the models themselves, which say why.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from clausegen.description import alternatives, identifiers, readers
from clausegen.files.cache import key_of, load, stamp, store

if TYPE_CHECKING:
    from clausegen.description.marche import Marche

KIND = "description"
_READERS = (readers, alternatives, identifiers)


class Doute(ValueError):
    """Something that the models alone may judge."""


class Vif:
    """A block as it was read, with what those who use the models' own instances ask of them."""

    model_fields_set: frozenset[str]
    cles: tuple[tuple[str, str | None], ...] = ()

    def __init__(self, values: dict[str, Any], given: frozenset[str]) -> None:
        self.__dict__.update(values)
        self.__dict__["model_fields_set"] = given

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{name}: {value!r}")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *(self.__dict__[name] for name, _ in self.cles)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={self.__dict__[n]!r}' for n, _ in self.cles)})"

    def __reduce__(self) -> tuple[Any, ...]:
        values = {name: self.__dict__[name] for name, _ in self.cles}
        return _again, (type(self).__name__, values, self.model_fields_set)

    @classmethod
    def inner_blocks(cls) -> dict[str, type[Vif] | None]:
        """Return every key, with the class of the block that it holds, as the models do."""
        return {name: None if inner is None else _kind(inner) for name, inner in cls.cles}

    def model_copy(self, *, update: Mapping[str, Any]) -> Vif:
        """Return the block with other values, as the models do."""
        values = {name: self.__dict__[name] for name, _ in self.cles}
        return type(self)(values | dict(update), self.model_fields_set | set(update))

    def model_dump(self, *, exclude_unset: bool = False, by_alias: bool = False) -> dict[str, Any]:
        """Return plain values, as the models do; no key has another name (`by_alias`)."""
        names = [name for name, _ in self.cles if not exclude_unset or name in self.model_fields_set]
        return {name: _plain(self.__dict__[name], exclude_unset, by_alias) for name in names}


def _plain(value: Any, exclude_unset: bool, by_alias: bool) -> Any:
    if isinstance(value, Vif):
        return value.model_dump(exclude_unset=exclude_unset, by_alias=by_alias)
    return tuple(_plain(item, exclude_unset, by_alias) for item in value) if isinstance(value, tuple) else value


def quick(values: Any, contexte: Mapping[str, Any]) -> Marche | None:
    """Return a description whose form is right; None for one that only the models can judge.

    Args:
        values: what the file holds.
        contexte: what the readers need to know.
    """
    try:
        return cast("Marche", _block("Marche", values, SimpleNamespace(context=contexte)))
    except (ValueError, AssertionError):
        return None


def _block(name: str, written: Any, info: Any) -> Vif:
    if type(written) is not dict:
        raise Doute(name)
    values: dict[str, Any] = {}
    block = readers.without_blank_keys(written)
    left = len(block)
    for key, node, optional, required, default in plan_kept()[name]:
        if key not in block:
            if required:
                raise Doute(key)
            values[key] = default
            continue
        left -= 1
        value = block[key]
        values[key] = None if value is None and optional else _value(node, value, info)
    if left:
        raise Doute(name)
    return _kind(name)(values, frozenset(block))


def _value(node: Any, value: Any, info: Any) -> Any:
    genre = node[0]
    if genre == "choix":
        node = node[1] if isinstance(value, dict if node[1][0] == "bloc" else (list, tuple)) else node[2]
        genre = node[0]
    if genre == "lu":
        return node[1](value, info) if node[2] else node[1](value)
    if genre == "bloc":
        return _block(node[1], value, info)
    if genre == "liste":
        _, item, before = node
        items = value if before is None else before(value)
        if type(items) not in (list, tuple):
            raise Doute(genre)
        return tuple(_value(item, each, info) for each in items)
    if isinstance(value, str) and value in node[1]:
        return node[1][value]
    raise Doute(genre)


@cache
def _kind(name: str) -> type[Vif]:
    cles = tuple((key, node[1] if node[0] == "bloc" else None) for key, node, *_ in plan_kept()[name])
    return type(name, (Vif,), {"cles": cles, "__doc__": "A block of the description."})


def _again(name: str, values: dict[str, Any], given: frozenset[str]) -> Vif:
    """Make a block that comes from another process."""
    return _kind(name)(values, given)


class _Restricted(pickle.Unpickler):
    """Gives back the readers of the description alone."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a reader; anything else is refused."""
        for known in _READERS:
            if module == known.__name__ and not name.startswith("_") and "." not in name:
                found = vars(known).get(name)
                if callable(found) and getattr(found, "__module__", "") == module:
                    return found
        raise pickle.UnpicklingError(f"{module}.{name}")


@cache
def plan_kept() -> dict[str, Any]:
    """Return the plan of the models, made once for a version of the program."""
    key = key_of(stamp(*sorted(Path(__file__).parent.glob("*.py"))))
    content = load(KIND, key)
    if content is not None:
        try:
            found: dict[str, Any] = _Restricted(io.BytesIO(content)).load()
            return found
        except Exception:
            # Whatever a damaged entry raises, the models are there to be read.
            pass
    from clausegen.description.plan import plan

    made = plan()
    store(KIND, key, pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
    return made
