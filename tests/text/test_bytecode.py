from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from clausegen.files import cache
from clausegen.text.bytecode import StoredBytecode


@pytest.fixture
def render(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.SWITCH, str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "PREPARED", tmp_path / "absent")
    cache.cache_folder.cache_clear()
    (tmp_path / "t").mkdir()

    def run(source: str) -> str:
        (tmp_path / "t" / "a.j2").write_text(source, encoding="utf-8")
        env = Environment(loader=FileSystemLoader(tmp_path / "t"), bytecode_cache=StoredBytecode(), autoescape=True)
        return env.get_template("a.j2").render()

    yield run
    cache.cache_folder.cache_clear()


def entries(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "cache").iterdir())


def test_a_changed_template_is_seen_at_once(render, tmp_path):
    assert render("un") == render("un") == "un"
    assert len(entries(tmp_path)) == 1
    assert render("deux") == "deux"
    assert render("un") == "un"


def test_a_broken_entry_is_only_slower(render, tmp_path):
    render("un")
    for entry in entries(tmp_path):
        entry.write_bytes(b"\x00 not byte code")
    assert render("un") == "un"
