"""The house keeps its shape: rooms import only what stands above them, no cycle, no room outgrows its reason."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "clausegen"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each room may import itself and the rooms before it in this order.
ORDER = [
    {"clausegen", "clausegen.errors", "clausegen.record", "clausegen.regex", "clausegen.diagnostics"},
    {"clausegen.french"},
    {"clausegen.files"},
    {"clausegen.language"},
    {"clausegen.description"},
    {"clausegen.law"},
    {"clausegen.dossier"},
    {"clausegen.text"},
    {"clausegen.writers"},
    {"clausegen.reading"},
    {"clausegen.proofreading"},
    {"clausegen.exchange"},
    {"clausegen.assistant"},
    {"clausegen.review"},
    {"clausegen.reports"},
    {"clausegen.workflow"},
    {"clausegen.cli", "clausegen.__main__"},
]
# What `files` may not know: the language of rules; and the description knows no law.
SILENT = {"clausegen.description": {"clausegen.language"}, "clausegen.reports": {"clausegen.writers", "clausegen.text"}}


def name(path):
    parts = ("clausegen", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module):
    parts = module.split(".")
    return ".".join(parts[:2]) if len(parts) > 1 else module


def rank(module):
    found = room(module)
    for position, rooms in enumerate(ORDER):
        if found in rooms:
            return position
    raise AssertionError(f"{module} stands in no room")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("clausegen"):
            for alias in node.names:
                candidate = f"{node.module}.{alias.name}"
                exists = (PACKAGE / Path(*candidate.split(".")[1:])).with_suffix(".py").exists()
                yield candidate if exists else node.module
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith("clausegen"))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_rooms_only_look_up(path):
    module = name(path)
    for target in imports(path):
        assert rank(target) <= rank(module), f"{module} imports {target}, which stands below it"
        assert room(target) not in SILENT.get(room(module), set()), f"{module} may not know {target}"


def test_no_cycle():
    graph = {name(p): set(imports(p)) for p in MODULES}
    state = {}

    def visit(node, trail):
        assert state.get(node) != "open", f"cycle: {' > '.join([*trail, node])}"
        if state.get(node) == "done":
            return
        state[node] = "open"
        for target in graph.get(node, ()):
            visit(target, [*trail, node])
        state[node] = "done"

    for module in graph:
        visit(module, [])


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_rooms_keep_their_size(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 320, f"{name(path)} has {lines} lines: is there a second reason to exist in it?"
    assert path.stem not in {"utils", "helpers", "misc", "common"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_functions_keep_their_size(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno - node.lineno < 60, f"{name(path)}.{node.name} is too long"
