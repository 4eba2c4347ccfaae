"""Read block by block, a text gives what the Markdown library gives of the whole."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.files import cache
from clausegen.text import dialect, markdown
from clausegen.workflow.examine import examiner

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/marche.yaml"))
LINES = [
    "# Titre",
    "## Article",
    "### Sous-article",
    "{ #ancre .sans-numero}",
    "Un paragraphe",
    "suite avec **gras** et *italique* \ue000f7\ue001",
    "- puce",
    "  suite de la puce",
    "  - sous-puce \ue000c3\ue001",
    "1. premier",
    "| a | b |",
    "|---|--:|",
    "| \ue000f2\ue001 | x |",
    ":::cartouche",
    ":::encadre",
    ":::",
    "> citation",
    "---",
    "",
    "",
    "",
]


def whole(text):
    """What the library gives of a text read at once."""
    return [markdown._row(token) for token in markdown._parser().parse(text)]


def by_blocks(text):
    """The same, block by block, marks put back."""
    rows = []
    for block, marks in markdown.read_blocks(text):
        rows.extend(json.loads(_with_marks(json.dumps([_plain(t) for t in block.tokens], ensure_ascii=False), marks)))
    return rows


def _plain(token):
    children = None if token.children is None else [_plain(child) for child in token.children]
    return [token.type, token.tag, token.nesting, token.attrs, token.content, children]


def _with_marks(text, marks):
    return markdown.MARK.sub(lambda match: marks[int(match[2])], text)


@pytest.fixture(scope="module")
def texts():
    """Every text that the templates give of the examples."""
    found = set()
    original = dialect.parse

    def spy(text, slots, **numbers):
        found.add(text)
        return original(text, slots, **numbers)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clausegen.text.render.parse", spy)
        for path in EXAMPLES:
            for texte in examiner(path).textes.values():
                assert texte.tokens
    assert len(found) > 100
    return found


def test_the_pieces_of_every_example_are_the_same(texts):
    for text in texts:
        assert by_blocks(text) == whole(text)


@given(st.lists(st.sampled_from(LINES), max_size=25).map("\n".join))
def test_any_order_of_lines_gives_the_same(text):
    if _closed(text):
        assert by_blocks(text) == whole(text)


def _closed(text):
    """Templates close each container before the next one: nothing else is asked of the split."""
    depth = 0
    for line in text.split("\n"):
        if line.startswith(":::"):
            depth += -1 if line == ":::" else 1
        if depth not in (0, 1):
            return False
    return depth == 0


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.SWITCH, str(tmp_path))
    monkeypatch.setattr(markdown, "_memory", {})
    cache.cache_folder.cache_clear()
    yield tmp_path
    cache.cache_folder.cache_clear()


def test_plain_words_need_neither_library_nor_cache(folder, monkeypatch):
    monkeypatch.setattr(markdown, "_parsed", lambda _text: pytest.fail("read by the library"))
    assert by_blocks("## Un\n\nAprès **cela** \ue000f0\ue001.\n")
    assert list(folder.iterdir()) == []


def test_a_second_run_does_not_read_again(folder, monkeypatch):
    text = "## Un\n\nAprès *cela* \ue000f0\ue001.\n"
    first = by_blocks(text)
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(markdown, "_memory", {})
    monkeypatch.setattr(markdown, "_parsed", lambda _text: pytest.fail("read again"))
    assert by_blocks(text) == first


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"[[[1]],[]]", b"\xff", b"[1,2]", b"null"])
def test_a_damaged_entry_is_read_again(folder, monkeypatch, content):
    text = "## Un\n\nAprès *cela*.\n"
    first = by_blocks(text)
    (entry,) = folder.iterdir()
    entry.write_bytes(content)
    monkeypatch.setattr(markdown, "_memory", {})
    assert by_blocks(text) == first


@pytest.mark.usefixtures("folder")
def test_the_facts_around_a_block_do_not_matter():
    by_blocks("Après \ue000f0\ue001.")
    known = dict(markdown._memory)
    by_blocks("Avant.\n\nAprès \ue000f41\ue001.")
    assert set(markdown._memory) - set(known) == {"Avant."}
