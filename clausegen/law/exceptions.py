"""A rule and the exceptions that set it aside: exactly one of them speaks, or the missing facts between them do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from clausegen.law.engine import A_PRECISER, MISSING_FACTS, SANS_OBJET, Conclusion, conclude
from clausegen.law.rule import Issue, Regle, Version
from clausegen.record import replace

UNKNOWN_LAW = "Le droit en vigueur ce jour-là n'est pas dans les règles."


class ConflictError(Exception):
    """Two rules conclude differently on the same point: the rule files contradict each other."""


def families(rules: Mapping[str, Regle]) -> dict[str, tuple[str, ...]]:
    """Return base rule id to its exceptions; the base of an exception is the first rule that it sets aside."""
    found: dict[str, list[str]] = {ident: [] for ident, regle in rules.items() if not regle.ecarte}
    for ident, regle in rules.items():
        if regle.ecarte:
            found[regle.ecarte[0]].append(ident)
    return {base: tuple(exceptions) for base, exceptions in found.items()}


def settle(
    base: str, exceptions: tuple[str, ...], rules: Mapping[str, Regle], faits: Mapping[str, Any], jour: date | None
) -> Conclusion:
    """Return what the family of a base rule concludes.

    Before the first version of the base, when no exception speaks, the law of the day is not known: nothing is said.

    Raises:
        ConflictError: two exceptions that do not set each other aside conclude differently.
    """
    spoken = {
        ident: result for ident in exceptions if (result := conclude(ident, rules[ident], faits, jour)) is not None
    }
    certain = {i: r for i, r in spoken.items() if r.statut not in (SANS_OBJET,) and not _open(r)}
    certain = {i: r for i, r in certain.items() if not any(i in rules[other].ecarte for other in certain if other != i)}
    if len({r.statut for r in certain.values()}) > 1:
        raise ConflictError(f"{base} : {', '.join(sorted(certain))} concluent différemment")
    if certain:
        return next(iter(certain.values()))
    ground = conclude(base, rules[base], faits, jour)
    if ground is None:
        return Conclusion(base, Issue(statut=A_PRECISER), UNKNOWN_LAW, (), "non-verifie", None)
    doubtful = {i: r for i, r in spoken.items() if _open(r)}
    if all(_outcomes(rules[i], jour) <= {ground.statut} for i in doubtful):
        return ground
    missing = tuple(dict.fromkeys(m for r in doubtful.values() for m in r.manquants))
    used = ground.utilises | {k: v for r in doubtful.values() for k, v in r.utilises.items()}
    return replace(
        ground,
        issue=Issue(statut=A_PRECISER),
        motif=MISSING_FACTS,
        manquants=missing,
        utilises=used,
    )


def _open(result: Conclusion) -> bool:
    """Tell a rule that facts leave open from one whose own conclusion is a doubt of the law."""
    return result.statut == A_PRECISER and bool(result.manquants)


def _outcomes(regle: Regle, jour: date | None) -> set[str]:
    """Return the statuses that a rule could conclude on a day."""
    found: set[str] = set()
    for first, version in regle.versions.items():
        if isinstance(version, Version) and (jour is None or first <= jour):
            found.add(version.alors.statut)
            if version.sinon:
                found.add(version.sinon.statut)
    return found
