"""`check` as a CI runs it: examples, one of them broken on purpose, in every format; and what the README says to paste."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from clausegen.cli.app import main
from clausegen.french.typography import plain
from tests.reports.formats import annotations, junit, sarif

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
README = ROOT / "README.md"
KEPT = ("espaces-verts", "incomplet", "maitrise-oeuvre-sans-facilitateur")
BROKEN = "marches/espaces-verts/marche.yaml"

pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="tests run away from the project")

Lancer = Callable[..., tuple[int, str, str]]


@pytest.fixture
def depot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a buyer, in which a SIRET was mistyped and a reservation that the law closes was chosen."""
    for name in KEPT:
        shutil.copytree(EXAMPLES / name, tmp_path / "marches" / name)
    path = tmp_path / BROKEN
    text = path.read_text(encoding="utf-8")
    for old, new in (("dispositif: clause", "dispositif: reserve-ess"), ("00000001800010", "00000001800011")):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def ligne(depot: Path) -> int:
    lines = (depot / BROKEN).read_text(encoding="utf-8").splitlines()
    return next(rank for rank, line in enumerate(lines, 1) if "00000001800011" in line)


@pytest.fixture
def lancer(depot: Path, capsys: pytest.CaptureFixture[str]) -> Lancer:
    def run(*args: str) -> tuple[int, str, str]:
        assert Path.cwd() == depot
        capsys.readouterr()
        code = main(["check", "marches", *args])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_text(lancer: Lancer, ligne: int) -> None:
    code, out, err = lancer()
    assert (code, err) == (1, "")
    assert f"{BROKEN}:{ligne}:10: erreur F035 " in out
    row = next(line for line in out.splitlines() if line.startswith(f"{BROKEN} "))
    assert row.split()[1] == "1"
    assert out.splitlines()[-1].startswith("3 fichiers examinés")


def test_json(lancer: Lancer, ligne: int) -> None:
    code, out, _ = lancer("--format", "json")
    report = json.loads(out)
    (found,) = [d for f in report["fichiers"] for d in f["diagnostics"] if d["niveau"] == "erreur"]
    assert (code, found["fichier"], found["code"], found["ligne"]) == (1, BROKEN, "F035", ligne)
    assert report["bilan"]["erreur"] == 1


def test_sarif(lancer: Lancer, ligne: int) -> None:
    code, out, _ = lancer("--format", "sarif")
    run = sarif(out)
    (found,) = [result for result in run["results"] if result["level"] == "error"]
    place = found["locations"][0]["physicalLocation"]
    assert (code, run["invocations"][0]["exitCode"], found["ruleId"]) == (1, 1, "F035")
    assert place["artifactLocation"]["uri"] == BROKEN
    assert place["region"] == {"startLine": ligne, "startColumn": 10}


def test_junit(lancer: Lancer, ligne: int) -> None:
    code, out, _ = lancer("--format", "junit")
    root = junit(out)
    assert (code, root.get("failures"), root.get("errors"), len(root)) == (1, "1", "0", 3)
    (case,) = [case for case in root.iter("testcase") if case.find("failure") is not None]
    assert case.get("classname") == BROKEN and case.get("name").startswith("F035")
    assert f"{BROKEN}:{ligne}:10: " in case.findtext("failure")


def test_github(lancer: Lancer, ligne: int) -> None:
    code, out, _ = lancer("--format", "github")
    (kind, properties, message), *others = annotations(out)
    assert (code, kind) == (1, "error")
    assert properties == {"file": BROKEN, "line": str(ligne), "col": "10", "title": properties["title"]}
    assert properties["title"].startswith("F035") and "SIRET" in message
    assert "error" not in {other[0] for other in others}
    assert out.splitlines()[-1].startswith("3 fichiers examinés")


def test_once_the_form_is_right_the_law_speaks(lancer: Lancer, depot: Path) -> None:
    path = depot / BROKEN
    path.write_text(path.read_text(encoding="utf-8").replace("00000001800011", "00000001800010"), encoding="utf-8")
    code, out, _ = lancer("--format", "sarif")
    errors = [result for result in sarif(out)["results"] if result["level"] == "error"]
    assert code == 1
    assert [(e["ruleId"], e["properties"]["chemin"]) for e in errors] == [("D101", "lots[0].dispositif")]
    assert errors[0]["properties"]["fondements"]


