"""R04, R16: each penalty has the same amount everywhere, and that of an hour is neither derisory nor crushing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.language.unknown import Unknown
from clausegen.proofreading.drafts import changed_figures
from clausegen.proofreading.facts import buyer_words, said_by_buyer
from clausegen.proofreading.insertion import insertion_places
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, sentences
from clausegen.proofreading.quantities import EUROS, POURCENT, Quantite, quantities, shown
from clausegen.record import dataclass

RULE = "relecture/R04"
HOUR = "heure"


@dataclass(frozen=True, slots=True)
class Montant:
    """The amount of a penalty: its kind, where, how much."""

    nature: str
    place: Place
    quantite: Quantite


def amounts(contexte: Contexte, donnees: dict[str, Any]) -> Iterator[Montant]:
    """Yield the amounts of penalties that a document states, with what each punishes.

    Args:
        contexte: the document; in one from elsewhere only the insertion article is read.
        donnees: of rule R04.
    """
    subject, spared = (re.compile(donnees[key], re.IGNORECASE) for key in ("sujet", "sauf"))
    kinds = {name: re.compile(kind["motif"], re.IGNORECASE) for name, kind in donnees["natures"].items()}
    words = buyer_words(contexte.dossier)
    for place in insertion_places(contexte):
        row = " ".join(place.ligne)
        if not (subject.search(place.texte) or subject.search(row) or place.under(subject)):
            continue
        for start, sentence in sentences(place.texte):
            for clause_start, clause in _clauses(start, sentence):
                if spared.search(clause):
                    continue
                for quantite in quantities(clause):
                    if quantite.unite != EUROS:
                        continue
                    kind = _kind(clause, quantite, kinds) or _kind(row, None, kinds)
                    moved = _moved(quantite, clause_start)
                    if kind and not said_by_buyer(words, place.texte, moved.debut, moved.apres):
                        yield Montant(kind, place, moved)


def _clauses(start: int, sentence: str) -> Iterator[tuple[int, str]]:
    """Cut a sentence after each amount when it states several: what comes before an amount tells what it is for."""
    cuts = [q.apres for q in quantities(sentence) if q.unite == EUROS]
    last = 0
    for position, cut in enumerate(cuts):
        end = cut
        if position == len(cuts) - 1:
            end = len(sentence)
        else:
            tail = re.match(r"[^,;:.]*", sentence[cut:])
            end = cut + (tail.end() if tail else 0)
        yield start + last, sentence[last:end]
        last = end


def _kind(text: str, quantite: Quantite | None, kinds: dict[str, re.Pattern[str]]) -> str | None:
    found = [(name, match) for name, pattern in kinds.items() for match in pattern.finditer(text)]
    if not found:
        return None
    if quantite is None:
        return found[0][0]
    after = [(m.start(), name) for name, m in found if quantite.apres <= m.start() <= quantite.apres + 3]
    before = [(m.start(), name) for name, m in found if m.start() < quantite.debut]
    if after and not before:
        return min(after)[1]
    return found[0][0] if before else None


def _moved(quantite: Quantite, start: int) -> Quantite:
    return Quantite(
        quantite.debut + start, quantite.fin + start, quantite.apres + start, quantite.valeur, quantite.unite
    )


def expected(dossier: Dossier, chemin: str, lots: frozenset[int]) -> tuple[Decimal, ...]:
    """Return the amounts that a penalty may have: of the lots named, else of every group of lots."""
    found: list[Decimal] = []
    for group in dossier.groupes(chemin):
        if lots and group.lots and not lots & set(group.lots):
            continue
        value = group.valeur["montant"] if isinstance(group.valeur, dict) else group.valeur
        if isinstance(value, Unknown) or value is None:
            return ()
        found.append(Decimal(str(value)))
    return tuple(dict.fromkeys(found))


def same_penalties(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R04: amounts against the description's, else against the first that the document states for the same fault."""
    kinds = controle.donnees["natures"]
    told: set[tuple[int, int]] = set()
    first: dict[tuple[str, frozenset[int]], Montant] = {}
    for amount in amounts(contexte, controle.donnees):
        q, place = amount.quantite, amount.place
        kind, lots = kinds[amount.nature], place.lots(q.debut)
        if contexte.dossier is None:
            same = first.setdefault((amount.nature, lots), amount)
            if same.quantite.valeur != q.valeur:
                told.add((place.bloc.rang, q.debut))
                yield Constat(
                    *(place.bloc, q.debut, q.apres),
                    f"« {shown(q.valeur)} € » {kind['dit']}, alors que le paragraphe {same.place.bloc.rang} fixe "
                    f"{shown(same.quantite.valeur)} €. Retenir un seul montant, partout.",
                )
            continue
        right = expected(contexte.dossier, kind["cle"], lots)
        if right and q.valeur not in right:
            told.add((place.bloc.rang, q.debut))
            yield Constat(*(place.bloc, q.debut, q.apres), _said(q, right, kind["dit"]), chemin=kind["cle"])
    yield from _cap(contexte, controle.donnees, told)
    subject = re.compile(controle.donnees["sujet"], re.IGNORECASE)
    for gap in changed_figures(contexte, (EUROS,)):
        q = gap.quantite
        if (gap.place.bloc.rang, q.debut) not in told and subject.search(
            " ".join((*gap.place.titres, gap.place.texte))
        ):
            yield Constat(*(gap.place.bloc, q.debut, q.apres), _said(q, [r.valeur for r in gap.attendu], ""))


