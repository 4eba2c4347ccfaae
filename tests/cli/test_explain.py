import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("atelier")

Ecrire = Callable[..., Path]


def test_text(clausegen: Any, ecrire: Ecrire) -> None:
    code, out, err = clausegen("explain", ecrire("a.yaml", "un-question"))
    assert (code, err) == (0, "")
    assert out.startswith("Marché 2026-01 : Essai\n")
    assert "Lot n° 1" in out and "Lot n° 2" in out
    assert "question D301" in out


def test_one_lot(clausegen: Any, ecrire: Ecrire) -> None:
    path = ecrire("a.yaml")
    assert "Lot n° 2" not in clausegen("explain", path, "--lot", "1")[1]
    code, out, _ = clausegen("explain", path, "--lot", "2", "--format", "json")
    assert code == 0
    assert [lot["numero"] for lot in json.loads(out)["lots"]] == [2]
    code, out, err = clausegen("explain", path, "--lot", "3")
    assert (code, out) == (2, "")
    assert "n’a pas de lot n° 3 (lots : 1, 2)" in err


def test_json_of_a_file_that_does_not_load(clausegen: Any, atelier: Any, ecrire: Ecrire) -> None:
    path = ecrire("a.yaml", "un-erreur", "illisible")
    code, out, _ = clausegen("explain", path, "--format", "json", "--date", "2026-08-22")
    assert code == 1
    assert json.loads(out)["marche"] is None
    assert atelier.dates == [date(2026, 8, 22)]
    assert "Cette description ne peut pas être lue" in clausegen("explain", path)[1]


def test_a_missing_file(clausegen: Any, tmp_path: Path) -> None:
    code, out, err = clausegen("explain", tmp_path / "absent.yaml")
    assert (code, out) == (2, "")
    assert "ne peut pas être lu" in err
