"""R06: the buyer and the facilitator are named, and reached, the same way everywhere; a SIRET is a valid one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.files.nearest import folded
from clausegen.language.unknown import Unknown
from clausegen.proofreading.facts import buyer_words, said_by_buyer
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, places
from clausegen.regex import late

_EMAIL = late(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = late(r"(?<![\d+])(?:\+33 ?(?:\(0\))? ?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)")
_SIRET = late(r"(?<![\d.,])\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{5}(?!\d)")
_WORDS = late(r"[^\s|,;()]+")
_ALIKE, _SHORTEST = 0.82, 8


def same_names(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R06: SIRET everywhere; names, addresses and telephones against the description."""
    dossier = contexte.dossier
    words = buyer_words(dossier)
    known = _siret(dossier)
    told = re.compile(controle.donnees["siret"], re.IGNORECASE)
    for place in places(contexte.document):
        yield from _sirets(place, known, told)
        if dossier is None:
            continue
        yield from _reached(place, _EMAIL, dossier, words)
        yield from _reached(place, _PHONE, dossier, words)
        yield from _labelled(place, dossier, controle.donnees["cartouche"])
        yield from _misspelt(place, dossier, words)


def _siret(dossier: Dossier | None) -> dict[str, str]:
    if dossier is None:
        return {}
    parties = {"acheteur": dossier.marche.acheteur, "facilitateur": dossier.marche.facilitateur}
    found = {name: party.siret for name, party in parties.items() if party is not None}
    return {name: siret for name, siret in found.items() if isinstance(siret, str)}


def _sirets(place: Place, known: dict[str, str], told: re.Pattern[str]) -> Iterator[Constat]:
    from stdnum.fr import siret  # only documents that are proofread need it

    row = " ".join((*place.ligne, place.bloc.cellule.entete if place.bloc.cellule else ""))
    for match in _SIRET.finditer(place.texte):
        number = re.sub(r"\D", "", match.group())
        if not (told.search(place.texte[: match.start()]) or told.search(row) or number in known.values()):
            continue
        if not siret.is_valid(number):
            said = (
                "la clé de contrôle est fausse : un chiffre au moins est faux. Recopier le SIRET depuis l'avis "
                "de situation."
            )
        elif known and number not in known.values():
            right = " ou ".join(f"{value} ({name})" for name, value in known.items())
            said = f"la description donne {right}. Recopier ce numéro."
        else:
            continue
        yield Constat(place.bloc, match.start(), match.end(), f"« {match.group()} » : {said}")


def _reached(place: Place, pattern: re.Pattern[str], dossier: Dossier, words: tuple[str, ...]) -> Iterator[Constat]:
    """An address or a telephone that is nearly one of the description's, or stands in its place."""
    known = [m.group() for word in words for m in pattern.finditer(word)]
    for match in pattern.finditer(place.texte):
        found = match.group().rstrip(".")
        if _same(found, known) or not known:
            continue
        near = max(known, key=lambda k: SequenceMatcher(None, found.lower(), k.lower()).ratio())
        close = SequenceMatcher(None, found.lower(), near.lower()).ratio() >= _ALIKE
        named = _names_one(" ".join((place.texte, *place.ligne)), dossier)
        if not close and not named:
            continue
        yield Constat(
            *(place.bloc, match.start(), match.start() + len(found)),
            f"« {found} » n'est pas dans la description, qui donne « {near} ». Recopier ces coordonnées, ou les "
            "changer "
            "dans la description et reprendre toutes les pièces.",
        )


def _same(found: str, known: list[str]) -> bool:
    digits = re.sub(r"\D", "", found)[-9:] if "@" not in found else ""
    return any(found.lower() == k.lower() or (digits and re.sub(r"\D", "", k)[-9:] == digits) for k in known)


def _names_one(text: str, dossier: Dossier) -> bool:
    return any(name in text for _, name in _names(dossier))


def _names(dossier: Dossier) -> list[tuple[str, str]]:
    """Return the key path and the name of the buyer and of the facilitator's structure, those that are known."""
    market = dossier.marche
    found: list[tuple[str, Any]] = [("acheteur.nom", market.acheteur.nom)]
    if market.facilitateur is not None:
        found.append(("facilitateur.structure", market.facilitateur.structure))
    return [(key, str(name)) for key, name in found if not isinstance(name, Unknown)]


def _labelled(place: Place, dossier: Dossier, labels: dict[str, str]) -> Iterator[Constat]:
    """The second cell of a row such as « Référence | 2026-EV-041 », in the first table, says what the market says."""
    cell = place.bloc.cellule
    if cell is None or cell.tableau != 0 or cell.colonne != 1 or not place.ligne or cell.entete or place.bloc.champs:
        return
    market = dossier.marche
    values: dict[str, Any] = {"acheteur": market.acheteur.nom, "reference": market.reference, "objet": market.objet}
    for name, pattern in labels.items():
        value = values[name]
        if isinstance(value, Unknown) or not re.fullmatch(pattern, place.ligne[0].strip(), re.IGNORECASE):
            continue
        if folded(str(value)) not in folded(place.texte):
            path = {"acheteur": "acheteur.nom"}.get(name, name)
            yield Constat(
                *(place.bloc, 0, len(place.texte)),
                f"« {place.texte} » : la description écrit « {value} ». Recopier ces mots, ou les changer dans la "
                "description et reprendre toutes les pièces.",
                chemin=path,
            )


def _misspelt(place: Place, dossier: Dossier, words: tuple[str, ...]) -> Iterator[Constat]:
    """Words that look like a name without being it: « Rouen Habitats »."""
    spans = [m.span() for m in _WORDS.finditer(place.texte)]
    for key, name in _names(dossier):
        bare = name.strip()
        size = len(_WORDS.findall(bare))
        if len(bare) < _SHORTEST or size < 2:
            continue
        head = folded(_WORDS.findall(bare)[0])
        for index in range(len(spans) - size + 1):
            start, end = spans[index][0], spans[index + size - 1][1]
            window = place.texte[start:end].rstrip(".:")
            if not window[:1].isupper() or abs(len(window) - len(bare)) > 3 or folded(window) == folded(bare):
                continue
            if folded(window).startswith(head) or folded(window)[-4:] == folded(bare)[-4:]:
                ratio = SequenceMatcher(None, folded(window), folded(bare)).ratio()
                around = place.texte[max(0, start - len(bare)) : end + len(bare)]
                if ratio >= _ALIKE and not re.search(rf"{re.escape(bare)}(?!\w)", around):
                    if not said_by_buyer(words, place.texte, start, end):
                        yield Constat(
                            *(place.bloc, start, start + len(window)),
                            f"« {window} » : le nom est « {bare} » dans la description. Le recopier.",
                            chemin=key,
                        )


CHECKS: dict[str, Check] = {"R06": same_names}
