"""Builds one command with Typer, when it is called, and runs it."""

from __future__ import annotations

from importlib import import_module

import typer
from typer.main import get_command

from clausegen.cli.commands import COMMANDES
from clausegen.cli.exits import REUSSI
from clausegen.cli.french import CommandeFrancaise, usage_refusal

# The base of every refusal of a call; Typer carries its own copy of Click in some versions and not in others.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
_SETTINGS = {"help_option_names": ["-h", "--help"]}


def add_command(app: typer.Typer, name: str) -> None:
    """Import a command's module and add its function to an application."""
    module_name, short = COMMANDES[name]
    module = import_module(module_name)
    text = f"{short[0].upper()}{short[1:]}.\n\n{module.AIDE}"
    app.command(name, cls=CommandeFrancaise, help=text, short_help=short, context_settings=_SETTINGS)(module.run)


def new_app(completion: bool) -> typer.Typer:
    """Return an application without commands, that prints plainly and lets errors through."""
    return typer.Typer(name="clausegen", add_completion=completion, rich_markup_mode=None)


def run_command(name: str, args: list[str]) -> int:
    """Run a command.

    Args:
        name: a key of `COMMANDES`.
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
