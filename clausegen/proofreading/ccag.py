"""R10, R20: a single CCAG, and the book of the code that is the contract's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from clausegen.french.grammar import enumeration
from clausegen.proofreading.facts import buyer_words, said_by_buyer
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, places
from clausegen.proofreading.sigles import sigles
from clausegen.regex import late

MARCHE, CONCESSION, DEFENSE = "marche", "concession", "defense-securite"
_CONCESSION = late(r"\bconcession", re.IGNORECASE)
_TITULAIRE = late(r"\b(?:titulaire|marché public|accord-cadre)", re.IGNORECASE)
_ENOUGH = 3


def one_ccag(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R10: the CCAG named is the market's; a sentence that names several cannot be right."""
    allowed = re.compile(controle.donnees["permis"], re.IGNORECASE)
    every = places(contexte.document)
    if any(allowed.search(place.texte) for place in every):
        return
    words = buyer_words(contexte.dossier)
    own = contexte.ccag if contexte.dossier is not None else contexte.ccag[:1]
    for place in every:
        found = [
            (i, a, z) for i, a, z in sigles(place.texte, contexte.livre) if not said_by_buyer(words, place.texte, a, z)
        ]
        for group in _enumerations(found):
            if wrong := [i for i, _, _ in group if i not in own]:
                yield _wrong(place, group, wrong, own, contexte)


def _enumerations(found: list[tuple[str, int, int]]) -> Iterator[list[tuple[str, int, int]]]:
    """Gather the names of a single enumeration: each begins where the one before ends, or nearly."""
    group: list[tuple[str, int, int]] = []
    for one in found:
        if group and one[1] - group[-1][2] > len(" et le CCAG-"):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _wrong(
    place: Place, group: list[tuple[str, int, int]], wrong: list[str], own: tuple[str, ...], contexte: Contexte
) -> Constat:
    names = [str(contexte.livre.ccag(i)["sigle"]) for i, _, _ in group]
    start, end = group[0][1], group[-1][2]
    text = place.texte[start:end]
    if contexte.dossier is not None and not own:
        said = "le contrat ne se réfère à aucun CCAG. Écrire la stipulation elle-même, sans ce renvoi."
    elif len(group) > 1:
        right = f"le {contexte.livre.ccag(own[0])['sigle']}" if contexte.dossier is not None else "celui du marché"
        said = f"le texte en vise plusieurs ({enumeration(names)}). Ne viser que {right}, et reprendre l'article."
    else:
        sigle = contexte.livre.ccag(own[0])["sigle"] if own else "un autre"
        said = f"le CCAG du marché est le {sigle}. Le viser, et reprendre le numéro de l'article, qui y est différent."
    return Constat(place.bloc, start, end, f"« {text} » : {said}", fondements=_grounds(wrong, own, contexte))


def _grounds(wrong: list[str], own: tuple[str, ...], contexte: Contexte) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(contexte.livre.ccag(i)["sigle"]) for i in own)) if own and wrong else ()


def kind(contexte: Contexte) -> tuple[str, ...]:
    """Return what a contract is, for the articles that are foreign to it; nothing when the text does not tell."""
    if contexte.dossier is not None:
        market = contexte.dossier.marche
        book = CONCESSION if market.contrat == CONCESSION else MARCHE
        return (book, DEFENSE) if market.regime == DEFENSE else (book,)
    text = [bloc.texte for bloc in contexte.document.corps()]
    concession = sum(len(_CONCESSION.findall(t)) for t in text)
    market_words = sum(len(_TITULAIRE.findall(t)) for t in text)
    if concession >= _ENOUGH and not market_words:
        return (CONCESSION,)
    return (MARCHE,) if market_words >= _ENOUGH and not concession else ()


def foreign_book(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R20: an article of a book of the code that does not govern this contract."""
    words = buyer_words(contexte.dossier)
    rules: list[dict[str, Any]] = [
        rule for name in kind(contexte) for rule in controle.donnees["etrangers"].get(name, ())
    ]
    if not rules:
        return
    spared = re.compile(controle.donnees["sauf"], re.IGNORECASE)
    for place in places(contexte.document):
        for rule in rules:
            for match in re.finditer(rule["motif"], place.texte):
                around = place.texte[max(0, match.start() - 80) : match.end() + 80]
                if spared.search(around) or said_by_buyer(words, place.texte, match.start(), match.end()):
                    continue
                yield Constat(place.bloc, match.start(), match.end(), f"« {match.group()} » : {rule['raison']}")


CHECKS: dict[str, Check] = {"R10": one_ccag, "R20": foreign_book}
