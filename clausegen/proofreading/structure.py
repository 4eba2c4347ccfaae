"""R11, R14, R15: what the insertion clause of a CCAP cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clausegen.diagnostics import Niveau
from clausegen.proofreading.insertion import insertion_places
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.penalties import RULE, Montant, amounts
from clausegen.proofreading.places import Place
from clausegen.reading.document import Bloc
from clausegen.regex import late

_SMIC = late(r"\bsmic\b|salaire minimum", re.IGNORECASE)


def owes_hours(contexte: Contexte) -> bool:
    """Tell whether the clause of this document binds its holder to hours: the decision says so, else the text."""
    if contexte.dossier is not None:
        return any(lot.action for lot in contexte.dossier.lots)
    pattern = re.compile(contexte.livre.donnees["relecture/R11"]["donnees"]["clause"], re.IGNORECASE)
    inside = [place for place in insertion_places(contexte) if place.under(pattern)]
    # A draft with a single subdivision is one whose dispositif is still to be chosen.
    return bool(inside) and (contexte.piece is None or _subdivided(inside))


def _subdivided(inside: Sequence[Place]) -> bool:
    return sum(1 for p in inside if (p.bloc.niveau or 0) > 1) > 1


def anchor(inside: Sequence[Place], pattern: re.Pattern[str] | None = None) -> tuple[Bloc | None, int, int]:
    """Return the heading on which to say that something lacks: the last one that matches, else the first block."""
    heads = [p for p in inside if p.bloc.niveau is not None]
    chosen = next((p for p in reversed(heads) if pattern and pattern.search(p.texte)), heads[0] if heads else None)
    if chosen is None:
        return None, 0, 0
    return chosen.bloc, 0, len(chosen.texte)


def _article(contexte: Contexte, title: str) -> tuple[Place, ...]:
    """Return the article of the clause itself: in a clausegen piece, the one whose title says so."""
    pattern = re.compile(title, re.IGNORECASE)
    return tuple(p for p in insertion_places(contexte) if p.titres and pattern.search(p.titres[0]))


def triggered(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R11: the words that trigger the clause, and its four elements."""
    if not owes_hours(contexte):
        return
    data = controle.donnees
    inside = _article(contexte, data["clause"])
    if contexte.piece is None and not (inside and contexte.ccag):
        return
    words = " ".join(place.texte for place in inside if place.bloc.niveau is None)
    level = None if contexte.piece is not None else Niveau.AVERTISSEMENT
    own = "declenchement_piece" if contexte.piece is not None else "declenchement"
    if not re.search(data[own], words, re.IGNORECASE):
        yield Constat(
            *anchor(inside),
            "Le texte ne dit pas que le titulaire réalise une action d'insertion ; sans cette phrase, la clause du "
            "CCAG ne joue pas. Écrire « Le titulaire réalise une action d'insertion » en tête de l'article.",
            level,
        )
    for name, pattern in data["elements"].items():
        if contexte.piece is None and name in data["ecrits_ailleurs"]:
            continue
        section = re.compile(data["sections"][name], re.IGNORECASE)
        own_place = [p for p in inside if p.bloc.niveau is not None and section.search(p.texte)]
        if contexte.piece is not None and own_place:
            if _empty(inside, own_place[0]):
                yield Constat(
                    *(own_place[0].bloc, 0, len(own_place[0].texte)),
                    f"La section « {own_place[0].texte} » est vide : {name} est un élément que la clause fixe. "
                    "Rétablir son texte.",
                )
        elif not re.search(pattern, words, re.IGNORECASE):
            yield Constat(
                *anchor(inside),
                f"La clause ne dit rien de cet élément : {name}. L'écrire dans l'article.",
                level,
            )


def _empty(inside: Sequence[Place], title: Place) -> bool:
    after = next((p for p in inside if p.bloc.rang > title.bloc.rang), None)
    if after is None:
        return True
    return after.bloc.niveau is not None and after.bloc.niveau <= (title.bloc.niveau or 0)


def firm_amounts(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R14: three penalties in euros, none tied to the minimum wage, and a formal notice that leaves time."""
    data = controle.donnees
    title = re.compile(data["titre"], re.IGNORECASE)
    inside = [p for p in insertion_places(contexte) if p.under(title) or title.search(p.texte)]
    for place in inside:
        if match := _SMIC.search(place.texte):
            yield Constat(
                *(place.bloc, match.start(), match.end()),
                f"« {match.group()} » : une pénalité ne s'indexe pas sur le salaire minimum. Écrire un montant "
                "ferme en "
                "euros, calculé une fois.",
            )
    if contexte.piece is None or not owes_hours(contexte):
        return
    section = [p for p in inside if p.under(title)]
    known = contexte.livre.donnees[RULE]["donnees"]
    fixed = [amount for amount in amounts(contexte, known) if amount.place.under(title)]
    said = {amount.nature for amount in fixed}
    for name, words in data["montants"].items():
        pattern = re.compile(known["natures"][name]["motif"], re.IGNORECASE)
        if name in said or any(_left_open(p, pattern) for p in section):
            continue
        yield Constat(
            *anchor(section, title),
            f"Aucun montant en euros n'est fixé {words}. L'écrire : le CCAG n'en fixe aucun.",
        )
    yield from _notices(section, fixed, data["demeure"], anchor(section, title))


def _notices(
    section: list[Place], fixed: list[Montant], notice: str, head: tuple[Bloc | None, int, int]
) -> Iterator[Constat]:
    """A formal notice before the penalties: one for all, said apart from any amount, else one for each."""
    held = {p.bloc.rang for p in section if re.search(notice, p.texte, re.IGNORECASE)}
    if not held:
        yield Constat(
            *head,
            "Aucune mise en demeure, avec son délai, ne précède les pénalités d'insertion. L'écrire : le CCAG l'exige.",
        )
        return
    if held - {amount.place.bloc.rang for amount in fixed}:
        return
    for amount in fixed:
        place, q = amount.place, amount.quantite
        if place.bloc.rang not in held and not place.ligne:
            yield Constat(
                *(place.bloc, q.debut, q.apres),
                f"« {place.texte[q.debut : q.apres]} » : aucune mise en demeure ne précède cette pénalité. L'écrire, "
                "avec son délai : le CCAG l'exige.",
            )


def _left_open(place: Place, pattern: re.Pattern[str]) -> bool:
    return pattern.search(place.texte) is not None and any(field.vide for field in place.bloc.champs)


def exoneration(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R15: no penalty is due when nobody found a way."""
    if not owes_hours(contexte):
        return
    data = controle.donnees
    title = re.compile(data["titre"], re.IGNORECASE)
    inside = insertion_places(contexte)
    if contexte.piece is None and not any(title.search(p.texte) for p in inside):
        return
    pattern = re.compile(data["exoneration" if contexte.piece is not None else "ailleurs"], re.IGNORECASE)
    if not any(pattern.search(p.texte) for p in inside):
        yield Constat(
            *anchor([p for p in inside if p.under(title)] or inside, title),
            "Rien n'écarte les pénalités quand aucun moyen de réaliser les heures n'a été trouvé. Écrire « Aucune "
            "pénalité n'est due pour les heures dont la difficulté a été signalée et pour lesquelles aucun moyen n'a "
            "été trouvé ».",
            None if contexte.piece is not None else Niveau.AVERTISSEMENT,
        )


CHECKS: dict[str, Check] = {"R11": triggered, "R14": firm_amounts, "R15": exoneration}
