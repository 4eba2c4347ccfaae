from typing import Any

from clausegen.assistant import fields, order
from clausegen.assistant.answers import _READERS
from clausegen.assistant.script import DROIT, PIECES, pattern
from clausegen.files.nearest import folded
from clausegen.law.obligations import ORDRE


def test_every_question_of_the_script_is_a_key(script: Any) -> None:
    for fiche in script.fiches:
        assert script.known(fiche.cle), fiche.cle
        assert fiche.moment in (DROIT, PIECES)
        assert fiche.genre in ("", "cpv", "lots", *_READERS), fiche
    assert len(script.par_cle) == len(script.fiches), "a key is asked once"


def test_choices_are_words_of_their_key(script: Any) -> None:
    for fiche in script.fiches:
        champ = fields.champ(fiche.cle)
        words = {word for word, _ in champ.mots}
        if fiche.choix is not None:
            assert set(fiche.choix) == words, "none is left out"
            names = [folded(name) for entry in fiche.choix.values() for name in entry.get("mots", ())]
            assert len(names) == len(set(names)), "a name stands for one choice only"
        for entry in fiche.propose:
            assert set(entry["valeurs"].values()) <= words
            if not entry.get("debut"):
                assert set(entry["valeurs"]) <= {word for word, _ in fields.champ(entry["selon"]).mots}


def test_every_fact_that_the_law_always_asks_for_is_in_the_script(script: Any, livre: Any) -> None:
    table = livre.donnees["demandes"]
    asked = {*table["marche"], *table["facilitateur"], *(k for keys in table["dispositifs"].values() for k in keys)}
    assert asked <= set(script.par_cle)


def test_announced_duties_exist_and_all_have_a_short_name(script: Any) -> None:
    assert set(script.annonces) | set(script.contraires) <= set(ORDRE) == set(script.noms)


def test_what_decides_comes_before_what_fills_the_pieces(script: Any) -> None:
    moments = [fiche.moment for fiche in script.fiches]
    assert moments == sorted(moments, key=[DROIT, PIECES].index)


def test_lots_are_asked_one_after_the_other(script: Any) -> None:
    found = [chemin for _, chemin in order.paths(script, 2) if chemin.startswith("lots[")]
    first = [chemin for chemin in found[:4]]
    assert first == [
        "lots[0].intitule",
        "lots[0].valeur_estimee_ht",
        "lots[0].duree_mois",
        "lots[0].cpv",
    ]
    assert pattern("lots[12].cpv") == "lots[].cpv"


def test_a_question_read_aloud_is_short(script: Any) -> None:
    for fiche in script.fiches:
        fait = script.fait(fiche.cle)
        assert len(fait.get("aide", "")) <= 140, fiche.cle
        assert len(fiche.question or fait["question"]) <= 150, fiche.cle
        assert fait["question"].endswith("?")
