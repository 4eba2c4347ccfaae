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
        Rows with `dispositif`, `statut`, `motif`, `fondements`, `lots` (numbers) and `tous` (shared by all lots).
    """
    rows: list[View] = []
    for dispositif in ORDRE:
        found: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
        for papers in lots:
            said = papers.choisi.conclusions[dispositif]
            key = (said.statut, said.motif, references.citations(said.sources))
            found.setdefault(key, []).append(papers.lot.numero)
        for (statut, motif, fondements), numbers in found.items():
            shared = len(numbers) == len(lots)
            rows.append(
                View(
                    dispositif=dispositif, statut=statut, motif=motif, fondements=fondements, lots=numbers, tous=shared
                )
            )
    return tuple(rows)
