"""What is left to complete, by key, with the pieces where the field stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.law.decision import ACompleter


def left_to_complete(
    fields: Iterable[tuple[str, str, str]], diagnostics: Sequence[Diagnostic]
) -> tuple[ACompleter, ...]:
    """Join the fields of the pieces and the questions of the decision.

    Args:
        fields: piece id, key path and question of each field, in order of appearance.
        diagnostics: the findings; those at level `question` ask for a key too.

    Returns:
        One entry a key, in order of appearance.
    """
    questions: dict[str, str] = {}
    pieces: dict[str, dict[str, None]] = {}
    for piece, chemin, question in fields:
        questions.setdefault(chemin, question)
        pieces.setdefault(chemin, {})[piece] = None
    for finding in diagnostics:
        if finding.niveau is Niveau.QUESTION and finding.chemin:
            questions.setdefault(finding.chemin, finding.message)
    return tuple(ACompleter(chemin, question, tuple(pieces.get(chemin, ()))) for chemin, question in questions.items())
