"""Numbers with their units, in figures and in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.french.numbers import in_words
from clausegen.french.typography import typography
from clausegen.proofreading.quantities import comparable, from_words, quantities, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("420 heures", [("420", "heures")]),
        ("4\u202f200\u00a0heures d'insertion", [("4200", "heures")]),
        ("4\u2009200 h", [("4200", "heures")]),
        ("quatre cent vingt heures", [("420", "heures")]),
        ("mille deux cents heures", [("1200", "heures")]),
        ("quatre-vingt-dix-sept heures", [("97", "heures")]),
        ("soixante et onze heures", [("71", "heures")]),
        ("quinze (15) jours", [("15", "jours")]),
        ("15 (quinze) jours", [("15", "jours")]),
        ("5 jours ouvrés, 5 jours", [("5", "jours ouvrés"), ("5", "jours")]),
        ("36,93 € et 50 000 € HT", [("36.93", "euros"), ("50000", "euros")]),
        ("cinquante pour cent, 50 %", [("50", "pour cent"), ("50", "pour cent")]),
        ("une heure ne compte qu'une fois", []),
        ("une centaine d'heures", []),
        ("article 12.3 heures", []),
        ("8h30", []),
        ("le lot n° 2 comporte", []),
    ],
)
def test_a_text_is_read(text, expected):
    assert [(str(q.valeur), q.unite) for q in quantities(comparable(text))] == expected


@given(st.integers(min_value=2, max_value=99))
def test_words_are_read_back(number):
    assert from_words(in_words(number).replace("-et-", "-").split("-")) == number


@given(st.integers(min_value=0, max_value=9_999_999), st.sampled_from(["heures", "€", "jours", "mois"]))
def test_a_number_is_found_where_it_stands(number, unit):
    text = f"Le titulaire doit {shown(number)} {unit} au plus."
    (found,) = quantities(comparable(typography(text)))
    assert found.valeur == Decimal(number)
    assert text[found.debut : found.fin] == shown(number)


@given(st.text(max_size=80))
def test_any_text_keeps_its_length(text):
    assert len(comparable(text)) == len(text)
    for found in quantities(comparable(text)):
        assert 0 <= found.debut < found.fin <= found.apres <= len(text)
