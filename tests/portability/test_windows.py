"""What Windows and macOS do to files: locks, line endings, marks, accents cut in two, processes that are not forked."""

import multiprocessing
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from clausegen.cli.app import main
from clausegen.files.atomic import safe_name
from clausegen.workflow import pool
from clausegen.workflow.batch import batch
from tests.portability.conftest import MARCHE, Lancer

TEXT = MARCHE.read_text(encoding="utf-8")


def pieces(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".clausegen.json"}


def test_a_piece_open_in_word_is_kept_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    marche = tmp_path / "marche.yaml"
    marche.write_text(TEXT, encoding="utf-8")
    assert main(["draft", str(marche)]) == 0
    before = pieces(tmp_path / "marche")
    marche.write_text(TEXT.replace('objet: "', 'objet: "Autrement, ', 1), encoding="utf-8")
    genuine = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target).name == "ccap.docx":
            # What Windows answers when another program holds the file (ERROR_SHARING_VIOLATION).
            raise PermissionError(13, "The process cannot access the file because it is being used by another process")
        return genuine(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    capsys.readouterr()
    assert main(["draft", str(marche)]) == 2
    said = capsys.readouterr().err.replace("\xa0", " ")
    assert "ccap.docx" in said and "ouvert dans un autre programme" in said and "Fermez le fichier" in said
    assert "Traceback" not in said and "used by another" not in said
    assert (tmp_path / "marche" / "ccap.docx").read_bytes() == before["ccap.docx"]
    assert not list((tmp_path / "marche").glob("*.tmp"))
    monkeypatch.undo()
    # Once the file is closed, the same call ends the work: nothing half done looks like a person's work.
    assert main(["draft", str(marche)]) == 0
    assert pieces(tmp_path / "marche")["ccap.docx"] != before["ccap.docx"]


@pytest.mark.parametrize("form", ["crlf", "bom", "crlf-bom", "cr-final"])
def test_line_endings_and_marks_change_no_byte(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    content = {
        "crlf": TEXT.replace("\n", "\r\n").encode(),
        "bom": b"\xef\xbb\xbf" + TEXT.encode(),
        "crlf-bom": b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
        "cr-final": TEXT.encode().rstrip(b"\n") + b"\r\n\r\n",
    }[form]
    for name, octets in (("usuel", TEXT.encode()), ("venu", content)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "marche.yaml").write_bytes(octets)
        code = main(
            ["draft", str(tmp_path / name / "marche.yaml"), "--format", "md", "-o", str(tmp_path / f"p-{name}")]
        )
        assert code == 0, capsys.readouterr().err
    assert pieces(tmp_path / "p-usuel").keys() == pieces(tmp_path / "p-venu").keys()
    for name, octets in pieces(tmp_path / "p-usuel").items():
        if name.endswith(".md"):
            assert pieces(tmp_path / "p-venu")[name] == octets, name


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C", "TZ": "UTC"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kolkata"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Pacific/Apia", "PYTHONHASHSEED": "3"},
    ],
    ids=["C", "tr_TR", "bare"],
)
def test_places_and_languages_change_no_byte(lancer: Lancer, tmp_path: Path, variables: dict[str, str]) -> None:
    usual = lancer("draft", MARCHE, "-o", "usuel", LC_ALL="C.UTF-8", TZ="Europe/Paris")
    other = lancer("draft", MARCHE, "-o", "ailleurs", **variables)
    assert (usual.returncode, other.returncode) == (0, 0), other.stderr.decode()
    assert len(pieces(tmp_path / "usuel")) > 5
    assert pieces(tmp_path / "usuel") == pieces(tmp_path / "ailleurs")


def test_accents_cut_in_two_as_macos_names_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = unicodedata.normalize("NFD", "marché d'été.yaml")
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert main(["draft", str(tmp_path / name), "--format", "md"]) == 0
    assert "Traceback" not in capsys.readouterr().err
    assert (tmp_path / Path(name).stem / "note.md").is_file()


def test_every_file_that_draft_names_can_be_written_on_windows(tmp_path: Path) -> None:
    for form in ("docx", "html", "md", "txt"):
        assert main(["draft", str(MARCHE), "--format", form, "-o", str(tmp_path / form)]) == 0
        names = list(pieces(tmp_path / form))
        assert len(names) > 5 and all(safe_name(name) and name.isascii() for name in names)


def test_a_deep_folder(tmp_path: Path) -> None:
    # Beyond the 260 characters of an old Windows: only the system may refuse, and in French.
    deep = tmp_path.joinpath(*["dossier-au-nom-bien-long"] * 14)
    assert len(str(deep)) > 320
    deep.mkdir(parents=True)
    (deep / "marche.yaml").write_text(TEXT, encoding="utf-8")
    assert main(["draft", str(deep / "marche.yaml"), "--format", "md"]) == 0
    assert (deep / "marche" / "note.md").is_file()


@pytest.fixture
def spawning(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str | None]]:
    """Keep another thread alive, since a fork is then unsafe and processes are spawned; return the methods used."""
    asked: list[str | None] = []
    genuine = multiprocessing.get_context

    def noted(method: str | None = None) -> multiprocessing.context.BaseContext:
        asked.append(method)
        return genuine(method)

    monkeypatch.setattr(pool.multiprocessing, "get_context", noted)
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    yield asked
    release.set()
    thread.join()


def test_processes_that_are_spawned_as_on_windows_and_macos(spawning: list[str | None]) -> None:
    assert [r.valeur for r in batch(range(20), abs, 2)] == list(range(20))
    assert spawning == ["spawn"]


def test_a_batch_of_markets_is_the_same_spawned(
    tmp_path: Path, spawning: list[str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    for n in range(4):
        (tmp_path / f"m{n}.yaml").write_text(TEXT.replace("2026-EV", f"2026-{n}"), encoding="utf-8")
    files = [str(tmp_path / f"m{n}.yaml") for n in range(4)]
    assert main(["draft", *files, "--format", "md", "-o", str(tmp_path / "un"), "--processus", "1"]) == 0
    alone = capsys.readouterr()
    assert spawning == []
    assert main(["draft", *files, "--format", "md", "-o", str(tmp_path / "deux"), "--processus", "2"]) == 0
    assert spawning == ["spawn"]
    spawned = capsys.readouterr()
    assert spawned.out == alone.out.replace(str(tmp_path / "un"), str(tmp_path / "deux"))
    for n in range(4):
        assert pieces(tmp_path / "un" / f"m{n}") == pieces(tmp_path / "deux" / f"m{n}")
