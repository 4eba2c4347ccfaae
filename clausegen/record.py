"""`dataclass` of the standard library, as `dataclasses` documents it, whose methods are written when first needed.

A program declares many more records than one run makes, and the standard decorator compiles six methods for each when
its module is imported: a quarter of a cold run. Here a class is declared at once, and its `__init__` is compiled for
its first instance. What this module does not know how to do so, the standard decorator does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from inspect import get_annotations
from operator import attrgetter
from typing import TYPE_CHECKING, Any

_FEW = 3
"""Instances made without compiling `__init__`: many classes have no more in a run."""

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, **others):
        """Return a class with the methods of a data class, or the decorator that makes one."""

        def decorated(declared):
            names = tuple(get_annotations(declared))
            if others or not _plain(declared, names):
                return dataclasses.dataclass(declared, frozen=frozen, slots=slots, **others)
            return _declared(declared, names, frozen, slots)

        return decorated if cls is None else decorated(cls)

    def replace(one, /, **changes):
        """Return a copy with other values, as `dataclasses` does; the fields need not be described for that."""
        if not isinstance(vars(type(one)).get("__dataclass_fields__"), _Described):
            return dataclasses.replace(one, **changes)
        return type(one)(**{name: getattr(one, name) for name in type(one).__match_args__} | changes)


def _plain(cls: type, names: tuple[str, ...]) -> bool:
    """Tell whether a class has only ordinary fields: one that has other ones, or inherits some, is left alone."""
    if any(hasattr(base, "__dataclass_fields__") for base in cls.__mro__[1:]):
        return False
    if any("ClassVar" in str(kind) or "InitVar" in str(kind) or "KW_ONLY" in str(kind) for kind in _kinds(cls)):
        return False
    given = (cls.__dict__.get(name) for name in names)
    return all(f.init and f.repr and f.compare and f.hash is None for f in given if isinstance(f, Field))


def _kinds(cls: type) -> list[Any]:
    return list(get_annotations(cls).values())


def _declared(cls: type, names: tuple[str, ...], frozen: bool, slots: bool) -> type:
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    space = {**_methods(names, frozen), **_lazy(cls, names, defaults, frozen)}
    space = {name: value for name, value in space.items() if name == "__hash__" or name not in cls.__dict__}
    if "__hash__" in cls.__dict__ and cls.__dict__["__hash__"] is not None:
        del space["__hash__"]
    if slots:
        kept = {n: v for n, v in cls.__dict__.items() if n not in (*names, "__dict__", "__weakref__")}
        made = type(cls)(cls.__name__, cls.__bases__, {**kept, **space, "__slots__": names})
        made.__qualname__ = cls.__qualname__
        return made
    for name, value in space.items():
        setattr(cls, name, value)
    for name, value in defaults.items():
        if isinstance(value, Field):
            if value.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, value.default)
    return cls


def _methods(names: tuple[str, ...], frozen: bool) -> dict[str, Any]:
    """Return the methods that are the same for every class, but for the names."""
    values = _values(names)

    def __eq__(self: Any, other: Any) -> bool:
        return bool(values(self) == values(other)) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(values(self))

    def __repr__(self: Any) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{n}={getattr(self, n)!r}' for n in names)})"

    def __getstate__(self: Any) -> list[Any]:
        return list(values(self))

    def __setstate__(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    found: dict[str, Any] = {"__eq__": __eq__, "__repr__": __repr__, "__match_args__": names}
    found["__hash__"] = __hash__ if frozen else None
    found |= {"__getstate__": __getstate__, "__setstate__": __setstate__}
    return found | {"__setattr__": _no_change, "__delattr__": _no_removal} if frozen else found


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _no_change(_self: Any, name: str, _value: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_removal(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


class _Described:
    """What `dataclasses` itself says of the fields, made when `replace`, `fields` or `asdict` ask for it."""

    def __init__(self, name: str, shadow: Callable[[], type]) -> None:
        self._name, self._shadow = name, shadow

    def __get__(self, one: Any, owner: type) -> Any:
        found = getattr(self._shadow(), self._name)
        setattr(owner, self._name, found)
        return found


def _lazy(cls: type, names: tuple[str, ...], defaults: dict[str, Any], frozen: bool) -> dict[str, Any]:
    """Return `__init__`, and what describes the fields, that are made at their first use."""

    def shadow(**parameters: bool) -> type:
        space = {"__annotations__": get_annotations(cls), "__module__": cls.__module__, **defaults}
        made = type(cls.__name__, (), space)
        return dataclasses.dataclass(init=False, repr=False, eq=False, **parameters)(made)

    made = 0

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        nonlocal made
        made += 1
        if made <= _FEW and _filled(self, args, kwargs, names, defaults):
            return
        owner = next(kind for kind in type(self).__mro__ if kind.__dict__.get("__init__") is __init__)
        compiled = _compiled(owner, names, defaults, frozen)
        setattr(owner, "__init__", compiled)  # noqa: B010 (a type checker takes the assignment for a mistake)
        compiled(self, *args, **kwargs)

    return {
        "__init__": __init__,
        "__dataclass_fields__": _Described("__dataclass_fields__", shadow),
        "__dataclass_params__": _Described("__dataclass_params__", lambda: shadow(frozen=frozen)),
    }


def _filled(
    one: Any, args: tuple[Any, ...], kwargs: dict[str, Any], names: tuple[str, ...], defaults: dict[str, Any]
) -> bool:
    """Give an instance its values; False, and nothing done, for a call that the compiled `__init__` refuses."""
    given = dict(zip(names, args, strict=False)) | kwargs
    if len(args) + len(kwargs) != len(given) or not given.keys() <= set(names):
        return False
    for name in names:
        if name not in given:
            default = defaults.get(name, MISSING)
            if isinstance(default, Field):
                factory, default = default.default_factory, default.default
                default = default if factory is MISSING else factory()
            if default is MISSING:
                return False
            given[name] = default
    for name in names:
        object.__setattr__(one, name, given[name])
    if hasattr(one, "__post_init__"):
        one.__post_init__()
    return True


def _compiled(cls: type, names: tuple[str, ...], defaults: dict[str, Any], frozen: bool) -> Any:
    """Write the `__init__` of a class, as the standard decorator would."""
    space: dict[str, Any] = {"_set": object.__setattr__, "_absent": MISSING}
    parameters, body = ["_self"], []
    for name in names:
        value, given = f"_v_{name}", name
        default = defaults.get(name, MISSING)
        if isinstance(default, Field):
            factory, default = default.default_factory, default.default
            if factory is not MISSING:
                space[value] = factory
                parameters.append(f"{name}=_absent")
                given = f"{value}() if {name} is _absent else {name}"
        if default is not MISSING:
            space[value] = default
            parameters.append(f"{name}={value}")
        elif given == name:
            parameters.append(name)
        body.append(f"_set(_self, {name!r}, {given})" if frozen else f"_self.{name} = {given}")
    if hasattr(cls, "__post_init__"):
        body.append("_self.__post_init__()")
    lines = "\n ".join(body or ["pass"])
    exec(f"def __init__({', '.join(parameters)}):\n {lines}", space)
    return space["__init__"]
