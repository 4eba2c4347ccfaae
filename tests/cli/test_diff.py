import json
import re
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "espaces-verts" / "marche.yaml"


@pytest.fixture
def autre(tmp_path: Path) -> Path:
    path = tmp_path / "b.yaml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("heures: auto", "heures: 777", 1), encoding="utf-8")
    return path


def test_two_descriptions(clausegen: Any, autre: Path) -> None:
    code, out, err = clausegen("diff", EXAMPLE, autre)
    assert (code, err) == (0, "")
    assert "lots[0].heures : auto → 777" in out
    assert "420 → 777" in out
    assert "  - ccap : modifiée\n" in out


def test_one_description_and_a_date(clausegen: Any) -> None:
    code, out, err = clausegen("diff", EXAMPLE, "--date", "2026-08-20", "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["avant"]["date_droit"], found["apres"]["date_droit"]) == ("2026-12-15", "2026-08-20")
    assert found["description"] == []
    changed = {entry["chemin"]: entry for entry in found["decision"]}
    assert changed["obligations.condition-sociale.statut"]["fondements"]
    assert {piece["changement"] for piece in found["pieces"]} == {"modifiee", "inchangee"}


def test_both_under_a_date(clausegen: Any, autre: Path) -> None:
    out = clausegen("diff", EXAMPLE, autre, "--date", "2026-08-20", "--format", "json")[1]
    found = json.loads(out)
    assert (found["avant"]["date_droit"], found["apres"]["date_droit"]) == ("2026-08-20", "2026-08-20")


def test_pieces_with_tracked_changes(clausegen: Any, autre: Path, tmp_path: Path) -> None:
    folder = tmp_path / "suivi"
    code, out, err = clausegen("diff", EXAMPLE, autre, "-o", folder, "--format", "json")
    assert (code, err) == (0, "")
    files = {piece["id"]: piece["fichier"] for piece in json.loads(out)["pieces"]}
    assert files["ccap"] == str(folder / "ccap-modifications.docx")
    assert files["suivi"] is None
    assert {path.name for path in folder.glob("*.docx")} == {
        f"{name}-modifications.docx" for name, file in files.items() if file
    }


def test_a_piece_that_a_person_changed_is_left(clausegen: Any, autre: Path, tmp_path: Path) -> None:
    (tmp_path / "suivi").mkdir()
    mine = tmp_path / "suivi" / "ccap-modifications.docx"
    mine.write_text("à moi", encoding="utf-8")
    code, out, err = clausegen("diff", EXAMPLE, autre, "-o", mine.parent)
    assert code == 1
    assert "E003" in err and "  - ccap : modifiée\n" in out
    assert mine.read_text(encoding="utf-8") == "à moi"
    assert clausegen("diff", EXAMPLE, autre, "-o", mine.parent, "--ecraser")[0] == 0


def test_nothing_to_write(clausegen: Any, tmp_path: Path) -> None:
    code, out, err = clausegen("diff", EXAMPLE, EXAMPLE, "-o", tmp_path / "rien")
    assert code == 0
    assert "Rien ne change dans la décision." in out
    assert "Aucune pièce ne change" in err
    assert not (tmp_path / "rien").exists()


def test_an_error_on_one_side(clausegen: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "b.yaml"
    text = re.sub("(?m)^valeur_estimee_ht: .*", "valeur_estimee_ht: 600000", EXAMPLE.read_text(encoding="utf-8"))
    wrong.write_text(text, encoding="utf-8")
    code, out, err = clausegen("diff", EXAMPLE, wrong, "-o", tmp_path / "rien")
    assert code == 1
    assert "Erreur C002 : constat nouveau" in out
    assert "Les pièces comparées ne sont pas écrites" in err
    wrong.write_text("version: 1\n", encoding="utf-8")
    code, out, _ = clausegen("diff", EXAMPLE, wrong)
    assert code == 1 and "ne peut pas être lu" in out
    assert json.loads(clausegen("diff", wrong, EXAMPLE, "--format", "json")[1])["avant"]["date_droit"] is None


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([EXAMPLE], "donner aussi l’autre, ou --date"),
        ([EXAMPLE, "--date", "demain"], "--date : « demain » est refusé"),
        ([EXAMPLE, "absent.yaml"], "ne peut pas être lu"),
        ([EXAMPLE, EXAMPLE, "--format", "sarif"], "n’est pas une valeur possible"),
    ],
)
def test_calls_that_cannot_be_done(clausegen: Any, args: list[Any], words: str) -> None:
    code, out, err = clausegen("diff", *args)
    assert (code, out) == (2, "")
    assert words in err


def test_help_is_french(clausegen: Any) -> None:
    code, out, _ = clausegen("diff", "--help")
    assert code == 0
    assert "suivi des modifications" in " ".join(out.split())
