"""What a person sees on a terminal: the words of the plain report, at every width, and nothing by colour alone."""

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausegen.cli.console import page, written
from clausegen.cli.display import FRAMED, WIDEST, show, show_table, waiting
from clausegen.cli.nearby import nearest
from clausegen.reports.layout import item, section, unwrapped

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
_COLOURS = re.compile(r"\x1b\[[0-9;]*?(?<![0-9])(?:3[0-9]|4[0-9]|9[0-9])[;m]")
# Frames, rules of titles and bullets: what a terminal draws around words.
_DRAWN = re.compile(r"[┌┐└┘─│]|(?m:^-+$)")

Terminal = Callable[..., tuple[int, str]]


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def words(text: str) -> list[str]:
    return _DRAWN.sub(" ", _ESCAPES.sub("", text)).split()


def lines(text: str) -> list[str]:
    return _ESCAPES.sub("", text).splitlines()


def in_terminal(
    *args: Any, columns: int = 80, apart: bool = False, cwd: Path | None = None, **variables: str
) -> tuple[int, str, str]:
    """Run the program in a terminal of that width; with `apart`, stdout goes to a pipe."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CLICOLOR", "COLUMNS", "FORCE_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "clausegen", *(str(arg) for arg in args)],
        stdin=slave,
        stdout=subprocess.PIPE if apart else slave,
        stderr=slave,
        env=kept | {"TERM": "xterm-256color"} | variables,
        cwd=cwd,
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            seen += (read := os.read(master, 65536))
        except OSError:
            break
        if not read:
            break
    os.close(master)
    piped = process.communicate()[0] or b""
    return process.returncode, seen.decode().replace("\r\n", "\n"), piped.decode()


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
@pytest.mark.parametrize(
    "call",
    [
        ("explain", "travaux-lots/marche.yaml"),
        ("check", "nettoyage/marche.yaml"),
        ("rules", "show", "condition-sociale", "--date", "2026-11-26"),
        ("check", "--expliquer", "D101"),
        ("diff", "travaux-lots/marche.yaml", "--date", "2026-01-15"),
    ],
    ids=" ".join,
)
def test_a_terminal_shows_the_same_words_and_wraps_them(
    clausegen: Any, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...], columns: int
) -> None:
    monkeypatch.chdir(EXAMPLES)
    _, plain, _ = clausegen(*call)
    screen = Screen()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        patch.setenv("TERM", "xterm")
        patch.setenv("COLUMNS", str(columns))
        clausegen(*call)
    shown = screen.getvalue().replace("\u00a0", " ").replace("\u202f", " ")
    assert words(shown) == words(plain)
    assert "\x1b[1" in shown
    # Only a word that is longer than the screen goes beyond it: a path is never cut.
    for line in lines(screen.getvalue()):
        assert len(line) <= min(columns, WIDEST) or len(line.replace("- ", "").strip().split(" ")) == 1, line


@pytest.fixture
def on_screen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def shown(text: str, columns: int = 80, cadre: str = "", **variables: str) -> str:
        for name in ("NO_COLOR", "CLICOLOR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"TERM": "xterm", "COLUMNS": str(columns)} | variables).items():
            monkeypatch.setenv(name, value)
        screen = Screen()
        show(text, screen, cadre)
        return screen.getvalue()

    return shown


FINDINGS = "a.yaml:1:2: erreur D101 Faux.\na.yaml:2:1: avertissement H308 Risqué.\na.yaml: information C001 Dit.\n"


def test_levels_are_words_and_two_of_them_colours(on_screen: Any) -> None:
    shown = on_screen(FINDINGS)
    assert "\x1b[1;31merreur D101\x1b[0m" in shown
    assert "\x1b[1;35mavertissement H308\x1b[0m" in shown
    assert "a.yaml: information C001 Dit." in shown
    assert set(_COLOURS.findall(shown)) == {"\x1b[1;31m", "\x1b[1;35m"}


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"CLICOLOR": "0"}], ids=str)
def test_no_colour_when_asked_and_the_words_stay(on_screen: Any, variable: dict[str, str]) -> None:
    shown = on_screen(FINDINGS, **variable)
    assert not _COLOURS.search(shown)
    assert words(shown) == FINDINGS.split()


def test_a_finding_is_wrapped_under_itself(on_screen: Any) -> None:
    shown = on_screen("a.yaml:1:2: question Q001 Quelle est la valeur estimée du marché, hors taxes ?\n", 40)
    first, *rest = lines(shown)
    assert first.startswith("a.yaml:1:2: question Q001 Quelle")
    assert rest and all(line.startswith("    ") and len(line) <= 40 for line in rest)


def _lots() -> str:
    with unwrapped():
        return "\n".join([*section("Lot n° 1", [item("Retenu : clause.")]), *section("Pièces", [item("ccap")])]).strip()


def test_a_section_is_framed_where_there_is_room(on_screen: Any) -> None:
    wide, narrow = on_screen(_lots(), 80, "Lot n°"), on_screen(_lots(), FRAMED - 1, "Lot n°")
    top, inside, bottom, *rest = lines(wide)
    assert top.startswith("┌─ Lot n°\u00a01 ─") and inside.startswith("│ - Retenu") and bottom.startswith("└")
    assert rest == ["", "Pièces", "  - ccap"]
    assert {len(line) for line in (top, inside, bottom)} == {80}
    assert "│" not in narrow and words(narrow) == words(wide)


def test_a_frame_of_a_terminal_that_is_not_utf8_is_ascii(on_screen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Screen, "encoding", "iso8859-1")
    assert lines(on_screen(_lots(), 80, "Lot n°"))[1].startswith("| - Retenu")


def test_no_break_spaces_hold(on_screen: Any) -> None:
    for columns in range(20, 60):
        assert "art.\u00a0L.\u00a02112-2" in on_screen(f"{'mot ' * 7}art.\u00a0L.\u00a02112-2 suite\n", columns)


@given(st.text(alphabet="ab -:.\u00a0\ud7ffé'«»\n", max_size=200), st.integers(10, 120))
@settings(max_examples=150)
def test_no_word_is_lost_whatever_the_text(text: str, columns: int) -> None:
    screen = Screen()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        show(text, screen)
    # A line of dashes under a title is drawn as a weight.
    assert [w for w in words(screen.getvalue()) if w.strip("-")] == [w for w in words(text) if w.strip("-")]


ROWS = [
    ("règle", "depuis", "titre"),
    ("a/b", "2026-08-22", "Un titre assez long pour passer à la ligne"),
    ("c", "-", ""),
]


@pytest.mark.parametrize("columns", [40, 52, 200])
def test_a_table_wraps_within_its_cells_or_becomes_paragraphs(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    screen = Screen()
    show_table(ROWS, screen)
    shown = lines(screen.getvalue())
    assert all(len(line) <= columns for line in shown)
    if columns == 40:
        assert shown[0] == "a/b" and "  depuis\u00a0: 2026-08-22" in shown
    else:
        start = shown[0].index("titre")
        assert shown[1].startswith("a/b    2026-08-22  Un titre") and len(shown) == (4 if columns == 52 else 3)
        assert all(not line[: start - 1].strip() for line in shown[2:-1])


def test_dumb_terminals_and_pipes_get_the_bare_report(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, term in ((Screen(), "dumb"), (io.StringIO(), "xterm")):
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setenv("TERM", term)
        page(lambda: "\n".join(section("Titre", [item("mot " * 60)])).strip())
        written("a/b.docx\na/c.docx\n")
        text = stream.getvalue()
        assert text.startswith("Titre\n-----\n  - mot") and text.endswith("a/b.docx\na/c.docx\n")
        assert max(map(len, text.splitlines())) <= WIDEST and "\x1b" not in text


def test_what_is_printed_meanwhile_does_not_pass_through_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    out, screen = io.StringIO(), Screen()
    monkeypatch.setattr(sys, "stdout", out)
    with waiting("Essai", 3, screen):
        sys.stdout.write("résultat\n")
    assert out.getvalue() == "résultat\n" and "résultat" not in screen.getvalue()
    assert "0/3" in screen.getvalue()


@pytest.mark.parametrize(
    ("character", "shown"),
    [("’", "'"), ("\u202f", " "), ("é", "e"), ("œ", "oe"), ("€", "EUR"), ("…", "..."), ("字", "?")],
)
def test_a_character_that_a_terminal_lacks(character: str, shown: str) -> None:
    assert nearest(character) == shown


class TestProgram:
    """The whole program, in a real terminal."""

    def test_draft_counts_questions_and_lists_what_it_wrote(self, tmp_path: Path) -> None:
        (tmp_path / "m.yaml").write_bytes((EXAMPLES / "incomplet" / "marche.yaml").read_bytes())
        code, seen, _ = in_terminal("draft", "m.yaml", "--documents", "note,ccap", cwd=tmp_path)
        said = " ".join(_ESCAPES.sub("", seen).replace("\u00a0", " ").replace("\u202f", " ").split())
        assert code == 0 and "question Q" not in said
        assert re.match(
            r"m\.yaml : \d\d questions sans réponse ; la note les liste ; pour les voir : clausegen check", said
        )
        assert said.endswith("2 fichiers écrits dans m/ : ccap.docx, note.docx") or said.endswith(
            "note.docx, ccap.docx"
        )

    def test_paths_stay_paths_when_only_messages_are_watched(self, tmp_path: Path) -> None:
        for rank in range(10):
            (tmp_path / f"m{rank}.yaml").write_bytes((EXAMPLES / "incomplet" / "marche.yaml").read_bytes())
        code, seen, piped = in_terminal(
            "draft", ".", "-o", "out", "--documents", "note", "--processus", "1", cwd=tmp_path, apart=True
        )
        assert code == 0 and piped.splitlines() == [f"out/m{rank}/note.docx" for rank in range(10)]
        assert "9/10" in seen and "note.docx" not in seen

    def test_fields_of_a_version_to_publish_take_a_line_each(self, tmp_path: Path, clausegen: Any) -> None:
        code, _, err = clausegen("draft", EXAMPLES / "incomplet" / "marche.yaml", "--publiable", "-o", tmp_path / "o")
        found = [line for line in err.splitlines() if " E103 " in line]
        assert code == 1 and len(found) > 5 and len(set(found)) == len(found)
        assert (
            f"{len(found)} erreurs, rien n’est écrit pour ce marché. Complétez-les, ou ajoutez --champs-vides." in err
        )

    def test_an_error_is_a_word_before_a_colour(self) -> None:
        code, seen, _ = in_terminal("explan", columns=60)
        assert code == 2 and seen.startswith("\x1b[1;31mErreur\x1b[0m\u00a0: ")
        code, bare, _ = in_terminal("explan", columns=60, TERM="dumb")
        assert "\x1b" not in bare and bare.split() == _ESCAPES.sub("", seen).split()

    def test_help_stays_plain(self) -> None:
        code, seen, _ = in_terminal("draft", "--help")
        assert code == 0 and "\x1b" not in seen

    def test_a_latin_terminal_is_spoken_to_in_its_own_encoding(self) -> None:
        script = "import sys; from clausegen.cli.console import utf8; utf8(); sys.stdout.write('l\u2019\u00e9t\u00e9 \u0153')"
        master, slave = pty.openpty()
        environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
        subprocess.run([sys.executable, "-c", script], stdout=slave, env=environment, check=True)
        os.close(slave)
        assert os.read(master, 100) == "l'été oe".encode("latin-1")
        os.close(master)

    def test_rich_is_not_loaded_for_a_pipe(self) -> None:
        script = "import sys; from clausegen.cli.app import main; main(sys.argv[1:]); print('rich' in sys.modules)"
        call = [sys.executable, "-c", script, "check", str(EXAMPLES / "incomplet" / "marche.yaml")]
        done = subprocess.run(call, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "False" and done.stderr == ""
