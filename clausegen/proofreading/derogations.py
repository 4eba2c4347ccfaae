"""R12, R39: what the text departs from in the CCAG, and its last article, say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clausegen.diagnostics import Niveau
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.insertion import insertion_places
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, places
from clausegen.proofreading.quantities import quantities
from clausegen.record import dataclass

RULE = "relecture/R12"
_NUMBER = r"\d+(?:\.\d+)+"


@dataclass(frozen=True, slots=True)
class Liste:
    """The article of derogations: its blocks, and each article of the CCAG that it names with its place."""

    blocs: tuple[Place, ...]
    articles: dict[str, tuple[Place, int, int]]
    titre: Place | None


def final_list(every: tuple[Place, ...], donnees: dict[str, Any], *, loose: bool = False) -> Liste:
    """Return the recapitulative list of derogations of a document; empty when it has none.

    Args:
        every: the document.
        donnees: of rule R12.
        loose: whether any number of the list may be an article of the CCAG: tables of documents from elsewhere.
    """
    title = re.compile(donnees["titre"], re.IGNORECASE)
    inside = tuple(p for p in every if p.titres and title.search(p.titres[0]))
    head = next((p for p in inside if p.bloc.niveau is not None), None)
    named: dict[str, tuple[Place, int, int]] = {}
    for place in inside:
        if place.bloc.niveau is not None:
            continue
        if trigger := re.search(donnees["deroge"], place.texte, re.IGNORECASE):
            found = _ccag_articles(place.texte, donnees)
            named |= {number: (place, start, end) for number, start, end in found if start > trigger.start()}
        elif loose:
            named |= {m.group(): (place, m.start(), m.end()) for m in re.finditer(_NUMBER, place.texte)}
    return Liste(inside, named, head)


def _ccag_articles(text: str, donnees: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Yield the articles of a CCAG that a text names: « aux articles 14.1.2 et 14.1.3 du CCAG-FCS »."""
    for match in re.finditer(donnees["articles"], text, re.IGNORECASE):
        for number in re.finditer(rf"{_NUMBER}|\d+", match["numeros"]):
            start = match.start("numeros") + number.start()
            yield number.group(), start, start + len(number.group())


