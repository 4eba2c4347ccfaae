"""`clausegen check`: every finding about descriptions, or the explanation of a code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from clausegen.cli.console import page, printed, progress, result
from clausegen.cli.declared import Argument, Option
from clausegen.cli.exits import REUSSI
from clausegen.cli.findings import code_of, dead, read, refused_call
from clausegen.cli.options import FormatConstats, Processus, choice, day, process_count
from clausegen.diagnostics import Diagnostic
from clausegen.errors import ClausegenError
from clausegen.files.walk import walk
from clausegen.law.rulebook import rulebook
from clausegen.record import dataclass
from clausegen.reports.registry import FORMATS, report
from clausegen.reports.verification import Fichier, Verification
from clausegen.workflow.batch import batch
from clausegen.workflow.prepare import warm
from clausegen.workflow.style import reread

if TYPE_CHECKING:
    from clausegen.reports.baseline import Existant

AIDE = """
Toutes les erreurs sont dites d'un coup, avec leur ligne et leur colonne. Code de sortie : 0 si rien n'est à corriger,
1 si une erreur subsiste (avec --strict, aussi un avertissement), 2 si un fichier ne peut pas être lu.

Les formats sarif, junit et github sont ceux des outils d'intégration continue. Un motif tel que 'marches/**/*.yaml'
s'écrit entre apostrophes.

--existant FICHIER tait ce qui est déjà connu : le fichier s'obtient par « clausegen check . --format json >
existant.json ». Seuls les constats nouveaux sont montrés et font échouer ; un fichier déplacé est un fichier nouveau.

Avec --marche MARCHE, CHEMIN est un avis (eForms, TED, BOAMP) : ce qu'il annonce est comparé à la décision, et chaque
écart est placé dans l'avis.

--expliquer tous donne la liste des codes, --expliquer et une lettre ceux d'une famille.
"""
ALL = ("TOUS", "TOUT", "TOUTES")
ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Variables in which GitHub and GitLab say where the root of the project is: the places that they show start there."""


@dataclass(frozen=True, slots=True)
class Verificateur:
    """The work of `check` on one file, as a value that crosses to other processes."""

    jour: date | None
    strict: bool

    def __call__(self, chemin: Path) -> tuple[tuple[Diagnostic, ...], int]:
        """Return the findings about a file, and the exit code that they call for, the baseline aside."""
        lecture, code = read(chemin, self.jour)
        found = lecture.diagnostics if lecture.examen is None else reread(lecture.examen)
        return found, code


def explain_code(code: str, format_rapport: str) -> int:
    """Print what a code means and how to mend it, or the list of codes.

    Raises:
        ClausegenError: no such code, or a format that explains nothing.
    """
    from clausegen.reports.codepages import list_text, page_text, pages, suggestions
    from clausegen.reports.json import dumps

    if format_rapport not in ("texte", "json"):
        raise ClausegenError("--expliquer va avec --format texte ou json.")
    asked, known = code.strip().upper(), pages(rulebook())
    family = suggestions(asked, known) if len(asked) == 1 else []
    if asked in ALL or family:
        listed = known if asked in ALL else {each.code: each for each in family}
        rows = [{"code": each.code, "titre": each.titre} for each in listed.values()]
        if format_rapport == "json":
            result(dumps({"version": 1, "codes": rows}))
        else:
            page(lambda: list_text(listed))
        return REUSSI
    if asked not in known:
        near = [f"{each.code} ({each.titre})" for each in suggestions(asked, known)]
        suite = f" Codes proches : {' ; '.join(near)}." if near else ""
        raise ClausegenError(f"Code inconnu : « {code} ».{suite} La liste : clausegen check --expliquer tous")
    if format_rapport == "json":
        result(dumps({"version": 1} | asdict(known[asked])))
    else:
        page(lambda: page_text(known[asked]))
    return REUSSI


def project_root() -> Path:
    """Return the root of the project when a CI tells it and we are inside, else the current folder."""
    here = Path.cwd()
    told = (Path(os.environ[name]) for name in ROOTS if os.environ.get(name))
    return next((root for root in told if here.is_relative_to(root)), here)


