"""What is read without the Markdown library is what the library reads."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.text import markdown
from clausegen.text.plainblocks import read_plain
from clausegen.workflow.examine import examiner

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/marche.yaml"))
SIGNS = [
    *"**||--::##{} .1a9)(\n\n  «»\u00a0\u202f'\"!+=>é…,;$^%/@~_`[]<&\\\u2028\x0b\x85",
    "**",
    "\ue000f0\ue001",
    "\n- ",
]
SIGNS += [
    "\n1. ",
    ":::",
    "\n:::\n",
    " | ",
    "|---|",
    "{ #a}\n",
    "{ #a .b}\n",
    "# ",
    "10. ",
    "  \n",
    "\n\n",
    ":::encadre\n",
]


def rows(tokens):
    return [
        [t.type, t.tag, t.nesting, t.attrs, t.content, None if t.children is None else rows(t.children)] for t in tokens
    ]


def check(text):
    """Compare the two readings; return whether the block was plain enough."""
    found = read_plain(text)
    if found is None:
        return False
    assert rows(found) == markdown._parsed(text), text
    return True


@pytest.fixture(scope="module")
def blocks():
    """Every block that the templates give of the examples."""
    found = {}
    original = markdown.read_plain

    def spy(text):
        found[text] = True
        return original(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "read_plain", spy)
        patch.setattr(markdown, "_memory", {})
        for path in EXAMPLES:
            for texte in examiner(path).textes.values():
                assert texte.tokens
    assert len(found) > 500
    return list(found)


def test_the_templates_need_no_library(blocks):
    assert [text for text in blocks if not check(text)] == []


def test_a_damaged_block_is_read_the_same_or_left_to_the_library(blocks):
    chance = Random(8)
    short = [text for text in blocks if len(text) < 600]
    plain = 0
    for _ in range(4_000):
        text = chance.choice(short)
        for _ in range(chance.randint(1, 3)):
            place = chance.randint(0, len(text))
            if chance.random() < 0.6:
                text = text[:place] + chance.choice(SIGNS) + text[place:]
            else:
                text = text[:place] + text[place + chance.randint(1, 3) :]
        if text.strip():
            plain += check(text.strip("\n"))
    assert plain > 1_000


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=14).map("".join))
def test_any_words_are_read_the_same_or_left_to_the_library(text):
    if text.strip():
        check(text.strip("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Un [lien](x)",
        "*italique*",
        "a `code` b",
        "ligne forcée  \nsuite",
        "- a\n  suite",
        "> citation",
        "| a | b |\n|---|\n| c | d |",
        "| a |\n|---|\n| c | d |",
        "|\n|---|",
        "**a** b**",
        "***",
        "## ",
        ":::inconnu\ntexte\n:::",
        ":::encadre\n- a\n\n- b\n:::\nsuite",
    ],
)
def test_what_is_not_plain_is_left_to_the_library(text):
    assert read_plain(text) is None


def test_a_table_filled_beyond_measure_is_left_to_the_library():
    rules = "|" + "-|" * 300
    assert read_plain("\n".join((f"|{'a|' * 300}", rules, *(["|a|"] * 100)))) is not None
    assert read_plain("\n".join((f"|{'a|' * 300}", rules, *(["|a|"] * 300)))) is None
