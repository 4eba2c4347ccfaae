"""Law lives in rules/, codes have their page, templates are all used and hold no law."""

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CODES = {
    code: entry
    for path in sorted((ROOT / "rules" / "codes").glob("*.yaml"))
    for code, entry in yaml.safe_load(path.read_text(encoding="utf-8"))["codes"].items()
}
LITERALS = [
    (path.relative_to(ROOT).as_posix(), node.lineno, node.value)
    for path in sorted((ROOT / "clausegen").rglob("*.py"))
    for tree in [ast.parse(path.read_text(encoding="utf-8"))]
    for docs in [
        {
            id(n.body[0].value)
            for n in ast.walk(tree)
            if isinstance(n, (ast.Module, ast.ClassDef, ast.FunctionDef)) and n.body and isinstance(n.body[0], ast.Expr)
        }
    ]
    for node in ast.walk(tree)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.j2"))


def used_codes():
    for _, _, text in LITERALS:
        if re.fullmatch(r"[AFCDHQELIS]\d{3}", text):
            yield text
    for path in (ROOT / "rules").rglob("*.yaml"):
        yield from re.findall(r"code: ([A-Z]\d{3})", path.read_text(encoding="utf-8"))


def test_every_code_has_its_page_and_every_page_its_code():
    assert set(used_codes()) == set(CODES)
    for entry in CODES.values():
        assert all(entry[key].strip() for key in ("titre", "explication", "remede", "depuis"))


def test_no_article_and_no_amount_in_python():
    law = re.compile(r"\b[LRD]\. ?\d{4}-\d+|(?<!\w)\d{3} ?000(?!\w)")
    # Those two show how an amount may be written.
    shown = ("clausegen/description/scalars.py", "clausegen/french/amounts.py")
    found = [f"{path}:{line}: {text!r}" for path, line, text in LITERALS if law.search(text) and path not in shown]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_templates_type_no_law(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\b[LRD]\. ?\d{3,4}-\d+", text), "an article of a code is typed by hand"
    assert not re.search(r"\b(?:14|15|16|17|18|19|20)\.\d(?:\.\d)*\b", text), "an article of a CCAG is typed by hand"
    text = re.sub("[Pp]our 100 000 €", "", text)  # the unit of a ratio
    assert not re.search(r"\d ?000 ?€|\d+ ?€", text), "an amount is typed by hand"


def test_every_template_is_used():
    texts = {p: p.read_text(encoding="utf-8") for p in TEMPLATES}
    for path in TEMPLATES:
        key = path.relative_to(ROOT / "templates").as_posix()
        is_piece = path.parent.name == path.name.split(".")[0] and (path.parent / "piece.yaml").exists()
        assert is_piece or any(key in text for other, text in texts.items() if other != path), (
            f"{key} is used by no template"
        )


def test_no_machine_path_and_no_host():
    for path in [*ROOT.glob("*"), *ROOT.rglob("*.py"), *ROOT.rglob("*.yaml"), *ROOT.rglob("*.j2"), *ROOT.rglob("*.md")]:
        if path.is_file() and not path.is_relative_to(ROOT / "tests" / "house") and ".venv" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert f"{ROOT.parent}/" not in text and f"{Path.home()}/" not in text, path