def listed_derogations(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R12: both ways between the text and its list, and the list last."""
    data = controle.donnees
    every = places(contexte.document)
    final = final_list(every, data, loose=contexte.piece is None)
    invoked = list(_invoked(every, final, contexte, data))
    for number, place, start, end in invoked:
        if number not in final.articles:
            where = (
                "la liste finale des dérogations ne le nomme pas"
                if final.titre
                else "aucun article ne récapitule les dérogations"
            )
            yield Constat(
                *(place.bloc, start, end),
                f"« {place.texte[start:end]} » : le texte déroge à l'article {number} du CCAG, et {where}. L'y "
                "ajouter.",
                None if final.titre or contexte.piece is not None else Niveau.AVERTISSEMENT,
            )
    if contexte.piece is None:
        return
    yield from _unheard(every, final, invoked, contexte, data)
    yield from _expected(final, contexte)
    yield from _last(every, final)


def _invoked(
    every: tuple[Place, ...], final: Liste, contexte: Contexte, data: dict[str, Any]
) -> Iterator[tuple[str, Place, int, int]]:
    inside = {p.bloc.rang for p in final.blocs}
    trigger = re.compile(data["declencheur"], re.IGNORECASE)
    for place in every:
        if place.bloc.rang in inside:
            continue
        for match in trigger.finditer(place.texte):
            found = next(
                (f for f in _ccag_articles(place.texte, data) if match.start() <= f[1] <= match.end() + 40), None
            )
            for number, start, end in _ccag_articles(place.texte, data) if found else ():
                if match.start() <= start <= match.end() + 60:
                    yield number, place, match.start(), end
    if final.titre is not None or contexte.piece is not None:  # an excerpt from elsewhere may leave its list out
        yield from _silent(contexte, data, inside)


def _silent(contexte: Contexte, data: dict[str, Any], inside: set[int]) -> Iterator[tuple[str, Place, int, int]]:
    """What departs from the CCAG without saying so: hours counted for four years, a penalty by day."""
    if len(contexte.ccag) != 1:
        return
    articles = contexte.livre.ccag(contexte.ccag[0])["articles"]
    for place in insertion_places(contexte):
        if place.bloc.rang in inside:
            continue
        for rule in data["muets"]:
            if "titre" in rule and not place.under(re.compile(rule["titre"], re.IGNORECASE)):
                continue
            match = re.search(rule["motif"], place.texte, re.IGNORECASE)
            if match is None or ("egal" in rule and _says(place.texte, match.start("n"), rule["egal"])):
                continue
            yield str(articles[rule["article"]]), place, match.start(), match.end()


def _says(text: str, start: int, value: int) -> bool:
    found = next((q for q in quantities(text) if q.debut <= start < q.apres), None)
    return found is not None and found.valeur == Decimal(value)


def _unheard(
    every: tuple[Place, ...],
    final: Liste,
    invoked: list[tuple[str, Place, int, int]],
    contexte: Contexte,
    data: dict[str, Any],
) -> Iterator[Constat]:
    """Articles of the list from which nothing in the text departs."""
    inside = {p.bloc.rang for p in final.blocs}
    body = [p for p in every if p.bloc.rang not in inside]
    said = {number for p in body for number, _, _ in _ccag_articles(p.texte, data)} | {n for n, *_ in invoked}
    decided = _decided(contexte)
    for number, (place, start, end) in final.articles.items():
        if number not in said and number not in decided:
            yield Constat(
                *(place.bloc, start, end),
                f"« {number} » : la liste déroge à cet article du CCAG, dont le texte ne s'écarte nulle part. "
                "Retirer la "
                "ligne, ou rétablir la stipulation.",
            )


def _decided(contexte: Contexte) -> set[str]:
    if contexte.dossier is None:
        return set()
    return {n for d in contexte.dossier.papers.decision.derogations for n in re.findall(_NUMBER, d.article)}


def _expected(final: Liste, contexte: Contexte) -> Iterator[Constat]:
    """Derogations that the description calls for."""
    if contexte.dossier is None or not contexte.ccag:
        return
    for number in sorted(_decided(contexte) - set(final.articles)):
        title = final.titre
        yield Constat(
            *(None if title is None else title.bloc, 0, 0 if title is None else len(title.texte)),
            f"Le marché déroge à l'article {number} du CCAG, et la liste finale ne le dit pas. L'y ajouter.",
        )


def _last(every: tuple[Place, ...], final: Liste) -> Iterator[Constat]:
    articles = [p for p in every if p.bloc.niveau == 1]
    if final.titre is not None and articles and articles[-1].bloc.rang != final.titre.bloc.rang:
        yield Constat(
            *(final.titre.bloc, 0, len(final.titre.texte)),
            f"« {final.titre.texte} » : la liste des dérogations est le dernier article, or « {articles[-1].texte} "
            "» la "
            "suit. La déplacer à la fin.",
        )


def final_report(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R39: a final report handed over at another time is a derogation."""
    data = controle.donnees
    if len(contexte.ccag) != 1:
        return
    article = _control(contexte.livre, contexte.ccag[0])
    every = places(contexte.document)
    if article in final_list(every, contexte.livre.donnees[RULE]["donnees"], loose=contexte.piece is None).articles:
        return
    subject, late = re.compile(data["sujet"], re.IGNORECASE), re.compile(data["tardif"], re.IGNORECASE)
    for place in insertion_places(contexte):
        about = subject.search(place.texte) or any(subject.search(cell) for cell in place.ligne)
        match = late.search(place.texte) if about else None
        if match and not re.search(data["sauf"], place.texte[max(0, match.start() - 50) : match.end()], re.IGNORECASE):
            yield Constat(
                *(place.bloc, match.start(), match.end()),
                f"« {match.group()} » : selon l'article {article} du CCAG, le bilan final est remis dans le mois "
                "précédant "
                "la fin de l'exécution. Reprendre ce terme, ou déroger à cet article dans la liste finale.",
            )


def _control(livre: Rulebook, ccag: str) -> str:
    return str(livre.ccag(ccag)["articles"]["controle"])


CHECKS: dict[str, Check] = {"R12": listed_derogations, "R39": final_report}
