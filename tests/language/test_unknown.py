import pytest

from clausegen.language.unknown import Unknown, UnknownFactError, is_known


def test_a_missing_fact_is_neither_true_nor_false():
    with pytest.raises(UnknownFactError, match=r"acheteur\.siret"):
        bool(Unknown("acheteur.siret", "Quel est le SIRET ?"))


def test_a_missing_fact_without_a_question_asks_nothing_in_words_of_its_own():
    assert Unknown("acheteur.siret").question == ""
    assert Unknown("acheteur.siret") != Unknown("acheteur.siret", "Quel est le SIRET ?")


def test_a_fact_that_is_told_is_known_whatever_it_says():
    assert not is_known(Unknown("a"))
    assert all(is_known(value) for value in (None, False, 0, ""))
