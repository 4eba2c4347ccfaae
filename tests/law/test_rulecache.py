"""The law taken back from the cache is the law of the files, and nothing else comes out of an entry."""

import pickle
import shutil

import pytest

from clausegen.files import cache
from clausegen.law import rulebook as room
from clausegen.law import rulecache


@pytest.fixture
def law(tmp_path, monkeypatch):
    """The shipped rules, copied where a test may change them, and an empty cache."""
    copy = tmp_path / "rules"
    shutil.copytree(room.shipped("rules"), copy)
    monkeypatch.setattr(room, "shipped", lambda _name: copy)
    monkeypatch.setenv(cache.SWITCH, str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "PREPARED", tmp_path / "absent")
    cache.cache_folder.cache_clear()
    yield copy
    cache.cache_folder.cache_clear()


def entries(folder):
    return sorted((folder.parent / "cache").glob("regles-*"))


@pytest.mark.usefixtures("law")
def test_the_second_reading_is_the_first(monkeypatch):
    first = room.read_rules().livre
    monkeypatch.setattr(room, "_parsed", lambda *_: pytest.fail("the files were parsed again"))
    assert room.read_rules().livre == first


def test_a_changed_rule_is_seen_at_once(law):
    before = room.read_rules().livre
    path = law / "calibrage" / "smic.yaml"
    text = path.read_text(encoding="utf-8")
    amount = str(before.donnees["calibrage/smic"]["versions"][max(before.donnees["calibrage/smic"]["versions"])])
    path.write_text(text + "\n# relu\n", encoding="utf-8")
    after = room.read_rules().livre
    assert after.empreinte != before.empreinte
    assert amount in str(after.donnees["calibrage/smic"])
    assert len(entries(law)) == 2


@pytest.mark.parametrize("folder", room.WITHOUT_EFFECT)
def test_words_of_the_program_do_not_age_pieces(law, folder):
    before = room.read_rules().livre
    path = next((law / folder).glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "\n# relu\n", encoding="utf-8")
    assert room.read_rules().livre.empreinte == before.empreinte
    assert len(entries(law)) == 2


@pytest.mark.parametrize("content", [b"", b"\x80", b"octets", pickle.dumps(({}, 3))])
def test_a_damaged_entry_is_not_read(law, content):
    first = room.read_rules().livre
    (entry,) = entries(law)
    entry.write_bytes(content)
    assert room.read_rules().livre == first


def test_no_other_class_comes_out_of_an_entry(law, tmp_path):
    first = room.read_rules().livre
    (entry,) = entries(law)
    witness = tmp_path / "temoin"

    class Trap:
        def __reduce__(self):
            return (exec, (f"open({str(witness)!r}, 'w')",))

    entry.write_bytes(pickle.dumps(({}, "sha256:x", ({}, {}, first.empreinte, Trap()))))
    assert room.read_rules().livre == first
    assert not witness.exists()


def test_an_entry_of_other_rules_is_not_taken(law):
    first = room.read_rules().livre
    (entry,) = entries(law)
    entry.write_bytes(pickle.dumps(({}, "sha256:autre", ({}, {}, first.empreinte, "2026"))))
    assert room.read_rules().livre == first


def test_a_rule_that_changes_code_makes_another_key(monkeypatch, tmp_path):
    before = rulecache._key("sha256:x")
    module = tmp_path / "module.py"
    module.write_text("# autre", encoding="utf-8")
    monkeypatch.setattr(rulecache.rule, "__file__", str(module))
    assert rulecache._key("sha256:x") != before
