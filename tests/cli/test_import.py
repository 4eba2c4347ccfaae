"""`clausegen import`: where descriptions go, what is said, which code comes back."""

from pathlib import Path
from typing import Any

import pytest

from clausegen.description.load import load_path
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook

NOTICE = (
    "<ContractNotice><ProcurementProject><Name>Espaces verts</Name>"
    "<ProcurementTypeCode>services</ProcurementTypeCode></ProcurementProject></ContractNotice>"
)
PLAN = "Objet;Montant HT\nVoirie;450 000 €\nVoirie;12\n"


@pytest.fixture
def avis(tmp_path: Path) -> Path:
    path = tmp_path / "avis.xml"
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_without_output_the_description_is_printed(clausegen: Any, avis: Path, tmp_path: Path) -> None:
    code, out, err = clausegen("import", avis)
    assert code == 0 and out.startswith("# yaml-language-server:") and 'objet: "Espaces verts"' in out
    assert "champs lus" in err and "questions" in err
    (tmp_path / "m.yaml").write_text(out, encoding="utf-8")
    assert load_path(tmp_path / "m.yaml", open_words(rulebook())).marche is not None


def test_output_is_written_and_never_overwritten(clausegen: Any, avis: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "neuf" / "marche.yaml"
    code, out, _ = clausegen("import", avis, "-o", sortie)
    assert code == 0 and out == f"{sortie}\n"
    assert load_path(sortie, open_words(rulebook())).marche is not None
    sortie.write_text("à moi", encoding="utf-8")
    code, out, err = clausegen("import", avis, "-o", sortie)
    assert (code, out) == (1, "") and "--ecraser" in err and sortie.read_text(encoding="utf-8") == "à moi"
    code, out, _ = clausegen("import", avis, "-o", sortie, "--ecraser")
    assert code == 0 and "Espaces verts" in sortie.read_text(encoding="utf-8")


def test_a_folder_that_exists_takes_the_description(clausegen: Any, avis: Path, tmp_path: Path) -> None:
    code, out, _ = clausegen("import", avis, "-o", tmp_path)
    assert code == 0 and out == f"{tmp_path / 'marche.yaml'}\n"


def test_several_markets_need_a_folder(clausegen: Any, plan: Path, tmp_path: Path) -> None:
    code, out, err = clausegen("import", plan)
    assert (code, out) == (2, "") and "2 marchés" in err and "-o" in err
    code, _, err = clausegen("import", plan, "-o", plan)
    assert code == 2 and "dossier" in err
    code, out, err = clausegen("import", plan, "-o", tmp_path / "plan")
    assert code == 0 and [Path(line).name for line in out.splitlines()] == ["001-voirie.yaml", "002-voirie.yaml"]
    assert err.count("champs lus") == 2
    code, out, _ = clausegen("check", tmp_path / "plan")
    assert code == 0


@pytest.mark.parametrize("text", ["", "bonjour", "<html/>", "<!DOCTYPE a><ContractNotice/>", "version: 1\nobjet: x\n"])
def test_what_cannot_be_imported(clausegen: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.xml"
    path.write_text(text, encoding="utf-8")
    code, out, err = clausegen("import", path)
    assert (code, out) == (2, "") and err.startswith("Erreur")


def test_a_file_that_does_not_exist(clausegen: Any, tmp_path: Path) -> None:
    assert clausegen("import", tmp_path / "rien.xml")[0] == 2
    assert clausegen("import", tmp_path)[0] == 2
    assert clausegen("import")[0] == 2
