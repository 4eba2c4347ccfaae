import json
from datetime import date

import pytest

from clausegen.law.catalogue import catalogue, find
from clausegen.law.rulebook import rulebook
from clausegen.law.sheets import sheet
from clausegen.reports.rulesheet import sheet_json, sheet_text

DAY = date(2026, 12, 15)
ENTRIES = catalogue(rulebook(), DAY)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_every_sheet_prints_in_both_forms(entry):
    fiche = sheet(entry, rulebook(), DAY)
    text, content = sheet_text(fiche, DAY), json.loads(sheet_json(fiche, DAY))
    assert entry.id in text and fiche.fichier in text
    assert not [name for name in ("None", "True", "False", "datetime", "Decimal", "Fondement(") if name in text]
    assert content["id"] == entry.id
    assert len(content["versions"]) == len([v for v in fiche.versions if v.depuis])


def test_an_expression_keeps_its_own_signs():
    text = sheet_text(sheet(find(ENTRIES, "controles/motif-inadmissible"), rulebook(), DAY), DAY)
    assert "lot.motif in ['solution-disponible', 'travaux-courts']" in text


def test_prose_has_french_typography():
    text = sheet_text(sheet(find(ENTRIES, "condition-sociale"), rulebook(), DAY), DAY)
    assert "l’acheteur" in text
    assert "Fichier\u00a0: rules/obligations/condition-sociale.yaml" in text