@pytest.mark.parametrize("format_rapport", ["texte", "json", "sarif", "junit", "github"])
def test_what_is_known_passes_in_every_format(lancer: Lancer, depot: Path, format_rapport: str) -> None:
    (depot / "existant.json").write_text(lancer("--format", "json")[1], encoding="utf-8")
    code, out, err = lancer("--format", format_rapport, "--existant", "existant.json")
    assert (code, err) == (0, "")
    if format_rapport == "sarif":
        results = sarif(out)["results"]
        assert results and all("suppressions" in result for result in results)
    elif format_rapport == "junit":
        assert junit(out).get("failures") == "0" and "system-out" not in out
    elif format_rapport == "github":
        assert annotations(out) == []
    else:
        assert "F035" not in out


def pasted(word: str) -> dict[str, Any]:
    """Return the block of YAML of the README that holds a word."""
    blocks = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (block,) = [block for block in blocks if word in block]
    assert "\u00a0" not in block and "\u202f" not in block
    content: dict[str, Any] = yaml.safe_load(block)
    return content


def shell(command: str, depot: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of a CI as its shell would; the program is the one under test."""
    home = depot / "bin"
    home.mkdir(exist_ok=True)
    program = home / "clausegen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m clausegen "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{home}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    return subprocess.run(["sh", "-ec", command], cwd=depot, env=env, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="shell of a CI")
def test_the_readme_for_github(depot: Path) -> None:
    steps = pasted("upload-sarif")["jobs"]["verifier"]["steps"]
    install, *commands = [step["run"] for step in steps if "run" in step]
    assert install == "pip install ./outils/clausegen"
    done = [shell(command, depot) for command in commands]
    assert [run.returncode for run in done] == [1, 1]
    assert annotations(done[0].stdout)[0][0] == "error"
    (upload,) = [step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", "")]
    assert sarif((depot / upload).read_text(encoding="utf-8"))["results"]


@pytest.mark.skipif(sys.platform == "win32", reason="shell of a CI")
def test_the_readme_for_gitlab(depot: Path) -> None:
    job = pasted("artifacts")["clauses-sociales"]
    assert job["script"][0] == "pip install ./outils/clausegen"
    assert shell(job["script"][1], depot).returncode == 1
    assert junit((depot / job["artifacts"]["reports"]["junit"]).read_text(encoding="utf-8")).get("failures") == "1"


@pytest.mark.skipif(sys.platform == "win32", reason="shell of a CI")
def test_the_readme_for_a_baseline(depot: Path) -> None:
    (block,) = re.findall(r"```sh\n([^`]*--existant[^`]*)```", README.read_text(encoding="utf-8"))
    first, second = block.strip().splitlines()
    assert (shell(first, depot).returncode, shell(second, depot).returncode) == (1, 0)


@pytest.mark.usefixtures("depot")
def test_the_readme_and_the_hook_of_pre_commit() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (used,) = pasted("repos:")["repos"][0]["hooks"]
    assert used["id"] == hook["id"]
    chosen, left = re.compile(hook["files"]), re.compile(hook["exclude"])
    names = {
        "marche.yaml": True,
        "marches/2026/marche-voirie.yml": True,
        "a/marche_1.json": True,
        "marches/ci.yaml": False,
        "demarche.yaml": False,
        "marche.schema.json": False,
        "marche.yaml.bak": False,
    }
    assert {name: bool(chosen.search(name)) and not left.search(name) for name in names} == names
    assert main([*hook["entry"].split()[1:], BROKEN]) == 1
    assert main([*hook["entry"].split()[1:], "marches/incomplet/marche.yaml"]) == 0


def test_the_readme_tells_the_root_of_codes() -> None:
    assert "(docs/codes.md)" in plain(README.read_text(encoding="utf-8"))
