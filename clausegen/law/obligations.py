"""The duties of a market and of its lots: applicable, not applicable, or left open by a missing fact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from clausegen.law.decision import Obligation
from clausegen.law.engine import A_PRECISER, Conclusion
from clausegen.law.exceptions import families, settle
from clausegen.law.references import References
from clausegen.law.rulebook import Rulebook

ORDRE = (
    "condition-sociale",
    "motivation-absence",
    "mention-reservation",
    "motivation-non-allotissement",
    "spaser",
    "considerations-environnementales",
    "donnees-essentielles",
)
PAR_LOT = ("motivation-absence", "mention-reservation")


def judge_duty(ident: str, faits: dict[str, Any], livre: Rulebook, jour: date | None) -> Conclusion:
    """Return what the rules say of one duty, exceptions included."""
    rules = livre.regles["obligations"]
    return settle(ident, families(rules)[ident], rules, faits, jour)


def obligation(ident: str, said: Conclusion, references: References) -> Obligation:
    """Return a duty for the JSON decision; `satisfaite` only speaks when the duty applies."""
    satisfaite = said.satisfaite if said.statut == "applicable" else None
    return Obligation(ident, said.statut, satisfaite, references.citations(said.sources), said.motif, (said.regle,))


def strongest(duties: Iterable[Conclusion], fallback: Conclusion) -> Conclusion:
    """Return the market's duty from its lots': applicable as soon as one lot makes it so."""
    said = list(duties)
    for statut in ("applicable", A_PRECISER, "non-applicable"):
        for conclusion in said:
            if conclusion.statut == statut:
                return conclusion
    return fallback
