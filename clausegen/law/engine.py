"""Three-valued conclusions of dated rules, each keeping the rule, its version, its grounds and the facts it used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Any

from clausegen.french.amounts import euros
from clausegen.french.dates import en_lettres
from clausegen.language.expressions import Missing, Verdict, evaluate
from clausegen.language.unknown import Unknown
from clausegen.law.dating import in_force
from clausegen.law.rule import Condition, Groupe, Issue, Regle, Version
from clausegen.record import dataclass
from clausegen.regex import late

A_PRECISER, SANS_OBJET = "a-preciser", "sans-objet"
MISSING_FACTS = "Il manque des faits pour répondre."
_PLACE = late(r"\{([a-z_.0-9]+)(?::([a-z]+))?\}")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a rule says on a day, and why.

    Args:
        regle: the rule's id.
        issue: what it concludes; its `statut` is `a-preciser` when facts are missing.
        motif: the reason, in French, with the facts in it.
        sources: ids of the grounds.
        confiance: the rule's own confidence.
        version: first day of the version used; None when no version was in force.
        manquants: the facts that would decide.
        utilises: the facts that were looked at.
        conditions: what the pieces or the buyer must still see to.
        satisfaite: for a duty, whether the facts meet it; None when they cannot tell.
    """

    regle: str
    issue: Issue
    motif: str
    sources: tuple[str, ...]
    confiance: str
    version: date | None
    manquants: tuple[Unknown, ...] = ()
    utilises: dict[str, Any] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    satisfaite: bool | None = None

    @property
    def statut(self) -> str:
        """Return the status concluded."""
        return self.issue.statut


def conclude(ident: str, regle: Regle, faits: Mapping[str, Any], jour: date | None) -> Conclusion | None:
    """Apply a rule on a day.

    Without a day the newest version speaks, and its answer is only kept when every earlier version agrees: else the
    day itself is the missing fact.

    Returns:
        The conclusion, or None when no version was in force on that day.
    """
    if jour is not None:
        found = in_force(regle.versions, jour)
        return _apply(ident, found[0], found[1], faits) if found else None
    answers = [
        _apply(ident, first, version, faits)
        for first, version in regle.versions.items()
        if isinstance(version, Version)
    ]
    newest = answers[-1]
    if all(answer.statut == newest.statut for answer in answers):
        return newest
    day = faits["date_lancement"]
    missing = (day,) if isinstance(day, Unknown) else ()
    return Conclusion(
        ident,
        Issue(statut=A_PRECISER),
        "La réponse dépend du droit en vigueur le jour du lancement.",
        newest.sources,
        newest.confiance,
        newest.version,
        missing or newest.manquants,
        newest.utilises,
        newest.conditions,
    )


def _apply(ident: str, first: date, version: Version, faits: Mapping[str, Any]) -> Conclusion:
    gate, _ = judge_all(version.quand, faits)
    verdict, failed = judge_all(version.toutes, faits)
    if gate.valeur is not True:
        return _outside(ident, first, version, gate, verdict)
    satisfaite: bool | None = None
    missing: tuple[Unknown, ...] = ()
    if verdict.valeur is None:
        issue, motif, missing = Issue(statut=A_PRECISER), MISSING_FACTS, verdict.manquants
    elif verdict.valeur:
        issue, motif = version.alors, fill(version.motif, faits)
        satisfaite = judge_all(version.satisfaite, faits)[0].valeur if version.satisfaite else None
    else:
        issue = version.sinon or Issue(statut=SANS_OBJET)
        reasons = [fill(item.motif, faits) for item in failed if item.motif]
        motif = " ".join(reasons) or fill(version.motif_sinon or version.motif, faits)
    return Conclusion(
        ident,
        issue,
        motif,
        tuple(dict.fromkeys((*version.source, *(s for item in failed for s in item.source)))),
        version.confiance,
        first,
        missing,
        verdict.utilises,
        version.conditions if verdict.valeur is not False else (),
        satisfaite,
    )


def _outside(ident: str, first: date, version: Version, gate: Verdict, inner: Verdict) -> Conclusion:
    """Conclude when the rule has no object, or when a missing fact hides whether it has one."""
    missing: tuple[Unknown, ...] = ()
    if gate.valeur is None:
        missing = tuple(dict.fromkeys((*gate.manquants, *inner.manquants)))
    issue = Issue(statut=SANS_OBJET if gate.valeur is False else A_PRECISER)
    used = gate.utilises | inner.utilises
    return Conclusion(ident, issue, MISSING_FACTS, version.source, version.confiance, first, missing, used)


def judge_all(
    items: tuple[Condition | Groupe, ...], faits: Mapping[str, Any]
) -> tuple[Verdict, list[Condition | Groupe]]:
    """Judge a list of conditions that must all hold; return the verdict and the ones that fail."""
    verdicts = [(item, judge(item, faits)) for item in items]
    failed = [item for item, verdict in verdicts if verdict.valeur is False]
    return _merge([v for _, v in verdicts], decisive=False), failed


def judge(item: Condition | Groupe, faits: Mapping[str, Any]) -> Verdict:
    """Judge one condition or nested list."""
    if isinstance(item, Condition):
        return evaluate(item.si, faits)
    parts: list[Verdict] = []
    if item.toutes:
        parts.append(_merge([judge(sub, faits) for sub in item.toutes], decisive=False))
    if item.une_de:
        parts.append(_merge([judge(sub, faits) for sub in item.une_de], decisive=True))
    return _merge(parts, decisive=False)


def _merge(verdicts: list[Verdict], *, decisive: bool) -> Verdict:
    """Join verdicts: one `decisive` answer settles the list; else a missing fact leaves it open."""
    if len(verdicts) == 1 and not verdicts[0].manquants:
        return verdicts[0]
    used: dict[str, Any] = {}
    for verdict in verdicts:
        used.update(verdict.utilises)
    if any(verdict.valeur is decisive for verdict in verdicts):
        return Verdict(decisive, (), used)
    if any(verdict.valeur is None for verdict in verdicts):
        lists = [verdict.manquants for verdict in verdicts if verdict.manquants]
        # One list names each fact once: with hundreds of lots, going through it again at each step would be felt.
        missing = lists[0] if len(lists) == 1 else tuple(dict.fromkeys(m for each in lists for m in each))
        return Verdict(None, missing, used)
    return Verdict(not decisive, (), used)


def fill(text: str, faits: Mapping[str, Any]) -> str:
    """Put facts into a reason: `{seuil.montant_ht:euros}`, `{date_lancement:jour}`, `{delai:ans}`, `{lot.nom}`."""

    def place(match: re.Match[str]) -> str:
        value = faits.get(match[1])
        if value is None or isinstance(value, (Unknown, Missing)):
            return "(à préciser)"
        if match[2] == "euros" and isinstance(value, (int, Decimal)):
            return euros(Decimal(value))
        if match[2] == "jour" and isinstance(value, date):
            return en_lettres(value)
        if match[2] == "ans" and isinstance(value, int):
            return f"{value} ans" if value > 1 else f"{value} an"
        return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)

    return _PLACE.sub(place, text)
