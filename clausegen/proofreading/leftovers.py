"""What a model leaves in a document: braces, brackets to fill, dots, highlighting, numbers of another document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from clausegen.diagnostics import Niveau
from clausegen.french.typography import plain
from clausegen.proofreading.interface import Constat, Contexte, Controle
from clausegen.proofreading.matching import alternatives, clear, folded, hits, pattern
from clausegen.proofreading.motif import Motif
from clausegen.reading.document import Bloc, Document, Genre
from clausegen.regex import late

_BRACKETS = late(r"\[([^\[\]]{0,160})\]")
_NUMBER = late(r"\d+(?:\.\d+)+\.?(?: |$)")
_TYPED = late(r"\s*(\d{1,2}(?:\.\d{1,2})+)\.?\s+[^\W\d_]")
_DOTS = late(r"(?:…[ .]?){2,}|\.{4,}|_{4,}|(?:\. ){4,}")
_COMPLEMENT = late(r"(?: (?:de|du|des|d'|en|a|ht|ttc)\b.{0,60})?")
_TITLE = 140
_EXPECTING = late(r"(?:\b(articles?)|(?:\b(?:de|est|du|par|sous|au|aux)|[ld]'|n°)) ?$")
_SIGNED = late(r"^(?:fait )?a(?:,| |$)|\ble ?$")

Place = tuple[int, int]


def template_remains(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield what was left of a model, each passage once; a field still empty is only pointed at."""
    donnees = controle.donnees
    dotted = _dots_count(contexte, donnees)
    hints = tuple(donnees["parentheses"]) if dotted else ()
    repeated = Counter(m for b in contexte.document.blocs for m in _placeholders(b, hints))
    told: set[str] = set()
    for bloc in contexte.document.blocs:
        taken: list[Place] = [(f.debut, f.fin) for f in bloc.champs if f.vide]
        yield from _fields(bloc)
        for start, end in _remains(bloc, donnees, hints):
            key = folded(bloc.texte[start:end])
            if _free((start, end), taken) and key not in told:
                yield Constat(bloc, start, end, _said(donnees["message"], bloc.texte[start:end], repeated[key]))
                told |= {key} if repeated[key] > 1 else set()
                taken.append((start, end))
        for start, end in _blanks(bloc, dotted):
            if _free((start, end), taken):
                yield Constat(bloc, start, end, str(donnees["message_points"]))
    yield from _foreign_numbers(contexte.document)


def _fields(bloc: Bloc) -> Iterator[Constat]:
    """Yield the empty fields, and the highlighting that is not theirs."""
    for field in bloc.champs:
        if field.vide:
            message = f"Champ à compléter : {field.question}"
            yield Constat(bloc, field.debut, field.fin, message, Niveau.INFORMATION, chemin=field.chemin or None)
    for start, end in bloc.surlignes:
        if _free((start, end), [(f.debut, f.fin) for f in bloc.champs]):
            message = "Ce passage est surligné : décider, puis ôter le surlignage avant de publier."
            yield Constat(bloc, start, end, message, Niveau.AVERTISSEMENT)


def _said(message: str, word: str, times: int) -> str:
    again = f" Il figure {times} fois dans le document." if times > 1 else ""
    return message.replace("{mot}", plain(word)) + again


def _placeholders(bloc: Bloc, hints: tuple[str, ...]) -> list[str]:
    """Return the words between parentheses that wait for a value: one that comes back is told once."""
    return [found.group() for found in alternatives(hints).finditer(folded(bloc.texte))] if hints else []


def _free(place: Place, taken: Sequence[Place]) -> bool:
    return not any(start < place[1] and place[0] < end for start, end in taken)


def _remains(bloc: Bloc, donnees: Mapping[str, Any], hints: tuple[str, ...]) -> Iterator[Place]:
    """Yield the places of what no finished text holds, the widest first."""
    text, plain_text = clear(bloc.texte), folded(bloc.texte)
    for found in _BRACKETS.finditer(plain_text):
        inside = found.group(1).strip()
        if _NUMBER.match(inside) or _to_fill(inside, donnees):
            yield found.span()
    for found in alternatives(hints).finditer(plain_text) if hints else ():
        yield found.span()
    for found in alternatives(tuple(donnees["signes"])).finditer(text):
        yield found.span()
    for found in _words(tuple(donnees["casse"])).finditer(text):
        yield found.span()
    for found in hits(bloc, donnees["motifs"]):
        yield found.span()


