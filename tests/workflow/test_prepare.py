"""What is compiled when the program is built serves its first run, and never stale or damaged."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clausegen.files import cache
from clausegen.files.shipped import shipped

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "espaces-verts" / "marche.yaml"
SEEN = """
import sys
from pathlib import Path
from clausegen.files import cache
cache.PREPARED = Path(sys.argv[1])
from clausegen.workflow.examine import examiner
examen = examiner(Path(sys.argv[2]))
assert all(texte.tokens for texte in examen.textes.values())
print(sorted(path.name.partition("-")[0] for path in Path(sys.argv[3]).iterdir()))
print("pydantic" in sys.modules, "markdown_it" in sys.modules, examen.decision.regles["empreinte"])
"""


def run(root, folder, *command):
    environment = os.environ | {cache.SWITCH: str(folder), "PYTHONPATH": str(root), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def first_run(root, prepared, folder):
    """Return which entries a first run made, and whether it loaded what reads rules and plain words."""
    folder.mkdir()
    return run(root, folder, "-c", SEEN, str(prepared), str(EXAMPLE), str(folder))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepare")
    run(ROOT, folder, "-m", "clausegen.workflow.prepare")
    return folder


def test_the_first_run_compiles_nothing(prepared, tmp_path):
    made, loaded = first_run(ROOT, prepared, tmp_path / "cache")
    assert made == "[]"
    assert loaded.startswith("False False sha256:")


def test_without_it_the_first_run_compiles_and_says_the_same(prepared, tmp_path):
    made, loaded = first_run(ROOT, tmp_path / "absent", tmp_path / "cache")
    assert made == "['description', 'gabarits', 'regles', 'suivi']"
    assert loaded.split()[-1] == first_run(ROOT, prepared, tmp_path / "autre")[1].split()[-1]


def test_two_preparations_are_the_same(prepared, tmp_path):
    run(ROOT, tmp_path, "-m", "clausegen.workflow.prepare")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {p.name: p.read_bytes() for p in prepared.iterdir()}


@pytest.mark.parametrize("content", [b"", b"\x80", b"\xff" * 4_000])
def test_a_damaged_entry_is_made_again(prepared, tmp_path, content):
    broken = tmp_path / "broken"
    shutil.copytree(prepared, broken)
    for entry in broken.iterdir():
        entry.write_bytes(content)
    made, loaded = first_run(ROOT, broken, tmp_path / "cache")
    assert made == "['description', 'gabarits', 'regles', 'suivi']"
    assert loaded.split()[-1] == first_run(ROOT, prepared, tmp_path / "autre")[1].split()[-1]


def test_a_rule_or_a_template_changed_since_is_seen(prepared, tmp_path):
    copy = tmp_path / "projet"
    for name in ("clausegen", "rules", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "_shipped"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    before = first_run(copy, prepared, tmp_path / "avant")
    assert before[0] == "[]"
    rule, template = copy / "rules" / "calibrage" / "smic.yaml", copy / "templates" / "note" / "note.md.j2"
    rule.write_text(rule.read_text(encoding="utf-8") + "\n# relu\n", encoding="utf-8")
    template.write_text(template.read_text(encoding="utf-8") + "\nUn mot de plus.\n", encoding="utf-8")
    made, loaded = first_run(copy, prepared, tmp_path / "apres")
    assert made == "['gabarits', 'regles']"
    assert loaded.split()[-1] != before[1].split()[-1]


def test_every_template_is_prepared(prepared):
    import marshal

    from clausegen.text.bytecode import unsealed

    (entry,) = prepared.glob("gabarits-*")
    known = marshal.loads(unsealed(entry.read_bytes()))
    assert set(known) == {p.relative_to(shipped("templates")).as_posix() for p in shipped("templates").rglob("*.j2")}
