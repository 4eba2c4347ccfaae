import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("atelier")

Ecrire = Callable[..., Path]


def test_nothing_wrong(clausegen: Any, ecrire: Ecrire) -> None:
    assert clausegen("check", ecrire("a.yaml")) == (0, "1 fichier examiné : rien à signaler.\n", "")


def test_text(clausegen: Any, ecrire: Ecrire) -> None:
    first, second = ecrire("a.yaml", "un-erreur", "un-question"), ecrire("b.yaml", "un-question")
    code, out, err = clausegen("check", first, second)
    assert (code, err) == (1, "")
    assert out == (
        f"{first}:1:1: erreur D101 Constat : erreur.\n"
        f"{first}:3:1: question D301 Constat : question.\n\n"
        f"{second}:3:1: question D301 Constat : question.\n\n"
        "2 fichiers examinés : 1 erreur et 2 questions.\n"
    )


@pytest.mark.parametrize(
    ("mot", "sans", "avec"), [("un-avertissement", 0, 1), ("un-question", 0, 0), ("un-erreur", 1, 1)]
)
def test_strict(clausegen: Any, ecrire: Ecrire, mot: str, sans: int, avec: int) -> None:
    path = ecrire("a.yaml", mot)
    assert clausegen("check", path)[0] == sans
    assert clausegen("check", path, "--strict")[0] == avec


def test_json_with_a_file_that_cannot_be_read(clausegen: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    path = ecrire("a.yaml", "un-avertissement")
    code, out, err = clausegen("check", path, tmp_path / "absent.yaml", "--format", "json")
    assert code == 2
    assert "absent.yaml" in err
    report = json.loads(out)
    assert list(report) == ["version", "fichiers", "bilan"]
    assert report["bilan"] == {"erreur": 1, "avertissement": 1, "question": 0, "information": 0}
    assert [f["fichier"] for f in report["fichiers"]] == [str(path), str(tmp_path / "absent.yaml")]
    assert report["fichiers"][1]["diagnostics"][0]["code"] == "E001"


def test_explain_a_code(clausegen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"F001": "F001 : clé inconnue"}
    monkeypatch.setattr("clausegen.cli.check.expliquer_code", pages.get)
    assert clausegen("check", "--expliquer", "f001") == (0, "F001 : clé inconnue\n", "")
    code, out, _ = clausegen("check", "--expliquer", "F001", "--format", "json")
    assert (code, json.loads(out)["code"]) == (0, "F001")
    code, out, err = clausegen("check", "--expliquer", "F999")
    assert (code, out) == (2, "")
    assert "Code inconnu : « F999 »" in err
    assert clausegen("check", "a", "--expliquer", "F001")[0] == 2
