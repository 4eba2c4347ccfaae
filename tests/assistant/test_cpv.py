from typing import Any

import pytest

from clausegen.assistant.cpv import by_nature, propose


def test_every_proposed_code_is_of_the_official_list(livre: Any) -> None:
    usual = livre.donnees["conversation/cpv"]["codes"]
    assert set(usual) <= set(livre.donnees["listes/cpv-2008"]["codes"].split())
    assert all(len(words) < 80 for words in usual.values())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("espaces verts", "77310000"),
        ("tonte", "77310000"),
        ("nettoyage des locaux", "90911200"),
        ("bureaux nettoyage", "90919200"),
        ("maîtrise d'œuvre", "71221000"),
        ("peinture", "45442100"),
        ("cantine scolaire", "55523100"),
        ("gardiennage", "79713000"),
        ("travaux de voirie", "45233140"),
        ("déménagement", "98392000"),
        ("7731", "77310000"),
        ("ordinateurs", "30200000"),
    ],
)
def test_words_bring_a_code_to_mind(livre: Any, words: str, code: str) -> None:
    assert propose(words, livre)[0].valeur == code


@pytest.mark.parametrize("words", ["zzzz", "de la", "!", "00", ""])
def test_words_that_bring_nothing(livre: Any, words: str) -> None:
    assert propose(words, livre) == ()


def test_digits_find_codes_that_have_no_words(livre: Any) -> None:
    found = propose("7721", livre)
    assert {"77210000", "77211400"} <= {choice.valeur for choice in found}
    assert len(found) <= 9


def test_a_whole_word_comes_before_a_part_of_another(livre: Any) -> None:
    found = propose("ménage", livre)
    assert found[0].valeur.startswith("9091"), "cleaning, not household waste"


def test_codes_of_the_nature_come_first(livre: Any) -> None:
    found = propose("école", livre)
    assert by_nature(found, "travaux", livre)[0].valeur.startswith("45")
    assert by_nature(found, "fournitures", livre)[0].valeur[:2] < "45"
    assert by_nature(found, None, livre) == found
