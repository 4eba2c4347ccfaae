"""R01, R17: the hours of a lot are the same wherever they are said, and neither symbolic nor out of reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.proofreading.facts import Volumes, buyer_words, named, said_by_buyer, volumes
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, places, sentences
from clausegen.proofreading.quantities import EUROS, HEURES, Quantite, quantities, shown
from clausegen.record import dataclass
from clausegen.regex import late

_SINGLE = 1
_RATIO = late(r"heures?(?: d'insertion)?,? (?:par|pour|tous les|toutes les)\b[^.;|]{0,40}$", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """A number of hours of insertion said somewhere."""

    place: Place
    quantite: Quantite
    lots: frozenset[int]
    periode: str | None
    total: bool


def is_ratio(text: str, quantite: Quantite, found: tuple[Quantite, ...]) -> Quantite | None:
    """Return the amount that hours are counted by (« 35 heures par tranche de 50 000 € »), if any."""
    after = next((q for q in found if q.debut > quantite.debut), None)
    if after is None or after.unite != EUROS:
        return None
    return after if _RATIO.search(text[quantite.fin : after.debut]) else None


def mentions(contexte: Contexte, donnees: dict[str, Any], labels: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Yield the hours of insertion that a document states, ratios left out.

    Args:
        contexte: the document.
        donnees: of rule R01: `sujet`, `ecarter_avant`, `ecarter_apres`, `total`.
        labels: names of periods, in lower case.
    """
    subject, total = re.compile(donnees["sujet"], re.IGNORECASE), re.compile(donnees["total"], re.IGNORECASE)
    before, after = (re.compile(donnees[f"ecarter_{side}"], re.IGNORECASE) for side in ("avant", "apres"))
    words = buyer_words(contexte.dossier)
    for place in places(contexte.document):
        found = quantities(place.texte)
        for quantite in found:
            if quantite.unite != HEURES or quantite.valeur != quantite.valeur.to_integral_value():
                continue
            text = place.texte
            if before.search(text[: quantite.debut]) or after.match(text[quantite.apres :]):
                continue
            if is_ratio(text, quantite, found) or said_by_buyer(words, text, quantite.debut, quantite.apres):
                continue
            if contexte.piece is None and not _about(place, subject):
                continue
            row = " ".join(place.ligne)
            yield Mention(
                *(place, quantite, place.lots(quantite.debut), _period(place, quantite, labels)),
                bool(total.search(row) or total.search(text[: quantite.debut][-60:])),
            )


def _about(place: Place, subject: re.Pattern[str]) -> bool:
    header = place.bloc.cellule.entete if place.bloc.cellule else ""
    return bool(subject.search(place.texte) or subject.search(header) or (place.ligne and place.under(subject)))


def _period(place: Place, quantite: Quantite, labels: tuple[str, ...]) -> str | None:
    """Return the period that hours are those of: named in the row, else just before in the sentence."""
    row = " ".join(place.ligne).lower()
    start = max((at for at, _ in sentences(place.texte) if at <= quantite.debut), default=0)
    near = place.texte[start : quantite.debut].lower()
    for text in (near, row):
        found = [(text.rfind(label), label) for label in labels if _whole(text, label)]
        if found:
            return max(found)[1]
    return None


def _whole(text: str, label: str) -> bool:
    return re.search(rf"{re.escape(label)}(?!\d)", text) is not None


