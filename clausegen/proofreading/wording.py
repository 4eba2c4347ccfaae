"""Words that a clause should not hold, in the sentence that makes them wrong; the words are in the rule files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clausegen.french.typography import plain
from clausegen.language.unknown import Unknown
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.matching import (
    Phrase,
    clear,
    folded,
    hits,
    pattern,
    quoted,
    rows_of,
    sentence_at,
    speaks_of,
    trail,
)
from clausegen.proofreading.outdated import outdated_names, repealed_texts
from clausegen.reading.document import Bloc
from clausegen.regex import late

_PROPER = r"[A-ZÀ-ÖØ-Þ][\w'&-]*(?:\.[\w'&-]+)*"
_NAME = late(
    r" (?:de |du |des |d')?(?:[«“\"] ?(?P<cite>[^«»“”\"]{2,60}?) ?[»”\"]"
    rf"|(?P<nom>{_PROPER}(?: (?:(?:de|du|des|la|le|les|et|d') ?)*(?:{_PROPER}|\d+))*))"
)
_ITEM = 6
"""Words of an item of a list: what it is about stands above it."""
_PERSON = late(rf" {_PROPER}(?: {_PROPER})*")


def _spared(phrase: Phrase, words: Sequence[str]) -> bool:
    return bool(words) and pattern(words).search(phrase.texte) is not None


def _said(bloc: Bloc, found: re.Match[str], message: str) -> Constat:
    word = plain(bloc.texte[found.start() : found.end()])
    return Constat(bloc, found.start(), found.end(), message.replace("{mot}", word))


def local_preference(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield what favours the people or the firms of a place."""
    near = pattern(controle.donnees["pres"])
    for bloc in contexte.document.blocs:
        for found in hits(bloc, controle.donnees["motifs"]):
            phrase = sentence_at(bloc, found.start())
            item = len(bloc.texte.split()) <= _ITEM
            if (item or near.search(phrase.texte)) and not _spared(phrase, controle.donnees["sauf"]):
                yield _said(bloc, found, controle.donnees["message"])


def closed_list(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the words that close the list of eligible persons."""
    reach = int(controle.donnees["distance"])
    near = pattern(controle.donnees["pres"])
    for bloc, above in trail(contexte.document.blocs):
        if contexte.piece is None and not speaks_of(controle.donnees["sujet"], bloc, above):
            continue
        for found in hits(bloc, controle.donnees["motifs"]):
            phrase = sentence_at(bloc, found.start())
            place = found.start() - phrase.debut
            around = phrase.texte[max(0, place - reach) : place + reach]
            if near.search(around) and not _spared(phrase, controle.donnees["sauf"]):
                yield _said(bloc, found, controle.donnees["message"])


def general_policy(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the award criteria that judge the firm and not its offer."""
    about = pattern(controle.donnees["pres"])
    rows = rows_of(contexte.document.blocs)
    for bloc, above in trail(contexte.document.blocs):
        for found in hits(bloc, controle.donnees["motifs"]):
            phrase = sentence_at(bloc, found.start())
            around = [phrase.texte, *(folded(b.texte) for b in above)]
            if bloc.cellule is not None:
                around += [folded(bloc.cellule.entete), folded(rows[bloc.cellule.tableau, bloc.cellule.ligne])]
                around.append(folded(rows.get((bloc.cellule.tableau, 0), "")))
            if speaks_of(controle.donnees["sauf_titres"], bloc, above):
                continue
            if any(about.search(text) for text in around) and not _spared(phrase, controle.donnees["sauf"]):
                yield _said(bloc, found, controle.donnees["message"])


def wrong_words(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the words that say something else than the clause; a word between quotation marks is spared."""
    anything = pattern([word for entry in controle.donnees["mots"] for word in entry["motifs"]])
    for bloc in contexte.document.blocs:
        if not anything.search(folded(bloc.texte)):
            continue
        marks = quoted(bloc.texte)
        for entry in controle.donnees["mots"]:
            for found in hits(bloc, entry["motifs"]):
                phrase = sentence_at(bloc, found.start())
                needed = entry.get("pres")
                if any(start <= found.start() < end for start, end in marks) or _spared(phrase, entry.get("sauf", ())):
                    continue
                if needed is None or pattern(needed).search(phrase.texte):
                    yield _said(bloc, found, entry["message"])


def imposed_names(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the structures and the persons that a firm is told by name to work with."""
    donnees = controle.donnees
    host = _host(contexte)
    for bloc, above in trail(contexte.document.blocs):
        for found in hits(bloc, donnees["personnes"]):
            name = _PERSON.match(clear(bloc.texte), found.end())
            if name is not None:
                yield _imposed(controle, bloc, found.start(), name.end())
        for found in hits(bloc, donnees["structures"]):
            name = _NAME.match(clear(bloc.texte), found.end())
            phrase = sentence_at(bloc, found.start())
            before = phrase.texte[: max(0, found.start() - phrase.debut)]
            if name is None or not pattern(donnees["obliger"]).search(before) or _spared(phrase, donnees["sauf"]):
                continue
            if pattern(donnees["generiques"]).fullmatch(found.group()) and not speaks_of(donnees["pres"], bloc, above):
                continue
            proper = folded((name["cite"] or name["nom"]).strip())
            if proper not in host and not _common(proper, donnees):
                yield _imposed(controle, bloc, found.start(), name.end())


def _common(name: str, donnees: Mapping[str, Any]) -> bool:
    """Tell whether what follows a family is another family or a sigle, and no proper name."""
    known = donnees["communs"]
    return name in known or re.split(r"[ .,]", name)[0] in known or bool(pattern(donnees["structures"]).match(name))


def _host(contexte: Contexte) -> str:
    """Return the name of the facilitator's structure, which the clause has to give."""
    if contexte.dossier is None:
        return ""
    name = getattr(getattr(contexte.dossier.marche, "facilitateur", None), "structure", "")
    return "" if isinstance(name, Unknown) else folded(str(name))


def _imposed(controle: Controle, bloc: Bloc, start: int, end: int) -> Constat:
    word = plain(bloc.texte[start:end])
    shown = word if "«" in word else f"« {word} »"
    return Constat(bloc, start, end, str(controle.donnees["message"]).replace("« {mot} »", shown))


CHECKS: dict[str, Check] = {
    "R18": repealed_texts,
    "R21": outdated_names,
    "R26": local_preference,
    "R27": imposed_names,
    "R28": closed_list,
    "R30": general_policy,
    "R43": wrong_words,
}
