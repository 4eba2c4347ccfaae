import json
import os
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
    table = out.split("\n\n")[2]
    assert table.splitlines()[2].split() == [str(first), "1", "0", "1", "0"]
    assert out == (
        f"{first}:1:1: erreur D101 Constat : erreur.\n"
        f"{first}:3:1: question D301 Constat : question.\n\n"
        f"{second}:3:1: question D301 Constat : question.\n\n"
        f"{table}\n\n"
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


def test_explain_a_code(clausegen: Any) -> None:
    code, out, err = clausegen("check", "--expliquer", "f001")
    assert (code, err) == (0, "")
    assert out.startswith("F001 : Fichier qui n’est pas en UTF-8\n\n")
    code, out, _ = clausegen("check", "--expliquer", "S003", "--format", "json")
    page = json.loads(out)
    assert (code, page["version"], page["code"]) == (0, 1, "S003")
    assert {"titre", "explication", "remede", "depuis", "fondements", "mauvais", "bon"} < set(page)
    assert clausegen("check", "a", "--expliquer", "F001")[0] == 2
    code, out, err = clausegen("check", "--expliquer", "F001", "--format", "sarif")
    assert (code, out) == (2, "") and "texte ou json" in err


def test_explain_an_unknown_code(clausegen: Any) -> None:
    code, out, err = clausegen("check", "--expliquer", "F999")
    assert (code, out) == (2, "")
    assert "Code inconnu : « F999 ». Codes proches : F0" in err and "--expliquer tous" in err
    assert "F035 (SIRET faux)" in clausegen("check", "--expliquer", "siret")[2]
    assert "Codes proches" not in clausegen("check", "--expliquer", "ÿÿÿÿÿÿ")[2]


def test_explain_all_codes(clausegen: Any) -> None:
    code, out, _ = clausegen("check", "--expliquer", "tous")
    assert code == 0 and "  D101  Dispositif interdit" in out and "  S001  " in out
    rows = json.loads(clausegen("check", "--expliquer", "tous", "--format", "json")[1])["codes"]
    assert {"code": "D101", "titre": "Dispositif interdit"} in rows
    family = clausegen("check", "--expliquer", "s")[1]
    assert "  S001  " in family and "D101" not in family


def test_an_empty_path_and_a_pattern_without_files(clausegen: Any, ecrire: Ecrire, tmp_path: Path) -> None:
    path = ecrire("a.yaml")
    code, out, err = clausegen("check", "", path)
    assert code == 2 and "Un chemin est vide" in err and out.endswith("rien à signaler.\n")
    assert clausegen("check", f"{tmp_path}/*.yml")[0] == 2
    assert clausegen("check", f"{tmp_path}/*.yaml") == (0, "1 fichier examiné : rien à signaler.\n", "")


def test_known_findings_do_not_fail(
    clausegen: Any, ecrire: Ecrire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ecrire("m/a.yaml", "un-erreur", "un-question")
    code, report, _ = clausegen("check", ".", "--format", "json")
    assert code == 1
    (tmp_path / "existant.json").write_text(report, encoding="utf-8")
    code, out, err = clausegen("check", ".", "--existant", "existant.json", "--strict")
    assert (code, err) == (0, "")
    assert out == ("1 fichier examiné : rien à signaler.\n2 constats de l’existant ne sont pas montrés.\n")
    ecrire("m/a.yaml", "un-erreur", "un-avertissement")
    code, out, _ = clausegen("check", "m", "--existant", "existant.json", "--format", "json")
    compared = json.loads(out)
    assert (code, list(compared)) == (0, ["version", "fichiers", "bilan", "existant"])
    assert compared["existant"] == {"connus": 1, "disparus": 1}
    assert [d["code"] for d in compared["fichiers"][0]["diagnostics"]] == ["D201"]
    assert clausegen("check", "m", "--existant", "existant.json", "--strict")[0] == 1
    for broken in ("absent.json", "m/a.yaml"):
        code, out, err = clausegen("check", "m", "--existant", broken)
        assert (code, out) == (2, "") and err.startswith("Erreur : --existant : ")


@pytest.mark.parametrize("format_rapport", ["texte", "json", "sarif", "junit", "github"])
def test_processes_change_nothing(clausegen: Any, ecrire: Ecrire, tmp_path: Path, format_rapport: str) -> None:
    for rank in range(12):
        ecrire(f"{rank:02}.yaml", *["un-erreur", "un-question"][: rank % 3])
    ecrire("absent.yaml").unlink()
    call = ("check", tmp_path, tmp_path / "absent.yaml", "--format", format_rapport, "--processus")
    alone, shared = clausegen(*call, "1"), clausegen(*call, "2")
    assert alone == shared
    assert (alone[0], alone[2].count("ne peut pas être lu")) == (2, 1)


def test_a_process_that_dies_is_a_fault_of_the_program(
    clausegen: Any, ecrire: Ecrire, atelier: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(chemin: Path, **options: Any) -> Any:
        if "mortel" in chemin.name:
            os._exit(9)
        return atelier.examiner(chemin, **options)

    monkeypatch.setattr("clausegen.cli.findings.examiner", deadly)
    for name in ("a.yaml", "mortel.yaml", "z.yaml"):
        ecrire(name)
    code, out, err = clausegen("check", tmp_path, "--processus", "2", "--format", "json")
    assert code == 3 and "s’est arrêté" in err
    codes = {Path(f["fichier"]).name: [d["code"] for d in f["diagnostics"]] for f in json.loads(out)["fichiers"]}
    assert codes == {"a.yaml": [], "mortel.yaml": ["E004"], "z.yaml": []}
    code, _, err = clausegen("draft", tmp_path, "--processus", "2", "-o", tmp_path / "s")
    assert code == 3 and err.count("s’est arrêté") == 1
    assert sorted(p.name for p in (tmp_path / "s").iterdir()) == ["a", "z"]


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_places_start_at_the_root_that_a_ci_tells(
    clausegen: Any, ecrire: Ecrire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    ecrire("m/a.yaml", "un-erreur")
    monkeypatch.chdir(tmp_path / "m")
    assert "file=a.yaml," in clausegen("check", ".", "--format", "github")[1]
    monkeypatch.setenv(variable, str(tmp_path))
    assert "file=m/a.yaml," in clausegen("check", ".", "--format", "github")[1]
    monkeypatch.setenv(variable, str(tmp_path / "ailleurs"))
    assert "file=a.yaml," in clausegen("check", ".", "--format", "github")[1]