def _to_fill(inside: str, donnees: Mapping[str, Any]) -> bool:
    """Tell whether words between brackets wait for a value: « [CDI] », « […] » and « [sic] » do not."""
    if pattern(donnees["crochets_admis"]).fullmatch(inside) or (not inside.strip(". …_") and "_" not in inside):
        return False
    if pattern(donnees["crochets"]).search(inside):
        return True
    noun = pattern(donnees["crochets_noms"]).match(inside)
    return noun is not None and _COMPLEMENT.fullmatch(inside, noun.end()) is not None


@cache
def _words(words: tuple[str, ...]) -> Motif:
    return Motif(rf"(?<![\w/])(?:{'|'.join(words)})(?![\w/])", words)


def _dots_count(contexte: Contexte, donnees: Mapping[str, Any]) -> bool:
    """Tell whether dots to fill are a fault in this document: a form leaves them to the candidate."""
    if contexte.piece is not None:
        return contexte.piece in donnees["pointilles"]
    named = " ".join(folded(b.texte) for b in contexte.document.blocs[:3])
    form = pattern(donnees["formulaires"])
    return not (form.search(folded(contexte.document.nom).replace("_", " ")) or form.search(named))


def _blanks(bloc: Bloc, dotted: bool) -> Iterator[Place]:
    """Yield the dots that stand for a value within a sentence; « Nom : …… » and « Fait à ……, le …… » are left.

    Args:
        bloc: the block.
        dotted: whether any dots are a fault; in a form, only those of « l'article …… » are.
    """
    text = folded(bloc.texte)
    for found in _DOTS.finditer(text):
        before, after = text[: found.start()].rstrip(), text[found.end() :].strip(" ,.;")
        if before.endswith(":") or len(before.split()) < 3 or _SIGNED.search(before):
            continue
        expected = _EXPECTING.search(before)
        if not (expected and expected[1]) and not (dotted and (expected or re.search(r"[a-z]{2,}|[€%]", after))):
            continue
        yield found.start(), found.start() + len(found.group().rstrip())


def _foreign_numbers(document: Document) -> Iterator[Constat]:
    """Yield the numbered headings that belong to no sequence around them: « 1.3.4 » between 4.5.3 and 4.5.4."""
    headings = [(bloc, parts) for bloc in document.corps() if (parts := _heading_number(bloc)) is not None]
    for index, (bloc, parts) in enumerate(headings):
        if index == 0 or len(parts) < 2:
            continue
        previous = headings[index - 1][1]
        following = next((p for _, p in headings[index + 1 :] if p[0] != parts[0]), None)
        if following is None or parts[0] == previous[0]:
            continue
        inside = following[0] == previous[0] and len(previous) > 1 and len(following) > 1
        if inside:
            number, near = ".".join(map(str, parts)), ".".join(map(str, previous))
            message = (
                f"Le numéro {number} n'appartient pas à la suite ({near}, puis {'.'.join(map(str, following))}) : "
                "il vient sans doute d'un modèle. Renuméroter, et vérifier les renvois."
            )
            yield Constat(bloc, *_heading_place(bloc), message)


def _heading_number(bloc: Bloc) -> tuple[int, ...] | None:
    """Return the number of a heading, computed or typed at the start of a short paragraph."""
    if bloc.numero is not None:
        numbers = re.findall(r"\d+", bloc.numero)
        return tuple(map(int, numbers)) if numbers and re.fullmatch(r"[\d.]+", bloc.numero) else None
    if bloc.genre in (Genre.CELLULE, Genre.LISTE) or len(bloc.texte) > _TITLE:
        return None
    typed = _TYPED.match(bloc.texte)
    return tuple(map(int, typed[1].split("."))) if typed else None


def _heading_place(bloc: Bloc) -> Place:
    """Return the place of the number when it is typed, else of the whole heading."""
    typed = re.match(r"\s*(\d{1,2}(?:\.\d{1,2})+)", bloc.texte)
    return typed.span(1) if typed else (0, len(bloc.texte))
