"""An examined market in, the files of its pieces out; nothing is written to disk."""

from __future__ import annotations

from collections.abc import Sequence

from clausegen.diagnostics import Diagnostic, Niveau, has_errors
from clausegen.dossier.pieces import gabarits
from clausegen.dossier.tracking import tracking
from clausegen.errors import ClausegenError
from clausegen.record import dataclass
from clausegen.text.apart import render_all
from clausegen.text.render import properties
from clausegen.workflow.examine import Examen, undrafted
from clausegen.workflow.pages import documents_connus
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.registry import workbook_bytes, writer_for


@dataclass(frozen=True)
class Piece:
    """One file to write."""

    id: str
    nom: str
    contenu: bytes


@dataclass(frozen=True)
class Redaction:
    """The files of a market, and what was found while they were drafted."""

    pieces: tuple[Piece, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def rediger(
    examen: Examen,
    *,
    formats: Sequence[str],
    documents: Sequence[str] | None = None,
    publiable: bool = False,
    champs_vides: bool = False,
    malgre_erreurs: bool = False,
    modele: bytes | None = None,
) -> Redaction:
    """Draft the pieces of an examined market; nothing is written to disk.

    Args:
        examen: what `examiner` returned.
        formats: names of `writers.registry.FORMATS`; a workbook has its own, whatever they are.
        documents: the pieces asked for; None for all that apply.
        publiable: no comments; refused while a field is left, unless `champs_vides`.
        champs_vides: publish with dotted lines in place of fields.
        malgre_erreurs: draft in spite of findings at level `erreur`, each piece naming them.
        modele: a Word file of the buyer, whose look Word pieces take.

    Returns:
        The files, or none with the findings that say why.

    Raises:
        ClausegenError: an unknown piece is asked for.
    """
    if examen.dossier is None or (has_errors(examen.diagnostics) and not malgre_erreurs):
        return Redaction(())
    chosen, findings = _chosen(examen, documents)
    if has_errors(findings) and not malgre_erreurs:
        return Redaction((), tuple(findings))
    if publiable and not champs_vides:
        findings += _left_open(examen, chosen)
        if has_errors(findings):
            return Redaction((), tuple(findings))
    faults = tuple(d.message for d in examen.diagnostics if d.niveau is Niveau.ERREUR)
    options = OptionsEcriture(publiable=publiable, modele=modele)
    textes = examen.textes
    if faults:
        written = [gabarits()[ident] for ident in chosen if ident in textes]
        textes = render_all(written, examen.dossier, examen.empreinte, fautes=faults, acheteur=examen.gabarits)
    pieces: list[Piece] = []
    for ident in chosen:
        if ident in examen.classeurs:
            classeur = tracking(examen.dossier, fautes=faults)
            about = properties(gabarits()[ident], examen.dossier, examen.empreinte, examen.gabarits)
            pieces.append(Piece(ident, *workbook_bytes(ident, classeur, about, options)))
            continue
        for name in formats:
            writer = writer_for(name)
            pieces.append(Piece(ident, f"{ident}.{writer.extension}", writer.write(textes[ident], options)))
    return Redaction(tuple(pieces), tuple(findings))


def _chosen(examen: Examen, documents: Sequence[str] | None) -> tuple[list[str], list[Diagnostic]]:
    """Return the ids to write, and why the others are not."""
    known = documents_connus()
    for ident in documents or ():
        if ident not in known:
            raise ClausegenError(f"« {ident} » n'est pas une pièce que clausegen rédige. Pièces : {', '.join(known)}.")
    assert examen.dossier is not None and examen.decision is not None
    findings: list[Diagnostic] = []
    for document in examen.decision.documents:
        gabarit = gabarits().get(document.id)
        asked = documents is not None and document.id in documents
        if gabarit is None or (documents is not None and not asked):
            continue
        if document.applicable is False:
            if asked:
                findings.append(
                    Diagnostic(
                        "E101",
                        Niveau.AVERTISSEMENT,
                        f"La pièce « {document.id} » n'est pas écrite. {document.motif}",
                        fichier=examen.fichier,
                    )
                )
        elif reason := undrafted(gabarit, examen.dossier):
            message = f"Refus de rédiger : {reason}. Les autres pièces s'obtiennent avec `--documents`."
            findings.append(Diagnostic("E102", Niveau.ERREUR, message, fichier=examen.fichier))
    drafted_here = (*examen.textes, *examen.classeurs)
    return [i for i in drafted_here if documents is None or i in documents], findings


def _left_open(examen: Examen, chosen: Sequence[str]) -> list[Diagnostic]:
    fields = {c.chemin: c.question for i in chosen if i in examen.textes for c in examen.textes[i].champs}
    fields |= {u.chemin: u.question for i in chosen for u in examen.classeurs.get(i, ())}
    return [
        Diagnostic("E103", Niveau.ERREUR, f"À compléter : {question} (`{chemin}`)", chemin, examen.fichier)
        for chemin, question in fields.items()
    ]
