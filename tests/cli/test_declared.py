"""A well-formed call gives the same values, read at once or by Typer."""

from importlib import import_module
from itertools import product
from typing import Any

import pytest
import typer
from typer.main import get_command

from clausegen.cli.commands import COMMANDES, SOUS_COMMANDES
from clausegen.cli.declared import for_typer, well_formed

RUNS = {
    f"{name} {sub}".strip(): getattr(import_module(module), f"run_{sub}" if sub else "run")
    for name, (module, _) in COMMANDES.items()
    for sub in SOUS_COMMANDES.get(name, [""])
}
WORDS = ("a.yaml", "b", "-o", "dir", "--format", "json", "--strict", "--date", "--date=2026-01-01", "--format=md")


def by_typer(run: Any, args: list[str]) -> dict[str, Any] | None:
    """Return what Typer would give to a command; None when it refuses the call."""
    got: list[dict[str, Any]] = []
    told = for_typer(run)

    def command(**values: Any) -> int:
        got.append(values)
        return 0

    command.__signature__ = told.__signature__  # type: ignore[attr-defined]
    command.__annotations__ = told.__annotations__
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(command)
    made = get_command(app)
    try:
        with made.make_context("essai", list(args)) as ctx:
            made.invoke(ctx)
    except Exception:
        return None
    return got[0]


@pytest.mark.parametrize("name", ["check", "draft", "explain"])
def test_the_same_values_as_typer(name: str) -> None:
    run, read = RUNS[name], 0
    for length in (1, 2, 3):
        for args in product(WORDS, repeat=length):
            values = well_formed(run, args)
            if values is not None:
                read += 1
                if read % 3 == 0 or length < 3:
                    assert values == by_typer(run, list(args)), args
    assert read > 20


@pytest.mark.parametrize("name", RUNS)
def test_every_option_alone(name: str) -> None:
    run = RUNS[name]
    for option in [o for said in _said(run) for o in said.names]:
        for args in (["x", option], ["x", option, "v"], [option, "v", "x"], ["x", f"{option}=v"], ["x", option, "-v"]):
            values = well_formed(run, args)
            assert values is None or values == by_typer(run, args), args


def _said(run: Any) -> list[Any]:
    from clausegen.cli.declared import _declared

    return [said for _, _, said in _declared(run).values() if said is not None]


@pytest.mark.parametrize(
    "args", [(), ("--help", "x"), ("x", "--inconnu"), ("x", "--"), ("--date",), ("x", "--strict=1"), ("x", "-")]
)
def test_what_is_unusual_is_left_to_typer(args: tuple[str, ...]) -> None:
    assert well_formed(RUNS["check"], args) is None


@pytest.mark.parametrize("args", [("a", "b"), ("a", "--date", "1", "--date", "2"), ("",)])
def test_one_value_is_one(args: tuple[str, ...]) -> None:
    assert well_formed(RUNS["explain"], args) is None
