"""Any description that the format admits gives a decision that holds together and pieces that are whole."""

import json
from random import Random

import pytest

from clausegen.dossier.pieces import gabarits
from clausegen.reports.difference_words import _value
from clausegen.text.render import render
from tests.soundness.conftest import loaded

descriptions, soundness = loaded("descriptions"), loaded("soundness")
GRAINE = 2


def of(**keys):
    return json.dumps({"version": 1, "objet": "Essai", "lots": [{"numero": 1}]} | keys)


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_drawn_descriptions(start):
    ends = [
        soundness.whole(descriptions.written(descriptions.drawn(GRAINE, rank), rank), Random(rank))
        for rank in range(start, start + 50)
    ]
    # Neither all refused nor all admitted: else the drawing would prove nothing.
    assert 5 < ends.count("refus") < 45 and len(set(ends)) >= 4


def test_the_same_rank_gives_the_same_description():
    assert descriptions.drawn(1, 7) == descriptions.drawn(1, 7) != descriptions.drawn(2, 7)


@pytest.mark.parametrize(
    "insertion",
    [
        {"actions_alternatives": None},
        {"bilan_final": {"mois_apres": None}},
        {"bilan_final": {"mois_avant": None}},
        {"bilan_final": {"mois_avant": "…"}},
    ],
)
def test_a_choice_that_is_left_open_stays_a_question(insertion):
    dossier, papers = soundness.decided(
        soundness.loaded(of(insertion=insertion, ccag="FCS", date_lancement="2026-12-15"))
    )
    (lot,) = papers.lots
    name = "insertion.actions_alternatives" if "actions_alternatives" in insertion else "insertion.bilan_final_decale"
    assert lot.faits[name].chemin.startswith(f"insertion.{next(iter(insertion))}")
    assert render(gabarits()["ccap"], dossier, "x").champs


@pytest.mark.parametrize(
    ("report", "moved"), [({"mois_apres": 3}, True), ({"mois_avant": 1}, False), ({"mois_avant": 2}, True)]
)
def test_a_final_report_that_is_settled(report, moved):
    _, papers = soundness.decided(soundness.loaded(of(insertion={"bilan_final": report}, ccag="FCS")))
    assert papers.lots[0].faits["insertion.bilan_final_decale"] is moved


def test_the_header_holds_no_reserved_nor_control_character():
    objet = "a\ue000f0\ue001b\u202ec\nd"
    dossier, _ = soundness.decided(soundness.loaded(of(objet=objet, reference="R\ue000\n1")))
    texte = render(gabarits()["ccap"], dossier, "x")
    assert texte.entete == texte.proprietes.sujet == "R 1 · af0bc d"


def test_an_amount_that_becomes_a_question_is_compared_as_one():
    assert _value("Quel montant ?", "seuil.montant_ht") == "Quel montant ?"
    assert _value("1200.50", "seuil.montant_ht") == "1 200,50 €"


@pytest.mark.parametrize(
    "objet", ["a\x85b\U000f0000", "\x85\U000ffffd\U000f0001", "\U000f0000\u2028\U000f0001", "\x85 👩"]
)
def test_private_characters_beside_a_line_end_of_another_age_are_read_as_they_are(objet):
    for ascii_only in (True, False):
        text = json.dumps({"version": 1, "objet": objet}, ensure_ascii=ascii_only)
        assert str(soundness.loaded(text).arbre.racine["objet"].valeur) == objet
