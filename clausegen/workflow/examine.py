"""A description in, all that is known of its market out: decision, findings, figures, rendered pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from clausegen.description.load import Lecture, load_path
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.dossier.dossier import Dossier, build
from clausegen.dossier.pieces import Gabarit, gabarits, planned
from clausegen.dossier.questions import left_to_complete
from clausegen.dossier.tracking import missing_facts
from clausegen.language.unknown import Unknown
from clausegen.law.decide import decide
from clausegen.law.decision import Decision
from clausegen.law.findings import Finder
from clausegen.law.openwords import open_words
from clausegen.law.papers import Deliberation
from clausegen.law.rulebook import rulebook
from clausegen.record import dataclass, replace
from clausegen.text.apart import render_all
from clausegen.text.buyer import GabaritsAcheteur
from clausegen.text.tree import Texte

if TYPE_CHECKING:
    from clausegen.description.marche import Marche


@dataclass(frozen=True)
class Examen:
    """What is known of one description.

    Args:
        fichier: its name, as the user wrote it.
        chemin: where it is.
        marche: the description; None when it does not load.
        decision: the decision; None when the description does not load.
        diagnostics: every finding, in the order of the file.
        dossier: the figures that the pieces share.
        textes: the pieces, rendered, by id.
        classeurs: the pieces that are workbooks, by id, with the facts that each leaves to complete.
        empreinte: fingerprint of the file.
        gabarits: the buyer's own templates, if they were given.
        lecture: the file as it was read, with the places of its keys; None when it does not load.
    """

    fichier: str
    chemin: Path
    marche: Marche | None
    decision: Decision | None
    diagnostics: tuple[Diagnostic, ...]
    dossier: Dossier | None = None
    textes: dict[str, Texte] = field(default_factory=dict)
    classeurs: dict[str, tuple[Unknown, ...]] = field(default_factory=dict)
    empreinte: str = ""
    gabarits: GabaritsAcheteur | None = None
    lecture: Lecture | None = None


def examiner(
    chemin: Path, *, date_droit: date | None = None, gabarits_acheteur: GabaritsAcheteur | None = None
) -> Examen:
    """Read a description, decide, and render its pieces.

    Args:
        chemin: the file.
        date_droit: day of the law for a « what if »; None for the launch date of the file.
        gabarits_acheteur: templates of the buyer, over those of the program.

    Raises:
        ClausegenError: the file cannot be read.
    """
    livre = rulebook()
    lecture = load_path(chemin, open_words(livre))
    fichier = str(chemin)
    if lecture.marche is None:
        return Examen(fichier, chemin, None, None, in_order(lecture.diagnostics))
    finder = Finder(fichier, lecture.position)
    jour = date_droit or lecture.marche.date_lancement
    papers = decide(lecture.marche, livre, jour, finder)
    dossier = build(lecture.marche, papers)
    empreinte = f"sha256:{lecture.empreinte}"
    decision = replace(papers.decision, documents=planned(dossier))
    examen = Examen(
        *(fichier, chemin, lecture.marche, decision, lecture.diagnostics, dossier),
        empreinte=empreinte,
        gabarits=gabarits_acheteur,
        lecture=lecture,
    )
    pieces = drafted(dossier)
    for reporting in (False, True):
        examen = _rendered(examen, [g for g in pieces if g.rend_compte is reporting], papers, lecture)
    return examen


def _rendered(examen: Examen, pieces: Sequence[Gabarit], papers: Deliberation, lecture: Lecture) -> Examen:
    """Render some pieces over what is known so far, then list every field that they leave open as a question."""
    assert examen.dossier is not None and examen.decision is not None
    dossier = replace(examen.dossier, papers=replace(papers, decision=examen.decision))
    written = [g for g in pieces if not g.classeur]
    textes = examen.textes | render_all(written, dossier, examen.empreinte, acheteur=examen.gabarits)
    classeurs = examen.classeurs | {g.id: missing_facts(dossier) for g in pieces if g.classeur}
    diagnostics = (*lecture.diagnostics, *papers.decision.diagnostics)
    fields = [(piece, champ.chemin, champ.question) for piece, texte in textes.items() for champ in texte.champs]
    fields += [(piece, fact.chemin, fact.question) for piece, facts in classeurs.items() for fact in facts]
    left = left_to_complete(fields, diagnostics)
    asked = {d.chemin for d in diagnostics if d.niveau is Niveau.QUESTION}
    extra = tuple(
        Diagnostic("Q003", Niveau.QUESTION, entry.question, entry.chemin).at(
            examen.fichier, lecture.position(entry.chemin)
        )
        for entry in left
        if entry.chemin not in asked
    )
    found = in_order((*diagnostics, *extra))
    decision = replace(examen.decision, a_completer=left, diagnostics=found)
    dossier = replace(dossier, papers=replace(papers, decision=decision))
    return replace(examen, decision=decision, diagnostics=found, dossier=dossier, textes=textes, classeurs=classeurs)


def in_order(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Gravest first, then in the order of the file."""
    rank = {niveau: position for position, niveau in enumerate(Niveau)}
    return tuple(sorted(diagnostics, key=lambda d: (rank[d.niveau], d.ligne or 0, d.colonne or 0)))


def drafted(dossier: Dossier) -> list[Gabarit]:
    """Return the pieces that apply and that this version knows how to write for this market."""
    wanted = {document.id for document in planned(dossier) if document.applicable is not False}
    return [g for g in gabarits().values() if g.id in wanted and not undrafted(g, dossier)]


def undrafted(gabarit: Gabarit, dossier: Dossier) -> str:
    """Return why a piece cannot be written for a market in this version; empty when it can."""
    contrat = dossier.marche.contrat
    if gabarit.contrats and isinstance(contrat, str) and contrat not in gabarit.contrats:
        return f"la pièce « {gabarit.id} » n'est pas encore rédigée pour un contrat « {contrat} »"
    for lot in dossier.lots:
        if gabarit.dispositifs and lot.dispositif is not None and lot.dispositif not in gabarit.dispositifs:
            return (
                f"la pièce « {gabarit.id} » n'est pas encore rédigée pour le dispositif « {lot.dispositif} » "
                f"(lot n° {lot.numero})"
            )
    return ""


def raisons(examen: Examen, lot: int | None = None) -> list[str]:
    """Return the lines on the facts used and on what would change the answer; none for a file that does not load."""
    if examen.marche is None or examen.dossier is None or examen.decision is None:
        return []
    # Only `explain` gives reasons.
    from clausegen.law.whatif import changes_by_date, changes_by_value
    from clausegen.reports.reasons import reasons

    livre, jour = rulebook(), examen.decision.date_droit
    by_date = changes_by_date(examen.marche, livre, jour) if jour else []
    return reasons(examen.dossier.papers, by_date, changes_by_value(examen.marche, livre, examen.decision), lot)
