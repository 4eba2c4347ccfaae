"""Every dependency is wanted, explained, pinned and free to be used by a program under the MIT licence."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "dependances.md"
PINNED = ROOT / "requirements" / "ci.txt"

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="tests run away from the project")

# Module that a dependency is imported by, when it is not its name.
MODULES = {
    "markdown-it-py": "markdown_it",
    "mdit-py-plugins": "mdit_py_plugins",
    "python-docx": "docx",
    "python-stdnum": "stdnum",
    "pyyaml": "yaml",
}
# Part of another dependency, which pins it exactly: importing it asks for nothing more.
WITHIN = {"pydantic_core": "pydantic", "markupsafe": "jinja2"}
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public|LGPL|Lesser General Public|Unlicense|0BSD"
)
COPYLEFT = re.compile(
    r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public License|Proprietary|SSPL|BUSL|NonCommercial", re.I
)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(need: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", need)
    assert found, need
    return normal(found[0])


def version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def runtime() -> list[str]:
    return project()["project"]["dependencies"]


def extras() -> list[str]:
    needs = [need for group in project()["project"]["optional-dependencies"].values() for need in group]
    return [need for need in needs if not need.startswith("clausegen")]


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def rows(title: str) -> dict[str, list[str]]:
    table = [line.strip("| ").split(" | ") for line in section(title).splitlines() if line.startswith("| `")]
    return {normal(cells[0].strip("` ")): [cell.strip() for cell in cells[1:]] for cells in table}


def pins() -> dict[str, tuple[str, list[str]]]:
    found = {}
    for block in re.split(r"\n(?=[a-zA-Z0-9])", PINNED.read_text(encoding="utf-8")):
        pin = re.match(r"([A-Za-z0-9._-]+)==([0-9][^\s;\\]*)", block)
        if pin:
            found[normal(pin[1])] = (pin[2], re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block))
    return found


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_what_the_program_imports_is_what_it_declares() -> None:
    used = set().union(*(imported(path) for path in (ROOT / "clausegen").rglob("*.py")))
    foreign = {WITHIN.get(name, name) for name in used - sys.stdlib_module_names - {"clausegen"}}
    declared = {MODULES.get(name_of(need), name_of(need)) for need in runtime()}
    assert declared == foreign


@pytest.mark.parametrize("need", [*runtime(), *extras()] if PAGE.is_file() else [])
def test_every_need_has_a_lower_bound_and_no_other(need: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]+>=\d+(\.\d+)*", need)


def test_the_page_and_the_project_name_the_same_dependencies() -> None:
    page = rows("À l’exécution")
    assert set(page) == {name_of(need) for need in runtime()}
    for need in runtime():
        bound = need.split(">=")[1]
        assert any(bound in cell for cell in page[name_of(need)]), need
    assert set(rows("Pour travailler sur clausegen")) == {name_of(need) for need in extras()}


def test_the_page_lists_what_comes_along() -> None:
    listed = set(rows("À l’exécution")) | set(rows("Celles qui viennent avec"))
    waiting, seen = [name_of(need) for need in runtime()], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            assert name == "colorama", f"{name} is not installed"
            continue
        waiting += [name_of(n) for n in needs if "extra ==" not in n and not re.search(r"python_(full_)?version <", n)]
    assert seen <= listed, f"docs/dependances.md leaves out {sorted(seen - listed)}"
    assert listed <= set(pins())


def test_no_licence_forbids_the_mit_one() -> None:
    checked = 0
    for name in pins():
        try:
            known = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        classifiers = [text for text in known.get_all("Classifier") or [] if text.startswith("License ::")]
        words = " ; ".join([known.get("License-Expression") or "", (known.get("License") or "")[:60], *classifiers])
        assert FREE.search(words), f"{name}: {words}"
        assert not COPYLEFT.search(words.replace("GNU Lesser", "Lesser")), f"{name}: {words}"
        checked += 1
    assert checked >= len(runtime())


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("GPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("AGPL-3.0", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-2.1-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("BSD-3-Clause", False),
    ],
)
def test_the_licences_refused(words: str, refused: bool) -> None:
    assert bool(COPYLEFT.search(words.replace("GNU Lesser", "Lesser"))) is refused


def test_the_pinned_file_holds_the_whole_project() -> None:
    found = pins()
    build = project()["build-system"]["requires"]
    dev = [need for need in extras() if name_of(need) not in {name_of(n) for n in bench()}]
    for need in [*runtime(), *dev, *build]:
        name, bound = name_of(need), need.split(">=")[1]
        assert name in found, f"{need}: requirements/refaire"
        assert version(found[name][0])[:3] >= version(bound), f"{need}: requirements/refaire"


def bench() -> list[str]:
    return project()["project"]["optional-dependencies"].get("bench", [])


def test_every_pinned_line_has_its_hashes_and_no_place_is_named() -> None:
    text = PINNED.read_text(encoding="utf-8")
    found = pins()
    assert len(found) == len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE))
    assert all(hashes for _, hashes in found.values())
    assert "colorama" in found, "Windows asks for it"
    for word in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host", " @ ", "-e "):
        assert word not in text, word
