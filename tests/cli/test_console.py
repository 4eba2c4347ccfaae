import io
import sys
from pathlib import Path

import pytest

from clausegen.cli.console import progress, tell, tell_line, utf8

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
