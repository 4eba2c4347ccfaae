import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from clausegen.diagnostics import Niveau
from clausegen.workflow.examine import examiner
from clausegen.workflow.style import reread

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/marche.yaml"))
TEXT = """version: 1
objet: "TRAVAUX DE LA MAIRIE"
reference: XXX
acheteur:
  nom: 'Ville "A"'
lots:
  - intitule: Gros œuvre
  - intitule: "gros  oeuvre"
"""


@pytest.fixture
def examen(tmp_path):
    path = tmp_path / "marche.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return examiner(path)


def style(found):
    return [(d.code, d.niveau, d.ligne, d.colonne) for d in found if d.code.startswith("S")]


def test_findings_have_their_place_and_their_rank(examen):
    found = reread(examen)
    assert style(found) == [
        ("S002", Niveau.AVERTISSEMENT, 3, 1),
        ("S004", Niveau.AVERTISSEMENT, 8, 5),
        ("S001", Niveau.INFORMATION, 2, 1),
    ]
    assert {d.fichier for d in found} == {examen.fichier}
    levels = [list(Niveau).index(d.niveau) for d in found]
    assert levels == sorted(levels)
    assert set(examen.diagnostics) < set(found)


def test_a_file_that_does_not_load_keeps_its_findings(tmp_path):
    path = tmp_path / "marche.yaml"
    path.write_text("version: 1\nobjet: XXX\nnatur: services\n", encoding="utf-8")
    examen = examiner(path)
    assert reread(examen) == examen.diagnostics


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_the_examples_are_well_written(path):
    examen = examiner(path)
    assert reread(examen) == examen.diagnostics


def test_a_placeholder_is_told_once(tmp_path):
    path = tmp_path / "marche.yaml"
    path.write_text("version: 1\nobjet: Travaux de XXX\nacheteur:\n  nom: Ville de {{ nom }}\n", encoding="utf-8")
    told = [(d.code, d.chemin) for d in reread(examiner(path)) if d.code[0] in "RS"]
    assert told == [("R37", "acheteur.nom"), ("S002", "objet")]


def test_rules_of_proofreading_read_the_sentences(examen, monkeypatch):
    seen = []

    def free_text_findings(texts, _livre, _jour):
        seen.extend(texts)
        controle = SimpleNamespace(code="R21", niveau=Niveau.ERREUR)
        return [("lots[0].intitule", controle, SimpleNamespace(niveau=None, message="Périmé.", fondements=("f",)))]

    module = ModuleType("clausegen.proofreading.freetext")
    module.free_text_findings = free_text_findings
    monkeypatch.setitem(sys.modules, module.__name__, module)
    found = [d for d in reread(examen) if d.code == "R21"]
    assert [(d.niveau, d.message, d.chemin, d.ligne, d.fondements) for d in found] == [
        (Niveau.ERREUR, "Périmé.", "lots[0].intitule", 7, ("f",))
    ]
    assert ("objet", "TRAVAUX DE LA MAIRIE") in seen and "XXX" not in dict(seen).values()
