"""A description read without the models is the one that the models read, or is left to them."""

import copy
import importlib.util
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from clausegen.description import quick as module
from clausegen.description.marche import Marche
from clausegen.description.plan import plan
from clausegen.description.quick import Vif, quick
from clausegen.files.yamltree import read_yaml
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/marche.yaml"))
CONTEXT = {"vocabulaire": open_words(rulebook())}
_SPEC = importlib.util.spec_from_file_location("strategies", ROOT / "tests/law/strategies.py")
assert _SPEC is not None and _SPEC.loader is not None
strategies = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(strategies)
ODD = st.sampled_from([None, "", "…", "abc", "12", 7, -1, True, [], {}, ["x"], {"x": 1}, "auto", "2026-01-02", "35 %"])


def told(model: Any) -> Any:
    """Return all that a consumer can see of a block."""
    if isinstance(model, tuple):
        return tuple(map(told, model))
    if not hasattr(model, "inner_blocks"):
        return type(model), model
    inner = {name: None if kind is None else kind.__name__ for name, kind in type(model).inner_blocks().items()}
    values = {name: told(getattr(model, name)) for name in inner}
    return type(model).__name__, inner, values, set(model.model_fields_set)


def by_the_models(values: Any) -> Any:
    try:
        return Marche.model_validate(values, context=CONTEXT)
    except ValueError:
        return None


def same(values: Any) -> Any:
    """Check that a description is read the same by both, and return it."""
    found, expected = quick(values, CONTEXT), by_the_models(values)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert told(found) == told(expected)
        assert found.model_dump() == expected.model_dump()
        assert found.model_dump(exclude_unset=True) == expected.model_dump(exclude_unset=True)
        changed = {"valeur_estimee_ht": None, "reconductions": 3}
        assert told(found.model_copy(update=changed)) == told(expected.model_copy(update=changed))
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_the_examples(path: Path) -> None:
    assert isinstance(same(read_yaml(path.read_text(encoding="utf-8"), "m.yaml").racine), Vif)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_example_with_a_value_changed(path: Path, data: st.DataObject) -> None:
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    holder: Any = values
    while True:
        key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
        if not isinstance(holder[key], dict | list) or not holder[key] or data.draw(st.integers(0, 4)) == 0:
            break
        holder = holder[key]
    holder[key] = data.draw(ODD)
    same(read_yaml(yaml.safe_dump(values, allow_unicode=True, default_style="'"), "m.yaml").racine)
    same(values)


@settings(max_examples=200, deadline=None)
@given(strategies.DESCRIPTIONS)
def test_any_description(description: Any) -> None:
    same(description)


@pytest.mark.parametrize("values", [None, [], "x", {}, {"version": 1}, {"version": 1, "objet": "x", "autre": 1}])
def test_what_is_not_a_description(values: Any) -> None:
    assert same(values) is None


def test_a_block_does_not_change() -> None:
    one = quick({"version": 1, "objet": "Essai"}, CONTEXT)
    assert one is not None and one == quick({"version": 1, "objet": "Essai"}, CONTEXT)
    assert hash(one) == hash(quick({"version": 1, "objet": "Essai"}, CONTEXT))
    with pytest.raises(AttributeError):
        one.objet = "x"
    assert pickle.loads(pickle.dumps(one)) == one and copy.deepcopy(one) == one
    assert "Essai" in repr(one)


def test_the_plan_is_kept_and_a_damaged_one_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, bytes] = {}
    monkeypatch.setattr(module, "load", lambda _, key: kept.get(key))
    monkeypatch.setattr(module, "store", lambda _, key, content: kept.__setitem__(key, content))
    read = module.plan_kept.__wrapped__
    first = read()
    assert first == plan() and len(kept) == 1
    monkeypatch.setattr("clausegen.description.plan.plan", lambda: pytest.fail("the plan was kept"))
    assert read() == first
    monkeypatch.setattr("clausegen.description.plan.plan", lambda: "made again")
    for broken in (b"", b"x", pickle.dumps(subprocess.run), pickle.dumps(eval)):
        kept.update(dict.fromkeys(kept, broken))
        assert read() == "made again"


@pytest.mark.parametrize("args", [("check",), ("explain",), ("draft", "--ecraser", "-o")], ids=lambda a: a[0])
def test_pydantic_is_not_loaded_for_a_right_description(args: tuple[str, ...], tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from clausegen.cli.app import main; code = main(sys.argv[1:]);"
        "print([m for m in ('pydantic', 'typer', 'rich') if m in sys.modules]); sys.exit(code)"
    )
    more = [str(tmp_path)] if "-o" in args else []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, *args, *more, str(ROOT / "examples/espaces-verts/marche.yaml")],
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
