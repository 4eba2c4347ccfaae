from datetime import date
from decimal import Decimal

import pytest

from clausegen.description.marche import Marche
from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.facts import lot_amount, lot_facts, market_facts, missing_of, valeur_retenue
from clausegen.law.rulebook import rulebook

LIVRE = rulebook()
DAY = date(2026, 12, 15)


def market(**keys):
    return Marche.model_validate({"version": 1, "objet": "Essai"} | keys, context={"vocabulaire": {}})


def facts(**keys):
    return market_facts(market(**keys), LIVRE, DAY)


def of_lot(lot, index=0, **keys):
    marche = market(lots=[{"numero": 1}] * index + [{"numero": index + 1} | lot], **keys)
    return lot_facts(marche, marche.lots[index], index, LIVRE)


def path(fact):
    return fact.chemin if isinstance(fact, Unknown) else None


def test_what_an_empty_description_leaves_open_and_what_its_silence_means():
    found = market_facts(market(), LIVRE, None)
    unknown = {name: fact.chemin for name, fact in found.items() if isinstance(fact, Unknown)}
    assert unknown == {
        "date_lancement": "date_lancement",
        "contrat": "contrat",
        "nature": "nature",
        "ccag": "ccag",
        "procedure": "procedure",
        "duree_mois": "duree_mois",
        "lots.nombre": "lots",
        "acheteur.categorie": "acheteur.categorie",
        "acheteur.pouvoir_adjudicateur": "acheteur.categorie",
        "acheteur.achats_annuels_ht": "acheteur.achats_annuels_ht",
        "valeur_retenue_ht": "valeur_estimee_ht",
    }
    assert all(found[name].question for name in unknown)
    assert {name: fact for name, fact in found.items() if name not in unknown} == {
        "regime": "classique",
        "reconductions": 0,
        "allotissement_motif": False,
        "facilitateur.present": False,
        "facilitateur.type": "aucun",
        "services_sociaux.choix": "",
        "services_sociaux.cpv": False,
    }


def test_what_a_description_tells():
    found = facts(
        contrat="marche",
        nature="travaux",
        regime="defense-securite",
        ccag="Travaux",
        procedure="adaptee",
        duree_mois=12,
        reconductions=2,
        lots=[{"numero": 1}, {"numero": 2}],
        acheteur={"categorie": "autorite-centrale", "achats_annuels_ht": 5},
        facilitateur={"type": "plie"},
        seuil_services_sociaux="droit-commun",
    )
    told = {name: fact for name, fact in found.items() if not isinstance(fact, Unknown)}
    assert told == {
        "date_lancement": DAY,
        "contrat": "marche",
        "nature": "travaux",
        "regime": "defense-securite",
        "ccag": "Travaux",
        "procedure": "adaptee",
        "duree_mois": 12,
        "reconductions": 2,
        "lots.nombre": 2,
        "allotissement_motif": False,
        "acheteur.categorie": "autorite-centrale",
        "acheteur.pouvoir_adjudicateur": True,
        "acheteur.achats_annuels_ht": 5,
        "facilitateur.present": True,
        "facilitateur.type": "plie",
        "services_sociaux.choix": "droit-commun",
        "services_sociaux.cpv": False,
    }
    assert facts(facilitateur={"structure": "PLIE"})["facilitateur.type"] == "aucun"


def test_only_a_contracting_entity_may_be_no_contracting_authority():
    def told(**buyer):
        return facts(acheteur=buyer)["acheteur.pouvoir_adjudicateur"]

    assert told(categorie="autre-pouvoir-adjudicateur") is True
    assert told(categorie="entite-adjudicatrice", pouvoir_adjudicateur=False) is False
    assert told(categorie="entite-adjudicatrice", pouvoir_adjudicateur=True) is True
    assert path(told(categorie="entite-adjudicatrice")) == "acheteur.pouvoir_adjudicateur"


@pytest.mark.parametrize(
    ("keys", "social"),
    [
        ({"cpv": "77310000"}, False),
        ({"cpv": "85312300"}, True),
        ({"cpv": "77310000", "lots": [{"numero": 1, "cpv": "85312300"}]}, True),
        ({"lots": [{"numero": 1, "cpv": "77310000"}]}, False),
    ],
)
def test_one_social_code_is_enough_to_ask_about_the_threshold(keys, social):
    assert facts(**keys)["services_sociaux.cpv"] is social