def _said(quantite: Quantite, right: Any, what: str) -> str:
    amounts_ = " ou ".join(dict.fromkeys(f"{shown(value)} €" for value in right))
    return (
        f"« {shown(quantite.valeur)} € » : le marché fixe {amounts_} {what}".rstrip()
        + ". Rétablir ce montant, ou le changer dans la description et reprendre toutes les pièces."
    )


def _cap(contexte: Contexte, donnees: dict[str, Any], told: set[tuple[int, int]]) -> Iterator[Constat]:
    """The ceiling of all penalties, as a percentage."""
    if contexte.dossier is None:
        return
    pattern, key = re.compile(donnees["plafond"]["motif"], re.IGNORECASE), donnees["plafond"]["cle"]
    for place in insertion_places(contexte):
        for start, sentence in sentences(place.texte):
            for q in quantities(sentence):
                if q.unite != POURCENT or not pattern.search(sentence[: q.debut]):
                    continue
                right = expected(contexte.dossier, key, place.lots(start + q.debut))
                if right and q.valeur not in right:
                    told.add((place.bloc.rang, start + q.debut))
                    known = " ou ".join(f"{shown(value)} %" for value in right)
                    yield Constat(
                        *(place.bloc, start + q.debut, start + q.apres),
                        f"« {shown(q.valeur)} % » : la description plafonne les pénalités d'insertion à {known}. "
                        "Rétablir ce plafond, ou le changer dans la description.",
                        chemin=key,
                    )


def usual_amount(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R16: a penalty by hour outside what is usual, told once an amount."""
    low, high = controle.donnees["minimum"], controle.donnees["maximum"]
    told: set[Decimal] = set()
    for amount in amounts(contexte, contexte.livre.donnees[RULE]["donnees"]):
        q = amount.quantite
        if amount.nature != HOUR or low <= q.valeur <= high or q.valeur in told:
            continue
        told.add(q.valeur)
        if q.valeur < low:
            why = f"au-dessous de {low} € l'heure, ne pas réaliser les heures coûte moins que les réaliser. La relever"
        else:
            why = f"au-dessus de {high} € l'heure, la pénalité dépasse les montants usuels. La réduire"
        yield Constat(
            *(amount.place.bloc, q.debut, q.apres),
            f"« {shown(q.valeur)} € » : {why}, ou garder au dossier la raison de ce montant.",
        )


CHECKS: dict[str, Check] = {"R04": same_penalties, "R16": usual_amount}
