"""The documentation tells the truth: its sessions run, its options and links exist, its prose is typographed."""

import re
import shutil
from pathlib import Path

import pytest

from clausegen.cli.app import main
from clausegen.cli.commands import COMMANDES, OPTIONS_GLOBALES, SOUS_COMMANDES
from tests.docs.consoles import PAGES, Block, Step, blocks, edit, rewritten, run_page
from tests.docs.prose import code, typographed

ROOT = Path(__file__).resolve().parents[2]
ALL = (
    *PAGES,
    "docs/cles.md",
    "docs/codes.md",
    "docs/contribuer.md",
    "docs/dependances.md",
    "docs/performance.md",
    "docs/dialecte.md",
    "CHANGELOG.md",
)
COMMANDS = [
    name
    for first in COMMANDES
    for name in ((f"{first} {sub}" for sub in SOUS_COMMANDES[first]) if first in SOUS_COMMANDES else (first,))
]
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*\b")

pytestmark = [
    pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="tests run away from the project"),
    pytest.mark.skipif(shutil.which("bash") is None, reason="sessions are those of a Unix shell"),
]


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_what_is_shown_is_what_is_printed(page: str) -> None:
    found = run_page(read(page))
    assert found
    wrong = [step for block in found for step in block.steps if not step.holds()]
    shown = "\n\n".join(f"$ {step.command}\n" + "\n".join(step.printed) for step in wrong)
    assert not wrong, f"python tests/docs/consoles.py {page}\n{shown}"


@pytest.mark.parametrize("page", PAGES)
def test_every_session_of_a_page_is_run(page: str) -> None:
    text = read(page)
    assert text.count("```console\n") == len(list(blocks(text)))


def options_of(name: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    capsys.readouterr()
    assert main([*name.split(), "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    return {word for line in lines if line.startswith("  -") for word in OPTION.findall(line.split("  ")[1])}


@pytest.fixture
def known(capsys: pytest.CaptureFixture[str]) -> dict[str, set[str]]:
    return {name: options_of(name, capsys) for name in COMMANDS}


def calls(text: str) -> list[tuple[str, str]]:
    """Return the calls of the program in what a page shows as code, with the command of each."""
    found = []
    for line in code(text).splitlines():
        for call in re.findall(r"(?<![\w./-])(?:\.venv/bin/)?clausegen ([a-z][^|>`]*)", line):
            words = call.split()
            name = " ".join(words[:2]) if words[0] in SOUS_COMMANDES else words[0]
            if name in COMMANDS:
                found.append((name, call))
    return found


def test_every_option_of_the_documentation_exists(known: dict[str, set[str]]) -> None:
    everywhere = set().union(*known.values(), OPTION.findall(" ".join(OPTIONS_GLOBALES)))
    assert {"--publiable", "--existant", "-o"} <= everywhere
    for page in ALL:
        text = read(page)
        for name, call in calls(text):
            assert set(OPTION.findall(call)) <= known[name] | {"--debug"}, f"{page} : clausegen {call}"
        for span in re.findall(r"`(--[^`]*)`", text):
            assert set(OPTION.findall(span)) <= everywhere, f"{page} : {span}"


def test_the_documentation_calls_are_found() -> None:
    found = calls(
        "`clausegen check X --strict`\n```sh\n.venv/bin/clausegen rules test --regles y > z --no\n```\nclausegen no -x"
    )
    assert [name for name, _ in found] == ["check", "rules test"]
    assert "--no" not in found[1][1]


def test_every_command_has_its_options_in_the_documentation(known: dict[str, set[str]]) -> None:
    page = read("docs/commandes.md")
    for name, options in known.items():
        assert f"\n## clausegen {name}\n" in page
        section = page.split(f"\n## clausegen {name}\n")[1].split("\n## ")[0]
        assert options and all(
            re.search(rf"^  (?:-\w, )?{option}\b", section, re.MULTILINE) for option in options - {"-h"}
        )


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", ALL)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", read(page)):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (ROOT / page).parent / path if path else ROOT / page
        assert there.exists(), f"{page} : {target}"
        assert not anchor or anchor in anchors(there), f"{page} : {target}"


@pytest.mark.parametrize("page", sorted({*ALL} - {"docs/codes.md"}))
def test_prose_is_typographed(page: str) -> None:
    text = read(page)
    assert [a for a, b in zip(text.splitlines(), typographed(text).splitlines(), strict=True) if a != b] == []


def test_the_readme_shows_a_short_session() -> None:
    first = next(iter(blocks(read("README.md"))))
    lines = [line for step in first.steps for line in (step.command, *step.shown)]
    assert [step.command.split()[1] for step in first.steps] == ["init", "draft"]
    assert len(lines) <= 40 and "marche/ccap.docx" in lines


class TestConsoles:
    def test_a_cut_stands_for_any_lines_and_nothing_else_does(self) -> None:
        assert Step("x", ["a", "[…]", "c"], ["a", "b", "b", "c"]).holds()
        assert Step("x", ["a", "[…]", "c"], ["a", "c"]).holds()
        assert not Step("x", ["a", "c"], ["a", "b", "c"]).holds()
        assert not Step("x", ["a", "[…]"], ["b", "a"]).holds()

    def test_a_page_is_rewritten_with_what_is_printed(self) -> None:
        page = "<!-- exécuté : vide\n! echo b > f\n-->\n```console\n$ cat f\nfaux\n$ echo a; cat f\n[…]\nz\n```\n"
        new, stuck = rewritten(page)
        assert "$ cat f\nb\n$ echo a" in new and [step.command for step in stuck] == ["echo a; cat f"]

    def test_a_session_goes_on_where_the_one_before_left_it(self) -> None:
        page = "<!-- exécuté : vide -->\n```console\n$ echo a > f\n```\n<!-- exécuté : suite -->\n```console\n$ cat f\na\n```\n"
        found: list[Block] = run_page(page)
        assert [step.printed for block in found for step in block.steps] == [[], ["a"]]

    def test_an_edited_piece_keeps_its_other_parts(self, tmp_path: Path) -> None:
        import zipfile

        source, target = tmp_path / "a.docx", tmp_path / "b.docx"
        with zipfile.ZipFile(source, "w") as written:
            written.writestr("word/document.xml", "420 heures")
            written.writestr("word/styles.xml", "420")
        edit(str(source), str(target), "420", "300")
        with zipfile.ZipFile(target) as read_back:
            assert read_back.read("word/document.xml") == b"300 heures"
            assert read_back.read("word/styles.xml") == b"420"
