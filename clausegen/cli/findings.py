"""Findings on the way to an exit code, and files that a batch could not read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from clausegen.cli.console import debugging, tell, tell_report
from clausegen.cli.exits import APPEL, CONSTATS, DEFAUT, REUSSI
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.french.typography import typography
from clausegen.record import dataclass
from clausegen.reports.text import finding_lines
from clausegen.text.buyer import GabaritsAcheteur
from clausegen.workflow.examine import Examen, examiner

_SEVERAL = 4
"""Below that many questions, they are shown rather than counted."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """One file of a batch: what was found in it, or why it could not be read."""

    chemin: Path
    examen: Examen | None
    diagnostics: tuple[Diagnostic, ...]


def code_of(diagnostics: Iterable[Diagnostic], strict: bool = False) -> int:
    """Return the exit code that findings call for; with `strict`, warnings fail too."""
    failing = {Niveau.ERREUR, Niveau.AVERTISSEMENT} if strict else {Niveau.ERREUR}
    return CONSTATS if any(d.niveau in failing for d in diagnostics) else REUSSI


def say(diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings on stderr, one a line."""
    if lines := finding_lines(diagnostics):
        tell_report("".join(f"{line}\n" for line in lines))


def say_summed(lecture: Lecture, *, noted: bool) -> None:
    """Print findings for a person who looks: questions, often dozens, as their number; the rest in full.

    Args:
        lecture: the file and what was found in it.
        noted: whether a note is drafted, that lists them.
    """
    asked = [d for d in lecture.diagnostics if d.niveau is Niveau.QUESTION]
    if len(asked) < _SEVERAL:
        say(lecture.diagnostics)
        return
    say(d for d in lecture.diagnostics if d.niveau is not Niveau.QUESTION)
    listed = " ; la note les liste" if noted else ""
    from shlex import quote

    command = f"clausegen check {quote(str(lecture.chemin))}"
    tell_report(
        f"{lecture.chemin}{typography(f' : {len(finding_lines(asked))} questions sans réponse{listed} ; ')}"
        f"{typography('pour les voir : ')}{command}\n"
    )


def refused_call(error: ClausegenError | str) -> int:
    """Tell why a part of a batch cannot be done, and return the exit code for it."""
    tell(f"Erreur : {error}")
    return APPEL


def read(chemin: Path, date_droit: date | None, acheteur: GabaritsAcheteur | None = None) -> tuple[Lecture, int]:
    """Examine a file; one that cannot be read is told on stderr and the batch goes on.

    Returns:
        What was found, and the exit code as far as reading goes.
    """
    try:
        examen = examiner(chemin, date_droit=date_droit, gabarits_acheteur=acheteur)
    except ClausegenError as error:
        illisible = Diagnostic("E001", Niveau.ERREUR, str(error), fichier=str(chemin))
        return Lecture(chemin, None, (illisible,)), refused_call(error)
    except Exception as error:
        # One file on which the program stumbles must not lose the others of a batch.
        if debugging():
            raise
        found, code = stumbled(chemin, f"{type(error).__name__} : {error}")
        return Lecture(chemin, None, found), code
    return Lecture(chemin, examen, examen.diagnostics), REUSSI


def stumbled(chemin: Path, why: str) -> tuple[tuple[Diagnostic, ...], int]:
    """Tell that the program is at fault on a file of a batch.

    Returns:
        The finding that says so, and the exit code.
    """
    message = f"clausegen s'est trompé lui-même sur ce fichier ({why})."
    tell(f"{message} Relancez avec --debug et envoyez ce message à la personne qui maintient le programme.")
    return (Diagnostic("E004", Niveau.ERREUR, message, fichier=str(chemin)),), DEFAUT


def dead(chemin: Path) -> tuple[tuple[Diagnostic, ...], int]:
    """Tell that the process which had a file died, for lack of memory perhaps; what `stumbled` returns."""
    return stumbled(chemin, "le processus qui le traitait s'est arrêté")
