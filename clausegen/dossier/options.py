"""The options of all lots in one table: lots for which the law says the same share a row."""

from __future__ import annotations

from collections.abc import Sequence

from clausegen.dossier.view import View
from clausegen.law.options import ORDRE
from clausegen.law.papers import LotFile
from clausegen.law.references import References


def option_rows(lots: Sequence[LotFile], references: References) -> tuple[View, ...]:
    """Return the dispositifs in order, a row for each distinct answer.

    Returns:
        Rows with `dispositif`, `statut`, `motif`, `fondements`, `lots` (numbers), `tous` (shared by all lots) and
        `manquants` (the questions whose answers would decide).
    """
    rows: list[View] = []
    for dispositif in ORDRE:
        found: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
        missing: dict[tuple[str, str, tuple[str, ...]], dict[str, None]] = {}
        for papers in lots:
            said = papers.choisi.conclusions[dispositif]
            key = (said.statut, said.motif, references.citations(said.sources))
            found.setdefault(key, []).append(papers.lot.numero)
            missing.setdefault(key, {}).update((m.question, None) for m in said.manquants)
        for key, numbers in found.items():
            statut, motif, fondements = key
            rows.append(
                View(
                    dispositif=dispositif,
                    statut=statut,
                    motif=motif,
                    fondements=fondements,
                    lots=numbers,
                    tous=len(numbers) == len(lots),
                    manquants=tuple(missing[key]),
                )
            )
    return tuple(rows)
