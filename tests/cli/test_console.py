import io
import os
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from clausegen.cli.console import progress, tell, tell_line, utf8
from clausegen.cli.display import show

ROOT = Path(__file__).resolve().parents[2]
PATHS = [Path(f"{n}.yaml") for n in range(20)]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_no_bar_unless_someone_watches(capsys: pytest.CaptureFixture[str]) -> None:
    assert progress(PATHS, "Essai", 20) is PATHS
    assert capsys.readouterr() == ("", "")


def test_no_bar_for_a_few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert progress(PATHS[:2], "Essai", 2) == PATHS[:2]


def test_a_bar_on_stderr_without_colour_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert list(progress(iter(PATHS), "Essai", len(PATHS))) == PATHS
    assert "Essai" in terminal.getvalue()
    assert "\x1b[3" not in terminal.getvalue()
    assert capsys.readouterr().out == ""


def test_messages_get_french_spaces_but_lines_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    tell("Lu : rien")
    tell_line("a : b.yaml")
    assert capsys.readouterr().err == "Lu\u00a0: rien\na : b.yaml\n"


def test_utf8_never_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    utf8()
    sys.stdout.write("é\udc80")
    sys.stdout.flush()
    assert raw.getvalue() == "é?".encode()


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of POSIX")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_takes_nothing_and_breaks_nothing(tmp_path: Path, closed: str) -> None:
    market, out = ROOT / "examples" / "incomplet" / "marche.yaml", tmp_path / "s"
    command = [sys.executable, "-m", "clausegen", "draft", str(market), "--documents", "note", "-o", str(out)]
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {shlex.join(command)} {closed}"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr
    assert sorted(path.name for path in out.iterdir()) == [".clausegen.json", "note.docx"]
    assert zipfile.ZipFile(out / "note.docx").testzip() is None


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be removed there")
def test_a_current_folder_that_was_removed_is_named(tmp_path: Path) -> None:
    here = tmp_path / "ici"
    here.mkdir()
    command = f'cd "{here}" && rmdir "{here}" && exec {shlex.join([sys.executable, "-m", "clausegen"])} check m.yaml'
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 2 and "le dossier courant n’existe plus" in done.stderr, done.stderr


def test_a_terminal_without_columns_is_taken_for_a_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    screen = io.StringIO()
    show("Erreur : un mot", screen)
    assert screen.getvalue().count("\n") == 1 and "un mot" in screen.getvalue()
