"""Values of options: read, checked and refused in French, with the nearest allowed value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, TypeAlias

from clausegen.cli.declared import Option
from clausegen.errors import ClausegenError
from clausegen.french.dates import parse_day
from clausegen.reports.registry import FORMATS

FORMATS_PIECES = ("docx", "html", "md", "pdf", "txt")
FORMATS_RAPPORT = ("texte", "json")
MOST_PROCESSES = 64

Processus: TypeAlias = Annotated[
    str | None,
    Option("--processus", metavar="N", help="nombre de processus pour beaucoup de marchés (automatique)"),
]


def proposals(valeurs: Sequence[str]) -> Callable[[str], list[str]]:
    """Return what a shell proposes after an option, for the letters already typed."""

    def proposed(incomplete: str) -> list[str]:
        return [valeur for valeur in valeurs if valeur.startswith(incomplete)]

    return proposed


def choice(option: str, valeur: str, permis: Sequence[str]) -> str:
    """Return a value that belongs to a closed list.

    Args:
        option: name shown in the refusal, such as `--format`.
        valeur: what was typed; case does not matter.
        permis: the allowed values.

    Raises:
        ClausegenError: it is not one of them.
    """
    found = valeur.strip().lower()
    if found in permis:
        return found
    from difflib import get_close_matches

    near = get_close_matches(found, permis, n=1, cutoff=0.5)
    suite = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    raise ClausegenError(f"{option} : « {valeur} » n'est pas une valeur possible ({', '.join(permis)}).{suite}")


def choices(option: str, valeurs: Sequence[str] | None, permis: Sequence[str]) -> tuple[str, ...] | None:
    """Return the values of an option that may be repeated, or hold several separated by commas; each once.

    Returns:
        None when the option is absent.
    """
    if not valeurs:
        return None
    typed = [part for valeur in valeurs for part in valeur.split(",") if part.strip()]
    if not typed:
        raise ClausegenError(f"{option} : aucune valeur donnée ({', '.join(permis)}).")
    return tuple(dict.fromkeys(choice(option, part, permis) for part in typed))


FormatConstats: TypeAlias = Annotated[
    str,
    Option(
        "--format",
        metavar="FORMAT",
        help="texte (par défaut), json, sarif, junit ou github",
        autocompletion=proposals(tuple(FORMATS)),
    ),
]
"""How findings are reported, by `check` and by `review`."""


def day(valeur: str | None) -> date | None:
    """Return the day of `--date`.

    Raises:
        ClausegenError: it is not a date such as 2026-12-15.
    """
    if valeur is None:
        return None
    try:
        return parse_day(valeur)
    except ValueError as error:
        raise ClausegenError(f"--date : « {valeur} » est refusé, {error}.") from error


def process_count(valeur: str | None) -> int | None:
    """Return the number of processes of `--processus`; None to decide.

    Raises:
        ClausegenError: it is not a number of processes.
    """
    if valeur is None or valeur.strip().lower() in ("auto", "automatique"):
        return None
    typed = valeur.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= MOST_PROCESSES):
        raise ClausegenError(f"--processus : « {valeur} » est refusé, un nombre de 1 à {MOST_PROCESSES} est attendu.")
    return int(typed)
