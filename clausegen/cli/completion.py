"""Completion of the shell: Typer does the work, we say it in French."""

from __future__ import annotations

import contextlib
import io
import re

from typer.main import get_command

from clausegen.cli.commands import COMMANDES
from clausegen.cli.console import result, tell
from clausegen.cli.exits import APPEL, REUSSI
from clausegen.cli.runner import add_command, new_app
from clausegen.errors import ClausegenError

_INSTALLED = re.compile(r"^(?P<shell>\S+) completion installed in (?P<path>.+)$", re.MULTILINE)


def _run(args: list[str]) -> tuple[int, str]:
    """Run the whole application and return its code and what it printed."""
    app = new_app(completion=True)
    for name in COMMANDES:
        add_command(app, name)
    captured = io.StringIO()
    code = REUSSI
    with contextlib.redirect_stdout(captured), contextlib.redirect_stderr(io.StringIO()):
        try:
            get_command(app).main(args, prog_name="clausegen")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else APPEL
    return code, captured.getvalue()


def complete() -> int:
    """Answer a shell that asks for completions; silent whatever happens, since someone is typing."""
    try:
        code, text = _run([])
    except Exception:
        return APPEL
    result(text.rstrip("\n"))
    return code


def completion_option(option: str) -> int:
    """Install or show the completion script of the shell in use.

    Raises:
        ClausegenError: the shell is unknown to Typer, or its files cannot be written.
    """
    try:
        code, text = _run([option])
    except OSError as error:
        raise ClausegenError("La complétion n'a pas pu être installée : fichiers du shell protégés.") from error
    if code != REUSSI or not text.strip():
        raise ClausegenError(
            "Shell non reconnu : la complétion existe pour bash, zsh, fish et PowerShell. "
            "Lancez cette commande depuis l'un d'eux."
        )
    if option == "--show-completion":
        result(text.rstrip("\n"))
        return REUSSI
    installed = _INSTALLED.search(text)
    where = f" pour {installed['shell']} dans « {installed['path']} »" if installed else ""
    tell(f"Complétion installée{where} ; elle prendra effet dans un nouveau terminal.")
    return REUSSI
