"""Every case that the rule files keep, those of proofreading included, ready to be run."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from clausegen.errors import ClausegenError
from clausegen.french.typography import plain
from clausegen.law.cases import Epreuve, Recueil, collect
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.cases import run_case
from clausegen.proofreading.registry import FOLDER, cases_of


def every_case(livre: Rulebook) -> Recueil:
    """Gather the cases of the law, then those of proofreading.

    Args:
        livre: the law. A case that names a market is left out: its figures are not in the folder of rules.
    """
    recueil = collect(livre)
    rank: Counter[str] = Counter()
    found = []
    for code, case in cases_of(livre):
        place = rank[code]
        rank[code] += 1
        if "marche" not in case:
            judge = partial(_extracts, livre, code, case)
            attendu = [plain(str(one)) for one in case["attendu"]]
            found.append(
                Epreuve(f"{FOLDER}/{code}", str(case["nom"]), ("cas", place), attendu, judge, case.get("date"))
            )
    return Recueil((*recueil.epreuves, *found), recueil.diagnostics)


def _extracts(livre: Rulebook, code: str, case: dict[str, Any]) -> list[str] | str:
    """Return the faulty words that the rule finds; why it cannot be applied is an answer too."""
    try:
        return list(run_case(livre, code, case).obtenu)
    except ClausegenError as error:
        return str(error)
