from decimal import Decimal

import pytest

from clausegen.description.marche import Marche
from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import Calibrage
from clausegen.law.heures import lot_hours
from clausegen.law.lotfacts import calibrated_facts, retained_facts
from clausegen.law.options import Choisi
from clausegen.law.rulebook import rulebook

LIVRE = rulebook()
COUT, DISPOSITIF = Unknown("lots[0].calibrage.cout_horaire"), Unknown("lots[0].dispositif")


def calibrage(secteur="espaces-verts", **termes):
    """100 heures, dont la part de main-d'œuvre paie 1 000 (20 % : 200)."""
    base = {"montant_ht": 100000, "part_main_oeuvre": "0.5", "taux_effort": "0.1", "cout_horaire": 50} | termes
    known = {name: t if isinstance(t, Unknown) else Decimal(t) for name, t in base.items()}
    return Calibrage(secteur, False, known)


def lot_of(**lot):
    marche = Marche.model_validate(
        {"version": 1, "objet": "Essai", "valeur_estimee_ht": 100000, "lots": [{"numero": 1} | lot]},
        context={"vocabulaire": {}},
    )
    return marche, marche.lots[0]


def weighed(termes, **lot):
    return calibrated_facts(lot_of(**lot)[1], termes, LIVRE)


def retained(dispositif, termes=None, mois=12, **lot):
    termes = termes or calibrage()
    marche, written = lot_of(**lot)
    heures = lot_hours(marche, written, dispositif, termes, LIVRE)
    choisi = Choisi(dispositif, "acheteur", (), {}, () if dispositif else (DISPOSITIF,))
    return retained_facts(0, choisi, heures, termes, {"lot.duree_mois": mois}, LIVRE)


@pytest.mark.parametrize(
    ("montant", "volume", "sous"), [(69999, 69, True), (70000, 70, False), (104999, 70, False), (1000, 1, True)]
)
def test_the_hours_that_the_formula_would_give(montant, volume, sous):
    found = weighed(calibrage(montant_ht=montant))
    assert (found["lot.volume_calcule"], found["lot.volume_sous_minimum"]) == (volume, sous)


def test_hours_that_cannot_be_told_lack_the_terms_of_the_formula():
    found = weighed(calibrage(cout_horaire=COUT))
    assert found["lot.volume_calcule"] == found["lot.volume_sous_minimum"] == Missing((COUT,))


@pytest.mark.parametrize(("part", "peu"), [("0.09", True), ("0.10", True), ("0.11", False)])
def test_little_labour(part, peu):
    assert weighed(calibrage(part_main_oeuvre=part))["lot.peu_de_main_oeuvre"] is peu


def test_an_unknown_share_or_trade_stays_so():
    missing = Unknown("lots[0].calibrage.secteur")
    found = weighed(calibrage(missing, part_main_oeuvre=missing))
    assert found["lot.peu_de_main_oeuvre"] is found["lot.offre_reservee"] is missing


def test_trades_in_which_structures_usually_answer():
    secteurs = LIVRE.donnees["calibrage/secteurs"]["secteurs"]
    offered = {name for name in secteurs if weighed(calibrage(name))["lot.offre_reservee"] is True}
    assert offered == {name for name, entry in secteurs.items() if entry.get("offre_reservee")}
    assert "espaces-verts" in offered and len(offered) < len(secteurs)


@pytest.mark.parametrize(("lot", "ecrites"), [({}, False), ({"heures": "auto"}, False), ({"heures": 0}, True)])
def test_whether_hours_are_written(lot, ecrites):
    assert weighed(calibrage(), **lot)["lot.heures_ecrites"] is ecrites


def test_facts_of_a_lot_with_a_clause():
    found = retained("clause", heures=420)
    assert (found["lot.dispositif"], found["lot.choisi_par"], found["lot.reserve"]) == ("clause", "acheteur", False)
    assert (found["lot.a_des_heures"], found["lot.volume"], found["lot.heures_exigibles"]) == (True, 420, True)
    assert found["lot.ratio_pour_100000"] == 420


def test_facts_of_a_reserved_lot():
    found = retained("reserve-iae", heures_complementaires=70)
    assert (found["lot.dispositif"], found["lot.reserve"], found["lot.a_des_heures"]) == ("reserve-iae", True, False)
    assert (found["lot.volume"], found["lot.heures_exigibles"]) == (70, True)
    assert retained("reserve-iae")["lot.heures_exigibles"] is False


def test_facts_of_a_lot_that_is_not_decided():
    found = retained(None)
    assert found["lot.dispositif"] == found["lot.reserve"] == Missing((DISPOSITIF,))
    assert (found["lot.a_des_heures"], found["lot.heures_exigibles"]) == (False, False)
    assert [u.chemin for u in found["lot.volume"].unknowns] == ["lots[0].heures"]
    assert found["lot.volume"] == found["lot.ratio_pour_100000"] == found["lot.personnes_simultanees"]


def test_hours_that_lack_a_term_ask_for_it():
    found = retained("clause", calibrage(cout_horaire=COUT))
    for name in ("volume", "ratio_pour_100000", "personnes_simultanees", "heures_depassent_effort"):
        assert found[f"lot.{name}"] == Missing((COUT,))
    assert found["lot.heures_exigibles"] is True


def ratio(seuil):
    return {"heures": {"par_tranche": {"heures": 35, "montant_ht": 1000, "a_partir_de_ht": seuil}}}


def test_no_hour_falls_due_from_a_ratio_that_starts_at_the_maximum():
    assert [retained("clause", **ratio(s))["lot.heures_exigibles"] for s in (0, 99999, 100000)] == [True, True, False]
    montant = Unknown("lots[0].valeur_estimee_ht")
    assert retained("clause", calibrage(montant_ht=montant), **ratio(5))["lot.heures_exigibles"] == Missing((montant,))
    assert retained("clause", calibrage(montant_ht=montant), **ratio(0))["lot.heures_exigibles"] is True


def test_the_hours_at_the_maximum_stand_for_those_of_a_ratio():
    assert retained("clause", **ratio(98000))["lot.volume"] == 70


def test_no_hour_falls_due_from_zero_hours():
    assert retained("clause", heures=0)["lot.heures_exigibles"] is False
    assert retained("clause", heures=1)["lot.heures_exigibles"] is True


@pytest.mark.parametrize(
    ("heures", "mois", "people"), [(1820, 12, "1.0"), (910, 12, "0.5"), (1820, 6, "2.0"), (420, 12, "0.2")]
)
def test_people_whom_the_hours_employ_at_once(heures, mois, people):
    """A month of full work is 151,67 hours."""
    assert retained("clause", mois=mois, heures=heures)["lot.personnes_simultanees"] == Decimal(people)


def test_people_cannot_be_told_without_a_duration():
    assert isinstance(retained("clause", mois=Unknown("duree_mois"), heures=70)["lot.personnes_simultanees"], Missing)


def test_hours_beyond_what_the_work_can_bear():
    """20 % of the labour that 100 000 € × 50 % pay for, at 50 € an hour: 200 hours."""
    assert [retained("clause", heures=h)["lot.heures_depassent_effort"] for h in (199, 200, 201)] == [
        False,
        False,
        True,
    ]
    for name in ("montant_ht", "part_main_oeuvre", "cout_horaire"):
        missing = Unknown(name)
        found = retained("clause", calibrage(**{name: missing}), heures=420)
        assert found["lot.heures_depassent_effort"] == Missing((missing,))
