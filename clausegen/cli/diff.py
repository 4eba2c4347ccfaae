"""`clausegen diff`: what separates two versions of a market, or one market under two days of the law."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from clausegen.cli.console import page, result, tell
from clausegen.cli.declared import Argument, Option
from clausegen.cli.exits import CONSTATS, REUSSI
from clausegen.cli.findings import code_of, say
from clausegen.cli.options import FORMATS_RAPPORT, choice, day, proposals
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.files.outputs import write_outputs
from clausegen.reports.difference import Cote, Difference, LignePiece, difference_text
from clausegen.reports.difference_json import difference_json
from clausegen.workflow.compare import Comparaison, comparer, pieces_suivies
from clausegen.workflow.examine import Examen, examiner

_SUFFIX = "-modifications.docx"
AIDE = """
Avec deux descriptions : ce qui change de la première à la seconde, toutes deux sous le droit de --date s'il est donné.
Avec une seule : ce qui change entre le droit de son jour de lancement et celui de --date.

Le rapport dit ce qui change dans la description, dans la décision et pourquoi, et dans chaque pièce. Avec -o, chaque
pièce qui change, apparaît ou disparaît est écrite en Word (ccap-modifications.docx), les changements en suivi des
modifications : tout accepter donne la nouvelle version, tout refuser rend l'ancienne.

Code de sortie : 0 une fois la comparaison faite, 1 si l'une des deux versions porte une erreur, 2 si l'appel est
impossible.
"""


def _examined(avant: str, apres: str | None, date_droit: str | None) -> tuple[Examen, Examen]:
    """Examine both sides.

    Raises:
        ClausegenError: there is nothing to compare with, or a file cannot be read.
    """
    jour = day(date_droit)
    if apres is not None:
        return examiner(Path(avant), date_droit=jour), examiner(Path(apres), date_droit=jour)
    if jour is None:
        raise ClausegenError(
            "Une seule description : donner aussi l'autre, ou --date AAAA-MM-JJ pour comparer le droit de deux jours.\n"
            "Aide : clausegen diff --help"
        )
    return examiner(Path(avant)), examiner(Path(avant), date_droit=jour)


def _written(comparaison: Comparaison, sortie: Path, ecraser: bool) -> tuple[Comparaison, int]:
    """Write the pieces with their tracked changes; those that a person changed since are left."""
    try:
        # Not under the name of the piece: in the folder of the pieces, they stay beside them.
        files = {f"{ident}{_SUFFIX}": content for ident, content in pieces_suivies(comparaison).items()}
    except ClausegenError as error:
        tell(str(error))
        return comparaison, CONSTATS
    if not files:
        tell("Aucune pièce ne change : rien n'est écrit.")
        return comparaison, REUSSI
    done = write_outputs(sortie, files, ecraser)
    message = "Cette pièce a été retouchée ou créée à la main : elle est laissée telle quelle (--ecraser la remplace)."
    say([Diagnostic("E003", Niveau.ERREUR, message, fichier=str(path)) for path in done.gardes])
    written = {path.name.removesuffix(_SUFFIX): str(path) for path in done.ecrits}
    return comparaison.with_files(written), CONSTATS if done.gardes else REUSSI


def _reported(comparaison: Comparaison) -> Difference:
    sides = [
        Cote(e.fichier, e.decision.date_droit if e.decision else None, e.decision is not None, e.diagnostics)
        for e in (comparaison.avant, comparaison.apres)
    ]
    pieces = [LignePiece(p.id, p.changement, p.fichier) for p in comparaison.pieces]
    return Difference(sides[0], sides[1], comparaison.description, comparaison.decision, pieces)


def run(
    avant: Annotated[str, Argument(metavar="A.yaml", help="description de départ (YAML ou JSON)")],
    apres: Annotated[
        str | None, Argument(metavar="B.yaml", help="description d'arrivée ; sans elle, --date est nécessaire")
    ] = None,
    date_droit: Annotated[
        str | None,
        Option("--date", metavar="AAAA-MM-JJ", help="applique le droit de ce jour, sans changer les fichiers"),
    ] = None,
    sortie: Annotated[
        str | None,
        Option("-o", metavar="DIR", help="dossier où écrire les pièces, avec leurs modifications suivies"),
    ] = None,
    format_rapport: Annotated[
        str,
        Option(
            "--format", metavar="FORMAT", help="texte (par défaut) ou json", autocompletion=proposals(FORMATS_RAPPORT)
        ),
    ] = "texte",
    ecraser: Annotated[bool, Option("--ecraser", help="remplace aussi les pièces retouchées à la main")] = False,
) -> int:
    """Compare two versions of a market."""
    wanted = choice("--format", format_rapport, FORMATS_RAPPORT)
    sides = _examined(avant, apres, date_droit)
    comparaison = comparer(*sides)
    code = max(code_of(side.diagnostics) for side in sides)
    if sortie is not None:
        comparaison, written = _written(comparaison, Path(sortie), ecraser)
        code = max(code, written)
    found = _reported(comparaison)
    if wanted == "json":
        result(difference_json(found))
    else:
        page(lambda: difference_text(found))
    return code
