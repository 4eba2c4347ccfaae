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
        ("1 an renouvelable 3 fois", {"duree_mois": 48, "reconductions": 3}),
        ("3 ans renouvelable 1 an", {"duree_mois": 48, "reconductions": 1}),
        ("3 ans, reconductible une fois 12 mois", {"duree_mois": 48, "reconductions": 1}),
        ("un an reconductible trois fois", {"duree_mois": 48, "reconductions": 3}),
        ("48 mois dont 3 reconductions", {"duree_mois": 48, "reconductions": 3}),
        ("4 ans fermes", {"duree_mois": 48}),
        ("longtemps", {"duree_mois": "longtemps"}),
    ],
)
def test_a_duration_as_people_say_it(livre: Any, said: str, values: dict[str, Any]) -> None:
    assert interpret(Question("duree_mois", "", "", genre="duree"), said, livre, 9).valeurs == values


@pytest.mark.parametrize("said", ["48 mois, 3 reconductions", "12 mois reconductible", "12 mois et demi"])
def test_a_duration_that_reads_two_ways_is_asked_again(livre: Any, said: str) -> None:
    with pytest.raises(Refus, match="reconductible"):
        interpret(Question("duree_mois", "", "", genre="duree"), said, livre, 9)


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("1,2 M€", "1200000"),
        ("1,2 millions d'euros", "1200000"),
        ("450k", "450000"),
        ("450 K€ HT", "450000"),
        ("4 millions", "4000000"),
        ("1 200 000 €", "1 200 000 €"),
        ("1,2 M€ TTC", "1,2 M€ TTC"),
        ("0,00000049 k", "0,00000049 k"),
    ],
)
def test_an_amount_as_people_say_it(livre: Any, said: str, figures: str) -> None:
    assert interpret(Question("valeur_estimee_ht", "", ""), said, livre, 9).valeurs == {"valeur_estimee_ht": figures}
    assert interpret(Question("objet", "", ""), said, livre, 9).valeurs == {"objet": said}, "only amounts"


@pytest.mark.parametrize("said", ["mi-janvier", "janvier 2027", "demain", "32/12/2026"])
def test_a_day_that_is_not_one_shows_how_to_write_it(livre: Any, said: str) -> None:
    with pytest.raises(Refus, match="15/12/2026"):
        interpret(Question("d", "", "", genre="date"), said, livre, 9)


def test_a_choice_by_a_word_of_its_label_or_another_name(livre: Any) -> None:
    choix = (
        Choix("ouvert", "appel d'offres ouvert"),
        Choix("restreint", "appel d'offres restreint"),
        Choix("x", "État (ministère, préfecture)", mots=("Matignon",)),
    )
    question = Question("p", "", "", genre="choix", choix=choix)
    assert interpret(question, "ministère", livre, 9).valeurs == {"p": "x"}
    assert interpret(question, "MATIGNON", livre, 9).valeurs == {"p": "x"}
    with pytest.raises(Refus, match=r"1 .*ou 2 "):
        interpret(question, "appel d'offre", livre, 9)


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
