from datetime import date

import pytest

from clausegen.cli.options import choice, choices, day, process_count, proposals
from clausegen.errors import ClausegenError


def test_choice() -> None:
    assert choice("--format", " JSON", ("texte", "json")) == "json"
    with pytest.raises(ClausegenError, match=r"« xml » n'est pas une valeur possible \(texte, json\)\.$"):
        choice("--format", "xml", ("texte", "json"))


def test_choices() -> None:
    known = ("note", "ccap", "convention")
    assert choices("--documents", None, known) is None
    assert choices("--documents", ["ccap,note", "ccap"], known) == ("ccap", "note")
    with pytest.raises(ClausegenError, match="Vouliez-vous dire « convention »"):
        choices("--documents", ["convntion"], known)
    with pytest.raises(ClausegenError, match="aucune valeur"):
        choices("--documents", [" , "], known)


def test_day() -> None:
    assert day(None) is None
    assert day("2026-12-15") == date(2026, 12, 15)
    for typed in ("2026-02-30", "20261215", "2026-W01-1", "demain", "2026-12-15T00:00"):
        with pytest.raises(ClausegenError, match=r"^--date : « .* » est refusé, .*\.$"):
            day(typed)


def test_process_count() -> None:
    assert [process_count(typed) for typed in (None, "auto", "1", " 8 ", "64")] == [None, None, 1, 8, 64]
    for typed in ("0", "-1", "65", "deux", "1.5", "", "٣", "9" * 5000):
        with pytest.raises(ClausegenError, match=r"^--processus : .* un nombre de 1 à 64 est attendu\.$"):
            process_count(typed)


def test_proposals() -> None:
    assert proposals(("docx", "md", "txt"))("d") == ["docx"]
