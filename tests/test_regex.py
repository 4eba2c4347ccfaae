"""Every expression that a module declares compiles, though most runs never need it."""

import importlib
import pkgutil
import re

import pytest

import clausegen
from clausegen.regex import _Late, late


def _declared():
    for module in pkgutil.walk_packages(clausegen.__path__, "clausegen."):
        if module.name == "clausegen.__main__":
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            values = value if isinstance(value, tuple) else (value,)
            for one in values:
                for each in one if isinstance(one, tuple) else (one,):
                    if isinstance(each, _Late):
                        yield f"{module.name}.{name}", each


def test_every_expression_compiles():
    found = list(_declared())
    assert len(found) > 80
    for name, each in found:
        assert re.compile(each._source, each._flags), name


def test_it_answers_as_a_compiled_one_and_compiles_once():
    pattern = late("(?P<mot>[a-z]+)", re.IGNORECASE)
    assert vars(pattern).keys() == {"_source", "_flags"}
    assert pattern.search("12 Ab")["mot"] == "Ab"
    assert pattern.sub("x", "ab cd") == "x x"
    assert pattern.flags & re.IGNORECASE
    assert "search" in vars(pattern)


def test_a_broken_one_is_told_when_it_serves():
    with pytest.raises(re.error):
        late("(").search("a")
