import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.language.expressions import ExpressionError, Missing, evaluate, parse, parsed, recall
from clausegen.language.unknown import Unknown

A, B = Unknown("a", "Quel a ?"), Unknown("b", "Quel b ?")


@pytest.mark.parametrize(
    ("source", "faits", "attendu", "manquants"),
    [
        ("a == 'x'", {"a": "x"}, True, ()),
        ("a == 'x'", {"a": A}, None, (A,)),
        ("a == 'x' or b == 'y'", {"a": A, "b": "y"}, True, ()),
        ("b == 'y' or a == 'x'", {"a": A, "b": "y"}, True, ()),
        ("a == 'x' and b == 'y'", {"a": A, "b": "z"}, False, ()),
        ("a == 'x' and b == 'y'", {"a": A, "b": B}, None, (A, B)),
        ("not a", {"a": False}, True, ()),
        ("not a", {"a": A}, None, (A,)),
        ("a in ['x', 'y']", {"a": "y"}, True, ()),
        ("a not in ['x', 'y']", {"a": "y"}, False, ()),
        ("a.b >= 2", {"a.b": 2}, True, ()),
        ("a > 1", {"a": Missing((A, B))}, None, (A, B)),
        ("1 < a < 3", {"a": 3}, False, ()),
        ("3 < a < 9", {"a": 1}, False, ()),
        ("3 < a < b", {"a": 1, "b": B}, False, ()),
        ("1 < a < b", {"a": 2, "b": B}, None, (B,)),
        ("a == 'x' and b == 'y'", {"a": "x", "b": "y"}, True, ()),
        ("a == 'x' or b == 'y'", {"a": "y", "b": "x"}, False, ()),
        ("a == 'x' or b == 'y'", {"a": A, "b": B}, None, (A, B)),
        ("a == 'x' and a == 'y'", {"a": A}, None, (A,)),
        ("a == ['x', 'y']", {"a": ("x", "y")}, True, ()),
        ("a in ('x', 'y')", {"a": "z"}, False, ()),
    ],
)
def test_three_values(source, faits, attendu, manquants):
    verdict = evaluate(parse(source), faits)
    assert verdict.valeur is attendu
    assert verdict.manquants == manquants


@pytest.mark.parametrize(
    ("source", "raison"),
    [
        ("a|default(3)", "un filtre répondrait en silence à la place d'un fait manquant"),
        ("a is defined", "un test (« is … ») répondrait en silence à la place d'un fait manquant"),
        ("a is none", "un test (« is … ») répondrait en silence à la place d'un fait manquant"),
        ("a.b()", "rien ne s'appelle dans une condition"),
        ("f(a)", "rien ne s'appelle dans une condition"),
        ("a['b']", "les faits se nomment avec un point"),
        ("a ~ b", "les textes ne se composent pas dans une condition"),
        ("1 if a else 2", "écrivez deux conditions, ou « une_de »"),
        ("a == 1.5", "pas de nombre à virgule flottante dans une condition"),
        ("''.__class__", "un fait se nomme avec des points, comme « lot.duree_mois »"),
        ("a + 1 == 2", "une condition compare des faits, rien d'autre"),
        ("{'a': 1}", "une condition compare des faits, rien d'autre"),
        ("a b", "un mot de trop, « b »"),
    ],
)
def test_refuses_what_could_answer_in_silence_or_reach_python(source, raison):
    with pytest.raises(ExpressionError) as refused:
        parse(source)
    assert str(refused.value) == f"« {source} » : {raison}"


def test_a_text_that_is_no_condition():
    with pytest.raises(ExpressionError, match="« a == » n'est pas une condition"):
        parse("a ==")


def test_a_condition_read_in_an_earlier_run_is_not_read_again():
    once = parse("memoire.a == 1 and memoire.b == 2")
    assert once.noms == {"memoire.a", "memoire.b"}
    assert parsed()["memoire.a == 1 and memoire.b == 2"] is once
    recall({"memoire.c": once})
    assert parse("memoire.c") is once


def test_unknown_name_and_odd_comparisons_are_faults():
    with pytest.raises(ExpressionError, match="aucun fait ne s'appelle"):
        evaluate(parse("inconnu == 1"), {})
    with pytest.raises(ExpressionError, match="natures différentes"):
        evaluate(parse("a < 3"), {"a": "x"})
    with pytest.raises(ExpressionError, match="ni vrai ni faux"):
        evaluate(parse("a"), {"a": 3})


def test_the_facts_used_are_kept():
    assert evaluate(parse("a == 1 and b == 2"), {"a": 1, "b": 2, "c": 3}).utilises == {"a": 1, "b": 2}


_ATOMS = {"p": True, "q": False, "u": A}


@given(
    st.recursive(
        st.sampled_from(sorted(_ATOMS)),
        lambda s: st.one_of(
            s.map(lambda x: f"not ({x})"),
            st.tuples(s, st.sampled_from(["and", "or"]), s).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        ),
        max_leaves=12,
    )
)
def test_kleene(source):
    """Unknown answers exactly when the two possible worlds disagree or Kleene's tables leave it open."""
    result = evaluate(parse(source), _ATOMS).valeur
    worlds = {evaluate(parse(source), _ATOMS | {"u": value}).valeur for value in (True, False)}
    if result is not None:
        assert worlds == {result}