def same_hours(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R01: with a description, each figure is that of its lot; without one, a lot has a single volume."""
    if contexte.dossier is None:
        yield from _agreeing(contexte, controle)
        return
    known = volumes(contexte.dossier)
    labels = tuple(dict.fromkeys(label for v in known.values() for label in v.periodes))
    for mention in mentions(contexte, controle.donnees, labels):
        lots = mention.lots or (frozenset(known) if len(known) == _SINGLE else frozenset())
        concerned = [known[n] for n in sorted(lots) if n in known]
        value = int(mention.quantite.valeur)
        if any(v.inconnu for v in concerned):
            continue
        allowed = _allowed(mention, concerned, known)
        if value in allowed:
            continue
        yield _wrong(mention, concerned, allowed)


def _allowed(mention: Mention, concerned: list[Volumes], known: dict[int, Volumes]) -> frozenset[int]:
    if not concerned:
        every = [v for v in known.values() if v.volume is not None]
        sums = {sum(v.volume or 0 for v in every), sum(v.volume or 0 for v in every if v.clause)}
        if mention.total:
            return frozenset(sums)
        return frozenset(sums | {n for v in known.values() for n in (*v.figures, *v.periodes.values())})
    if mention.periode is not None and not mention.total:
        return frozenset(v.periodes[mention.periode] for v in concerned if mention.periode in v.periodes)
    figures: frozenset[int] = frozenset().union(*(v.figures for v in concerned))
    if len(concerned) > 1:
        figures |= {sum(v.volume or 0 for v in concerned)}
    return figures


def _wrong(mention: Mention, concerned: list[Volumes], allowed: frozenset[int]) -> Constat:
    q = mention.quantite
    found = f"{shown(q.valeur)} heure{'s' if q.valeur >= 2 else ''}"
    who = named([v.numero for v in concerned]) if concerned else "le marché"
    if not allowed:
        said = f"« {found} » : {who} ne porte pas d'heures d'insertion dans la description."
        todo = "Retirer ce volume, ou corriger le numéro du lot."
    else:
        period = f", {mention.periode}" if mention.periode and not mention.total else ""
        expected = " ou ".join(shown(n) for n in sorted(allowed))
        said = f"« {found} » : la description fixe {expected} heures pour {who}{period}."
        todo = "Rétablir ce volume, ou changer les heures de la description et reprendre toutes les pièces."
    path = f"{concerned[0].chemin}.heures" if len(concerned) == 1 else None
    return Constat(mention.place.bloc, q.debut, q.apres, f"{said} {todo}", chemin=path)


def _agreeing(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    firm = re.compile(controle.donnees["ferme"], re.IGNORECASE)
    partial = re.compile(controle.donnees["partiel"], re.IGNORECASE)
    first: dict[frozenset[int], Mention] = {}
    for mention in mentions(contexte, controle.donnees):
        row = f"{' '.join(mention.place.ligne)} {mention.place.texte}"
        header = mention.place.bloc.cellule.entete if mention.place.bloc.cellule else ""
        if len(mention.lots) != 1 or partial.search(row) or not (firm.search(row) or firm.search(header)):
            continue
        known = first.setdefault(mention.lots, mention)
        if known.quantite.valeur != mention.quantite.valeur:
            q = mention.quantite
            yield Constat(
                *(mention.place.bloc, q.debut, q.apres),
                f"« {shown(q.valeur)} heures » pour {named(mention.lots)}, alors que le paragraphe "
                f"{known.place.bloc.rang} en fixe {shown(known.quantite.valeur)}. Retenir un seul volume, partout.",
            )


def plausible(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R17: a volume too small for a useful mission, or a ratio to the amount that is far from what is known."""
    limits = controle.donnees
    said: set[int] = set()
    rule = contexte.livre.donnees["relecture/R01"]["donnees"]
    partial, firm = (re.compile(rule[key], re.IGNORECASE) for key in ("partiel", "ferme"))
    for mention in mentions(contexte, rule):
        row = f"{' '.join(mention.place.ligne)} {mention.place.texte}"
        header = mention.place.bloc.cellule.entete if mention.place.bloc.cellule else ""
        if partial.search(row) or not (firm.search(row) or firm.search(header)):
            continue
        lot = next(iter(mention.lots), 1)
        value = int(mention.quantite.valeur)
        reason = _strange(value, lot, contexte.dossier, limits)
        if reason and lot not in said and not (mention.total and len(mention.lots) != 1):
            said.add(lot)
            q = mention.quantite
            yield Constat(mention.place.bloc, q.debut, q.apres, reason)


def _strange(value: int, lot: int, dossier: Dossier | None, limits: dict[str, Any]) -> str:
    if value < limits["minimum"]:
        return (
            f"« {shown(value)} heures » : au-dessous de {limits['minimum']} heures, une mission utile se monte "
            "difficilement. Revoir le volume avec le facilitateur, ou renoncer à la clause dans ce lot."
        )
    if dossier is None or dossier.marche.nature != limits["nature"]:
        return ""
    amount = next((view.montant_ht for view in dossier.lots if int(view.numero) == lot), None)
    if not isinstance(amount, (int, Decimal)) or not amount:
        return ""
    ratio = Decimal(value) * limits["pour"] / Decimal(amount)
    if limits["ratio_minimum"] <= ratio <= limits["ratio_maximum"]:
        return ""
    return (
        f"« {shown(value)} heures », soit {shown(ratio.quantize(Decimal('0.1')))} heures pour "
        f"{shown(limits['pour'])} € HT de travaux : les opérations connues vont de {limits['ratio_minimum']} à "
        f"{limits['ratio_maximum']}. Revoir le calibrage avec le facilitateur."
    )


CHECKS: dict[str, Check] = {"R01": same_hours, "R17": plausible}
