"""R02: the number of a lot exists, and its title is that number's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from clausegen.files.nearest import folded
from clausegen.proofreading.facts import buyer_words, named, said_by_buyer
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import LOTS, Place, lot_numbers, places
from clausegen.reading.document import Genre
from clausegen.regex import late

_TITLED = late(r"\blot ?(?:n ?[°ºo] ?)?(?P<numero>\d{1,3}) ?[,:–—-] ?(?P<titre>[^;|\n]{3,})", re.IGNORECASE)
_WORDS = late(r"[a-z0-9]+")
_EMPTY = frozenset("le la les l de des du d et a au aux en n".split())
_ALIKE = 0.75


def right_lots(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R02: mentions of lots against the description's."""
    assert contexte.dossier is not None
    titles = {int(lot.numero): lot.intitule for lot in contexte.dossier.lots}
    known = {n: str(t) for n, t in titles.items() if isinstance(t, str)}
    words = buyer_words(contexte.dossier)
    for place in places(contexte.document):
        for match in LOTS.finditer(place.texte):
            absent = lot_numbers(match) - set(titles)
            if absent and not said_by_buyer(words, place.texte, match.start(), match.end()):
                yield _absent(place, match, absent, titles)
        if place.bloc.genre in (Genre.CELLULE, Genre.TITRE, Genre.ARTICLE):
            yield from _titles(place, known, re.compile(controle.donnees["colonne"], re.IGNORECASE))


def _absent(place: Place, match: re.Match[str], absent: frozenset[int], titles: dict[int, object]) -> Constat:
    has = f"les lots n° {min(titles)} à {max(titles)}" if len(titles) > 1 else "un seul lot"
    return Constat(
        *(place.bloc, match.start(), match.end()),
        f"« {match.group()} » : {named(absent)} n'est pas dans la description, qui a {has}. Corriger le numéro.",
        chemin="lots",
    )


def _titles(place: Place, known: dict[int, str], column: re.Pattern[str]) -> Iterator[Constat]:
    cell = place.bloc.cellule
    listed = cell is None or column.search(cell.entete) is not None
    for match in _TITLED.finditer(place.texte):
        number, written = int(match["numero"]), match["titre"].strip()
        if number not in known or _same(written, known[number]):
            continue
        other = next((n for n, title in known.items() if n != number and _same(written, title)), None)
        if other is None and not (listed or _near(written, known[number])):
            continue
        if other is not None:
            said = f"c'est l'intitulé du lot n° {other}. Corriger le numéro ou l'intitulé."
        else:
            said = f"l'intitulé du lot n° {number} est « {known[number]} » dans la description. Le recopier."
        start = match.start("titre")
        yield Constat(
            *(place.bloc, start, start + len(written)),
            f"« {written} » : {said}",
            chemin=f"lots[{_rank(number, known)}].intitule",
        )


def _rank(number: int, known: dict[int, str]) -> int:
    return list(known).index(number)


def _same(written: str, title: str) -> bool:
    """Tell whether a title is that one, shortened or barely retouched: every word of it is in the other."""
    mine, its = _bag(written), _bag(title)
    if mine == its:
        return True
    if not mine or not its or _figures(mine) - _figures(its):
        return False
    return set(mine) <= set(its)


def _figures(words: list[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


def _bag(text: str) -> list[str]:
    return [w for w in _WORDS.findall(folded(text).replace("-", " ")) if w not in _EMPTY]


def _near(written: str, title: str) -> bool:
    """Tell whether words look like a title that was changed, rather than like something said of the lot."""
    return SequenceMatcher(None, folded(written), folded(title)).ratio() >= _ALIKE


CHECKS: dict[str, Check] = {"R02": right_lots}
