from typing import Any

import pytest

from clausegen.assistant.answers import Propositions, Refus, interpret, picked, yes_or_no
from clausegen.assistant.questions import Choix, Question

CHOIX = (Choix("marche", "marché"), Choix("accord-cadre", "accord-cadre"), Choix("concession", "contrat de concession"))


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("1", "marche"),
        ("marche", "marche"),
        ("Marché", "marche"),
        ("DSP", "concession"),
        ("contrat de conc", "concession"),
        ("accord", "accord-cadre"),
        ("0", None),
        ("4", None),
        ("²", None),
        ("c", None),
        ("", None),
    ],
)
def test_a_choice_by_number_word_or_label(said: str, word: str | None) -> None:
    found = picked(said, CHOIX)
    assert (found.valeur if found else None) == word


@pytest.mark.parametrize(("said", "found"), [("O", True), ("oui", True), ("Non", False), ("n", False), ("bof", None)])
def test_yes_or_no(said: str, found: bool | None) -> None:
    assert yes_or_no(said) is found


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("48", {"duree_mois": "48"}),
        ("48 mois", {"duree_mois": 48}),
        ("4 ans", {"duree_mois": 48}),
        ("1 an", {"duree_mois": 12}),
        ("12 mois reconductible 3 fois", {"duree_mois": 48, "reconductions": 3}),
        ("12 mois, 3 reconductions", {"duree_mois": 48, "reconductions": 3}),
        ("1 an renouvelable 3 fois", {"duree_mois": 48, "reconductions": 3}),
    ],
)
def test_a_duration_as_people_say_it(livre: Any, said: str, values: dict[str, Any]) -> None:
    assert interpret(Question("duree_mois", "", "", genre="duree"), said, livre, 9).valeurs == values


@pytest.mark.parametrize("said", ["15/12/2026", "15 décembre 2026", "2026-12-15", "15.12.26"])
def test_a_day_as_people_write_it(livre: Any, said: str) -> None:
    assert interpret(Question("d", "", "", genre="date"), said, livre, 9).valeurs == {"d": "2026-12-15"}


def test_an_address_on_one_line(livre: Any) -> None:
    question = Question("a", "", "", genre="adresse")
    found = interpret(question, "1 bis, place X, 35000 Rennes Cedex 1", livre, 9).valeurs
    assert found == {"a.voie": "1 bis, place X", "a.code_postal": "35000", "a.commune": "Rennes Cedex 1"}
    with pytest.raises(Refus, match="code postal"):
        interpret(question, "Rennes", livre, 9)


def test_a_signatory_on_one_line(livre: Any) -> None:
    question = Question("r", "", "", genre="representant")
    assert interpret(question, "Claude Martin, maire", livre, 9).valeurs == {
        "r.nom": "Claude Martin",
        "r.qualite": "maire",
    }
    assert interpret(question, ", maire", livre, 9).valeurs == {"r.qualite": "maire"}
    with pytest.raises(Refus, match="virgule"):
        interpret(question, "Claude Martin", livre, 9)


def test_words_propose_codes_and_a_number_then_picks(livre: Any) -> None:
    question = Question("cpv", "", "", genre="cpv")
    with pytest.raises(Propositions) as found:
        interpret(question, "espaces verts", livre, 9)
    assert found.value.choix[0].valeur == "77310000"
    assert interpret(question, "77310000-6", livre, 9).valeurs == {"cpv": "77310000-6"}
