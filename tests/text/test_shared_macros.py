"""Macros of `commun/` are made once a piece: they may only read what every template sees."""

from pathlib import Path

import pytest
from jinja2 import meta

from clausegen.text.environment import SHARED, environment
from clausegen.workflow.examine import examiner

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "templates" / SHARED).glob("*.j2"))


@pytest.fixture(scope="module")
def seen():
    examen = examiner(ROOT / "examples" / "espaces-verts" / "marche.yaml")
    assert examen.dossier is not None
    return set(examen.dossier.context()) | set(environment().globals)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shared_macro_reads_no_name_of_its_caller(path, seen):
    tree = environment().parse(path.read_text(encoding="utf-8"))
    assert meta.find_undeclared_variables(tree) <= seen
