"""`clausegen export`: the result on stdout or in a file, what is missing on stderr."""

import json
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MARCHE = EXAMPLES / "espaces-verts" / "marche.yaml"


@pytest.mark.parametrize(
    ("format_", "start"),
    [("eforms", "<?xml"), ("decp", '{\n  "marches"'), ("fiche-publicite", "Fiche de publicité\n")],
)
def test_result_goes_to_stdout(clausegen: Any, format_: str, start: str) -> None:
    code, out, _ = clausegen("export", MARCHE, "--format", format_)
    assert code == 0 and out.startswith(start) and out.endswith("\n") and not out.endswith("\n\n")


def test_question_goes_to_stderr_and_does_not_fail(clausegen: Any) -> None:
    code, out, err = clausegen("export", EXAMPLES / "incomplet" / "marche.yaml", "--format", "eforms")
    assert code == 0 and "question A104" in err and "A104" not in out


def test_file_is_written_once_and_kept_when_a_person_changed_it(clausegen: Any, tmp_path: Path) -> None:
    target = tmp_path / "avis.json"
    call = ("export", MARCHE, "--format", "decp", "-o", target)
    assert clausegen(*call)[:2] == (0, f"{target}\n")
    first = target.read_bytes()
    assert json.loads(first)["marches"]
    assert clausegen(*call)[0] == 0
    target.write_text("à moi", encoding="utf-8")
    code, out, err = clausegen(*call)
    assert (code, out) == (1, "") and "E003" in err and target.read_text(encoding="utf-8") == "à moi"
    assert clausegen(*call, "--ecraser")[0] == 0 and target.read_bytes() == first


def test_description_with_a_fault_exports_nothing(clausegen: Any, tmp_path: Path) -> None:
    source = MARCHE.read_text(encoding="utf-8").replace("dispositif: clause", "dispositif: aucun")
    path = tmp_path / "marche.yaml"
    path.write_text(source, encoding="utf-8")
    code, out, err = clausegen("export", path, "--format", "eforms", "-o", tmp_path / "a.xml")
    assert (code, out) == (1, "") and "rien n’est exporté" in err and not (tmp_path / "a.xml").exists()
    path.write_text("version: 1\n", encoding="utf-8")
    assert clausegen("export", path, "--format", "eforms")[:2] == (1, "")


def test_market_without_such_an_export_is_refused_with_the_reason(clausegen: Any, tmp_path: Path) -> None:
    path = tmp_path / "marche.yaml"
    path.write_text(
        MARCHE.read_text(encoding="utf-8").replace("appel-offres-ouvert", "sans-publicite"), encoding="utf-8"
    )
    code, out, err = clausegen("export", path, "--format", "eforms")
    assert (code, out) == (2, "") and "lettre de consultation" in err


@pytest.mark.parametrize(
    "args", [(), ("--format", "xml"), ("--format", "decp", "-o", "."), ("--format", "decp", "--date", "x")]
)
def test_call_that_cannot_be_carried_out(clausegen: Any, args: Any) -> None:
    code, out, err = clausegen("export", MARCHE, *args)
    assert (code, out) == (2, "") and err


def test_date_is_a_what_if(clausegen: Any) -> None:
    code, out, _ = clausegen("export", MARCHE, "--format", "decp", "--date", "2025-01-15")
    assert code == 0 and "Clause sociale" in out
