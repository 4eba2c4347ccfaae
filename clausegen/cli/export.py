"""`clausegen export`: the codes and texts of a market, for the notice, the buyer profile and the essential data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from clausegen.cli.console import result, tell
from clausegen.cli.declared import Argument, Option
from clausegen.cli.exits import CONSTATS, REUSSI
from clausegen.cli.findings import code_of, say
from clausegen.cli.options import choice, day, proposals
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.exporters.registry import FORMATS
from clausegen.files.outputs import write_outputs
from clausegen.french.grammar import compte
from clausegen.workflow.examine import Examen, examiner
from clausegen.workflow.notices import exporter

AIDE = """
eforms : les champs sociaux de l'avis européen, lot par lot, dans un squelette d'avis XML ; chaque fragment est précédé
de l'endroit où il se colle. decp : les données essentielles que la description connaît déjà, en JSON. fiche-publicite :
les cases à cocher et les textes à coller, pour le BOAMP, PLACE et le TED.

Ce qui manque est dit sur la sortie d'erreur et n'est jamais inventé. Sans -o, le résultat sort sur la sortie standard.
"""


def _refused(examen: Examen) -> int:
    errors = [d for d in examen.diagnostics if d.niveau is Niveau.ERREUR]
    tell(f"{examen.fichier} : {compte(len(errors), 'erreur')}, rien n'est exporté. Corrigez et relancez.")
    return CONSTATS


def _written(path: Path, texte: str, ecraser: bool) -> int:
    """Write the file whole, unless a person made or changed the one that is there.

    Raises:
        ClausegenError: it cannot be written.
    """
    if path.is_dir():
        raise ClausegenError(f"-o : « {path} » est un dossier ; il faut un nom de fichier.")
    done = write_outputs(path.parent, {path.name: texte.encode()}, ecraser)
    for written in done.ecrits:
        result(str(written))
    for kept in done.gardes:
        message = "Ce fichier a été retouché ou créé à la main : il est laissé tel quel (--ecraser le remplace)."
        say([Diagnostic("E003", Niveau.ERREUR, message, fichier=str(kept))])
    return CONSTATS if done.gardes else REUSSI


def run(
    marche: Annotated[str, Argument(metavar="MARCHE", help="description du marché (YAML ou JSON)")],
    format_: Annotated[
        str,
        Option(
            "--format", metavar="FORMAT", help="eforms, decp ou fiche-publicite", autocompletion=proposals([*FORMATS])
        ),
    ],
    sortie: Annotated[
        str | None, Option("-o", metavar="FICHIER", help="fichier à écrire, plutôt que la sortie standard")
    ] = None,
    ecraser: Annotated[bool, Option("--ecraser", help="remplace aussi un fichier retouché à la main")] = False,
    date_droit: Annotated[
        str | None,
        Option("--date", metavar="AAAA-MM-JJ", help="applique le droit de ce jour, sans changer le fichier"),
    ] = None,
) -> int:
    """Export what a market announces."""
    wanted = choice("--format", format_, [*FORMATS])
    examen = examiner(Path(marche), date_droit=day(date_droit))
    say(d for d in examen.diagnostics if d.niveau in (Niveau.ERREUR, Niveau.AVERTISSEMENT))
    if code_of(examen.diagnostics):
        return _refused(examen)
    export = exporter(examen, wanted)
    say(export.constats)
    if sortie is None:
        result(export.texte.removesuffix("\n"))
        return REUSSI
    return _written(Path(sortie), export.texte, ecraser)
