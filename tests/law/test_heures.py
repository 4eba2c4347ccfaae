from decimal import Decimal

import pytest

from clausegen.description.marche import Marche
from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import Calibrage
from clausegen.law.heures import (
    carries_action,
    hours_questions,
    lot_hours,
    period_months,
    shortest_term,
    training_volume,
)
from clausegen.law.rulebook import rulebook

LIVRE = rulebook()
TERMES = {
    "montant_ht": Decimal(480000),
    "part_main_oeuvre": Decimal("0.65"),
    "taux_effort": Decimal("0.05"),
    "cout_horaire": Decimal(36),
}
KNOWN = Calibrage("espaces-verts", False, TERMES)
COUT = Unknown("lots[0].calibrage.cout_horaire", "Quel coût ?")
OPEN = Calibrage("espaces-verts", False, TERMES | {"cout_horaire": COUT})


def market(lot, **keys):
    given = {"version": 1, "objet": "Essai", "valeur_estimee_ht": 480000, "lots": [{"numero": 1} | lot]} | keys
    marche = Marche.model_validate(given, context={"vocabulaire": {}})
    return marche, marche.lots[0]


def hours(lot, dispositif="clause", calibrage=KNOWN, **keys):
    marche, written = market(lot, **keys)
    return lot_hours(marche, written, dispositif, calibrage, LIVRE)


def periods(lot, **keys):
    return [(p.libelle, p.heures) for p in hours(lot, **keys).periodes]


@pytest.mark.parametrize("dispositif", ["clause", "clause-et-critere", "critere"])
def test_what_makes_the_holder_owe_hours(dispositif):
    assert carries_action(dispositif, market({})[1]) is True


def test_a_reservation_makes_hours_due_only_besides_it():
    assert carries_action("reserve-iae", market({"heures_complementaires": 70})[1]) is True
    for lot, dispositif in (
        ({}, "reserve-iae"),
        ({"heures_complementaires": 0}, "reserve-iae"),
        ({"heures_complementaires": 70}, "aucun"),
        ({"heures_complementaires": 70}, None),
        ({}, "formation"),
    ):
        assert carries_action(dispositif, market(lot)[1]) is False


def test_hours_beside_a_reservation_are_those_written():
    found = hours({"heures_complementaires": 70, "heures": 420}, "reserve-iae")
    assert (found.volume, found.volume_brut, found.methode, found.unite) == (70, 70, "saisie", "heures")
    assert found.parametres == {"montant_ht": 480000}
    assert found.ratio_pour_100000 == Decimal("14.6")
    assert hours({}, "reserve-iae") is None
    assert hours({"heures_complementaires": 0}, "reserve-iae") is None


@pytest.mark.parametrize("dispositif", ["critere", "aucun", None])
def test_no_hours_without_a_clause(dispositif):
    assert hours({"heures": 420}, dispositif) is None


def test_hours_written_without_an_amount():
    found = hours({"heures": 420}, valeur_estimee_ht=None)
    assert (found.volume, found.parametres, found.ratio_pour_100000) == (420, {"montant_ht": None}, None)
    found = hours({"heures": 420}, valeur_estimee_ht=0)
    assert (found.volume, found.parametres, found.ratio_pour_100000) == (420, {"montant_ht": 0}, None)


def test_hours_of_the_formula():
    for lot in ({}, {"heures": "auto"}):
        found = hours(lot)
        assert (found.volume, found.volume_brut, found.methode) == (420, Decimal("433.33"), "part-main-oeuvre")
        assert (found.unite, found.volume_au_maximum) == ("heures", None)
    assert hours({"heures": 0}).volume == 0


def test_hours_that_follow_the_orders_have_a_figure_at_the_maximum_only():
    ratio = {"heures": 35, "montant_ht": 100000}
    found = hours({"heures": {"par_tranche": ratio}})
    assert (found.volume, found.volume_brut, found.volume_au_maximum) == (None, None, 168)
    assert (found.methode, found.unite, found.ratio_pour_100000) == ("par-tranche", "heures", 35)
    assert found.parametres == {"heures": 35, "montant_ht": 100000, "a_partir_de_ht": 0, "base": "commande"}
    assert hours({"heures": {"par_tranche": ratio | {"a_partir_de_ht": 180000}}}).volume_au_maximum == 105
    assert hours({"heures": {"par_tranche": ratio | {"a_partir_de_ht": 500000}}}).volume_au_maximum == 0
    # Le lot n'atteint pas le premier euro qui compte, même à une heure par euro.
    short = {"heures": 1, "montant_ht": 1, "a_partir_de_ht": 500000}
    assert hours({"heures": {"par_tranche": short}}).volume_au_maximum == 0
    assert hours({"heures": {"par_tranche": ratio}}, valeur_estimee_ht=None).volume_au_maximum is None
    assert hours({"heures": {"par_tranche": {"heures": 7, "montant_ht": 30000}}}).ratio_pour_100000 == Decimal("23.3")


