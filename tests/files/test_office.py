import os
import sys
import time
from pathlib import Path

import pytest

from clausegen.errors import ClausegenError
from clausegen.files import office

posix = pytest.mark.skipif(sys.platform == "win32", reason="the false programs are shell scripts")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A false LibreOffice, alone on the PATH."""

    def _make(script):
        path = tmp_path / "bin" / "soffice"
        path.parent.mkdir()
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(path.parent))
        return path

    return _make


def convert(**options):
    return office.convert(b"mot", "note.docx", "pdf", "pdf", epoch=86_400, **options)


@posix
def test_it_is_found_on_the_path_first(program):
    path = program("true")
    assert office.find_office() == path


def test_it_is_found_where_installers_put_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_MACOS", str(tmp_path / "absent"))
    for variable in office._WINDOWS:
        monkeypatch.delenv(variable, raising=False)
    assert office.find_office() is None
    place = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    place.parent.mkdir(parents=True)
    place.touch()
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert office.find_office() == place


@posix
def test_it_converts_in_a_folder_that_goes_away(program, tmp_path):
    log = tmp_path / "vu"
    program(f'for last; do :; done\nprintf %s "$SOURCE_DATE_EPOCH" > "${{last%.docx}}.pdf"\necho "$@" > {log}')
    assert convert() == b"86400"
    seen = log.read_text(encoding="utf-8").split()
    assert "--headless" in seen and seen[0].startswith("-env:UserInstallation=file:///")
    assert not Path(seen[-1]).exists()


@posix
@pytest.mark.parametrize(
    ("script", "words"), [("exit 3", r"a échoué \(code 3\)"), ("true", "n'a produit aucun fichier")]
)
def test_a_failure_is_told(program, script, words):
    program(script)
    with pytest.raises(ClausegenError, match=words):
        convert()


@posix
def test_past_its_time_it_is_stopped_with_its_children(program, tmp_path):
    child = tmp_path / "enfant"
    program(f"sleep 60 & echo $! > {child}\nwait")
    with pytest.raises(ClausegenError, match=r"en 0\.5 secondes"):
        convert(delai=0.5)
    for _ in range(50):
        try:
            os.kill(int(child.read_text(encoding="utf-8")), 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{int(child.read_text(encoding='utf-8'))}/stat")
        if state.exists() and state.read_text(encoding="utf-8").split()[2] == "Z":
            return
        time.sleep(0.05)
    raise AssertionError("a child is left behind")


@posix
def test_what_does_not_start_is_told(program):
    program("true").write_bytes(b"\x00")
    with pytest.raises(ClausegenError, match="LibreOffice"):
        convert()
