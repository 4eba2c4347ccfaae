"""Which questions are left, in the order in which they matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from clausegen.assistant.script import DROIT, LOT, Fiche, Script
from clausegen.assistant.values import Valeurs, get, given
from clausegen.files.treepath import parse_path
from clausegen.law.decision import Decision

_WHOLE = ("adresse", "representant")
"""Kinds whose answer fills several keys at once."""


def paths(script: Script, nombre_lots: int) -> Iterator[tuple[Fiche, str]]:
    """Yield every question of the script with its path; those of the lots lot after lot."""
    for (_, of_lots), group in groupby(script.fiches, key=lambda f: (f.titre, f.cle.startswith(f"{LOT}."))):
        fiches = list(group)
        if not of_lots:
            yield from ((fiche, fiche.cle) for fiche in fiches)
            continue
        for rank in range(nombre_lots):
            yield from ((fiche, fiche.cle.replace(LOT, f"lots[{rank}]", 1)) for fiche in fiches)


def left(
    script: Script,
    valeurs: Valeurs,
    demandes: Iterable[str],
    passees: frozenset[str],
    decision: Decision,
    moment: str,
) -> list[tuple[Fiche, str]]:
    """Return the questions of a moment that are left, the one that matters most first.

    Args:
        script: the order.
        valeurs: what was given.
        demandes: keys that the decision or the pieces ask for.
        passees: paths already asked.
        decision: what is decided so far.
        moment: `droit`, or `pieces`, which also takes what the script does not list.
    """
    asked = dict.fromkeys(demandes)
    taken: set[str] = set()
    found: list[tuple[Fiche, str]] = []
    for fiche, chemin in paths(script, len(get(valeurs, "lots") or ())):
        covers = [chemin] if chemin in asked else []
        if fiche.genre in _WHOLE:
            covers += [path for path in asked if path.startswith(f"{chemin}.")]
        taken.update(covers)
        early = fiche.moment == DROIT and not any(get(valeurs, k) in v for k, v in (fiche.plus_tard or {}).items())
        if (not early and moment == DROIT) or chemin in passees:
            continue
        if fiche.dispositif_connu and _undecided(chemin, decision):
            continue
        if given(valeurs, chemin) and fiche.genre not in _WHOLE:
            continue
        if fiche.genre in _WHOLE and not [path for path in covers if not given(valeurs, path)]:
            continue
        if covers or (moment == DROIT and _due(fiche, chemin, valeurs, decision, script)):
            found.append((fiche, chemin))
    if moment != DROIT:
        others = [path for path in asked if path not in taken and path not in passees and not given(valeurs, path)]
        found += [(script.fiche(path), path) for path in others]
    return found


def _undecided(chemin: str, decision: Decision) -> bool:
    """Tell whether nothing is decided yet for the lot of a question."""
    rank = next((step for step in parse_path(chemin) if isinstance(step, int)), len(decision.lots))
    return rank < len(decision.lots) and decision.lots[rank].dispositif is None


def _due(fiche: Fiche, chemin: str, valeurs: Valeurs, decision: Decision, script: Script) -> bool:
    """Tell whether a question is asked though neither the decision nor a piece asks for it."""
    if fiche.obligatoire:
        return True
    if not fiche.toujours or (fiche.si_obligation is not None and not _applies(fiche, chemin, decision)):
        return False
    lot = chemin.partition(".")[0]
    return all(_holds(key.replace(LOT, lot, 1), wanted, valeurs, script) for key, wanted in (fiche.si or {}).items())


def _applies(fiche: Fiche, chemin: str, decision: Decision) -> bool:
    """Tell whether the duty of a question applies, to its lot when lots differ in it, and is left to meet."""
    duties = {duty.id: duty for duty in decision.obligations}
    step = next((step for step in parse_path(chemin) if isinstance(step, int)), None)
    if step is not None and step < len(decision.lots):
        duties |= {duty.id: duty for duty in decision.lots[step].obligations}
    duty = duties.get(fiche.si_obligation or "")
    return duty is not None and duty.statut == "applicable" and (fiche.meme_satisfaite or not duty.satisfaite)


def _holds(key: str, wanted: Any, valeurs: Mapping[str, Any], script: Script) -> bool:
    if key == "nombre_lots":
        number = len(get(valeurs, "lots") or ())
        return number > 1 if wanted == "plusieurs" else number <= script.peu_de_lots
    return get(valeurs, key) in wanted
