from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clausegen.description.marche import Marche
from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.facts import market_facts
from clausegen.law.references import References
from clausegen.law.rulebook import rulebook
from clausegen.law.seuil import settle_amount, settle_threshold, small_lot

LIVRE = rulebook()
DAY = date(2026, 12, 15)
POUVOIR, CENTRALE = {"categorie": "autre-pouvoir-adjudicateur"}, {"categorie": "autorite-centrale"}
SOCIAL = "85312300"


def settled(jour=DAY, **keys):
    given = {"version": 1, "objet": "Essai", "nature": "services", "contrat": "marche", "acheteur": POUVOIR} | keys
    marche = Marche.model_validate(given, context={"vocabulaire": {}})
    faits = market_facts(marche, LIVRE, jour)
    return *settle_threshold(faits, LIVRE, jour, References(LIVRE, jour, None)), faits


def missing(fact):
    return [u.chemin for u in ((fact,) if isinstance(fact, Unknown) else fact.unknowns)]


@pytest.mark.parametrize(("valeur", "atteint"), [("215999.99", False), ("216000", True), ("216000.01", True)])
def test_the_value_held_against_the_threshold_to_the_cent(valeur, atteint):
    seuil, source, faits = settled(valeur_estimee_ht=valeur)
    assert (seuil.categorie, seuil.montant_ht, seuil.atteint) == (
        "fournitures-services-autres-pouvoirs-adjudicateurs",
        216000,
        atteint,
    )
    assert seuil.valeur_retenue_ht == Decimal(valeur)
    assert (faits["seuil.montant_ht"], faits["seuil.atteint"], source) == (216000, atteint, "ccp-annexe-2")
    assert seuil.fondement == References(LIVRE, DAY, None).get("ccp-annexe-2").citation


def test_whole_amounts_are_whole_numbers_and_cents_are_kept():
    assert isinstance(settled(valeur_estimee_ht="300000.00")[0].valeur_retenue_ht, int)
    assert str(settled(valeur_estimee_ht="300000.50")[0].valeur_retenue_ht) == "300000.50"


def test_an_unknown_buyer_leaves_the_threshold_open():
    seuil, source, faits = settled(acheteur=None, valeur_estimee_ht=300000)
    assert (seuil.categorie, seuil.montant_ht, seuil.valeur_retenue_ht, seuil.atteint) == (None, None, 300000, None)
    assert (source, seuil.fondement) == ("ccp-annexe-2", References(LIVRE, DAY, None).get("ccp-annexe-2").citation)
    assert missing(faits["seuil.atteint"]) == missing(faits["seuil.montant_ht"]) == ["acheteur.categorie"]
    faits = settled(None, acheteur=None)[2]
    assert missing(faits["seuil.atteint"]) == ["acheteur.categorie", "date_lancement", "valeur_estimee_ht"]


def test_the_value_may_be_all_that_is_missing():
    seuil, _, faits = settled()
    assert (seuil.montant_ht, seuil.valeur_retenue_ht, seuil.atteint) == (216000, None, None)
    assert missing(faits["seuil.atteint"]) == ["valeur_estimee_ht"]


def test_the_book_without_thresholds():
    seuil, source, faits = settled(regime="livre-v", valeur_estimee_ht=300000)
    assert (seuil, source) == (None, "ccp-annexe-2")
    assert missing(faits["seuil.atteint"]) == missing(faits["seuil.montant_ht"]) == ["date_lancement"]


def test_past_the_known_thresholds_it_is_said_that_no_fact_is_missing():
    seuil, _, faits = settled(date(2028, 1, 1), valeur_estimee_ht=300000)
    assert (seuil.montant_ht, seuil.atteint) == (None, None)
    asked = faits["seuil.montant_ht"]
    assert (asked.chemin, asked.question[:22]) == ("date_lancement", "Aucun fait ne manque :")
    assert missing(faits["seuil.atteint"]) == ["date_lancement"]


@pytest.mark.parametrize(
    ("valeur", "atteint"),
    [(100000, False), (205999, False), (6000000, True), (221000, True)],
)
def test_without_a_day_an_answer_that_no_period_changes_is_given(valeur, atteint):
    seuil, _, faits = settled(None, valeur_estimee_ht=valeur)
    assert faits["seuil.atteint"] is atteint
    # La décision ne l'affirme pas pour autant : le droit du jour n'est pas connu.
    assert (seuil.montant_ht, seuil.atteint) == (None, None)


def test_without_a_day_each_amount_of_the_past_counts_to_the_euro():
    versions = LIVRE.donnees["seuils/europeen-fs-autres-pouvoirs-adjudicateurs"]["versions"].values()
    amounts = [v["valeur"] for v in versions if v != "fin"]
    low, high = min(amounts), max(amounts)
    assert low < high
    for valeur, atteint in ((low - 1, False), (high, True)):
        assert settled(None, valeur_estimee_ht=valeur)[2]["seuil.atteint"] is atteint
    for valeur in (low, high - 1):
        assert missing(settled(None, valeur_estimee_ht=valeur)[2]["seuil.atteint"]) == ["date_lancement"]


def test_without_a_day_nor_a_value_both_are_asked():
    faits = settled(None)[2]
    assert missing(faits["seuil.atteint"]) == ["valeur_estimee_ht", "date_lancement"]
    assert missing(faits["seuil.montant_ht"]) == ["date_lancement"]


