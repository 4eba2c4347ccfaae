import re
from pathlib import Path

import pytest

from clausegen import __version__
from clausegen.cli.commands import COMMANDES
from clausegen.workflow.examine import examiner

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"

pytestmark = pytest.mark.skipif(not README.is_file(), reason="tests run away from the project")


@pytest.fixture
def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_the_first_screen_holds_both_commands(readme: str) -> None:
    first_screen = readme.splitlines()[:24]
    commands = [line for line in first_screen if line.startswith("python3 -m venv .venv && ")]
    assert ["clausegen draft" in line for line in commands] == [True, False]
    assert commands[1].endswith("/pytest")
    assert sum(line.startswith("python3 -m venv") for line in readme.splitlines()) == 2


def test_every_command_is_shown(readme: str) -> None:
    assert all(f"`clausegen {name}" in readme for name in COMMANDES)


def test_the_short_description_loads(readme: str, tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert found
    path = tmp_path / "marche.yaml"
    path.write_text(found[1], encoding="utf-8")
    examen = examiner(path)
    assert examen.decision is not None
    assert [d for d in examen.diagnostics if d.code.startswith("F")] == []


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
