import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.language.expressions import ExpressionError, Missing, evaluate, parse
from clausegen.language.unknown import Unknown, UnknownFactError

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
    ],
)
def test_three_values(source, faits, attendu, manquants):
    verdict = evaluate(parse(source), faits)
    assert verdict.valeur is attendu
    assert verdict.manquants == manquants


@pytest.mark.parametrize(
    "source",
    [
        "a|default(3)",
        "a is defined",
        "a is none",
        "a.b()",
        "f(a)",
        "a['b']",
        "a ~ b",
        "1 if a else 2",
        "a == 1.5",
        "a ==",
        "a b",
        "''.__class__",
        "a + 1 == 2",
        "{'a': 1}",
    ],
)
def test_refuses_what_could_answer_in_silence_or_reach_python(source):
    with pytest.raises(ExpressionError):
        parse(source)


def test_unknown_name_and_odd_comparisons_are_faults():
    with pytest.raises(ExpressionError, match="aucun fait ne s'appelle"):
        evaluate(parse("inconnu == 1"), {})
    with pytest.raises(ExpressionError, match="natures différentes"):
        evaluate(parse("a < 3"), {"a": "x"})
    with pytest.raises(ExpressionError, match="ni vrai ni faux"):
        evaluate(parse("a"), {"a": 3})


def test_the_facts_used_are_kept():
    assert evaluate(parse("a == 1 and b == 2"), {"a": 1, "b": 2, "c": 3}).utilises == {"a": 1, "b": 2}


def test_a_missing_fact_is_neither_true_nor_false():
    with pytest.raises(UnknownFactError):
        bool(A)


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
