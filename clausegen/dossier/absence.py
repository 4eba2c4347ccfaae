"""Why a lot carries no social condition: the case that the buyer invokes, as the law numbers and words it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clausegen.dossier.view import View
from clausegen.law.rulebook import Rulebook

if TYPE_CHECKING:
    from clausegen.description.lot import Lot
    from clausegen.description.marche import Marche


CONCESSION = "concession"


def absence(lot: Lot, marche: Marche, livre: Rulebook) -> View | None:
    """Return the case that a lot invokes.

    Args:
        lot: the lot.
        marche: its market; the contract chooses the article.
        livre: the law, for the cases.

    Returns:
        `numero` (empty when the case is closed to this contract), `libelle`, `examen` (whether the buyer shows that it
        looked at every social consideration), `faits` (rows of `element` and `question`), `source`; None without a
        reason.
    """
    if lot.aucun_motif is None:
        return None
    table = livre.donnees["motivation/cas"]
    contrat = CONCESSION if marche.contrat == CONCESSION else "marche"
    case = table["motifs"][str(lot.aucun_motif)]
    return View(
        numero=str(case["numero"].get(contrat, "")),
        libelle=str(case["libelle"]),
        examen=bool(case["examen"]),
        faits=tuple(View(element=str(f["element"]), question=str(f["question"])) for f in case["faits"]),
        source=str(table["articles"][contrat]),
    )