@pytest.mark.parametrize(
    ("keys", "valeur"),
    [
        ({"valeur_estimee_ht": 100}, 100),
        ({"valeur_estimee_ht": 100, "valeur_operation_ht": 300}, 300),
        ({"valeur_estimee_ht": 300, "valeur_operation_ht": 100}, 300),
        ({"lots": [{"numero": 1, "valeur_estimee_ht": 100}, {"numero": 2, "valeur_estimee_ht": "50.5"}]}, "150.5"),
        ({"valeur_estimee_ht": 7, "lots": [{"numero": 1, "valeur_estimee_ht": 100}]}, 7),
        ({"lots": [{"numero": 1, "valeur_estimee_ht": 100}, {"numero": 2}]}, None),
        ({"valeur_operation_ht": 300}, None),
        ({"lots": [{"numero": 1, "valeur_estimee_ht": 0}]}, 0),
    ],
)
def test_the_value_held_against_the_threshold(keys, valeur):
    found = valeur_retenue(market(**keys), LIVRE)
    if valeur is None:
        assert path(found) == "valeur_estimee_ht"
    else:
        assert found == Decimal(valeur)


def test_a_single_lot_has_the_amount_of_the_market():
    def told(lot, others=0):
        lots = [{"numero": 1} | lot] + [{"numero": 2}] * others
        marche = market(valeur_estimee_ht=900, lots=lots)
        return lot_amount(marche, marche.lots[0])

    assert told({}) == 900
    assert told({}, others=1) is None
    assert told({"valeur_estimee_ht": 400}) == 400
    assert told({"valeur_estimee_ht": 0}, others=1) == 0


def test_what_a_silent_lot_leaves_open_and_what_its_silence_means():
    found = of_lot({}, index=1)
    unknown = {name: fact.chemin for name, fact in found.items() if isinstance(fact, Unknown)}
    assert unknown == {
        "lot.valeur_estimee_ht": "lots[1].valeur_estimee_ht",
        "lot.duree_mois": "duree_mois",
        "lot.cpv_art77": "lots[1].cpv",
        "lot.services_sociaux": "lots[1].services_exclusivement_sociaux",
        "lot.mission_service_public": "lots[1].mission_service_public",
        "lot.attribution_ess_3_ans": "lots[1].attribution_ess_3_ans",
    }
    assert {name: fact for name, fact in found.items() if name not in unknown} == {
        "lot.aucun_motif": "",
        "lot.aucun_justification": False,
        "lot.autres_conditions": False,
        "lot.conditions_reserve": False,
        "lot.heures_complementaires": 0,
        "lot.reprise_personnel": False,
    }


def test_what_a_lot_tells():
    lot = {
        "valeur_estimee_ht": 10,
        "duree_mois": 6,
        "cpv": "77310000",
        "aucun_motif": "travaux-courts",
        "aucun_justification": "Des faits.",
        "autres_conditions_sociales": ["egalite"],
        "conditions_reserve": ["maintien"],
        "heures_complementaires": 70,
        "mission_service_public": "Accueil",
        "attribution_ess_3_ans": False,
        "reprise_personnel": True,
    }
    assert of_lot(lot, duree_mois=48, cpv="85312300") == {
        "lot.valeur_estimee_ht": 10,
        "lot.duree_mois": 6,
        "lot.cpv_art77": False,
        "lot.aucun_motif": "travaux-courts",
        "lot.aucun_justification": True,
        "lot.autres_conditions": True,
        "lot.conditions_reserve": True,
        "lot.heures_complementaires": 70,
        "lot.services_sociaux": False,
        "lot.mission_service_public": True,
        "lot.attribution_ess_3_ans": False,
        "lot.reprise_personnel": True,
    }


def test_a_lot_has_from_the_market_what_it_leaves_out():
    found = of_lot({}, duree_mois=48, cpv="77310000", valeur_estimee_ht=900)
    assert (found["lot.duree_mois"], found["lot.cpv_art77"], found["lot.services_sociaux"]) == (48, False, False)
    assert found["lot.valeur_estimee_ht"] == 900


def test_a_social_code_does_not_say_that_the_lot_holds_nothing_else():
    assert path(of_lot({"cpv": "85312300"})["lot.services_sociaux"]) == "lots[0].services_exclusivement_sociaux"
    # Un service de la liste que la directive ne permet pas de réserver est un service social tout de même.
    canteen = of_lot({"cpv": "55521100"})
    assert path(canteen["lot.services_sociaux"]) == "lots[0].services_exclusivement_sociaux"
    assert canteen["lot.cpv_art77"] is False
    for told in (True, False):
        lot = {"cpv": "85312300", "services_exclusivement_sociaux": told}
        assert of_lot(lot)["lot.services_sociaux"] is told
    assert of_lot({"cpv": "85312300"})["lot.cpv_art77"] is True


def test_missing_facts_among_several_each_once():
    a, b = Unknown("a"), Unknown("b")
    faits = {"un": a, "deux": 3, "trois": Missing((b, a)), "quatre": None}
    assert missing_of(faits, "un", "deux", "trois", "quatre") == (a, b)
    assert missing_of(faits, "deux") == ()
