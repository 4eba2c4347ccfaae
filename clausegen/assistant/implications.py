"""What the answers already imply, told when it changes: every sentence is built from the decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from clausegen.assistant.script import Script
from clausegen.description.vocabulary import LIBELLES
from clausegen.diagnostics import Niveau
from clausegen.french.amounts import euros
from clausegen.french.grammar import enumeration, pluriel
from clausegen.law.decision import Decision, Heures, LotDecision, Obligation
from clausegen.record import dataclass

_MANY = 3
_WITHIN_LOT = re.compile(r"lots\[([0-9]+)\]")
_WORDS = {Niveau.ERREUR: "À corriger", Niveau.AVERTISSEMENT: "Attention"}


@dataclass(frozen=True, slots=True)
class Implication:
    """One thing that follows from the answers.

    Args:
        mot: the word that says what it is: « Obligatoire », « Proposition », « Attention »…
        texte: the sentence, with its articles.
    """

    mot: str
    texte: str


def implications(avant: Decision, apres: Decision, script: Script) -> tuple[Implication, ...]:
    """Return what the last answer changed.

    Args:
        avant: the decision before it.
        apres: the decision after it.
        script: which duties are told.
    """
    return (*_duties(avant, apres, script), *_lots(avant, apres), *_findings(avant, apres, script))


def _duties(avant: Decision, apres: Decision, script: Script) -> Iterator[Implication]:
    before = {duty.id: duty.statut for duty in avant.obligations}
    for duty in apres.obligations:
        was = before.get(duty.id)
        if duty.statut == was or duty.id not in script.annonces:
            continue
        if duty.statut == "applicable":
            yield Implication("Obligatoire", _told(duty))
        elif duty.statut == "non-applicable" and (duty.id in script.contraires or was == "applicable"):
            yield Implication("Pas obligatoire", _told(duty))
        elif duty.id in script.contraires and was is not None and avant.date_droit is not None:
            yield Implication("À préciser", f"{script.noms[duty.id]} : la réponse dépend maintenant d'autre chose.")


def _told(duty: Obligation) -> str:
    grounds = f" ({' ; '.join(duty.fondements)})" if duty.fondements else ""
    return f"{_small(duty.motif.rstrip('.'))}{grounds}."


def _small(text: str) -> str:
    """Return a sentence as it follows a colon: a small first letter, unless its first word is an acronym."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] in (" ", "'") else text


def _lots(avant: Decision, apres: Decision) -> Iterator[Implication]:
    """Tell what is proposed for each lot as soon as it is known; lots that change together are told together."""
    before = {lot.numero: _said(lot) for lot in avant.lots}
    changed = [lot for lot in apres.lots if lot.dispositif and before.get(lot.numero) != _said(lot)]
    told = {lot.dispositif for lot in avant.lots} & {lot.dispositif for lot in changed}
    for lot in changed[:_MANY]:
        who = f"lot n° {lot.numero} : " if len(apres.lots) > 1 else ""
        reason = _reason(lot) if len(changed) == 1 and not told else ""
        word = "Proposition" if lot.choisi_par == "regle" else "Retenu"
        yield Implication(word, f"{who}{_said(lot)}.{reason}")
    if len(changed) > _MANY:
        rest = changed[_MANY:]
        total = sum(lot.heures.volume or 0 for lot in rest if lot.heures is not None)
        sum_up = f", {_number(total)} heures pour eux en tout" if total else ""
        others = f"{len(rest)} {pluriel(len(rest), 'autre lot', 'autres lots')}"
        yield Implication("Proposition", f"il en va de {others} de façon comparable{sum_up} (« voir » les montre).")


def _said(lot: LotDecision) -> str:
    """Return « clause d'insertion, 262 heures (300 000 € × 63 % × 5 % ÷ 36 €) »."""
    if lot.dispositif is None:
        return ""
    name = LIBELLES["dispositif"].get(lot.dispositif, lot.dispositif)
    return f"{name}{hours(lot.heures)}"


def hours(heures: Heures | None) -> str:
    """Return « , 262 heures (…) », with the formula when the figure was worked out; empty when there is none."""
    if heures is None:
        return ""
    if heures.volume is None:
        at_most = heures.volume_au_maximum
        return f", {_number(at_most)} heures au maximum des commandes" if at_most is not None else ", heures à préciser"
    return f", {_number(heures.volume)} {pluriel(heures.volume, 'heure')}{_formula(heures)}"


