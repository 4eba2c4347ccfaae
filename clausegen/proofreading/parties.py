"""R13: the parties bear the names that the contract and its CCAG give them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausegen.law.parties import party_ids
from clausegen.proofreading.facts import buyer_words, said_by_buyer
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import places


def right_names(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R13: a name that another contract gives to the buyer or to the holder."""
    assert contexte.dossier is not None
    market = contexte.dossier.papers.marche
    words = buyer_words(contexte.dossier)
    spared = re.compile(controle.donnees["sauf"], re.IGNORECASE)
    names = contexte.livre.donnees["ccag/parties"]["parties"]
    for ident in party_ids(market, contexte.livre):
        pattern = controle.donnees["interdits"].get(ident)
        if pattern is None:
            continue
        for place in places(contexte.document):
            for match in re.finditer(pattern, place.texte, re.IGNORECASE):
                start, end = match.span()
                if spared.search(place.texte[max(0, start - 40) : end + 40]):
                    continue
                if said_by_buyer(words, place.texte, start, end) or _quoted(place.texte, start):
                    continue
                yield Constat(
                    *(place.bloc, start, end),
                    f"« {match.group()} » : dans ce contrat, cette partie s'appelle « {names[ident]['nom']} ». "
                    "Employer ce nom dans toutes les pièces.",
                )


def _quoted(text: str, place: int) -> bool:
    return text.rfind("«", 0, place) > text.rfind("»", 0, place)


CHECKS: dict[str, Check] = {"R13": right_names}
