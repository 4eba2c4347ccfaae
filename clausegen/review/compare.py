"""Two decisions side by side: what differs, and the reason that the rules give for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.dates import en_lettres
from clausegen.law.decision import Decision, DocumentPrevu, Obligation
from clausegen.law.engine import Conclusion
from clausegen.law.papers import Deliberation
from clausegen.record import dataclass
from clausegen.review.compare_why import why

_LOT = re.compile(r"lots\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Versant:
    """One side of the comparison.

    Args:
        papers: the working papers; None when the description does not load.
        decision: the decision, pieces and questions included.
        diagnostics: every finding.
    """

    papers: Deliberation | None
    decision: Decision | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Ecart:
    """One thing that differs.

    Args:
        chemin: where, in the decision: `lots[0].dispositif`, `obligations.condition-sociale.statut`.
        avant, apres: its value on each side; None when it is not there.
        motif: why, in French.
        fondements: citations that support the new value, else the old one.
        lot: number of the lot; None for the whole market.
    """

    chemin: str
    avant: Any
    apres: Any
    motif: str = ""
    fondements: tuple[str, ...] = ()
    lot: int | None = None


def compare_decisions(avant: Versant, apres: Versant) -> tuple[Ecart, ...]:
    """Return what differs between two decisions, the whole market first, then lot by lot, then pieces and findings."""
    found: list[Ecart] = []
    if avant.decision and apres.decision and avant.papers and apres.papers:
        old, new = avant.decision, apres.decision
        found += _market(avant.papers, apres.papers, old, new)
        found += _lots(avant.papers, apres.papers, old, new)
        found += _texts(old, new)
        found += _pieces(old.documents, new.documents)
        found += _questions(old, new)
    found += _findings(avant, apres)
    return tuple(found)


def _market(a: Deliberation, b: Deliberation, old: Decision, new: Decision) -> Iterator[Ecart]:
    if old.date_droit != new.date_droit:
        yield Ecart("date_droit", old.date_droit, new.date_droit)
    day = f" le {en_lettres(new.date_droit)}" if new.date_droit else ""
    for name in ("categorie", "montant_ht", "valeur_retenue_ht", "atteint"):
        before, after = (getattr(s, name) if s else None for s in (old.seuil, new.seuil))
        if before != after:
            reason = f"Montant du seuil en vigueur{day}." if name == "montant_ht" else ""
            grounds = (new.seuil or old.seuil).fondement if new.seuil or old.seuil else ""  # type: ignore[union-attr]
            yield Ecart(f"seuil.{name}", before, after, reason, (grounds,) if grounds else ())
    yield from _duties("obligations", old.obligations, new.obligations, a.duties, b.duties, b)


def _duties(
    prefix: str,
    avant: Iterable[Obligation],
    apres: Iterable[Obligation],
    said_before: Mapping[str, Conclusion],
    said_after: Mapping[str, Conclusion],
    papers: Deliberation,
) -> Iterator[Ecart]:
    old = {duty.id: duty for duty in avant}
    for duty in apres:
        before = old.get(duty.id)
        if before is None:
            continue
        reason = why(said_before.get(duty.id), said_after.get(duty.id), duty.motif, papers)
        for name in ("statut", "satisfaite"):
            values = getattr(before, name), getattr(duty, name)
            if values[0] != values[1]:
                yield Ecart(f"{prefix}.{duty.id}.{name}", *values, reason, duty.fondements or before.fondements)


def _lots(a: Deliberation, b: Deliberation, old: Decision, new: Decision) -> Iterator[Ecart]:
    before = {lot.numero: (rank, lot) for rank, lot in enumerate(old.lots)}
    after = {lot.numero: (rank, lot) for rank, lot in enumerate(new.lots)}
    for numero in sorted(before.keys() | after.keys()):
        if numero not in after:
            rank, gone = before[numero]
            yield Ecart(f"lots[{rank}]", gone.dispositif or "a-preciser", None, "Le lot disparaît.", (), numero)
        elif numero not in before:
            rank, come = after[numero]
            yield Ecart(f"lots[{rank}]", None, come.dispositif or "a-preciser", "Le lot apparaît.", (), numero)
        else:
            ranks = before[numero][0], after[numero][0]
            yield from (replace(e, lot=numero) for e in _lot(a, b, old, new, ranks))


def _lot(a: Deliberation, b: Deliberation, old: Decision, new: Decision, ranks: tuple[int, int]) -> Iterator[Ecart]:
    lots = old.lots[ranks[0]], new.lots[ranks[1]]
    files = a.lots[ranks[0]], b.lots[ranks[1]]
    said_before, said_after = (f.choisi.conclusions for f in files)
    place = f"lots[{ranks[1]}]"
    options_before = {option.dispositif: option for option in lots[0].options}
    retained = next((o for o in lots[1].options if o.dispositif == lots[1].dispositif), None)
    for name in ("dispositif", "choisi_par"):
        before, after = getattr(lots[0], name), getattr(lots[1], name)
        if before != after:
            motif = retained.motif if retained and name == "dispositif" else ""
            yield Ecart(f"{place}.{name}", before, after, motif, retained.fondements if motif and retained else ())
    for option in lots[1].options:
        same = options_before.get(option.dispositif)
        if same is None:
            continue
        reason = why(said_before.get(option.dispositif), said_after.get(option.dispositif), option.motif, b)
        for name in ("statut", "recommande"):
            values = getattr(same, name), getattr(option, name)
            if values[0] != values[1]:
                grounds = option.fondements or same.fondements
                yield Ecart(f"{place}.options.{option.dispositif}.{name}", *values, reason, grounds)
    yield from _hours(place, lots[0].heures, lots[1].heures)
    yield from _duties(
        f"{place}.obligations", lots[0].obligations, lots[1].obligations, files[0].duties, files[1].duties, b
    )


def _hours(place: str, avant: Any, apres: Any) -> Iterator[Ecart]:
    names: tuple[str, ...] = ("volume", "volume_au_maximum", "unite", "methode", "ratio_pour_100000")
    if avant is None or apres is None:
        names = ("volume", "volume_au_maximum")
    terms = [dict(heures.parametres) if heures else {} for heures in (avant, apres)]
    moved = [name for name in {**terms[0], **terms[1]} if terms[0].get(name) != terms[1].get(name)]
    same_method = avant is not None and apres is not None and avant.methode == apres.methode
    for name in names:
        before, after = getattr(avant, name, None), getattr(apres, name, None)
        if before != after:
            because = name.startswith("volume") and same_method and moved
            motif = f"Termes de la formule qui changent : {', '.join(moved)}." if because else ""
            yield Ecart(f"{place}.heures.{name}", before, after, motif)
    if same_method:
        for name in moved:
            yield Ecart(f"{place}.heures.parametres.{name}", terms[0].get(name), terms[1].get(name))
    if avant is not None and apres is not None:
        old, new = ({p.libelle: p.heures for p in heures.periodes} for heures in (avant, apres))
        for name, before, after in _keys(old, new):
            yield Ecart(f"{place}.heures.periodes.{name}", before, after)


def _texts(old: Decision, new: Decision) -> Iterator[Ecart]:
    """Yield what changes of the CCAG, of the names of the parties, of what the pieces rest on."""
    for name, before, after in _keys(old.parties, new.parties):
        yield Ecart(f"parties.{name}", before, after, "Noms que le cahier des clauses générales donne aux parties.")
    for name, before, after in _keys(old.references_ccag or {}, new.references_ccag or {}):
        yield Ecart(f"references_ccag.{name}", before, after)
    before, after = ({f"{d.article} ({d.objet})": d.objet for d in side.derogations} for side in (old, new))
    for name, gone, come in _keys(before, after):
        yield Ecart(f"derogations.{name.partition(' (')[0]}", gone, come)
    defaults = [{v.chemin: v for v in side.valeurs_par_defaut} for side in (old, new)]
    for name, was, now in _keys(*defaults):
        if getattr(was, "valeur", None) != getattr(now, "valeur", None) or was is None or now is None:
            shown = was.valeur if was else None, now.valeur if now else None
            yield Ecart(f"valeurs_par_defaut.{name}", *shown, (now or was).origine)
    if old.date_droit != new.date_droit:
        yield from _sources(old, new)


def _sources(old: Decision, new: Decision) -> Iterator[Ecart]:
    """Yield the texts whose version differs from one day of the law to the other."""
    for citation, source in new.sources.items():
        before = old.sources.get(citation)
        if before is not None and before.en_vigueur_depuis != source.en_vigueur_depuis:
            days = before.en_vigueur_depuis, source.en_vigueur_depuis
            motif = f"Version en vigueur depuis le {en_lettres(days[1])}." if isinstance(days[1], date) else ""
            yield Ecart(f"sources.{citation}", *days, motif, (citation,))


def _pieces(avant: Iterable[DocumentPrevu], apres: Iterable[DocumentPrevu]) -> Iterator[Ecart]:
    old = {document.id: document for document in avant}
    for document in apres:
        before = old.get(document.id)
        if before is not None and before.applicable != document.applicable:
            yield Ecart(f"documents.{document.id}.applicable", before.applicable, document.applicable, document.motif)
        if before is not None and {*before.lots} != {*document.lots} and document.applicable and before.applicable:
            yield Ecart(f"documents.{document.id}.lots", before.lots, document.lots)


def _questions(old: Decision, new: Decision) -> Iterator[Ecart]:
    asked = [{entry.chemin: entry.question for entry in side.a_completer} for side in (old, new)]
    for name, before, after in _keys(*asked):
        if before is None or after is None:
            yield Ecart(f"a_completer.{name}", before, after)


def _findings(avant: Versant, apres: Versant) -> Iterator[Ecart]:
    """Yield the findings that appear or go, each lot known by its number; questions are told apart."""
    sides = [
        {(d.code, _numbered(d.chemin, side), d.message): d for d in side.diagnostics if d.niveau is not Niveau.QUESTION}
        for side in (avant, apres)
    ]
    for (code, _, message), gone, come in _keys(*sides):
        if gone is None or come is None:
            found: Diagnostic = come or gone
            before, after = (message if d else None for d in (gone, come))
            yield Ecart(f"diagnostics.{found.niveau}.{code}", before, after, "", found.fondements)


def _numbered(chemin: str | None, side: Versant) -> str:
    """Return a path in which a lot bears its number rather than its rank: lots listed otherwise are the same lots."""
    numbers = [] if side.decision is None else [lot.numero for lot in side.decision.lots]
    found = _LOT.match(chemin or "")
    if found is None or int(found[1]) >= len(numbers):
        return chemin or ""
    return f"lot {numbers[int(found[1])]}{(chemin or '')[found.end() :]}"


def _keys(avant: Mapping[Any, Any], apres: Mapping[Any, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the keys whose values differ, in the order of the old side, then of the new."""
    for key in {**avant, **apres}:
        before, after = avant.get(key), apres.get(key)
        if before != after:
            yield key, before, after
