"""A piece that came back: what people changed in it, and what no longer holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clausegen.diagnostics import Diagnostic, Niveau, Position
from clausegen.errors import ClausegenError
from clausegen.files.openxml import LARGEST
from clausegen.files.reasons import raison
from clausegen.law.rulebook import rulebook
from clausegen.proofreading.context import context
from clausegen.proofreading.interface import Constat, Controle
from clausegen.proofreading.registry import FOLDER, proofread
from clausegen.reading.anchors import Remark, comment
from clausegen.reading.document import Document
from clausegen.reading.docx import read_docx
from clausegen.reading.tokens import read_texte
from clausegen.record import dataclass
from clausegen.review.readback import Changement, read_back
from clausegen.text.buyer import shipped_fingerprint
from clausegen.text.tree import AUTHOR, INITIALS
from clausegen.workflow.examine import Examen

_OTHER_VERSION, _REMARK, _UNLOADABLE = "E201", "E202", "E203"
_LABELS = {
    Niveau.ERREUR: "Erreur",
    Niveau.AVERTISSEMENT: "Avertissement",
    Niveau.QUESTION: "Question",
    Niveau.INFORMATION: "Information",
}


@dataclass(frozen=True)
class Relecture:
    """What is said of a document.

    Args:
        document: the document as it was read.
        contenu: its bytes.
        jour: the day of the law that it was read under; None for the newest.
        changements: what people did since the draft; None for a text whose draft is not known.
        constats: the findings, in the order of the document, with their rule.
        diagnostics: the same, placed: the line is the rank of the paragraph, the column that of the word.
    """

    document: Document
    contenu: bytes
    jour: date | None
    changements: tuple[Changement, ...] | None
    constats: tuple[tuple[Controle, Constat], ...]
    diagnostics: tuple[Diagnostic, ...]


def relire(chemin: Path, examen: Examen | None = None, date_droit: date | None = None) -> Relecture:
    """Read a Word document back.

    Args:
        chemin: the document, drafted by clausegen or written elsewhere.
        examen: its market, examined, to hold it against; None without a description.
        date_droit: the day of the law; None for that of the market, else of the draft, else the newest.

    Raises:
        ClausegenError: the file cannot be read, or is no Word document.
    """
    content = _read(chemin)
    document = read_docx(content, str(chemin))
    dossier = examen.dossier if examen is not None else None
    drafts = {}
    if examen is not None:
        drafts = {ident: read_texte(texte, f"{ident}.docx") for ident, texte in examen.textes.items()}
    contexte = context(document, rulebook(), date_droit, dossier, drafts)
    found = proofread(contexte)
    draft = document.projet
    if draft is None and document.piece in drafts:
        draft = tuple(bloc.texte for bloc in drafts[document.piece].corps())
    about = _about_file(document, examen)
    placed = tuple(_placed(controle, constat, document) for controle, constat in found)
    return Relecture(
        document,
        content,
        contexte.jour,
        None if draft is None else read_back(document, draft),
        found,
        (*about, *placed),
    )


def commented(relecture: Relecture) -> bytes:
    """Return a copy of the document in which each finding is a comment on the words concerned.

    Raises:
        ClausegenError: the file admits no comment.
    """
    remarks = [
        Remark(
            None if constat.bloc is None else constat.bloc.rang, constat.debut, constat.fin, _remark(controle, constat)
        )
        for controle, constat in relecture.constats
    ]
    return comment(relecture.contenu, remarks, AUTHOR, INITIALS, relecture.jour, relecture.document.nom)


def _read(chemin: Path) -> bytes:
    if chemin.suffix.lower() not in (".docx", ".docm", ".dotx", ".dotm"):
        hint = " Les descriptions se vérifient avec `clausegen check`." if chemin.suffix in (".yaml", ".yml") else ""
        raise ClausegenError(f"« {chemin} » n'est pas un document Word (.docx).{hint}")
    try:
        with chemin.open("rb") as file:
            # One byte more than is admitted says that there is more: opening it refuses it.
            return file.read(LARGEST + 1)
    except OSError as error:
        raise ClausegenError(f"Le document « {chemin} » ne peut pas être lu : {raison(error)}.") from error


def _placed(controle: Controle, constat: Constat, document: Document) -> Diagnostic:
    place = None if constat.bloc is None else Position(constat.bloc.rang, constat.debut + 1)
    found = Diagnostic(
        controle.code,
        constat.niveau or controle.niveau,
        constat.message,
        constat.chemin,
        regle=f"{FOLDER}/{controle.code}",
        fondements=constat.fondements,
    )
    return found.at(document.nom, place)


def _remark(controle: Controle, constat: Constat) -> str:
    label = _LABELS[constat.niveau or controle.niveau]
    grounds = f" ({' ; '.join(constat.fondements)})" if constat.fondements else ""
    return f"{label} : {constat.message}{grounds} [{controle.code}]"


def _about_file(document: Document, examen: Examen | None) -> tuple[Diagnostic, ...]:
    """Return what is to be known of the file itself, and of what changed around it since it was drafted."""
    found = [Diagnostic(_REMARK, Niveau.INFORMATION, text, fichier=document.nom) for text in document.remarques]
    if examen is None:
        return tuple(found)
    if examen.dossier is None or examen.decision is None:
        message = (
            f"La description « {examen.fichier} » ne se charge pas : le document est relu sans elle. "
            "`clausegen check` dit ce qui ne va pas."
        )
        found.append(Diagnostic(_UNLOADABLE, Niveau.ERREUR, message, fichier=document.nom))
        return tuple(found)
    now = {
        "clausegen-description": ("la description", examen.empreinte),
        "clausegen-regles": ("les règles", examen.decision.regles["empreinte"]),
        "clausegen-gabarits": ("les gabarits", shipped_fingerprint()),
    }
    kept = document.proprietes
    moved = [words for name, (words, value) in now.items() if name in kept and kept[name] != value]
    if moved:
        message = (
            f"Depuis que cette pièce a été rédigée, ont changé : {', '.join(moved)}. Elle est comparée à ce qui serait "
            "rédigé aujourd'hui ; rédiger de nouveau dans un autre dossier donne la version à jour."
        )
        found.append(Diagnostic(_OTHER_VERSION, Niveau.INFORMATION, message, fichier=document.nom))
    return tuple(found)