def test_hours_that_follow_the_orders_are_not_shared_between_renewals():
    assert hours({"heures": {"par_tranche": {"heures": 35, "montant_ht": 100000}}}, reconductions=3).periodes == ()


def test_hours_of_a_training_clause():
    found = hours({}, "formation")
    assert (found.volume, found.volume_brut, found.methode, found.unite) == (900, 900, "bareme-formation", "heures")
    assert (found.parametres, found.ratio_pour_100000) == ({"montant_ht": 480000}, Decimal("187.5"))
    written = hours({"heures": 200}, "formation")
    assert (written.volume, written.methode) == (200, "saisie")
    unknown = hours({}, "formation", valeur_estimee_ht=None)
    assert (unknown.volume, unknown.volume_brut, unknown.unite) == (None, None, "heures")
    assert (unknown.methode, unknown.parametres) == ("bareme-formation", {"montant_ht": None})
    assert unknown.ratio_pour_100000 is None


def test_the_scale_of_training_has_steps():
    assert [training_volume(Decimal(v), LIVRE) for v in (0, "99999.99", 100000, "100000.01")] == [150, 150, 300, 300]


TF = {"code": "TF", "type": "ferme"}
TO = {"code": "TO1", "type": "optionnelle"}


def test_tranches_keep_the_hours_written_for_them():
    lot = {"tranches": [TF | {"heures": 300}, TO | {"heures": 120}]}
    assert hours(lot).volume == 420
    assert hours(lot).methode == "saisie"
    assert periods(lot) == [("Tranche ferme TF", 300), ("Tranche optionnelle TO1", 120)]


def test_a_tranche_may_bear_no_hour():
    lot = {"tranches": [TF | {"heures": 70}, TO | {"heures": 0}]}
    assert hours(lot).volume == 70
    assert [h for _, h in periods(lot)] == [70, 0]


def test_a_tranche_without_hours_makes_the_volume_come_from_elsewhere():
    lot = {"tranches": [TF | {"heures": 300}, TO]}
    assert hours(lot).methode == "part-main-oeuvre"
    assert periods(lot) == [("Tranche ferme TF", None), ("Tranche optionnelle TO1", None)]


def test_tranches_share_hours_by_amount_the_remainder_to_the_last():
    lot = {"heures": 100, "tranches": [TF | {"montant_ht": 200000}, TO | {"montant_ht": 100000}]}
    assert periods(lot) == [("Tranche ferme TF", 66), ("Tranche optionnelle TO1", 34)]
    lot = {"heures": 100, "tranches": [TF | {"montant_ht": 0}, TO | {"montant_ht": 0}]}
    assert [h for _, h in periods(lot)] == [None, None]
    lot = {"heures": 100, "tranches": [TF | {"montant_ht": 200000}, TO]}
    assert [h for _, h in periods(lot)] == [None, None]
    three = {"heures": 100, "tranches": [TF | {"montant_ht": 1}, TO | {"montant_ht": 1}, TO | {"montant_ht": 1}]}
    assert [h for _, h in periods(three)] == [33, 33, 34]


def test_tranches_come_before_renewals():
    lot = {"heures": 100, "tranches": [TF | {"heures": 60}, TO | {"heures": 40}]}
    assert len(periods(lot, reconductions=1, duree_mois=24)) == 2


def test_renewals_are_named_and_share_the_hours():
    assert periods({"heures": 100}, reconductions=2, duree_mois=36) == [
        ("Période initiale", 33),
        ("Reconduction n° 1", 33),
        ("Reconduction n° 2", 34),
    ]
    assert [h for _, h in periods({"heures": 1}, reconductions=1, duree_mois=24)] == [0, 1]
    assert periods({"heures": 100}, duree_mois=36) == []
    assert periods({"heures": 100}, reconductions=0, duree_mois=36) == []


