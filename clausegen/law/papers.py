"""The working papers of a decision: what the drafting needs of it beyond its JSON form."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import Calibrage
from clausegen.law.choices import Choix
from clausegen.law.decision import Decision, Derogation, Heures
from clausegen.law.engine import Conclusion
from clausegen.law.facts import Faits
from clausegen.law.options import Choisi
from clausegen.law.references import References
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass

if TYPE_CHECKING:
    from clausegen.description.lot import Lot
    from clausegen.description.marche import Marche


@dataclass(slots=True)
class LotFile:
    """All that is known of a lot while the decision is made, and what the drafting needs of it afterwards."""

    index: int
    lot: Lot
    calibrage: Calibrage
    choix: dict[str, Choix]
    faits: Faits
    choisi: Choisi
    heures: Heures | None
    condition: bool | tuple[Unknown, ...]
    duties: dict[str, Conclusion] = field(default_factory=dict)
    derogations: dict[str, Conclusion] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deliberation:
    """The decision with its working papers: the drafting reads them, the JSON does not show them."""

    marche: Marche
    decision: Decision
    lots: tuple[LotFile, ...]
    faits: Faits
    choix: dict[str, Choix]
    references: References
    livre: Rulebook
    duties: dict[str, Conclusion]
    ancres_derogations: dict[Derogation, str]
