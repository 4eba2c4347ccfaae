import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.reports.baseline import read_baseline, sort_out, without_lines
from clausegen.reports.json import rendre
from clausegen.reports.verification import Fichier, Verification

ONE = Diagnostic("C001", Niveau.ERREUR, "Déjà ligne 12.", "lots[1].numero", "a.yaml", 14, 3)
TWO = Diagnostic("D101", Niveau.ERREUR, "Fermé\u00a0: non.", "lots[0]", "a.yaml", 20, 3)


@pytest.fixture(autouse=True)
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("marches/a.yaml", "marches/b.yaml", "ci/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kept(path: str, *fichiers: Fichier, encoding: str = "utf-8") -> str:
    Path(path).write_text(rendre(Verification(fichiers)), encoding=encoding)
    return path


def compared(path: str, *fichiers: Fichier) -> tuple[list[int], list[int], int]:
    found, gone = sort_out(fichiers, read_baseline(path))
    return [len(f.diagnostics) for f in found], [len(f.connus) for f in found], gone


def test_the_same_run_finds_nothing_new() -> None:
    fichiers = (Fichier("marches/a.yaml", (ONE, TWO)), Fichier("marches/b.yaml", (ONE,)))
    assert compared(kept("e.json", *fichiers), *fichiers) == ([0, 0], [2, 1], 0)


def test_lines_move_and_copies_are_counted() -> None:
    path = kept("e.json", Fichier("marches/a.yaml", (ONE, TWO)))
    moved = replace(ONE, ligne=99, colonne=1, message="Déjà  ligne 97.")
    assert compared(path, Fichier("marches/a.yaml", (moved, moved, TWO))) == ([1], [2], 0)


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, code="C002"),
        replace(ONE, chemin="lots[2].numero"),
        replace(ONE, message="Déjà colonne 12."),
        replace(ONE, message="Autre."),
    ],
)
def test_what_differs_is_new_and_what_is_gone_is_counted(other: Diagnostic) -> None:
    path = kept("e.json", Fichier("marches/a.yaml", (ONE,)))
    assert compared(path, Fichier("marches/a.yaml", (other,))) == ([1], [0], 1)


@pytest.mark.parametrize("named", ["marches/a.yaml", "./marches/a.yaml", "marches\\a.yaml", "marches//./a.yaml"])
@pytest.mark.parametrize(
    ("ici", "fichier"), [(".", "marches/a.yaml"), ("marches", "a.yaml"), ("ci", "../marches/a.yaml"), ("ci", "{}")]
)
@pytest.mark.parametrize("where", ["e.json", "ci/e.json", "marches/e.json"])
def test_from_any_folder(
    projet: Path, monkeypatch: pytest.MonkeyPatch, named: str, ici: str, fichier: str, where: str
) -> None:
    path = projet / kept(where, Fichier(named, (ONE,)))
    monkeypatch.chdir(projet / ici)
    current = fichier.format(projet / "marches" / "a.yaml")
    assert compared(str(path), Fichier(current, (ONE,))) == ([0], [1], 0)


def test_a_report_made_with_whole_paths(projet: Path) -> None:
    path = kept("e.json", Fichier(str(projet / "marches" / "a.yaml"), (ONE,)))
    assert compared(path, Fichier("marches/a.yaml", (ONE,))) == ([0], [1], 0)


def test_two_files_of_one_name_are_not_mistaken(projet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (projet / "a.yaml").write_bytes(b"")
    path = projet / kept("ci/e.json", Fichier("a.yaml", (ONE,)), Fichier("marches/a.yaml", (TWO,)))
    current = [Fichier("a.yaml", (TWO,)), Fichier("marches/a.yaml", (TWO,))]
    assert compared(str(path), *current) == ([1, 0], [0, 1], 1)
    monkeypatch.chdir(projet / "marches")
    assert compared(str(path), Fichier("../a.yaml", (ONE,)), Fichier("a.yaml", (TWO,))) == ([0, 0], [1, 1], 0)


def test_a_file_not_asked_for_says_nothing_and_one_that_is_gone_does() -> None:
    path = kept("e.json", Fichier("marches/b.yaml", (ONE,)), Fichier("marches/parti.yaml", (ONE, TWO)))
    assert compared(path, Fichier("marches/a.yaml", ())) == ([0], [0], 2)


@pytest.mark.parametrize("code", ["E001", "E004"])
def test_a_file_that_was_not_checked_is_never_known(code: str) -> None:
    unread = replace(ONE, code=code)
    path = kept("e.json", Fichier("marches/a.yaml", (unread,)), Fichier("marches/b.yaml", (ONE,)))
    assert compared(path, Fichier("marches/a.yaml", (unread,)), Fichier("marches/b.yaml", (unread,))) == (
        [1, 1],
        [0, 0],
        0,
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_whatever_powershell_writes(encoding: str) -> None:
    path = kept("e.json", Fichier("marches/a.yaml", (TWO,)), encoding=encoding)
    assert compared(path, Fichier("marches/a.yaml", (TWO,))) == ([0], [1], 0)


BAD: Sequence[bytes] = (
    b"",
    b"[]",
    b"null",
    b"{",
    b'{"version": 2, "fichiers": []}',
    b'{"version": 1}',
    b'{"version": 1, "fichiers": {}, "x": 1}'.replace(b"{}", b"3"),
    b'{"version": 1, "fichiers": [{"fichier": 3, "diagnostics": []}]}',
    b'{"version": 1, "fichiers": [{"fichier": "a", "diagnostics": [{"code": "D101"}]}]}',
    b"[" * 100_000,
    b"\xff\xfe\x00\xd8",
    b'{"version": ' + b"1" * 5000 + b"}",
    b"1 fichier examin\xe9",
)


@pytest.mark.parametrize("content", BAD)
def test_anything_else_is_refused(content: bytes) -> None:
    Path("e.json").write_bytes(content)
    with pytest.raises(ClausegenError, match="n'est pas un rapport de `clausegen check --format json`"):
        read_baseline("e.json")


@pytest.mark.parametrize("name", ["absent.json", "marches", "a\0b"])
def test_an_unreadable_baseline_is_said(name: str) -> None:
    with pytest.raises(ClausegenError, match=r"--existant : .* ne peut pas être lu"):
        read_baseline(name)


def test_an_explained_decision_is_no_baseline() -> None:
    Path("e.json").write_text(json.dumps({"version": 1, "diagnostics": []}), encoding="utf-8")
    with pytest.raises(ClausegenError, match="n'est pas un rapport"):
        read_baseline("e.json")


def test_figures_of_lines_alone_are_left_out() -> None:
    assert without_lines("Lignes 3 et 4, ligne 12, colonne 5, lot 3") == "Lignes 3 et 4, ligne, colonne, lot 3"
