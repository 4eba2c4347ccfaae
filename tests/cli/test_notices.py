"""`clausegen check AVIS --marche MARCHE`: what a notice announces against the decision."""

import json
from pathlib import Path
from typing import Any

import pytest

MARCHE = Path(__file__).resolve().parents[2] / "examples" / "espaces-verts" / "marche.yaml"


@pytest.fixture
def avis(clausegen: Any, tmp_path: Path) -> Path:
    path = tmp_path / "avis.xml"
    assert clausegen("export", MARCHE, "--format", "eforms", "-o", path)[0] == 0
    return path


def test_faithful_notice(clausegen: Any, avis: Path) -> None:
    code, out, err = clausegen("check", avis, "--marche", MARCHE, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["fichiers"] == [{"fichier": str(avis), "diagnostics": []}]


def test_difference_is_placed_in_the_notice(clausegen: Any, avis: Path) -> None:
    text = avis.read_text(encoding="utf-8").replace('procurement">none', 'procurement">res-ws', 1)
    avis.write_text(text, encoding="utf-8")
    code, out, _ = clausegen("check", avis, "--marche", MARCHE)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "res-ws" in row)
    assert code == 1 and f"{avis}:{line}:1: erreur A002" in out
    report = json.loads(clausegen("check", avis, "--marche", MARCHE, "--format", "json")[1])
    assert report["bilan"]["erreur"] == 1


def test_warning_fails_with_strict_and_not_once_known(clausegen: Any, avis: Path, tmp_path: Path) -> None:
    avis.write_text(avis.read_text(encoding="utf-8").replace(">Agence centre<", ">Nettoyage<"), encoding="utf-8")
    assert clausegen("check", avis, "--marche", MARCHE)[0] == 0
    code, out, _ = clausegen("check", avis, "--marche", MARCHE, "--strict", "--format", "json")
    assert code == 1 and "A032" in out
    known = tmp_path / "existant.json"
    known.write_text(out, encoding="utf-8")
    assert clausegen("check", avis, "--marche", MARCHE, "--strict", "--existant", known)[0] == 0


def test_description_that_does_not_load(clausegen: Any, avis: Path, tmp_path: Path) -> None:
    broken = tmp_path / "marche.yaml"
    broken.write_text("version: 1\n", encoding="utf-8")
    code, out, _ = clausegen("check", avis, "--marche", broken)
    assert code == 1 and str(broken) in out and "A0" not in out


@pytest.mark.parametrize(
    "content", ["<html/>", "", "version: 1\nobjet: x\n", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_what_is_no_notice_is_refused(clausegen: Any, tmp_path: Path, content: str) -> None:
    path = tmp_path / "avis.xml"
    path.write_text(content, encoding="utf-8")
    code, _, err = clausegen("check", path, "--marche", MARCHE)
    assert code == 2 and err.startswith("Erreur : ")


def test_absent_files_and_the_batch_goes_on(clausegen: Any, avis: Path, tmp_path: Path) -> None:
    code, out, err = clausegen("check", tmp_path / "absent.xml", avis, "--marche", MARCHE)
    assert code == 2 and "absent.xml" in err and "E001" in out
    assert clausegen("check", avis, "--marche", tmp_path / "absent.yaml")[0] == 2


def test_award_notice_is_not_compared(clausegen: Any, avis: Path) -> None:
    avis.write_text(avis.read_text(encoding="utf-8").replace("ContractNotice", "ContractAwardNotice"), encoding="utf-8")
    code, _, err = clausegen("check", avis, "--marche", MARCHE)
    assert code == 2 and "avis d’attribution" in err
