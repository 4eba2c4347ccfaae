"""The words of a description, reread: placeholders, capitals, doubles, and what proofreading says of free texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from clausegen.description.load import Lecture
from clausegen.description.style import PROVISIONAL, style_findings
from clausegen.diagnostics import Diagnostic
from clausegen.files.treepath import format_path
from clausegen.files.yamlscalars import Scalaire
from clausegen.law.rulebook import Rulebook, rulebook
from clausegen.workflow.examine import Examen, in_order

LEFTOVER = "R37"
"""Rule of proofreading on what a model left behind: in a description, our own finding tells what to do instead."""


def reread(examen: Examen) -> tuple[Diagnostic, ...]:
    """Return every finding about a description, those on its words included."""
    if examen.lecture is None or examen.decision is None:
        return examen.diagnostics
    livre, texts = rulebook(), list(strings(examen.lecture))
    found = style_findings(texts, livre.donnees["codes/style"]["mots"])
    said = {d.chemin for d in found if d.code == PROVISIONAL}
    proofread = _proofread(texts, livre, examen.decision.date_droit)
    found += [d for d in proofread if d.code != LEFTOVER or d.chemin not in said]
    placed = (d.at(examen.fichier, examen.lecture.position(d.chemin or "")) for d in found)
    return in_order((*examen.diagnostics, *placed))


def strings(lecture: Lecture) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every value of a description that is a text, in the order of the file."""
    yield from _texts(lecture.arbre.racine, ())


def _texts(node: Any, chemin: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value, (*chemin, key))
    elif isinstance(node, list):
        for rank, value in enumerate(node):
            yield from _texts(value, (*chemin, rank))
    elif isinstance(node, Scalaire) and isinstance(value := node.valeur, str):
        yield format_path(chemin), value


def _proofread(texts: list[tuple[str, str]], livre: Rulebook, jour: date | None) -> list[Diagnostic]:
    """Apply the rules of proofreading that also read descriptions; single words are identifiers, not sentences."""
    # Only `check` rereads: drafting does not pay for it.
    from clausegen.proofreading.freetext import free_text_findings

    sentences = [(chemin, text) for chemin, text in texts if " " in text.strip()]
    return [
        Diagnostic(
            controle.code, constat.niveau or controle.niveau, constat.message, chemin, fondements=constat.fondements
        )
        for chemin, controle, constat in free_text_findings(sentences, livre, jour)
    ]
