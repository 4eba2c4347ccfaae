"""Every real file at hand imports, or is refused with a reason; what is imported loads and is decided."""

import os
from pathlib import Path

import pytest

from clausegen.diagnostics import Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.registry import import_bytes
from clausegen.exchange.yamlout import describe
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook
from clausegen.workflow.examine import examiner

DONNEES = os.environ.get("CLAUSEGEN_DONNEES")
FOLDERS = ("boamp", "decp", "eforms", "ted")
FILES = sorted(p for name in FOLDERS for p in (Path(DONNEES) / name).rglob("*") if p.is_file()) if DONNEES else []
REFUSED = ("schema", "codelists", "fields_subset", "index.tsv", ".xsd")
LEGAL = {"D131"}
"""A market launched before the code came into force: the decision says so, and rightly."""

pytestmark = pytest.mark.skipif(not DONNEES, reason="CLAUSEGEN_DONNEES names no folder")


def refused(path):
    return any(word in path.as_posix() for word in REFUSED)


@pytest.mark.parametrize("path", [p for p in FILES if not refused(p)], ids=lambda p: p.name)
def test_imports_and_decides(path, tmp_path):
    found = import_bytes(path.read_bytes(), path.name, rulebook())
    assert found
    for rank, importation in enumerate(found):
        description = describe(importation, open_words(rulebook()))
        assert description.lus > 4 and all(c.code.startswith("I") for c in description.constats)
        written = tmp_path / f"{rank}.yaml"
        written.write_text(description.texte, encoding="utf-8")
        examen = examiner(written)
        assert examen.marche is not None and examen.decision is not None
        grave = {d.code for d in examen.diagnostics if d.niveau is Niveau.ERREUR}
        assert grave <= LEGAL, [d.message for d in examen.diagnostics if d.niveau is Niveau.ERREUR]
        assert not any(d.code.startswith(("F", "C")) for d in examen.diagnostics)


@pytest.mark.parametrize("path", [p for p in FILES if refused(p)], ids=lambda p: p.name)
def test_other_files_are_refused(path):
    with pytest.raises(ClausegenError):
        import_bytes(path.read_bytes(), path.name, rulebook())


def test_there_are_files():
    assert sum(not refused(p) for p in FILES) > 50


def test_no_reservation_nor_hours_is_ever_written():
    for path in FILES:
        if not refused(path):
            for importation in import_bytes(path.read_bytes(), path.name, rulebook()):
                assert not any(c.chemin.endswith(("dispositif", "heures", "ponderation")) for c in importation.champs)
