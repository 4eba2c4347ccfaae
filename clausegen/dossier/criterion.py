"""The parts of the social award criterion of a lot: its own, else the market's."""

from __future__ import annotations

from clausegen.dossier.view import View
from clausegen.language.unknown import Unknown
from clausegen.law.rulebook import Rulebook

KEY = "insertion.critere.sous_criteres"


def sub_criteria(lot: View, marche: View, livre: Rulebook) -> tuple[View, ...] | Unknown:
    """Return the sub-criteria that a lot is judged on.

    Args:
        lot: the facts of the lot.
        marche: the facts of the market.
        livre: for the question, when nobody wrote any.

    Returns:
        Views of `intitule`, `ponderation`, `elements`; the missing fact when nobody wrote any, or when the market's
        do not add up to the weight that the lot chose for itself.
    """
    asked = Unknown(KEY, livre.question(KEY))
    own, shared = _criterion(lot), _criterion(marche)
    if own is not None and not isinstance(own.sous_criteres, Unknown):
        return own.sous_criteres  # type: ignore[no-any-return]
    if shared is None or isinstance(shared.sous_criteres, Unknown):
        return asked
    if own is not None and not isinstance(own.ponderation, Unknown):
        weights = [part.ponderation for part in shared.sous_criteres]
        if any(isinstance(w, Unknown) for w in weights) or sum(weights) != own.ponderation:
            return asked
    return shared.sous_criteres  # type: ignore[no-any-return]


def _criterion(facts: View) -> View | None:
    return None if facts.insertion is None else facts.insertion.critere
