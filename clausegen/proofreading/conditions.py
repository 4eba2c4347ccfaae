"""R44: hours that depend on an order, a renewal or a tranche are due only if it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import places
from clausegen.proofreading.structure import anchor, owes_hours


def conditional_hours(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R44: each kind of uncertain hours has its condition written."""
    if not owes_hours(contexte):
        return
    every = places(contexte.document)
    text = [place.texte for place in every]
    title = re.compile(controle.donnees["titre"], re.IGNORECASE)
    for name, rule in controle.donnees["conditions"].items():
        if not _concerned(name, contexte, text, rule["signe"]):
            continue
        if not any(re.search(rule["ecrite"], t, re.IGNORECASE) for t in text):
            yield Constat(*anchor(every, title), f"{rule['manque']} {rule['remede']}")
        for place in every if "contraire" in rule else ():
            for match in re.finditer(rule["contraire"], place.texte, re.IGNORECASE):
                start, end = match.span("mots" if match["mots"] else "avant")
                said = f"« {place.texte[start:end]} » : les heures seraient dues sans travail confié."
                yield Constat(place.bloc, start, end, f"{said} {rule['remede']}")


def _concerned(name: str, contexte: Contexte, text: list[str], sign: str) -> bool:
    if contexte.dossier is None:
        return any(re.search(sign, t, re.IGNORECASE) for t in text)
    lots = [lot for lot in contexte.dossier.lots if lot.clause and lot.heures is not None]
    if name == "commande":
        return bool(lots) and contexte.dossier.marche.contrat == "accord-cadre"
    if name == "tranche":
        return any(t.type == "optionnelle" for lot in lots for t in lot.tranches)
    return any(lot.heures.periodes and not lot.tranches for lot in lots)


CHECKS: dict[str, Check] = {"R44": conditional_hours}
