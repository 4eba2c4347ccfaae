from dataclasses import replace
from typing import Any

from clausegen.assistant.implications import implications, named
from clausegen.diagnostics import Diagnostic, Niveau
from tests.assistant.conftest import SIMPLE


def test_the_decision_in_five_lines(jouer: Any) -> None:
    lines = jouer(SIMPLE).resume()
    assert [line.mot for line in lines] == ["Seuil", "Obligatoire", "À préciser", "Lots", "Reste"]
    text = {line.mot: line.texte for line in lines}
    assert "300 000 € HT" in text["Seuil"] and "216 000 € HT : atteint" in text["Seuil"]
    assert text["Obligatoire"].startswith("condition sociale ; ")
    assert "clause d'insertion, 315 heures" in text["Lots"]


def test_the_decision_of_an_empty_market(jouer: Any) -> None:
    text = {line.mot: line.texte for line in jouer({"objet": "x"}).resume()}
    assert "à préciser" in text["Seuil"] and text["Obligatoire"] == "rien pour le moment."
    assert text["Lots"] == "pas encore décrits."


def test_many_lots_are_told_shortly(jouer: Any) -> None:
    keys = list(SIMPLE)
    begun = {key: SIMPLE[key] for key in keys[: keys.index("lots")]} | {"valeur_estimee_ht": "3 000 000"}
    session = jouer(begun)
    session.repondre("\n".join(f"Secteur {n} ; 200 000" for n in range(10)))
    told = [item.texte for item in session.implications() if item.mot == "Proposition"]
    assert len(told) == 4 and "7 autres lots" in told[-1]
    assert "et 7 de plus" in session.resume()[3].texte


def test_a_reduction_below_the_threshold_is_told_back(jouer: Any) -> None:
    session = jouer(SIMPLE)
    session.poser("valeur_estimee_ht", "100 000")
    assert "Pas obligatoire" in [item.mot for item in session.implications()]


def test_names_are_listed_up_to_a_few() -> None:
    assert named(["a", "b"]) == "a et b"
    assert named(["a", "b", "c", "d", "e"]) == "a, b, c et 2 autres"


def test_a_warning_names_its_lots_and_is_told_once(jouer: Any) -> None:
    keys = list(SIMPLE)
    session = jouer({key: SIMPLE[key] for key in keys[: keys.index("lots")]} | {"valeur_estimee_ht": "900 000"})
    session.repondre("Nord ; 300 000\nSud ; 300 000\nEst ; 200 000")
    before = session.decision
    found = [Diagnostic("X1", Niveau.AVERTISSEMENT, "Trop d'heures.", f"lots[{rank}].heures") for rank in (0, 2)]
    found.append(Diagnostic("X2", Niveau.ERREUR, "Interdit.", "ccag"))
    told = implications(before, replace(before, diagnostics=(*before.diagnostics, *found)), session.script)
    assert [(item.mot, item.texte) for item in told] == [
        ("Attention", "lots n° 1 et 3 : trop d'heures."),
        ("À corriger", "interdit."),
    ]