def test_without_a_day_social_services_may_have_another_threshold():
    assert missing(settled(None, cpv=SOCIAL, valeur_estimee_ht=300000)[2]["seuil.atteint"]) == ["date_lancement"]
    # Des travaux n'ont pas de seuil propre aux services sociaux.
    found = settled(None, cpv=SOCIAL, nature="travaux", valeur_estimee_ht=300000)[2]
    assert found["seuil.atteint"] is False


@pytest.mark.parametrize(
    ("valeur", "atteint"), [(215999, False), (216000, None), (749999, None), (750000, True), (None, None)]
)
def test_social_services_for_which_nobody_chose_between_two_thresholds(valeur, atteint):
    """Below both or above both, the choice changes nothing and is not asked."""
    seuil, _, faits = settled(cpv=SOCIAL, valeur_estimee_ht=valeur)
    assert seuil.atteint is atteint
    if atteint is None:
        assert "seuil_services_sociaux" in missing(faits["seuil.atteint"])
        assert (seuil.montant_ht, missing(faits["seuil.montant_ht"])) == (None, ["seuil_services_sociaux"])
    else:
        assert seuil.montant_ht == 216000


def test_the_lawyer_chooses_the_threshold_of_social_services():
    keys = {"cpv": SOCIAL, "valeur_estimee_ht": 300000}
    seuil, source, _ = settled(seuil_services_sociaux="services-sociaux", **keys)
    assert (seuil.montant_ht, seuil.atteint, source) == (750000, False, "directive-2014-24-art4")
    assert seuil.fondement == References(LIVRE, DAY, None).get("directive-2014-24-art4").citation
    seuil, source, _ = settled(seuil_services_sociaux="droit-commun", **keys)
    assert (seuil.montant_ht, seuil.atteint, source) == (216000, True, "ccp-annexe-2")


def test_a_choice_that_the_category_does_not_offer_changes_nothing():
    keys = {"nature": "travaux", "seuil_services_sociaux": "services-sociaux", "valeur_estimee_ht": 6000000}
    seuil, source, _ = settled(**keys)
    assert (seuil.categorie, seuil.atteint, source) == ("travaux", True, "ccp-annexe-2")


def test_social_codes_leave_works_alone():
    seuil, _, _ = settled(cpv=SOCIAL, nature="travaux", valeur_estimee_ht=300000)
    assert seuil.atteint is False


def amount(valeur, jour, *, strict, parametre="spaser"):
    faits = {"montant": valeur}
    settle_amount(faits, LIVRE, jour, "essai", parametre, "montant", strict=strict)
    return faits["essai.montant_ht"], faits["essai.atteint"]


@pytest.mark.parametrize(
    ("valeur", "strict", "atteint"),
    [
        (49999999, True, False),
        (50000000, True, False),
        (50000001, True, True),
        (49999999, False, False),
        (50000000, False, True),
        (50000001, False, True),
    ],
)
def test_an_amount_of_the_national_law(valeur, strict, atteint):
    assert amount(Decimal(valeur), DAY, strict=strict) == (50000000, atteint)


def test_an_amount_that_is_not_known_on_the_day_asks_for_the_day():
    assert [u.chemin for u in amount(Decimal(1), date(2019, 3, 31), strict=True)] == ["date_lancement"] * 2


def test_a_fact_that_is_missing_stays_so():
    for fact in (Unknown("a"), Missing((Unknown("a"),))):
        assert amount(fact, DAY, strict=True) == (50000000, fact)


def test_without_a_day_the_newest_amount_is_taken():
    assert amount(Decimal(60000000), None, strict=True) == (50000000, True)


def small(montant, nature="services", atteint=True, jour=DAY):
    return small_lot({"lot.valeur_estimee_ht": montant}, {"seuil.atteint": atteint, "nature": nature}, LIVRE, jour)


@pytest.mark.parametrize(
    ("nature", "montant", "petit"),
    [
        ("services", 79999, True),
        ("services", 80000, False),
        ("fournitures", 79999, True),
        ("travaux", 80000, True),
        ("travaux", 999999, True),
        ("travaux", 1000000, False),
    ],
)
def test_small_lots_of_a_market_above_the_threshold(nature, montant, petit):
    assert small(Decimal(montant), nature) is petit


def test_no_lot_is_small_below_the_threshold_nor_before_the_text():
    assert small(Decimal(1), atteint=False) is False
    assert small(Decimal(1), atteint=Missing((Unknown("a"),))) is False
    assert small(Decimal(1), jour=date(2021, 4, 1)) is False
    assert small(Decimal(1), jour=date(2021, 4, 2)) is True


def test_what_is_missing_to_tell_a_small_lot():
    nature, montant = Unknown("nature"), Unknown("lots[0].valeur_estimee_ht")
    assert small(montant) is montant
    assert small(Decimal(1), nature) is nature
    assert small(montant, nature) is nature


def test_a_table_that_forgets_a_category_leaves_the_threshold_open():
    table = LIVRE.donnees["seuils/categories"]
    short = table | {"categories": table["categories"][:1]}
    livre = replace(LIVRE, donnees=LIVRE.donnees | {"seuils/categories": short})
    marche = Marche.model_validate(
        {"version": 1, "objet": "Essai", "valeur_estimee_ht": 5}, context={"vocabulaire": {}}
    )
    faits = market_facts(marche, livre, None)
    seuil, _ = settle_threshold(faits, livre, None, References(livre, None, None))
    assert (seuil.categorie, seuil.montant_ht, seuil.atteint, seuil.valeur_retenue_ht) == (None, None, None, 5)
    assert missing(faits["seuil.atteint"]) == ["date_lancement"]
