"""Words are found however they are typed, at their own place; no text makes a check fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausegen.law.rulebook import rulebook
from clausegen.proofreading import form, privacy, references, wording
from clausegen.proofreading.context import context
from clausegen.proofreading.matching import clear, folded, pattern, quoted, sentence_at, sentences
from clausegen.proofreading.registry import controles
from clausegen.reading.document import Bloc, Cellule, Document, Genre

LIVRE = rulebook()
CHECKS = {**references.CHECKS, **wording.CHECKS, **privacy.CHECKS, **form.CHECKS}
RULES = [c for c in controles(LIVRE) if c.code in CHECKS]
PIECES = st.lists(
    st.sampled_from(
        [
            "l'article ",
            "16.1.6",
            " du CCAG-FCS",
            "L. 2112-2",
            " et ",
            "-1",
            "Pôle emploi",
            "« ",
            " »",
            "[",
            "]",
            "XXX",
            "……",
            "@a.fr",
            "paul.martin",
            "insertion ",
            "CAT",
            "quota ",
            "exclusivement ",
            "1 janvier",
            "\u00a0",
            "\n",
            "·e",
            "ordonnance n° 2015-899",
            "(",
            ")",
        ]
    )
    | st.text(max_size=6),
    max_size=14,
)


def bloc(text, **more):
    return Bloc(1, Genre.PARAGRAPHE, text, text, **more)


@given(st.text())
def test_places_are_kept(text):
    assert len(clear(text)) == len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    "typed", ["Pôle emploi", "PÔLE\u00a0EMPLOI", "Pole  emploi", "pôle\nemploi", "P\u00d4LE\u202femploi"]
)
def test_one_word_many_ways(typed):
    assert pattern(["pôle emploi"]).search(folded(f"chez {typed}.")).start() == 5


def test_escapes_and_optional_spaces():
    assert pattern(["ne (?:\\S+ ){0,2}pas"]).search(folded("Il ne le fait pas"))
    assert pattern(["décret (?:n° ?)?12"]).search(folded("décret n°12"))
    assert not pattern(["quota"]).search(folded("quotas"))


def test_sentences_cover_the_text():
    text = "L’article L. 2112-2 s’applique. Le titulaire agit ; il rend compte, art. 12. Fin"
    found = sentences(bloc(text))
    assert [p.texte.strip() for p in found][:2] == ["l'article l. 2112-2 s'applique.", "le titulaire agit ;"]
    assert sentence_at(bloc(text), text.index("rend")).texte.startswith("il rend")


def test_quotations():
    text = "« un mot » et “deux mots”"
    assert [text[a:b] for a, b in quoted(text)] == ["un mot", "deux mots"]


@given(PIECES, st.sampled_from([None, "ccap", "rc", "ae"]), st.booleans())
@settings(max_examples=150)
def test_no_text_makes_a_check_fail(parts, piece, in_table):
    text = "".join(parts)
    one = bloc(text, cellule=Cellule(0, 1, 0, "Article du CCAG-Travaux") if in_table else None)
    contexte = context(Document("x.docx", (one,), piece=piece), LIVRE)
    for controle in RULES:
        for constat in CHECKS[controle.code](contexte, controle):
            assert constat.bloc is one and 0 <= constat.debut < constat.fin <= len(text)
            assert constat.message.strip()


def test_every_rule_of_this_half_has_its_check():
    assert {c.code for c in RULES} == set(CHECKS) and len(CHECKS) == 15
