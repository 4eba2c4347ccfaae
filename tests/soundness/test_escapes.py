"""What a buyer's template tries against the sandbox, and what a name tries against the output folder."""

import os
import socket
from pathlib import Path

import pytest
import yaml

from clausegen.cli.app import main
from clausegen.dossier.pieces import gabarits
from clausegen.errors import ClausegenError
from clausegen.files.outputs import MANIFESTE, write_outputs
from clausegen.text.apart import render_all
from clausegen.text.buyer import read_buyer
from clausegen.text.render import render
from clausegen.workflow.examine import examiner

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "espaces-verts" / "marche.yaml"
ATTEMPTS = yaml.safe_load(Path(__file__).with_name("escapes.yaml").read_text(encoding="utf-8"))
ENDLESS = ATTEMPTS.pop("sans_fin")
HERE = [(kind, source) for kind, sources in ATTEMPTS.items() for source in sources]
PART = "ccap/parts/penalites.md.j2"
ENGLISH = ("has no attribute", "object", "not found", "unsafe", "error", "Traceback", "undefined", "expected")


@pytest.fixture(scope="module")
def dossier():
    return examiner(EXAMPLE).dossier


@pytest.fixture
def templates(tmp_path):
    def made(source):
        part, loop = tmp_path / "g" / PART, tmp_path / "g" / "acheteur" / "boucle.md.j2"
        for path, text in (
            (part, f"\n{source}"),
            (loop, "{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}"),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_buyer(tmp_path / "g")

    return made


def test_there_are_enough_of_them():
    assert len(HERE) >= 120 and len(set(HERE)) == len(HERE)


@pytest.fixture
def nothing_outside(monkeypatch):
    """Whatever reaches for a process, a connection or a file beside the templates is a hole, refused or not."""

    def hole(*args, **kwargs):
        raise AssertionError(f"reached outside: {args} {kwargs}")

    for owner, name in ((os, "system"), (os, "popen"), (os, "fork"), (socket, "socket")):
        if hasattr(owner, name):
            monkeypatch.setattr(owner, name, hole)


@pytest.mark.parametrize(("kind", "source"), HERE)
@pytest.mark.usefixtures("nothing_outside")
def test_refused_in_french(templates, dossier, kind, source):
    with pytest.raises(ClausegenError) as caught:
        render(gabarits()["ccap"], dossier, "x", acheteur=templates(source))
    message = str(caught.value)
    assert message.startswith("Le gabarit ") and " ne se rend pas : " in message, kind
    said = message.partition(" ne se rend pas : ")[2].replace(source, "")
    assert not [word for word in ENGLISH if word in said], said
    assert "root:" not in message and "[project]" not in message


@pytest.mark.parametrize("source", ENDLESS, ids=range(len(ENDLESS)))
def test_what_does_not_end_is_stopped(templates, dossier, source):
    with pytest.raises(ClausegenError, match=r"ne finit pas|sans fin|mémoire|dépasse"):
        render_all([gabarits()["ccap"]], dossier, "x", acheteur=templates(source), delai=2)


NAMES = [
    "..",
    ".",
    "../evasion.docx",
    "/tmp/evasion.docx",
    "a/b.docx",
    "a\\b.docx",
    "C:\\x.docx",
    "CON",
    "con.docx",
    "LPT1.txt",
    "note.docx:flux",
    "note.docx.",
    "note.docx ",
    " note.docx",
    ".cache",
    MANIFESTE,
    "x" * 300,
    "é" * 150,
    "a\nb.docx",
    "a\x00b.docx",
    "a\x7fb.docx",
    "a*b?.docx",
    "",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_that_could_leave_the_folder_writes_nothing(tmp_path, name):
    out = tmp_path / "a" / "sortie"
    with pytest.raises(ClausegenError, match="Nom de fichier"):
        write_outputs(out, {"note.docx": b"x", name: b"y"})
    assert not out.exists()


STEMS = [
    "..yaml",
    "...",
    "CON.yaml",
    "marche..yaml",
    "x" * 240 + ".yaml",
    "a\nb.yaml",
    "-x.yaml",
    "é à.yaml",
    "$(id).yaml",
]


@pytest.mark.parametrize("stem", STEMS, ids=range(len(STEMS)))
def test_a_description_of_any_name_writes_beside_itself_or_says_why(tmp_path, capsys, stem):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    for name in (stem, "autre.yaml"):
        (folder / name).write_text(
            "version: 1\nobjet: ../../../evasion\nreference: ../../evasion\nlots: [{numero: 1, intitule: /etc/x}]\n",
            encoding="utf-8",
        )
    before = {path for path in tmp_path.rglob("*") if path.is_relative_to(folder)}
    code = main(
        ["draft", "--documents", "note", "--malgre-erreurs", "--", str(folder / stem), str(folder / "autre.yaml")]
    )
    captured = capsys.readouterr()
    assert code in (0, 1, 2) and "trompé lui-même" not in captured.err
    made = set(tmp_path.rglob("*")) - before - {tmp_path / "a", folder}
    assert made, captured.err
    assert {path.name for path in made if path.is_file()} == {"note.docx", MANIFESTE}
    # One folder each, under the one that holds the description.
    assert all(path.parent == folder for path in made if path.is_dir())
    code = main(
        [
            "draft",
            "--documents",
            "note",
            "-o",
            str(tmp_path / "s"),
            "--",
            str(folder / stem),
            str(folder / "autre.yaml"),
        ]
    )
    assert code in (0, 1, 2)
    assert {path.parent for path in (tmp_path / "s").iterdir()} == {tmp_path / "s"}
    assert sorted(tmp_path.iterdir()) == [tmp_path / "a", tmp_path / "s"]


def test_a_nul_in_a_path_is_told(capsys):
    for command in ("draft", "check", "review", "import"):
        assert main([command, "a\x00b.yaml"]) == 2
        assert "caractère nul" in capsys.readouterr().err
