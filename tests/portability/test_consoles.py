"""Consoles of Windows and old terminals: never a crash, a result that stays UTF-8 in files, a screen one can read."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.portability.conftest import MARCHE, ROOT, Lancer

CONSOLES = {
    "cp1252": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    "posix": {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "POSIX"},
}
CALLS: list[tuple[str, ...]] = [
    ("--help",),
    ("check", str(MARCHE)),
    ("explain", str(MARCHE)),
    ("explain", str(MARCHE), "--format", "json"),
    ("draft", str(MARCHE), "-o", "pieces"),
    ("draft", str(MARCHE), "--format", "txt", "-o", "textes"),
    ("export", str(MARCHE), "--format", "eforms"),
    ("diff", str(MARCHE), str(MARCHE)),
    ("rules", "list"),
    ("rules", "show", "condition-sociale"),
    ("schema",),
    ("check", "--expliquer", "F022"),
    ("chekc",),
    ("check", "introuvable.yaml"),
]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[int, bytes, bytes]]:
    """What each call gives under UTF-8."""
    found = {}
    here = tmp_path_factory.mktemp("utf8")
    for call in CALLS:
        run = subprocess.run(
            [sys.executable, "-m", "clausegen", *call],
            cwd=here,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        found[call] = (run.returncode, run.stdout, run.stderr)
    return found


@pytest.mark.parametrize("console", CONSOLES)
def test_a_pipe_or_a_file_gets_the_same_bytes(
    lancer: Lancer, console: str, expected: dict[tuple[str, ...], tuple[int, bytes, bytes]]
) -> None:
    assert {code for code, _, _ in expected.values()} == {0, 2}
    for call, (code, out, err) in expected.items():
        done = lancer(*call, **CONSOLES[console])
        assert (done.returncode, done.stderr.decode()) == (code, err.decode()), call
        assert done.stdout == out, call


def on_a_terminal(folder: Path, encoding: str, *args: str) -> tuple[int, str]:
    """Run the program on a pseudo-terminal that speaks an encoding, and return what the screen shows."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminal on this system")
    master, slave = pty.openpty()
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    variables |= {
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": encoding,
        "PYTHONUTF8": "0",
        "TERM": "xterm",
        "NO_COLOR": "1",
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "clausegen", *args],
        cwd=folder,
        env=variables | {"COLUMNS": "100", "LINES": "40"},
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break  # the terminal closes with its last program
        if not part:
            break
        shown += part
    os.close(master)
    return child.wait(timeout=120), shown.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
@pytest.mark.parametrize(
    "call",
    [
        ("explain", str(MARCHE)),
        ("check", str(MARCHE)),
        ("draft", str(MARCHE), "-o", "out"),
        ("rules", "show", "condition-sociale"),
        ("diff", str(MARCHE), str(MARCHE)),
        ("check", "introuvable.yaml"),
    ],
    ids=lambda call: call[0],
)
def test_an_old_terminal_can_be_read(tmp_path: Path, encoding: str, call: tuple[str, ...]) -> None:
    code, shown = on_a_terminal(tmp_path, encoding, *call)
    assert code == (2 if "introuvable.yaml" in call else 0), shown
    assert "Traceback" not in shown and "\ufffd" not in shown
    # Two characters of UTF-8 read one by one: what an accent becomes when the encodings differ.
    assert not any(mojibake in shown for mojibake in ("Ã©", "Ã¨", "├®", "├¿", "â€™", "ÔÇÖ")), shown
    # A question mark stands alone or ends a question; in a word or a number it is a lost character.
    assert not re.search(r"\w\?\w", shown), shown


def test_an_old_terminal_shows_amounts_and_accents(tmp_path: Path) -> None:
    for encoding, euro in (("cp1252", "€"), ("cp850", "EUR")):
        _, shown = on_a_terminal(tmp_path, encoding, "explain", str(MARCHE))
        plain = shown.replace("\xa0", " ")
        assert "Décision" in plain or "décision" in plain or "exécution" in plain
        assert f"000 {euro}" in plain, plain
