"""`clausegen check`: every finding about descriptions, or the explanation of a code."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from clausegen.cli.console import progress, result
from clausegen.cli.exits import REUSSI
from clausegen.cli.findings import code_of, read, refused_call
from clausegen.cli.options import FORMATS_RAPPORT, choice, day, proposals
from clausegen.diagnostics import Diagnostic
from clausegen.errors import ClausegenError
from clausegen.files.walk import walk
from clausegen.french.typography import typography
from clausegen.reports.json import check_json, dumps
from clausegen.reports.text import check_text
from clausegen.workflow.pages import expliquer_code

AIDE = """
Toutes les erreurs sont dites d'un coup, avec leur ligne et leur colonne. Code de sortie : 0 si rien n'est à corriger,
1 si une erreur subsiste (avec --strict, aussi un avertissement), 2 si un fichier ne peut pas être lu.
"""


def explain_code(code: str, format_rapport: str) -> int:
    """Print what a code means and how to mend it.

    Raises:
        ClausegenError: no such code.
    """
    asked = code.strip().upper()
    text = expliquer_code(asked)
    if text is None:
        raise ClausegenError(f"Code inconnu : « {code} ». Un code a la forme d'une lettre et de trois chiffres (F001).")
    result(dumps({"version": 1, "code": asked, "explication": text}) if format_rapport == "json" else typography(text))
    return REUSSI


def check_all(chemins: list[str], format_rapport: str, strict: bool, jour: date | None) -> int:
    """Print the findings about every file and return the highest exit code."""
    found = walk(chemins)
    code = max((refused_call(message) for message in found.erreurs), default=REUSSI)
    fichiers: list[tuple[str, tuple[Diagnostic, ...]]] = []
    for chemin in progress(found.fichiers, "Vérification"):
        lecture, lu = read(chemin, jour)
        fichiers.append((str(chemin), lecture.diagnostics))
        code = max(code, lu, code_of(lecture.diagnostics, strict))
    result(check_json(fichiers) if format_rapport == "json" else check_text(fichiers))
    return code


def run(
    chemin: Annotated[
        list[str] | None,
        typer.Argument(metavar="CHEMIN…", help="descriptions (YAML ou JSON), ou dossiers qui en contiennent"),
    ] = None,
    format_rapport: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="texte (par défaut) ou json", autocompletion=proposals(FORMATS_RAPPORT)
        ),
    ] = "texte",
    strict: Annotated[bool, typer.Option("--strict", help="les avertissements font aussi échouer")] = False,
    expliquer: Annotated[
        str | None, typer.Option("--expliquer", metavar="CODE", help="explique un code au lieu de vérifier")
    ] = None,
    date_droit: Annotated[
        str | None,
        typer.Option("--date", metavar="AAAA-MM-JJ", help="applique le droit de ce jour, sans changer le fichier"),
    ] = None,
) -> int:
    """Check descriptions."""
    wanted = choice("--format", format_rapport, FORMATS_RAPPORT)
    if expliquer is not None:
        if chemin:
            raise ClausegenError("--expliquer s'emploie seul, sans CHEMIN.")
        return explain_code(expliquer, wanted)
    if not chemin:
        raise ClausegenError("Argument manquant : « CHEMIN… ».\nAide : clausegen check --help")
    return check_all(chemin, wanted, strict, day(date_droit))
