"""Data on persons that a clause neither needs nor may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from clausegen.french.typography import plain
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.matching import clear, folded, hits, pattern, sentence_at, speaks_of, trail
from clausegen.reading.document import Bloc
from clausegen.regex import late

_NIR = late(
    r"(?<![\w.,-])[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}"
    r"(?: ?(?P<cle>\d{2}))?(?![\w-]|[.,]\d)"
)
_CORSICA = {"2A": "19", "2B": "18"}
_KEY = 97
_EMAIL = late(r"(?<![\w.+-])(?P<local>[\w'-]{1,40}(?:\.[\w'-]{1,40}){1,4})@[\w-]{1,60}(?:\.[\w-]{1,60})+")
_ADDRESS = late(r"[^\s@]{1,64}@\S{1,100}")
_NEAR = 4


def personal_data(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the identities, the numbers and the columns that no piece may hold or ask for."""
    blocs = contexte.document.blocs
    for bloc, above in trail(blocs):
        yield from _written(bloc, controle.donnees)
        known = contexte.piece is not None or speaks_of(controle.donnees["pres"], bloc, above)
        if known and (bloc.cellule is None or bloc.cellule.ligne > 0):
            yield from _asked(bloc, controle.donnees)
    yield from _columns(blocs, controle.donnees)


def _written(bloc: Bloc, donnees: Mapping[str, Any]) -> Iterator[Constat]:
    """Yield a number or a date of birth that is written out."""
    for found in _NIR.finditer(clear(bloc.texte)):
        said = pattern(donnees["nir"]).search(sentence_at(bloc, found.start()).texte) is not None
        if _valid(found.group(), found["cle"]) if found["cle"] else said:
            message = "Un numéro de sécurité sociale est écrit ici : le supprimer, et désigner la personne par un code."
            yield Constat(bloc, *found.span(), message)
    for found in hits(bloc, donnees["naissance"]):
        message = "Une date de naissance désigne une personne : la supprimer, et désigner la personne par un code."
        yield Constat(bloc, *found.span(), message)


def _valid(number: str, key: str) -> bool:
    """Tell whether the last two digits are the key of the thirteen others."""
    digits = number.replace(" ", "")[:-2]
    for letters, value in _CORSICA.items():
        digits = digits.replace(letters, value)
    return _KEY - int(digits) % _KEY == int(key)


def _asked(bloc: Bloc, donnees: Mapping[str, Any]) -> Iterator[Constat]:
    """Yield the data that a sentence asks the firm to hand over."""
    for words, to_buyer in ((donnees["toujours"], False), (donnees["a_l_acheteur"], True)):
        for found in hits(bloc, words):
            phrase = sentence_at(bloc, found.start()).texte
            if pattern(donnees["sauf"]).search(phrase) or not pattern(donnees["transmettre"]).search(phrase):
                continue
            if to_buyer and not pattern(donnees["acheteur"]).search(phrase):
                continue
            word = plain(bloc.texte[found.start() : found.end()])
            whom = " à l'acheteur" if to_buyer else ""
            message = (
                f"Le suivi de la clause ne demande pas de transmettre{whom} « {word} » : "
                "une attestation sans motif et un code par personne suffisent."
            )
            yield Constat(bloc, *found.span(), message)


def _columns(blocs: Iterable[Bloc], donnees: Mapping[str, Any]) -> Iterator[Constat]:
    """Yield the columns that a table on persons may not have; its other columns tell that it is one."""
    headers: dict[int, list[Bloc]] = {}
    for bloc in blocs:
        if bloc.cellule is not None and bloc.cellule.ligne == 0:
            headers.setdefault(bloc.cellule.tableau, []).append(bloc)
    for cells in headers.values():
        if not any(_whole(bloc, donnees["suivi"]) for bloc in cells):
            continue
        for bloc in cells:
            if _whole(bloc, donnees["colonnes"]) or _whole(bloc, donnees["noms"]):
                text = bloc.texte.strip()
                start = bloc.texte.index(text)
                column = f"La colonne « {plain(text)} » n'a pas sa place dans un suivi transmis"
                message = f"{column} : désigner chaque personne par un code."
                yield Constat(bloc, start, start + len(text), message)


def _whole(bloc: Bloc, words: Sequence[str]) -> bool:
    return pattern(words).fullmatch(folded(bloc.texte).strip(" :*")) is not None


def named_mailbox(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the mailboxes of the facilitator that bear a person's name."""
    blocs = contexte.document.blocs
    usual = set(controle.donnees["generiques"])
    about = pattern(controle.donnees["pres"])
    for index, (bloc, above) in enumerate(trail(blocs)):
        if "@" not in bloc.texte:
            continue
        near = (*blocs[max(0, index - _NEAR) : index + 1], *above)
        texts = [folded(b.texte) for b in near] + ([folded(bloc.cellule.entete)] if bloc.cellule else [])
        if not any(about.search(_ADDRESS.sub("", text)) for text in texts):
            continue
        for found in _EMAIL.finditer(clear(bloc.texte)):
            parts = re.split(r"[._-]+", folded(found["local"]))
            if not any(re.sub(r"\d+$", "", part) in usual or part.isdigit() for part in parts):
                message = (
                    f"{found.group()} est la boîte d'une personne : "
                    "indiquer une boîte partagée du facilitateur, qui survit aux départs."
                )
                yield Constat(bloc, *found.span(), message)


CHECKS: dict[str, Check] = {"R34": personal_data, "R36": named_mailbox}
