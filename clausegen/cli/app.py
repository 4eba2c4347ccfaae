"""Entry point: answers what needs no library at once, else runs one command, and turns every outcome into a code."""

from __future__ import annotations

import gc
import os
import sys

from clausegen import __version__
from clausegen.cli.commands import COMMANDES, SOUS_COMMANDES, general_help, group_help
from clausegen.cli.console import DEBUG, forsake_stdout, opened, result, tell, utf8
from clausegen.cli.exits import APPEL, DEFAUT, INTERRUPTION, REUSSI
from clausegen.errors import ClausegenError
from clausegen.files.reasons import raison

COMPLETION = "_CLAUSEGEN_COMPLETE"
"""Variable that a shell sets to ask for completions."""


def _nearest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f" ; vouliez-vous dire « {near[0]} » ?" if near else "."


def _take_debug(args: list[str]) -> tuple[bool, list[str]]:
    """Accept `--debug` anywhere before `--`, as part of no command."""
    end = args.index("--") if "--" in args else len(args)
    kept = [arg for arg in args[:end] if arg != "--debug"]
    return len(kept) < end, kept + args[end:]


def _dispatch(args: list[str]) -> int:
    if not args:
        sys.stderr.write(f"{general_help()}\n")
        return APPEL
    first, *rest = args
    if any("\0" in arg for arg in args):
        raise ClausegenError("Un argument contient un caractère nul : aucun nom de fichier n'en a.")
    if first in ("--help", "-h"):
        result(general_help())
        return REUSSI
    if first == "--version":
        result(f"clausegen {__version__}")
        return REUSSI
    if first in ("--install-completion", "--show-completion"):
        from clausegen.cli.completion import completion_option

        return completion_option(first)
    if first in SOUS_COMMANDES:
        return _dispatch_within(first, rest)
    if first in COMMANDES:
        from clausegen.cli.calls import run_command

        return run_command(first, rest)
    if first.startswith("-"):
        known = ["--help", "--version", "--debug", "--install-completion", "--show-completion"]
        raise ClausegenError(f"Option inconnue : « {first} »{_nearest(first, known)}")
    suite = _nearest(first, list(COMMANDES))
    raise ClausegenError(f"Commande inconnue : « {first} »{suite} Commandes : {', '.join(COMMANDES)}.")


def _dispatch_within(name: str, args: list[str]) -> int:
    if not args:
        sys.stderr.write(f"{group_help(name)}\n")
        return APPEL
    first, *rest = args
    if first in ("--help", "-h"):
        result(group_help(name))
        return REUSSI
    if first in SOUS_COMMANDES[name]:
        from clausegen.cli.calls import run_command

        return run_command(f"{name} {first}", rest)
    known = list(SOUS_COMMANDES[name])
    if first.startswith("-"):
        raise ClausegenError(f"Option inconnue : « {first} »{_nearest(first, ['--help'])}")
    suite = _nearest(first, known)
    raise ClausegenError(f"Commande inconnue : « {name} {first} »{suite} Commandes : {', '.join(known)}.")


def _fault(error: BaseException, debug: bool) -> int:
    """Say that the program itself is wrong; the traceback is for those who ask."""
    if debug:
        import traceback

        traceback.print_exception(error)
    detail = f"{type(error).__name__} : {error}".replace("\n", " ")[:200]
    advice = "" if debug else "relancez avec --debug et "
    tell(
        f"clausegen {__version__} s'est trompé lui-même ({detail}) ; votre fichier n'est pas en cause : {advice}"
        "envoyez ce message, avec la commande tapée, à la personne qui maintient le programme."
    )
    return DEFAUT


def _nowhere() -> bool:
    """Tell whether the current folder was removed."""
    try:
        os.getcwd()  # noqa: PTH109 (`pathlib` would be imported for `--version` too)
    except OSError:
        return True
    return False


def _guarded(args: list[str]) -> int:
    debug, args = _take_debug(args)
    if debug:
        os.environ[DEBUG] = "1"
    try:
        code = _dispatch(args)
        sys.stdout.flush()
    except ClausegenError as error:
        tell(f"Erreur : {error}")
        return APPEL
    except BrokenPipeError:
        forsake_stdout()
        return APPEL
    except OSError as error:
        if _nowhere():
            tell("Erreur : le dossier courant n'existe plus. Placez-vous dans un autre dossier et relancez.")
            return APPEL
        forsake_stdout()
        tell(f"Erreur : la sortie ne peut pas être écrite : {raison(error)}.")
        return APPEL
    except KeyboardInterrupt:
        tell("Interrompu.")
        return INTERRUPTION
    except Exception as error:
        return _fault(error, debug)
    return code


def main(argv: list[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: arguments without the program's name; None for those of the process.

    Returns:
        The exit code, as `clausegen.cli.exits` lists them.
    """
    opened()
    utf8()
    # Pydantic would look for plugins among all that is installed: a tenth of a cold run, for none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Parsed rules and texts live until the end: looking through them for garbage every 700 objects is time lost.
    gc.set_threshold(100_000, 10, 10)
    if COMPLETION in os.environ:
        from clausegen.cli.completion import complete

        return complete()
    return _guarded(list(sys.argv[1:] if argv is None else argv))
