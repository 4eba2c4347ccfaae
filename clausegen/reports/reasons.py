"""From conclusion to article to fact, and what would change the answer: the last part of `explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clausegen.french.amounts import euros
from clausegen.french.dates import en_lettres
from clausegen.french.grammar import enumeration, majuscule
from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.engine import A_PRECISER, Conclusion
from clausegen.law.obligations import ORDRE
from clausegen.law.papers import Deliberation
from clausegen.law.whatif import Changement, Palier
from clausegen.reports.figures import valeur_lisible
from clausegen.reports.labels import DISPOSITIFS, OBLIGATIONS, STATUTS, label
from clausegen.reports.layout import item, section


def reasons(
    papers: Deliberation, changements: Sequence[Changement], paliers: Sequence[Palier], lot: int | None
) -> list[str]:
    """Return the facts behind each duty, then what another day, another value or a missing fact would change.

    Args:
        papers: the decision with its working papers.
        changements: what a launch on another day would change.
        paliers: what another value would change.
        lot: number of the only lot to show.
    """
    lines = section("Faits employés", _facts(papers))
    lines += section("Repères d'opérations réelles", _landmarks(papers, lot))
    changes = [*_missing(papers, lot), *_values(paliers), *_days(changements, lot)]
    return lines + section("Ce qui changerait la réponse", changes)


def _facts(papers: Deliberation) -> Iterator[str]:
    labels: dict[str, str] = papers.livre.donnees["faits-declares"]["faits"]
    for ident in ORDRE:
        said = papers.duties[ident]
        facts = [f"{labels[name]} : {_shown(value, name)}" for name, value in said.utilises.items()]
        if facts:
            since = f", version du {en_lettres(said.version)}" if said.version else ""
            yield item(f"{majuscule(label(OBLIGATIONS, ident))} (règle {said.regle}{since}) : {' ; '.join(facts)}.")


def _shown(value: Any, name: str) -> str:
    if isinstance(value, (Unknown, Missing)):
        return "à préciser"
    if name.endswith("_ht") and isinstance(value, (int, Decimal)):
        return f"{euros(value)} HT"
    return valeur_lisible(value)


def _landmarks(papers: Deliberation, lot: int | None) -> Iterator[str]:
    """Hold each lot's ratio against real operations of its trade, when there are any."""
    table = papers.livre.donnees["calibrage/reperes"]
    for entry in papers.lots:
        ratio = entry.heures.ratio_pour_100000 if entry.heures else None
        known = [
            int(r["heures_par_100000"])
            for r in table["reperes"]
            if r.get("secteur") == entry.calibrage.secteur and r["id"] in table["cas_d_essai"]
        ]
        if ratio is None or not known or lot not in (None, entry.lot.numero):
            continue
        span = str(known[0]) if len(set(known)) == 1 else f"de {min(known)} à {max(known)}"
        yield item(
            f"Lot n° {entry.lot.numero} : {valeur_lisible(ratio)} heures pour {euros(100000)} ; "
            f"opérations connues du même secteur : {span} (montants de presse ou d'avis, à un facteur deux près)."
        )


def _missing(papers: Deliberation, lot: int | None) -> Iterator[str]:
    said: list[tuple[str, Conclusion]] = [(label(OBLIGATIONS, i), papers.duties[i]) for i in ORDRE]
    for entry in papers.lots:
        if lot in (None, entry.lot.numero):
            named = f" (lot n° {entry.lot.numero})"
            said += [(label(DISPOSITIFS, d) + named, c) for d, c in entry.choisi.conclusions.items()]
    waiting: dict[tuple[str, ...], list[str]] = {}
    for name, conclusion in said:
        if conclusion.statut == A_PRECISER and conclusion.manquants:
            keys = tuple(m.chemin for m in conclusion.manquants)
            waiting.setdefault(keys, []).append(name)
    for keys, names in waiting.items():
        yield item(f"Si vous indiquiez {enumeration([f'`{k}`' for k in keys])} : {enumeration(names)}.")


def _values(paliers: Sequence[Palier]) -> Iterator[str]:
    for palier in paliers:
        amount = f"{euros(palier.montant_ht)} HT"
        side = f"était inférieure à {amount}" if palier.sous else f"atteignait {amount}"
        other = _instead(label(OBLIGATIONS, palier.obligation), palier.autre, palier.actuel)
        yield item(f"Si la valeur retenue {side} : {other}")


def _days(changements: Sequence[Changement], lot: int | None) -> Iterator[str]:
    """Lots for which the same day changes the same thing share a line."""
    grouped: dict[tuple[bool, date, str, str, str], list[str]] = {}
    for change in changements:
        word, numero = change.sujet
        name = label(OBLIGATIONS if numero is None else DISPOSITIFS, word)
        if numero is None or lot in (None, numero):
            key = (change.avant, change.jour, name, change.autre, change.actuel)
            grouped.setdefault(key, []).extend([] if numero is None else [str(numero)])
    for (before, day, name, other, now), numbers in grouped.items():
        side = f"le {en_lettres(day)} ou avant" if before else f"à partir du {en_lettres(day)}"
        plural = "s" if len(numbers) > 1 else ""
        which = f" (lot{plural} n° {enumeration(numbers)})" if numbers else ""
        yield item(f"Si le lancement était {side} : {_instead(name + which, other, now)}")


def _instead(name: str, other: str, now: str) -> str:
    return f"{name}, {label(STATUTS, other)} et non {label(STATUTS, now)}."
