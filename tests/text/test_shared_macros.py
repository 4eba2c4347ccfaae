"""Macros of `commun/` are made once a dossier: they may only read what every template sees."""

from pathlib import Path

import pytest
from jinja2 import meta

from clausegen.text.apart import render_all
from clausegen.text.environment import SHARED, environment
from clausegen.text.render import render
from clausegen.workflow.examine import drafted, examiner

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


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*/marche.yaml")), ids=lambda path: path.parent.name)
def test_pieces_that_share_macros_are_those_that_do_not(path):
    examen = examiner(path)
    pieces = [piece for piece in drafted(examen.dossier) if not piece.classeur]
    together = render_all(pieces, examen.dossier, "x")
    assert together == {piece.id: render(piece, examen.dossier, "x") for piece in pieces}
    assert list(together) == [piece.id for piece in pieces]
