"""The free texts of a description are read by the rules that concern them."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from clausegen.proofreading.freetext import FAMILIES, free_text_findings
from clausegen.proofreading.registry import controles, family_checks

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/marche.yaml"))
FAULTS = {
    "objet": ("Nettoyage, selon l'article 14 du code des marchés publics", "R18"),
    "lots[0].perimetre": ("Tâches proposées par Pôle emploi", "R21"),
    "insertion.publics_prioritaires": ("Habitants de la commune", "R26"),
    "lots[0].intitule": ("Peinture XXX", "R37"),
    "insertion.cadre": ("Le titulaire s'efforce de réaliser le quota", "R43"),
    "aucun_justification": ("Mme Exemple, née le 3 mai 1990, occupe le poste", "R34"),
}


def test_each_fault_is_found_at_its_key(livre):
    found = free_text_findings(((key, text) for key, (text, _) in FAULTS.items()), livre, date(2026, 9, 1))
    assert {(key, controle.code) for key, controle, _ in found} == {(key, code) for key, (_, code) in FAULTS.items()}
    for key, _, constat in found:
        assert 0 <= constat.debut < constat.fin <= len(FAULTS[key][0])


def test_the_day_counts(livre):
    text = [("objet", "Candidats de Pôle emploi")]
    assert free_text_findings(text, livre, date(2023, 1, 1)) == []
    assert len(free_text_findings(text, livre, None)) == 1


@pytest.mark.parametrize("text", ["", "Entretien des espaces verts", "Lot n° 1 : gros œuvre ; 12 mois"])
def test_plain_texts_are_left_alone(text, livre):
    assert free_text_findings([("objet", text)], livre, date(2026, 9, 1)) == []


def texts_of(value, path=""):
    """Yield the texts of a description with their key paths."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts_of(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_of(item, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path, value


@pytest.mark.parametrize("path", EXAMPLES, ids=[p.parent.name for p in EXAMPLES])
def test_no_example_is_blamed(path, livre):
    texts = list(texts_of(yaml.safe_load(path.read_text(encoding="utf-8"))))
    found = free_text_findings(texts, livre, date(2026, 9, 1))
    assert texts and [(key, controle.code) for key, controle, _ in found] == []


def test_the_families_are_those_of_the_rules(livre):
    wanted = [c.code for c in controles(livre) if c.description and not c.marche]
    homes = {name: set(family_checks(name)) for name in FAMILIES}
    assert all(homes[name] & set(wanted) for name in FAMILIES)
    assert set(wanted) <= set().union(*homes.values())
