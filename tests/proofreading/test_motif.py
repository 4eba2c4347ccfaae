import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.law.rulebook import rulebook
from clausegen.proofreading.matching import _bounded, alternatives, folded, pattern
from clausegen.proofreading.motif import Motif, all_needed, letters_of, needed


@pytest.mark.parametrize(
    ("forme", "letters"),
    [
        ("pole emploi", "pole emploi"),
        (r"pole\s+emploi", "emploi"),
        ("direccte?s", "direcct"),
        ("noms?", "nom"),
        ("N{3,}", ""),
        ("N{0,3}x", "x"),
        ("N{,3}", ""),
        ("XXX+/YY", "/YY"),
        ("a|bc", ""),
        ("(?:de |du )loin", "loin"),
        (r"\{\{[^{}]*\}\}", "{{"),
        (r"[]a]bc", "bc"),
        (r"[^]\]a]bc", "bc"),
        (r"a\.b+?cde", "cde"),
        ("(?<=: )x", "x"),
        (".*", ""),
        ("((((a)b)b)b)c", ""),
        ("(?:a(?:b|c)d)?efg", "efg"),
        ("(ab)?c", "c"),
        ("ab*c", "a"),
        (r"\u0061bcd", ""),
        (r"\x61bcd", ""),
        (r"\N{NO-BREAK SPACE}abc", ""),
        (r"(abc)\1", ""),
        ("(?i)abc", ""),
        ("(?#abc){0}def", ""),
        ("(?P<x>abc)def", "def"),
    ],
)
def test_the_letters_that_every_match_holds(forme, letters):
    assert letters_of(forme) == letters


@pytest.mark.parametrize(
    ("forme", "letters"),
    [
        ("pole emploi", ("pole emploi",)),
        (r"(?:habitants?|residents?)\s+de", ("habitant", "resident")),
        (r"de\s+(?:communes?|villes?)", ("commune", "ville")),
        ("(?:habitants?|residents?)?de", ("de",)),
        ("(?:habitants?|re)+", ("",)),
        ("(?:(?:abc|def)g|hij)", ("",)),
        ("(?:abc|def)|ghi", ("",)),
        ("(?!(?:abc|def))x", ("x",)),
        ("(?:abc(?:d|e)|fgh)", ("abc", "fgh")),
        (r"\u0061(?:abc|def)", ("",)),
        ("(?i)(?:abc|def)", ("",)),
    ],
)
def test_the_words_one_of_which_every_match_holds(forme, letters):
    assert needed(forme) == letters


@pytest.mark.parametrize(
    ("forme", "words"),
    [
        ("pole emploi", (("pole emploi",),)),
        (
            r"(?:habitants?|residents?)\s+de\s+(?:communes?|villes?)",
            (("de",), ("habitant", "resident"), ("commune", "ville")),
        ),
        (r"d\.?i\.?r\.?", (("d",), ("i",), ("r",))),
        ("(?:ab|c)?d", (("d",),)),
        ("a|b", ()),
        ("(?:ab|)d", (("d",),)),
    ],
)
def test_all_that_a_match_holds(forme, words):
    assert all_needed(forme) == words


def _lists(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from _lists(item)
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield tuple(value)
        for item in value:
            yield from _lists(item)


def _rules():
    return {key: content for key, content in rulebook().donnees.items() if key.startswith("relecture/")}


def _words():
    for content in _rules().values():
        yield from _lists(content.get("donnees", {}))


def _texts():
    for content in _rules().values():
        for cases in _lists([[str(value) for value in case.values()] for case in content["cas"]]):
            yield from cases
    yield from (word for words in _words() for word in words)


def test_no_rule_misses_what_its_expression_finds():
    texts = sorted({form for text in _texts() for form in (text, folded(text))})
    compared = 0
    for words in _words():
        for make in (pattern, alternatives):
            try:
                expression = re.compile(make(words).source)
            except re.error:
                continue  # words that no check takes for an expression
            for text in texts:
                compared += 1
                assert bool(make(words).search(text)) == bool(expression.search(text)), (words, text)
    assert compared > 100_000


ATOMS = st.sampled_from(
    ["a", "b", "é", r"\.", r"\s", "[ab]", "[^a]", "(?:a|b)", "(?:ab)", "(?=a)", r"\{", ".", "^", "$"]
)
FORMS = st.lists(
    st.tuples(ATOMS, st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{0,1}", "{1,}", "+?"])), max_size=6
)


@given(st.lists(FORMS, min_size=1, max_size=3), st.text("abé. {", max_size=8))
def test_a_text_set_aside_holds_no_match(forms, text):
    words = tuple("".join(f"{atom}{times if atom not in '^$' else ''}" for atom, times in form) for form in forms)
    source = "|".join(words)
    assert bool(Motif(source, words).search(text)) == bool(re.search(source, text))


def test_an_expression_that_no_text_calls_for_is_never_compiled():
    motif = _bounded(("direccte", "pole emploi"))
    assert motif.search("le titulaire rend compte") is None
    assert "compile" not in vars(motif)
    assert motif.search("la direccte") is not None
