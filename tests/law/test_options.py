from dataclasses import replace
from datetime import date

import pytest

from clausegen.law.decide import decide
from clausegen.law.findings import Finder

DISPOSITIFS = [
    "clause",
    "clause-et-critere",
    "critere",
    "reserve-handicap",
    "reserve-iae",
    "reserve-handicap-iae",
    "reserve-penitentiaire",
    "reserve-ess",
    "formation",
    "aucun",
]


def proposed(papers, lot=1):
    return [o.dispositif for o in papers.lots[lot].choisi.options if o.recommande]


def test_the_ten_options_stand_in_their_order(deliberate):
    for lot in deliberate().decision.lots:
        assert [o.dispositif for o in lot.options] == DISPOSITIFS


def test_what_the_buyer_wrote_is_retained_even_when_another_is_proposed(deliberate):
    papers = deliberate(("dispositif: auto", "dispositif: critere"))
    choisi = papers.lots[1].choisi
    assert (choisi.dispositif, choisi.choisi_par, choisi.manquants) == ("critere", "acheteur", ())
    assert proposed(papers) == ["clause"]


@pytest.mark.parametrize("written", [", dispositif: auto", ""])
def test_auto_or_nothing_retains_what_is_proposed(deliberate, written):
    choisi = deliberate((", dispositif: auto", written)).lots[1].choisi
    assert (choisi.dispositif, choisi.choisi_par, choisi.manquants) == ("clause", "regle", ())


def test_a_null_dispositif_is_asked_and_one_is_still_proposed(deliberate):
    papers = deliberate(("dispositif: auto", "dispositif: null"))
    choisi = papers.lots[1].choisi
    assert (choisi.dispositif, choisi.choisi_par) == (None, "regle")
    assert [m.chemin for m in choisi.manquants] == ["lots[1].dispositif"]
    assert proposed(papers) == ["clause"]


def test_the_proposal_adds_its_reason_to_that_of_the_law(deliberate):
    papers = deliberate()
    options = {o.dispositif: o for o in papers.lots[1].choisi.options}
    law = papers.lots[1].choisi.conclusions["clause"].motif
    assert options["clause"].motif.startswith(f"{law} Le lot porte assez de main-d'œuvre")
    for name, option in options.items():
        assert option.statut == papers.lots[1].choisi.conclusions[name].statut
        assert option.regles == (papers.lots[1].choisi.conclusions[name].regle,)
        assert name == "clause" or option.motif == papers.lots[1].choisi.conclusions[name].motif


SMALL_SHARE = "calibrage: {part_main_oeuvre: 0.05}, dispositif: auto"


def test_a_lot_with_little_labour_below_the_threshold_gets_no_clause(deliberate):
    papers = deliberate(("dispositif: auto", SMALL_SHARE), jour=date(2026, 8, 20))
    assert proposed(papers) == ["aucun"]
    assert papers.lots[1].choisi.dispositif == "aucun"


def test_what_the_law_forbids_is_passed_over_for_the_next_line(deliberate):
    """« aucun » needs a reason above the threshold: without any, the next line of the table is read."""
    papers = deliberate(
        ("dispositif: auto", f"aucun_motif: travaux-courts, {SMALL_SHARE}"),
    )
    assert papers.lots[1].choisi.conclusions["aucun"].statut == "interdit"
    assert proposed(papers) == ["clause"]


def test_a_missing_fact_stops_the_reading_of_the_table(deliberate):
    papers = deliberate(("duree_mois: 48\n", ""))
    choisi = papers.lots[1].choisi
    assert (choisi.dispositif, proposed(papers)) == (None, [])
    assert [m.chemin for m in choisi.manquants] == ["duree_mois"]
    # Le lot dont l'acheteur a choisi le dispositif n'a pas besoin de ce fait : il n'est pas demandé comme le sien.
    assert papers.lots[0].choisi.manquants == ()
    assert [m.chemin for m in papers.lots[0].choisi.sans_proposition] == ["duree_mois"]


def test_an_option_that_the_law_leaves_open_is_not_proposed(deliberate):
    papers = deliberate(("dispositif: auto", SMALL_SHARE), ("date_lancement: 2026-12-15\n", ""))
    choisi = papers.lots[1].choisi
    assert choisi.conclusions["aucun"].statut == "a-preciser"
    assert (choisi.dispositif, proposed(papers)) == (None, [])
    assert set(choisi.conclusions["aucun"].manquants) <= set(choisi.manquants)
    assert choisi.manquants


def test_before_the_first_table_nothing_is_proposed(deliberate):
    papers = deliberate(jour=date(2019, 3, 31))
    choisi = papers.lots[1].choisi
    assert (choisi.dispositif, choisi.manquants, proposed(papers)) == (None, (), [])


def test_a_table_of_which_no_line_holds_proposes_nothing(deliberate):
    papers = deliberate()
    key = "recommandation/recommandation"
    table = papers.livre.donnees[key]
    (first, version), *_ = table["versions"].items()
    silent = [line | {"toutes": ["duree_mois > 1000"]} for line in version["choix"]]
    changed = table | {"versions": {first: version | {"choix": silent}}}
    livre = replace(papers.livre, donnees=papers.livre.donnees | {key: changed})
    choisi = decide(papers.marche, livre, papers.decision.date_droit, Finder()).lots[1].choisi
    assert (choisi.dispositif, choisi.choisi_par, choisi.manquants) == (None, "regle", ())
    assert not any(option.recommande for option in choisi.options)
