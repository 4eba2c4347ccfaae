"""`clausegen draft`: descriptions in, pieces out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from clausegen.cli.console import printed, progress, result, tell, watched, written
from clausegen.cli.declared import Argument, Option
from clausegen.cli.exits import CONSTATS, REUSSI
from clausegen.cli.findings import Lecture, code_of, dead, read, refused_call, say, say_summed
from clausegen.cli.options import FORMATS_PIECES, Processus, choices, day, process_count, proposals
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.files.outputs import write_outputs
from clausegen.files.reasons import raison
from clausegen.files.walk import walk
from clausegen.french.grammar import compte
from clausegen.record import dataclass
from clausegen.text.buyer import GabaritsAcheteur, read_buyer
from clausegen.workflow.batch import batch
from clausegen.workflow.draft import rediger
from clausegen.workflow.pages import documents_connus
from clausegen.workflow.prepare import warm

AIDE = """
Un marché : ses pièces vont dans le dossier donné par -o ou, sans -o, dans un dossier du même nom à côté de la
description. Plusieurs marchés : un sous-dossier pour chacun. Les chemins écrits sortent sur la sortie standard, les
constats sur la sortie d'erreur.

Rien n'est écrit pour un marché tant qu'une erreur subsiste, sauf --malgre-erreurs. Un fait manquant n'arrête jamais :
il devient un champ à compléter. Une pièce retouchée à la main n'est pas remplacée, sauf --ecraser.
"""

_FIELD = "E103"
"""Code of a field that a version to publish leaves open."""


@dataclass(frozen=True, slots=True)
class Demande:
    """What was asked for every market.

    Args:
        formats: those of the pieces.
        documents: ids of the pieces; None for all.
        publiable: without comments nor fields.
        champs_vides: whether fields may stay empty all the same.
        malgre_erreurs: whether an error stops nothing.
        ecraser: whether what a person changed is replaced.
        modele: the buyer's Word file.
        resume: whether questions are only counted, for a person who looks at stderr.
    """

    formats: tuple[str, ...]
    documents: tuple[str, ...] | None
    publiable: bool
    champs_vides: bool
    malgre_erreurs: bool
    ecraser: bool
    modele: bytes | None = None
    resume: bool = False


def _default_folder(chemin: Path) -> Path:
    """Beside the description, under its name; a name without suffix is already that of the description."""
    return chemin.parent / (chemin.stem if chemin.suffix else f"{chemin.name}-pieces")


def output_folders(chemins: Sequence[Path], sortie: str | None) -> list[Path]:
    """Return the folder of each market.

    Args:
        chemins: the descriptions.
        sortie: value of `-o`. One market goes straight into it, several under their stems, then
            `<parent>-<stem>` for stems that collide, whatever the case of letters.
    """
    if sortie is None:
        folders = [_default_folder(chemin) for chemin in chemins]
    elif len(chemins) == 1:
        folders = [Path(sortie)]
    else:
        stems = Counter(chemin.stem.casefold() for chemin in chemins)
        folders = [
            Path(sortie)
            / (f"{chemin.resolve().parent.name}-{chemin.stem}" if stems[chemin.stem.casefold()] > 1 else chemin.stem)
            for chemin in chemins
        ]
    seen: Counter[str] = Counter()
    distinct = []
    for folder in folders:
        seen[str(folder).casefold()] += 1
        rank = seen[str(folder).casefold()]
        distinct.append(folder if rank == 1 else folder.with_name(f"{folder.name}-{rank}"))
    return distinct


def _left(path: Path) -> Diagnostic:
    message = "Cette pièce a été retouchée ou créée à la main : elle est laissée telle quelle (--ecraser la remplace)."
    return Diagnostic("E003", Niveau.ERREUR, message, fichier=str(path))


def _refused(chemin: Path, diagnostics: Sequence[Diagnostic], advice: str) -> int:
    errors = sum(d.niveau is Niveau.ERREUR for d in diagnostics)
    tell(f"{chemin} : {compte(errors, 'erreur')}, rien n'est écrit pour ce marché. {advice}".rstrip())
    return CONSTATS


def _only_fields(diagnostics: Sequence[Diagnostic]) -> bool:
    """Tell whether fields left open are all that stops a version to publish."""
    return all(d.code == _FIELD for d in diagnostics if d.niveau is Niveau.ERREUR)


def draft_one(lecture: Lecture, folder: Path, demande: Demande) -> int:
    """Write the pieces of one market, print their paths, and return the exit code.

    Raises:
        ClausegenError: a piece cannot be drafted as asked, or written.
    """
    examen = lecture.examen
    if demande.resume:
        say_summed(lecture, noted=demande.documents is None or "note" in demande.documents)
    else:
        say(lecture.diagnostics)
    code = code_of(lecture.diagnostics)
    if examen is None or examen.decision is None:
        return _refused(lecture.chemin, lecture.diagnostics, "Il ne se charge pas : corrigez et relancez.")
    if code and not demande.malgre_erreurs:
        return _refused(lecture.chemin, lecture.diagnostics, "L'option --malgre-erreurs passe outre.")
    redaction = rediger(
        examen,
        formats=demande.formats,
        documents=demande.documents,
        publiable=demande.publiable,
        champs_vides=demande.champs_vides,
        malgre_erreurs=demande.malgre_erreurs,
        modele=demande.modele,
    )
    say(redaction.diagnostics)
    code = max(code, code_of(redaction.diagnostics))
    if not redaction.pieces or (code and not demande.malgre_erreurs):
        advice = "Complétez-les, ou ajoutez --champs-vides." if _only_fields(redaction.diagnostics) else ""
        return _refused(lecture.chemin, redaction.diagnostics, advice) if code else REUSSI
    done = write_outputs(folder, {piece.nom: piece.contenu for piece in redaction.pieces}, demande.ecraser)
    for path in done.ecrits:
        result(str(path))
    say([_left(path) for path in done.gardes])
    return CONSTATS if done.gardes else code


@dataclass(frozen=True, slots=True)
class Redacteur:
    """The work of `draft` on one market, as a value that crosses to other processes."""

    demande: Demande
    jour: date | None
    acheteur: GabaritsAcheteur | None

    def __call__(self, tache: tuple[Path, Path]) -> int:
        """Draft a description into its folder, say what happens, and return the exit code."""
        chemin, folder = tache
        lecture, code = read(chemin, self.jour, self.acheteur)
        if lecture.examen is None:
            return code
        try:
            return max(code, draft_one(lecture, folder, self.demande))
        except ClausegenError as error:
            return max(code, refused_call(error))


def draft_all(chemins: Sequence[Path], sortie: str | None, travail: Redacteur, processus: int | None = None) -> int:
    """Draft every market to the end of the batch and return the highest exit code."""
    taches = list(zip(chemins, output_folders(chemins, sortie), strict=True))
    code = REUSSI
    rendus = batch(taches, travail, processus, warm)
    lent = "pdf" in travail.demande.formats
    verb = "Rédaction, puis PDF par LibreOffice" if lent else "Rédaction"
    seen = progress(rendus, verb, len(chemins), lent=lent)
    for chemin, rendu in zip(chemins, seen, strict=True):
        printed("", rendu.erreurs)
        written(rendu.sortie)
        code = max(code, dead(chemin)[1] if rendu.valeur is None else rendu.valeur)
    return code


def read_model(modele: str | None, formats: Sequence[str]) -> bytes | None:
    """Return the bytes of the buyer's Word file, once it is known to be fit.

    Raises:
        ClausegenError: no such file, one that cannot be taken, or no format that takes its look.
    """
    if modele is None:
        return None
    if not {"docx", "pdf"}.intersection(formats):
        raise ClausegenError("--modele donne aux pièces Word leur présentation : il va avec --format docx ou pdf.")
    from clausegen.writers.docx.charter import LARGEST, read_charter

    if Path(modele).suffix.lower() in (".docm", ".dotm"):
        raise ClausegenError(
            "--modele : un modèle à macros est refusé. Enregistrez-le comme « Document Word (.docx) »."
        )
    try:
        with Path(modele).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ClausegenError(f"--modele : le fichier « {modele} » ne peut pas être lu ({raison(error)}).") from error
    read_charter(content)
    return content


Gabarits = Annotated[
    str | None,
    Option("--gabarits", metavar="DIR", help="gabarits de l'acheteur, qui remplacent ceux du même chemin"),
]

Modele = Annotated[
    str | None,
    Option(
        "--modele",
        metavar="CHARTE.docx",
        help="document Word de l'acheteur : ses styles, en-tête, pied de page, logo et marges habillent les pièces",
    ),
]


def run(
    marche: Annotated[
        list[str], Argument(metavar="MARCHE…", help="descriptions (YAML ou JSON), ou dossiers qui en contiennent")
    ],
    sortie: Annotated[str | None, Option("-o", metavar="DIR", help="dossier où écrire les pièces")] = None,
    formats: Annotated[
        list[str] | None,
        Option(
            "--format",
            metavar="FORMAT",
            help="docx (par défaut), html, md, txt, ou pdf si LibreOffice est là ; l'option peut être répétée",
            autocompletion=proposals(FORMATS_PIECES),
        ),
    ] = None,
    documents: Annotated[
        list[str] | None,
        Option("--documents", metavar="LISTE", help="seulement ces pièces, par exemple note,ccap"),
    ] = None,
    publiable: Annotated[
        bool, Option("--publiable", help="version à publier : ni commentaire ni surlignage, aucun champ vide")
    ] = False,
    champs_vides: Annotated[
        bool, Option("--champs-vides", help="avec --publiable, admet des champs restés vides")
    ] = False,
    malgre_erreurs: Annotated[
        bool, Option("--malgre-erreurs", help="écrit malgré les erreurs, signalées en tête de chaque pièce")
    ] = False,
    ecraser: Annotated[bool, Option("--ecraser", help="remplace aussi les pièces retouchées à la main")] = False,
    date_droit: Annotated[
        str | None,
        Option("--date", metavar="AAAA-MM-JJ", help="applique le droit de ce jour, sans changer le fichier"),
    ] = None,
    gabarits: Gabarits = None,
    modele: Modele = None,
    processus: Processus = None,
) -> int:
    """Draft the pieces of each market."""
    if publiable and malgre_erreurs:
        raise ClausegenError(
            "--publiable et --malgre-erreurs ne vont pas ensemble : "
            "une pièce rédigée malgré une erreur la nomme en tête."
        )
    kinds = choices("--format", formats, FORMATS_PIECES) or ("docx",)
    demande = Demande(
        kinds,
        choices("--documents", documents, documents_connus()),
        publiable,
        champs_vides,
        malgre_erreurs,
        ecraser,
        read_model(modele, kinds),
        resume=watched(sys.stderr),
    )
    acheteur = read_buyer(Path(gabarits)) if gabarits is not None else None
    travail, number = Redacteur(demande, day(date_droit), acheteur), process_count(processus)
    found = walk(marche)
    code = max((refused_call(message) for message in found.erreurs), default=REUSSI)
    return max(code, draft_all(found.fichiers, sortie, travail, number))
