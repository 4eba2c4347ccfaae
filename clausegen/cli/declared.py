"""The arguments and options of a command, as its function declares them.

They are declared without Typer, which takes a fifth of a cold run to load with what it needs: a well-formed call of a
command is read here by the same declarations, and Typer, made from them (`for_typer`), has all the others: help,
completion, refusals, anything unusual.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any, get_args, get_origin


class Parametre:
    """What is said of a parameter: the names of an option, none for an argument, and Typer's own settings."""

    def __init__(self, *names: str, **settings: Any) -> None:
        self.names, self.settings = names, settings


class Argument(Parametre):
    """A parameter given by its place."""


class Option(Parametre):
    """A parameter given by its name."""


def _declared(run: Callable[..., Any]) -> dict[str, tuple[inspect.Parameter, Any, Any]]:
    """Return each parameter of a command, with its type and what is said of it (None: nothing known here)."""
    found = {}
    for name, param in inspect.signature(run, eval_str=True).parameters.items():
        kind, *said = get_args(param.annotation) if get_origin(param.annotation) is Annotated else (param.annotation,)
        found[name] = param, kind, said[0] if len(said) == 1 and isinstance(said[0], Parametre) else None
    return found


def for_typer(run: Callable[..., int]) -> Callable[..., int]:
    """Return a command whose parameters are told as Typer wants them."""
    import typer

    made = []
    for param, kind, said in _declared(run).values():
        if said is not None:
            of_typer = typer.Option if isinstance(said, Option) else typer.Argument
            param = param.replace(annotation=Annotated[kind, of_typer(*said.names, **said.settings)])
        made.append(param)

    @wraps(run)
    def command(**values: Any) -> int:
        return run(**values)

    del command.__wrapped__
    command.__signature__ = inspect.Signature(made)  # type: ignore[attr-defined]
    command.__annotations__ = {param.name: param.annotation for param in made}
    return command


def well_formed(run: Callable[..., Any], args: Sequence[str]) -> dict[str, Any] | None:
    """Read a call of a command.

    Args:
        run: its function.
        args: what follows its name on the command line.

    Returns:
        The values of all its parameters, those that Typer would give; None for a call that is Typer's to read.
    """
    declared = _declared(run)
    if any(said is None for _, _, said in declared.values()):
        return None
    options = {name: key for key, (_, _, said) in declared.items() for name in said.names}
    given: dict[str, list[str]] = {}
    left = list(args)
    while left:
        word = left.pop(0)
        name, value = word, None
        if word.startswith("--") and "=" in word:
            name, _, value = word.partition("=")
        if word.startswith("-"):
            if name not in options:
                return None
            key = options[name]
            if declared[key][1] is bool:
                value = "" if value is None else None
            elif value is None:
                value = left.pop(0) if left and not left[0].startswith("-") else None
        else:
            key, value = "", word or None
        if value is None:
            return None
        given.setdefault(key, []).append(value)
    return _values(declared, given)


def _values(
    declared: dict[str, tuple[inspect.Parameter, Any, Any]], given: dict[str, list[str]]
) -> dict[str, Any] | None:
    places = [key for key, (_, _, said) in declared.items() if isinstance(said, Argument)]
    words = given.pop("", [])
    if len(places) != 1 or not words:
        return None
    given[places[0]] = words
    values: dict[str, Any] = {}
    for key, (param, kind, _) in declared.items():
        if key not in given:
            values[key] = param.default
        elif kind in (list[str], list[str] | None):
            values[key] = given[key]
        elif len(given[key]) > 1:
            return None
        elif kind is bool and param.default is False:
            values[key] = True
        elif kind in (str, str | None):
            values[key] = given[key][0]
        else:
            return None
    return None if inspect.Parameter.empty in values.values() else values