def test_hours_written_by_period():
    lot = {"heures_periodes": [60, 40]}
    assert hours(lot, reconductions=1, duree_mois=24).volume == 100
    assert hours(lot, reconductions=1, duree_mois=24).methode == "saisie"
    assert [h for _, h in periods(lot, reconductions=1, duree_mois=24)] == [60, 40]
    # Pas autant d'heures que de périodes : le total écrit est réparti.
    assert [h for _, h in periods(lot, reconductions=3, duree_mois=48)] == [25, 25, 25, 25]


def test_nothing_is_shared_while_the_volume_is_missing():
    found = hours({}, calibrage=OPEN, reconductions=1, duree_mois=24)
    assert found.volume is None
    assert [p.heures for p in found.periodes] == [None, None]


@pytest.mark.parametrize(
    ("lot", "keys", "attendu"),
    [
        ({}, {"duree_mois": 48, "reconductions": 3}, [12, 12, 12, 12]),
        ({"duree_mois": 24}, {"duree_mois": 48, "reconductions": 3}, [6, 6, 6, 6]),
        ({}, {"duree_mois": 48}, [48]),
        ({}, {"duree_mois": 35, "reconductions": 1}, [None, None]),
        ({}, {"reconductions": 1}, [None, None]),
        ({"duree_ferme_mois": 24}, {"duree_mois": 48, "reconductions": 2}, [24, 12, 12]),
        ({"duree_ferme_mois": 24}, {"duree_mois": 49, "reconductions": 2}, [24, None, None]),
        ({"duree_ferme_mois": 48}, {"duree_mois": 48, "reconductions": 2}, [48, 0, 0]),
        ({"duree_ferme_mois": 50}, {"duree_mois": 48, "reconductions": 2}, [50, None, None]),
        ({"duree_ferme_mois": 49}, {"duree_mois": 48, "reconductions": 1}, [49, None]),
    ],
)
def test_months_of_the_periods(lot, keys, attendu):
    marche, written = market(lot, **keys)
    assert period_months(marche, written) == attendu


@pytest.mark.parametrize(
    ("lot", "keys", "attendu"),
    [
        ({}, {"duree_mois": 48}, 48),
        ({"duree_mois": 24}, {"duree_mois": 48}, 24),
        ({}, {}, None),
        ({}, {"duree_mois": 48, "reconductions": 3}, 12),
        ({"duree_ferme_mois": 24}, {"duree_mois": 48, "reconductions": 3}, 8),
        ({"duree_ferme_mois": 24}, {"duree_mois": 49, "reconductions": 3}, 24),
        ({"tranches": [TF | {"duree_mois": 6}, TO | {"duree_mois": 3}]}, {"duree_mois": 48, "reconductions": 3}, 3),
        ({"tranches": [TF | {"duree_mois": 6}, TO]}, {"duree_mois": 48}, 6),
        ({"tranches": [TF, TO]}, {"duree_mois": 48}, None),
    ],
)
def test_the_shortest_term_at_which_hours_fall_due(lot, keys, attendu):
    marche, written = market(lot, **keys)
    assert shortest_term(marche, written) == attendu


def asked(lot, dispositif="clause", calibrage=KNOWN, **keys):
    marche, written = market(lot, **keys)
    found = lot_hours(marche, written, dispositif, calibrage, LIVRE)
    return [u.chemin for u in hours_questions(written, 2, found, calibrage, LIVRE)]


def test_what_is_asked_to_state_the_hours():
    assert asked({}) == []
    assert asked({}, "aucun", OPEN) == []
    assert asked({}, calibrage=OPEN) == ["lots[0].calibrage.cout_horaire"]
    assert asked({"heures": 420}, calibrage=OPEN) == []
    assert asked({}, "formation", OPEN) == []
    assert asked({}, "formation", valeur_estimee_ht=None) == ["lots[2].valeur_estimee_ht"]
    assert asked({"heures": {"par_tranche": {"heures": 1, "montant_ht": 1000}}}, calibrage=OPEN) == []


def test_what_is_asked_to_share_the_hours():
    assert asked({"heures": 420, "tranches": [TF, TO]}) == ["lots[2].tranches"]
    assert asked({"heures": 420, "tranches": [TF | {"heures": 420}, TO]}) == ["lots[2].tranches"]
    assert asked({"heures": 420}, duree_mois=35, reconductions=1) == ["lots[2].duree_ferme_mois"]
    assert asked({"heures": 420}, duree_mois=36, reconductions=1) == []
    # Le partage n'est demandé qu'une fois le volume connu.
    assert asked({}, calibrage=OPEN, duree_mois=35, reconductions=1) == ["lots[0].calibrage.cout_horaire"]
