"""The essential data of the contract to come: what the description knows, each value as the schema writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.exchange.exporters.announced import Annonce, LotAnnonce, told
from clausegen.exchange.exporters.interface import Export
from clausegen.exchange.exporters.questions import open_questions
from clausegen.french.grammar import enumeration
from clausegen.law.decision import Obligation

_CONCESSION = "concession"
_KINDS = {True: "contrat-concession", False: "marche"}
_COMMON = "classique"


class DecpExporter:
    """Writes one record a lot; a field that only the award will tell is left out and listed."""

    def refusal(self, annonce: Annonce) -> str:
        """Return why there are no essential data; empty when there are."""
        return "" if told(annonce.marche.regime) == _COMMON else _duty(annonce).motif

    def export(self, annonce: Annonce) -> Export:
        """Return the JSON file."""
        concession = told(annonce.marche.contrat) == _CONCESSION
        records = [dict(_record(lot, annonce, concession)) for lot in annonce.lots]
        kind = _KINDS[concession]
        texte = json.dumps({"marches": {kind: records}}, ensure_ascii=False, indent=2) + "\n"
        findings = (*_unasked(annonce), *open_questions(annonce, textes=False), *_missing(records, annonce, kind))
        return Export(texte, findings)


def _duty(annonce: Annonce) -> Obligation:
    return next(o for o in annonce.dossier.papers.decision.obligations if o.id == "donnees-essentielles")


def _unasked(annonce: Annonce) -> Iterator[Diagnostic]:
    """Tell that nothing obliges to publish, or that a fact is missing to know it."""
    duty = _duty(annonce)
    if duty.statut != "applicable":
        yield Diagnostic("A113", Niveau.INFORMATION, duty.motif, fondements=duty.fondements)


def _record(lot: LotAnnonce, annonce: Annonce, concession: bool) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a lot that are known, in the order of the schema."""
    table, marche = annonce.table("decp-champs"), annonce.marche
    single = len(annonce.lots) == 1
    # Each lot is a contract with a number of its own, which the reference of the whole market is not.
    if single and 0 < len(told(marche.reference)) <= table["longueurs"]["id"]:
        yield "id", told(marche.reference)
    if siret := told(marche.acheteur.siret):
        yield "autoriteConcedante" if concession else "acheteur", {"id": siret}
    key = told(marche.nature if concession else marche.contrat)
    if nature := table["natures_concession" if concession else "natures"].get(key):
        yield "nature", nature
    if (objet := _object(lot, annonce, single)) and len(objet) <= table["longueurs"]["objet"]:
        yield "objet", objet
    if not concession:
        yield from _market_fields(lot, annonce, table)
    if duree := told(lot.vue.duree_mois):
        yield "dureeMois", int(Decimal(duree))
    if lot.avis.decp:
        yield "considerationsSociales", {"considerationSociale": list(lot.avis.decp)}


def _object(lot: LotAnnonce, annonce: Annonce, single: bool) -> str:
    objet, intitule = str(annonce.marche.objet), told(lot.vue.intitule)
    if single:
        return objet
    return f"{objet} - Lot n° {lot.numero}" + (f" : {intitule}" if intitule else "")


def _market_fields(lot: LotAnnonce, annonce: Annonce, table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    marche = annonce.marche
    if cpv := told(lot.vue.cpv):
        yield "codeCPV", cpv
    techniques = (told(marche.contrat), told(marche.procedure))
    if found := [table["techniques"][word] for word in techniques if word in table["techniques"]]:
        yield "techniques", {"technique": found}
    if ways := _ways(lot, annonce, table["modalites"]):
        yield "modalitesExecution", {"modaliteExecution": ways}
    if ccag := table["ccag"].get(told(marche.ccag)):
        yield "ccag", ccag
    if procedure := table["procedures"].get(told(marche.procedure)):
        yield "procedure", procedure
    if departement := told(marche.lieu_execution.departement):
        yield "lieuExecution", {"code": departement, "typeCode": table["lieu"]}


def _ways(lot: LotAnnonce, annonce: Annonce, table: dict[str, list[str]]) -> list[str]:
    """Return how the contract is performed; nothing when the description does not tell."""
    found: list[str] = []
    if any(told(tranche.type) in ("ferme", "optionnelle") for tranche in lot.vue.tranches):
        found += table["tranches"]
    if told(annonce.marche.contrat) == "accord-cadre":
        found += table.get(told(annonce.marche.accord_cadre.forme), [])
    return found


def _missing(records: list[dict[str, Any]], annonce: Annonce, kind: str) -> Iterator[Diagnostic]:
    """Yield the compulsory fields that are left out: what the award will tell, then what somebody has to tell."""
    fields: dict[str, dict[str, str]] = annonce.table("decp-champs")["champs"][kind]
    if not records:
        return
    later = [f["libelle"] for f in fields.values() if f["connu"] == "attribution"]
    yield Diagnostic("A111", Niveau.INFORMATION, f"À compléter à l'attribution : {enumeration(later)}.")
    buyer = [f["libelle"] for f in fields.values() if f["connu"] == "acheteur"]
    yield Diagnostic("A111", Niveau.INFORMATION, f"À compléter, la description n'en parle pas : {enumeration(buyer)}.")
    gaps: dict[tuple[str, ...], list[int]] = {}
    for lot, record in zip(annonce.lots, records, strict=True):
        absent = tuple(f["libelle"] for cle, f in fields.items() if f["connu"] == "description" and cle not in record)
        if absent:
            gaps.setdefault(absent, []).append(lot.numero)
    for absent, numbers in gaps.items():
        several = f"lots n° {enumeration([str(n) for n in numbers])}" if len(numbers) > 1 else f"lot n° {numbers[0]}"
        message = f"Données essentielles, {several} : la description ne permet pas d'écrire {enumeration(absent)}."
        yield Diagnostic("A112", Niveau.QUESTION, message, "lots")


EXPORTER = DecpExporter()
