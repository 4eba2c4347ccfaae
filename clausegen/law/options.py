"""The ten dispositifs of a lot: open, closed or undecided, the one that is proposed, the one that is retained."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from clausegen.language.unknown import Unknown
from clausegen.law.dating import in_force
from clausegen.law.decision import Option
from clausegen.law.engine import A_PRECISER, Conclusion, fill, judge_all
from clausegen.law.exceptions import families, settle
from clausegen.law.facts import question
from clausegen.law.references import References
from clausegen.law.rule import conditions
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass

if TYPE_CHECKING:
    from clausegen.description.lot import Lot


ORDRE = (
    "clause",
    "clause-et-critere",
    "critere",
    "reserve-handicap",
    "reserve-iae",
    "reserve-handicap-iae",
    "reserve-penitentiaire",
    "reserve-ess",
    "formation",
    "aucun",
)


@dataclass(frozen=True, slots=True)
class Choisi:
    """What is retained for a lot.

    Args:
        dispositif: its word, None when `auto` cannot decide.
        choisi_par: `acheteur` or `regle`.
        options: the ten, for the JSON decision.
        conclusions: what the rules said of each, for diagnostics.
        manquants: the facts that would let `auto` decide.
        sans_proposition: the facts for lack of which no option is proposed, when the buyer chose without.
    """

    dispositif: str | None
    choisi_par: str
    options: tuple[Option, ...]
    conclusions: dict[str, Conclusion]
    manquants: tuple[Unknown, ...]
    sans_proposition: tuple[Unknown, ...] = ()


def choose(
    lot: Lot, index: int, faits: dict[str, Any], livre: Rulebook, jour: date | None, references: References
) -> Choisi:
    """Judge the ten dispositifs of a lot and retain one.

    Args:
        lot: the lot, for what its buyer wrote.
        index: its place in `lots`.
        faits: market and lot facts.
        livre: the law.
        jour: day of the law.
        references: to print grounds.
    """
    rules = livre.regles["dispositifs"]
    kin = families(rules)
    said = {d: settle(d, kin[d], rules, faits, jour) for d in ORDRE}
    proposed, why, missing = _recommend(said, faits, livre, jour)
    written = str(lot.dispositif) if lot.dispositif is not None and lot.dispositif != "auto" else None
    asks_again = lot.dispositif is None and "dispositif" in lot.model_fields_set
    options = tuple(_option(d, said[d], d == proposed, why, references) for d in ORDRE)
    if written:
        return Choisi(written, "acheteur", options, said, (), missing)
    if asks_again:
        return Choisi(None, "regle", options, said, (question(livre, f"lots[{index}].dispositif"),))
    return Choisi(proposed, "regle", options, said, missing)


def _option(dispositif: str, said: Conclusion, proposed: bool, why: str, references: References) -> Option:
    motif = f"{said.motif} {why}".strip() if proposed else said.motif
    return Option(
        dispositif, said.statut, proposed, references.citations(said.sources), motif, said.conditions, (said.regle,)
    )


def _recommend(
    said: dict[str, Conclusion], faits: dict[str, Any], livre: Rulebook, jour: date | None
) -> tuple[str | None, str, tuple[Unknown, ...]]:
    """Read the table of recommendations: the first line that holds and whose dispositif the law leaves open."""
    found = in_force(livre.donnees["recommandation/recommandation"]["versions"], jour)
    if found is None:
        return None, "", ()
    for row in found[1]["choix"]:
        dispositif = row["dispositif"]
        if said[dispositif].statut == "interdit":
            continue
        verdict, _ = judge_all(conditions(row["toutes"]), faits)
        if verdict.valeur is None:
            return None, "", verdict.manquants
        if verdict.valeur is False:
            continue
        if said[dispositif].statut == A_PRECISER:
            return None, "", said[dispositif].manquants
        return dispositif, fill(row["motif"], faits), ()
    return None, "", ()