def terminal_width() -> int | None:
    """Return the columns of the terminal that shows the result; None when it goes to a file or a program."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else None


def check_files(chemins: Sequence[Path], travail: Verificateur, processus: int | None) -> tuple[list[Fichier], int]:
    """Return what was found in each file, and the highest code of those that could not be read."""
    fichiers, code = [], REUSSI
    rendus = batch(chemins, travail, processus, warm)
    for chemin, rendu in zip(chemins, progress(rendus, "Vérification", len(chemins)), strict=True):
        printed(rendu.sortie, rendu.erreurs)
        diagnostics, lu = rendu.valeur or dead(chemin)
        fichiers.append(Fichier(str(chemin), diagnostics))
        code = max(code, lu)
    return fichiers, code


def read_known(existant: str | None) -> Existant | None:
    """Return the baseline, read before any work so that a broken one is told at once.

    Raises:
        ClausegenError: it is not one.
    """
    if existant is None:
        return None
    from clausegen.reports.baseline import read_baseline

    return read_baseline(existant)


def check_all(
    chemins: list[str], format_rapport: str, travail: Verificateur, existant: str | None, processus: int | None
) -> int:
    """Print the findings about every file and return the highest exit code.

    Raises:
        ClausegenError: nothing to read, or a baseline that is not one.
    """
    known = read_known(existant)
    parcours = walk(chemins)
    code = max((refused_call(message) for message in parcours.erreurs), default=REUSSI)
    fichiers, lu = check_files(parcours.fichiers, travail, processus)
    return conclude(fichiers, max(code, lu), format_rapport, travail.strict, known)


def compare_all(avis: list[str], marche: str, format_rapport: str, travail: Verificateur, existant: str | None) -> int:
    """Print how each notice differs from what is decided of a market, and return the highest exit code.

    Raises:
        ClausegenError: a baseline that is not one.
    """
    from clausegen.cli.notices import check_notices

    known = read_known(existant)
    fichiers, code = check_notices(avis, marche, travail.jour)
    return conclude(fichiers, code, format_rapport, travail.strict, known)


def conclude(fichiers: Sequence[Fichier], code: int, format_rapport: str, strict: bool, known: Existant | None) -> int:
    """Print the findings that the baseline does not hold, and return the exit code."""
    disparus: int | None = None
    found: Sequence[Fichier] = fichiers
    if known is not None:
        from clausegen.reports.baseline import sort_out

        found, disparus = sort_out(fichiers, known)
    code = max([code, *(code_of(f.diagnostics, strict) for f in found)])
    racine, largeur = project_root(), terminal_width()
    verification = Verification(tuple(found), code, strict, disparus, racine, largeur)
    if format_rapport == "texte":
        page(lambda: report(format_rapport, verification))
    else:
        result(report(format_rapport, verification))
    return code


def run(
    chemin: Annotated[
        list[str] | None,
        Argument(metavar="CHEMIN…", help="descriptions (YAML ou JSON), dossiers qui en contiennent, ou motifs"),
    ] = None,
    format_rapport: FormatConstats = "texte",
    strict: Annotated[bool, Option("--strict", help="les avertissements font aussi échouer")] = False,
    existant: Annotated[
        str | None,
        Option("--existant", metavar="FICHIER", help="tait les constats d'un rapport json déjà fait"),
    ] = None,
    expliquer: Annotated[
        str | None,
        Option("--expliquer", metavar="CODE", help="explique un code au lieu de vérifier ; « tous » les liste"),
    ] = None,
    date_droit: Annotated[
        str | None,
        Option("--date", metavar="AAAA-MM-JJ", help="applique le droit de ce jour, sans changer le fichier"),
    ] = None,
    processus: Processus = None,
    marche: Annotated[
        str | None,
        Option("--marche", metavar="MARCHE", help="compare l'avis CHEMIN à la décision sur ce marché"),
    ] = None,
) -> int:
    """Check descriptions, or notices against one."""
    wanted = choice("--format", format_rapport, tuple(FORMATS))
    if expliquer is not None:
        if chemin:
            raise ClausegenError("--expliquer s'emploie seul, sans CHEMIN.")
        return explain_code(expliquer, wanted)
    if not chemin:
        raise ClausegenError("Argument manquant : « CHEMIN… ».\nAide : clausegen check --help")
    travail = Verificateur(day(date_droit), strict)
    if marche is not None:
        return compare_all(chemin, marche, wanted, travail, existant)
    return check_all(chemin, wanted, travail, existant, process_count(processus))
