"""Runs one command: at once when its call is well formed, else through Typer."""

from __future__ import annotations

from importlib import import_module

from clausegen.cli.commands import COMMANDES, SOUS_COMMANDES
from clausegen.cli.exits import REUSSI


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
    first, _, sub = name.partition(" ")
    if args and not {"-h", "--help"}.intersection(args):
        from clausegen.cli.declared import well_formed

        module = import_module(COMMANDES[first][0])
        run = getattr(module, f"run_{sub}" if first in SOUS_COMMANDES else "run")
        values = well_formed(run, args)
        if values is not None:
            return int(run(**values) or REUSSI)
    from clausegen.cli import runner

    return runner.run_command(name, args)