def _formula(heures: Heures) -> str:
    terms = heures.parametres
    names = ("montant_ht", "part_main_oeuvre", "taux_effort", "cout_horaire")
    if any(terms.get(name) is None for name in names):
        return ""
    amount, share, rate, cost = (Decimal(str(terms[name])) for name in names)
    return f" ({euros(amount)} × {_percent(share)} × {_percent(rate)} ÷ {euros(cost)})"


def _percent(fraction: Decimal) -> str:
    return f"{(fraction * 100).normalize():f} %".replace(".", ",")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def _reason(lot: LotDecision) -> str:
    chosen = next((o for o in lot.options if o.dispositif == lot.dispositif), None)
    return f" {chosen.motif}" if chosen is not None and chosen.motif and lot.choisi_par == "regle" else ""


def _findings(avant: Decision, apres: Decision, script: Script) -> Iterator[Implication]:
    """Tell each new finding once, with the lots that it is about."""
    before = {(d.code, d.chemin, d.message) for d in avant.diagnostics}
    new = [d for d in apres.diagnostics if d.niveau in _WORDS and (d.code, d.chemin, d.message) not in before]
    lots: dict[tuple[Niveau, str], list[int]] = {}
    for found in new:
        lots.setdefault((found.niveau, found.message), []).extend(_numbers(found.chemin, apres))
    told: set[tuple[Niveau, str]] = set()
    for found in new:
        key = (found.niveau, found.message)
        if key in told:
            continue
        told.add(key)
        grounds = f" ({' ; '.join(found.fondements)})" if found.fondements else ""
        text = _small(script.spoken(found.message).rstrip("."))
        yield Implication(_WORDS[found.niveau], f"{_whose(lots[key], apres, text)}{text}{grounds}.")


def _numbers(chemin: str | None, decision: Decision) -> list[int]:
    """Return the number of the lot that a path is within, if it is within one."""
    match = _WITHIN_LOT.match(chemin or "")
    rank = int(match[1]) if match else len(decision.lots)
    return [decision.lots[rank].numero] if rank < len(decision.lots) else []


def _whose(numbers: list[int], decision: Decision, text: str) -> str:
    if not numbers or len(decision.lots) < 2 or "lot n°" in text:
        return ""
    named_ = enumeration([str(number) for number in dict.fromkeys(numbers)])
    return f"{pluriel(len(set(numbers)), 'lot', 'lots')} n° {named_} : "


def summary(decision: Decision, script: Script, ouvertes: int) -> tuple[Implication, ...]:
    """Return the decision in five lines: threshold, duties, doubts, lots, questions left."""
    seuil = decision.seuil
    if seuil is None:
        threshold = "aucun pour ce régime."
    else:
        held = "à préciser" if seuil.valeur_retenue_ht is None else f"{euros(seuil.valeur_retenue_ht)} HT"
        amount = "à préciser" if seuil.montant_ht is None else f"{euros(seuil.montant_ht)} HT"
        reached = {True: "atteint", False: "pas atteint", None: "à préciser"}[seuil.atteint]
        threshold = f"valeur retenue {held} ; seuil européen {amount} : {reached} ({seuil.fondement})."
    due = [script.noms.get(duty.id, duty.id) for duty in decision.obligations if duty.statut == "applicable"]
    open_ = [script.noms.get(duty.id, duty.id) for duty in decision.obligations if duty.statut == "a-preciser"]
    lots = [f"n° {lot.numero} : {_said(lot) or 'rien encore'}" for lot in decision.lots[:_MANY]]
    if len(decision.lots) > _MANY:
        lots.append(f"et {len(decision.lots) - _MANY} de plus")
    left = f"{ouvertes} {pluriel(ouvertes, 'question ouverte', 'questions ouvertes')}."
    return (
        Implication("Seuil", threshold),
        Implication("Obligatoire", f"{' ; '.join(due) or 'rien pour le moment'}."),
        Implication("À préciser", f"{' ; '.join(open_) or 'rien'}."),
        Implication("Lots", f"{' ; '.join(lots) or 'pas encore décrits'}."),
        Implication("Reste", left),
    )


def named(labels: list[str], nombre: int = _MANY) -> str:
    """Return « a, b, c et 4 autres »."""
    if len(labels) <= nombre + 1:
        return enumeration(labels)
    return f"{', '.join(labels[:nombre])} et {len(labels) - nombre} autres"
