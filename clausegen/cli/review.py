"""`clausegen review`: a piece that people edited, or a clause written elsewhere, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from clausegen.cli.check import project_root, terminal_width
from clausegen.cli.console import page, result, tell
from clausegen.cli.declared import Argument, Option
from clausegen.cli.exits import CONSTATS, REUSSI
from clausegen.cli.findings import code_of, refused_call, say
from clausegen.cli.options import FormatConstats, choice, day
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.files.outputs import write_outputs
from clausegen.reports.readback import review_json, review_text
from clausegen.reports.registry import FORMATS, report
from clausegen.reports.verification import Fichier, Verification
from clausegen.workflow.examine import examiner
from clausegen.workflow.proofread import Relecture, commented, relire

AIDE = """
Relit une pièce Word retouchée, ou une clause écrite ailleurs : modifications acceptées ou en attente, commentaires,
champs remplis, texte collé. Dit ce qui a changé depuis le projet, puis ce qui ne tient plus : heures, articles,
dérogations, noms périmés, champs vides, restes de modèle, contradictions.

Avec --marche, la pièce est comparée à la description et aux autres pièces du marché. Sans elle, les contrôles propres
au texte s'appliquent, au droit de la date que la pièce porte, sinon au plus récent ; --date en choisit un autre.

La « ligne » d'un constat est le rang du paragraphe, la colonne celui du mot. --commenter place chaque constat en
commentaire, aux bons mots, dans une copie du document.
"""


def _written(relecture: Relecture, sortie: Path, ecraser: bool) -> int:
    """Write the copy with its comments, unless a person owns a file of that name.

    Raises:
        ClausegenError: the document admits no comment, or the copy cannot be written.
    """
    if sortie.suffix.lower() != ".docx":
        raise ClausegenError(f"--commenter : « {sortie} » doit se terminer par .docx.")
    if sortie.resolve() == Path(relecture.document.nom).resolve():
        raise ClausegenError("--commenter écrit une copie : donner un autre nom que celui du document relu.")
    done = write_outputs(sortie.parent, {sortie.name: commented(relecture)}, ecraser)
    for path in done.ecrits:
        tell(f"Copie commentée : {path}")
    message = "Ce fichier a été retouché ou créé à la main : il est laissé tel quel (--ecraser le remplace)."
    say([Diagnostic("E003", Niveau.ERREUR, message, fichier=str(path)) for path in done.gardes])
    return CONSTATS if done.gardes else REUSSI


def _read_all(
    documents: list[str], marche: str | None, date_droit: str | None
) -> tuple[list[Relecture], list[Fichier], int]:
    """Read every document to the end of the batch; one that cannot be read has that for finding.

    Raises:
        ClausegenError: the description cannot be read.
    """
    jour = day(date_droit)
    examen = None if marche is None else examiner(Path(marche), date_droit=jour)
    found: list[Relecture] = []
    fichiers, code = [], REUSSI
    for nom in documents:
        try:
            found.append(relire(Path(nom), examen, jour))
            fichiers.append(Fichier(found[-1].document.nom, found[-1].diagnostics))
        except ClausegenError as error:
            code = refused_call(error)
            fichiers.append(Fichier(nom, (Diagnostic("E001", Niveau.ERREUR, str(error), fichier=nom),)))
    return found, fichiers, code


def run(
    document: Annotated[
        list[str], Argument(metavar="DOCUMENT.docx…", help="documents Word à relire, de clausegen ou d'ailleurs")
    ],
    marche: Annotated[
        str | None, Option("--marche", metavar="MARCHE", help="description à laquelle comparer le document")
    ] = None,
    commenter: Annotated[
        str | None,
        Option("--commenter", metavar="SORTIE.docx", help="copie où chaque constat devient un commentaire"),
    ] = None,
    format_rapport: FormatConstats = "texte",
    strict: Annotated[bool, Option("--strict", help="les avertissements font aussi échouer")] = False,
    date_droit: Annotated[str | None, Option("--date", metavar="AAAA-MM-JJ", help="relit au droit de ce jour")] = None,
    ecraser: Annotated[bool, Option("--ecraser", help="remplace aussi une copie retouchée à la main")] = False,
) -> int:
    """Read documents back."""
    wanted = choice("--format", format_rapport, tuple(FORMATS))
    if commenter is not None and len(document) > 1:
        raise ClausegenError("--commenter va avec un seul document.")
    relectures, fichiers, code = _read_all(list(dict.fromkeys(document)), marche, date_droit)
    if commenter is not None and relectures:
        code = max(code, _written(relectures[0], Path(commenter), ecraser))
    code = max([code, *(code_of(f.diagnostics, strict) for f in fichiers)])
    verification = Verification(tuple(fichiers), code, strict, racine=project_root(), largeur=terminal_width())
    relus = [(r.document, r.changements) for r in relectures]
    if wanted == "json":
        result(review_json(relus, verification))
    elif wanted == "texte":
        page(lambda: review_text(relus, verification))
    else:
        result(report(wanted, verification))
    return code
