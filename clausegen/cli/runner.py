"""Builds one command with Typer, when it is called, and runs it: every call that is not well formed comes here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import typer
from typer.main import get_command

from clausegen.cli.commands import COMMANDES, SOUS_COMMANDES
from clausegen.cli.declared import for_typer
from clausegen.cli.exits import REUSSI
from clausegen.cli.french import CommandeFrancaise, usage_refusal

# The base of every refusal of a call; Typer carries its own copy of Click in some versions and not in others.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
_SETTINGS = {"help_option_names": ["-h", "--help"]}


def add_command(app: typer.Typer, name: str) -> None:
    """Import a command's module and add its function to an application.

    Args:
        app: the application.
        name: a key of `COMMANDES`, alone, or followed by one of its `SOUS_COMMANDES`.
    """
    first, _, sub = name.partition(" ")
    module_name, short = COMMANDES[first]
    module = import_module(module_name)
    if sub:
        _add(app, sub, SOUS_COMMANDES[first][sub], module.AIDES[sub], getattr(module, f"run_{sub}"))
    elif first in SOUS_COMMANDES:
        group = typer.Typer(name=first, rich_markup_mode=None, help=module.AIDE, short_help=short)
        for each in SOUS_COMMANDES[first]:
            add_command(group, f"{first} {each}")
        app.add_typer(group)
    else:
        _add(app, first, short, module.AIDE, module.run)


def _add(app: typer.Typer, name: str, short: str, aide: str, run: Callable[..., int]) -> None:
    text = f"{short[0].upper()}{short[1:]}.\n\n{aide}"
    app.command(name, cls=CommandeFrancaise, help=text, short_help=short, context_settings=_SETTINGS)(for_typer(run))


def new_app(completion: bool) -> typer.Typer:
    """Return an application without commands, that prints plainly and lets errors through."""
    return typer.Typer(name="clausegen", add_completion=completion, rich_markup_mode=None)


def run_command(name: str, args: list[str]) -> int:
    """Run a command.

    Args:
        name: a key of `COMMANDES`, followed by one of its `SOUS_COMMANDES` if it has any.
        args: what follows the name on the command line.

    Returns:
        Its exit code.

    Raises:
        ClausegenError: the call cannot be carried out.
    """
    app = new_app(completion=False)
    add_command(app, name)
    command = get_command(app)
    try:
        # Not `main`, which would decide of signals, pipes and exit codes by itself.
        with command.make_context(f"clausegen {name}", list(args)) as ctx:
            return int(command.invoke(ctx) or REUSSI)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort as end:
        raise KeyboardInterrupt from end
    except _USAGE_ERROR as error:
        raise usage_refusal(error) from error
