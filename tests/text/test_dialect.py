import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.errors import ClausegenError
from clausegen.text.dialect import parse
from clausegen.text.slots import Slots, clean
from clausegen.text.tree import Champ, Token


def inline(tokens):
    return [child for token in tokens if token.type == "inline" for child in token.children]


def words(tokens):
    return "".join(t.content for t in inline(tokens) if t.type == "text")


HOSTILE = st.text(
    alphabet=st.sampled_from(list("*_`#|[]()<>{}%!-+=~:\\&\n\t ab1.\ue000\ue001\x00\u202e'\"")), max_size=60
)


@given(HOSTILE)
def test_what_a_person_wrote_is_never_markup(text):
    slots = Slots()
    tokens = parse(f"# Titre\n\n| a | b |\n|---|---|\n| {slots.fact(text)} | x |\n\n- {slots.fact(text)}\n", slots)
    kinds = {t.type for t in inline(tokens)}
    assert kinds <= {"text", "hardbreak", "exposant"}
    assert [t.type for t in tokens].count("tr_open") == 2
    assert [t.type for t in tokens].count("list_item_open") == 1
    lines = [line for line in clean(text).split("\n") if line]
    shown = words(tokens).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    for line in lines:
        assert line.replace("1er", "").replace("’", "'").strip()[:1] in shown


def test_headings_are_numbered_and_named():
    tokens = parse(
        "# T\n\n{ #a}\n## Un\n\n{ #b}\n### Sous\n\n{ #c .sans-numero}\n## Annexe\n\n## Deux\n",
        Slots(),
        premier_article=12,
    )
    assert [t.meta["numero"] for t in tokens if t.type == "heading_open"] == [None, "12", "12.1", None, "13"]
    assert [t.meta["ancre"] for t in tokens if t.type == "heading_open"] == [None, "a", "b", "c", None]


def test_a_reference_carries_the_number_of_its_heading():
    slots = Slots()
    tokens = parse(f"# T\n\n{{ #a}}\n## Un\n\nvoir l'article {slots.reference('a')}.\n", slots, premier_article=7)
    ref = next(t for t in inline(tokens) if t.type == "renvoi")
    assert (ref.content, ref.meta["ancre"]) == ("7", "a")
    assert words(tokens).endswith("l’article\u00a0.")


def test_a_reference_to_nothing_is_a_fault_of_the_template():
    slots = Slots()
    with pytest.raises(ClausegenError, match="ailleurs"):
        parse(f"# T\n\n{slots.reference('ailleurs')}\n", slots)


def test_fields_comments_and_superscripts():
    slots = Slots()
    start, end = slots.comment("Choix de rédaction", "Choix de rédaction : x.")
    tokens = parse(
        f"# T\n\nLe 1er janvier, {start}{slots.fact('60 €')}{end} et {slots.field(Champ('a.b', 'Quoi ?'))}.\n", slots
    )
    kinds = [t.type for t in inline(tokens)]
    assert kinds == [
        "text",
        "text",
        "exposant",
        "text",
        "commentaire_open",
        "text",
        "commentaire_close",
        "text",
        "champ",
        "text",
    ]
    assert next(t for t in inline(tokens) if t.type == "champ").meta["champ"].chemin == "a.b"


def test_typography_holds_whoever_wrote_the_figure():
    slots = Slots()
    assert (
        words(parse(f"# T\n\n{slots.fact('960 000')} € ; « {slots.fact('mot')} »\n", slots))[1:]
        == "960\u202f000\u00a0€\u202f; «\u00a0mot\u00a0»"
    )


def test_tokens_are_markdown_its_own():
    assert all(isinstance(t, Token) for t in parse("# T\n\ntexte\n", Slots()))
