"""R38: an article of the piece, or of the CCAP, to which the text refers exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import places
from clausegen.reading.document import Document
from clausegen.regex import late

_NUMBER = late(r"\d+(?:\.\d+)*")
_HEADED = 3
HERE = "ici"


def dead_references(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R38: references to articles by number; those of a text outside the market's pieces are left alone."""
    data = controle.donnees
    own = _numbers(contexte.document)
    others = {piece: _numbers(document) for piece, document in contexte.autres.items()}
    pattern = re.compile(data["renvoi"], re.IGNORECASE)
    for place in places(contexte.document):
        for match in pattern.finditer(place.texte):
            target = _target(place.texte[match.end() :], contexte, data)
            here = target == HERE or (contexte.piece is not None and target == contexte.piece)
            known = own if here else others.get(target or "")
            if not known:
                continue
            for number in _NUMBER.finditer(match["numeros"]):
                if number.group() in known:
                    continue
                start = match.start("numeros") + number.start()
                where = "cette pièce" if here else f"la pièce « {target} »"
                yield Constat(
                    *(place.bloc, start, start + len(number.group())),
                    f"« {match.group()} » : {where} n'a pas d'article "
                    f"{number.group()}{_advice(number.group(), known)}. "
                    "Corriger le renvoi.",
                )


def _target(rest: str, contexte: Contexte, data: dict[str, Any]) -> str | None:
    """Return the piece that a reference points to; None for a text outside the market, or for none that is known."""
    for piece, pattern in data["pieces"].items():
        if re.match(pattern, rest, re.IGNORECASE):
            return str(piece)
    if re.match(data["ici"], rest, re.IGNORECASE):
        return HERE
    if re.match(data["texte"], rest, re.IGNORECASE) or contexte.piece is None:
        return None
    return contexte.piece


def _numbers(document: Document) -> frozenset[str]:
    """Return the numbers of the headings; none for an excerpt from elsewhere, of which nothing can be said."""
    found = {b.numero.rstrip(".") for b in document.blocs if b.numero and b.niveau is not None}
    whole = all(str(n) in found for n in range(1, _HEADED + 1))
    return frozenset(found) if document.piece is not None or whole else frozenset()


def _advice(number: str, known: frozenset[str]) -> str:
    last = number.rpartition(".")[2]
    near = sorted(k for k in known if k.rpartition(".")[2] == last and k.count(".") == number.count("."))
    return f" ; l'article {near[0]} existe" if len(near) == 1 else ""


CHECKS: dict[str, Check] = {"R38": dead_references}
