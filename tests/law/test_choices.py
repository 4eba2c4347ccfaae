from datetime import date
from decimal import Decimal

import pytest

from clausegen.language.unknown import Unknown
from clausegen.law.choices import choice_facts, number_or_self

HEURE = "insertion.penalites.heure_non_realisee"
DOCUMENT = "insertion.penalites.document"


@pytest.fixture
def chosen(deliberate):
    """Return the choices of the first lot, from the `insertion` of the market and that of the lot."""

    def run(market="", lot="", *changes, **other):
        changes = list(changes)
        if market:
            changes.append(("facilitateur:", f"insertion: {{{market}}}\nfacilitateur:"))
        if lot:
            changes.append(("dispositif: clause,", f"dispositif: clause, insertion: {{{lot}}},"))
        return deliberate(*changes, **other).lots[0].choix

    return run


def asked(choix):
    """Return the keys of which the value is asked."""
    return {chemin for chemin, one in choix.items() if isinstance(one.valeur, Unknown)}


def test_a_lot_changes_what_it_names_and_keeps_the_rest_of_the_market(chosen):
    choix = chosen("globalisation: false, penalites: {absence_reunion: 90}", "penalites: {absence_reunion: 120}")
    assert choix["insertion.penalites.absence_reunion"].valeur == 120
    assert choix["insertion.globalisation"].valeur is False
    assert choix["insertion.penalites.absence_reunion"].defaut is None
    assert choix["insertion.contact_jours"].defaut is not None


def test_a_lot_that_writes_null_asks_although_the_market_tells(chosen):
    choix = chosen("contact_jours: 10", "contact_jours: null")
    assert choix["insertion.contact_jours"].valeur.chemin == "insertion.contact_jours"
    assert choix["insertion.contact_jours"].valeur.question.startswith("Sous combien de jours")
    assert choix["insertion.contact_jours"].defaut is None


def test_a_block_written_null_asks_for_every_key_in_it(chosen):
    silent, told = asked(chosen()), asked(chosen("penalites: null"))
    assert silent == {
        "insertion.penalites.proportion",
        "insertion.penalites.donnees",
        "insertion.critere.ponderation",
    }, "ce qui n'a pas de défaut est demandé, le reste non"
    assert told - silent == {
        HEURE,
        DOCUMENT,
        "insertion.penalites.absence_reunion",
        "insertion.penalites.mise_en_demeure_jours",
        "insertion.penalites.hors_plafond_ccag",
        "insertion.penalites.plafond_pct",
    }


def test_what_may_be_absent_is_only_asked_when_it_is_written_null(chosen):
    silent = chosen()
    keys = ("actions_alternatives", "cadre", "publics_prioritaires", "penalites.plafond_pct")
    for key in (*keys, "bilan_final.mois_avant", "bilan_final.mois_apres"):
        assert silent[f"insertion.{key}"].valeur is None
    told = chosen("cadre: null, actions_alternatives: null, penalites: {plafond_pct: 5}")
    assert {"insertion.cadre", "insertion.actions_alternatives"} <= asked(told)
    assert told["insertion.penalites.plafond_pct"].valeur == 5


def test_a_default_says_its_value_where_it_comes_from_and_how_sure_it_is(chosen):
    choix = chosen()
    defaut = choix[HEURE].defaut
    assert (choix[HEURE].valeur, choix[HEURE].unite) == (Decimal(60), "euros")
    assert isinstance(choix[HEURE].valeur, Decimal), "un montant se calcule en décimal"
    assert choix[HEURE].au_smic is False, "un défaut en euros ne suit pas le SMIC"
    assert (defaut.chemin, defaut.valeur, defaut.confiance) == (HEURE, 60, "usage")
    assert defaut.origine.startswith("haut des montants courants")
    assert isinstance(defaut.valeur, int), "le défaut se lit en euros ronds"
    days = choix["insertion.contact_jours"]
    assert (days.valeur, days.unite) == (15, "jours")
    assert isinstance(days.valeur, int)


def test_amounts_without_a_default_are_written_in_euros_too(chosen):
    choix = chosen("penalites: {proportion: 500, donnees: 1000}, critere: {ponderation: 10}")
    assert [choix[f"insertion.penalites.{k}"].unite for k in ("proportion", "donnees")] == ["euros"] * 2
    assert choix["insertion.critere.ponderation"].unite == "texte"
    assert choix["insertion.cadre"].unite == "texte"


def test_without_a_facilitator_the_buyer_checks_who_is_eligible(chosen):
    assert chosen()["insertion.validateur"].valeur == "facilitateur"
    alone = chosen("", "", ("facilitateur: {structure: PLIE}\n", ""))["insertion.validateur"]
    assert (alone.valeur, alone.defaut.valeur) == ("acheteur", "acheteur")


@pytest.mark.parametrize(
    ("written", "euros"),
    [
        ("2 x smic", "24.62"),
        ("1,5 × SMIC", "18.47"),  # 18,465 : le centime se prend au plus près, le demi vers le haut
        ("1.5*Smic", "18.47"),
        ("10 x smic", "123.10"),
        ("45", "45"),
    ],
)
def test_a_penalty_is_worked_out_in_euros_once(chosen, written, euros):
    choix = chosen(f"penalites: {{heure_non_realisee: '{written}'}}")
    assert choix[HEURE].valeur == Decimal(euros)
    assert choix[HEURE].au_smic is ("smic" in written.lower())
    assert (choix[HEURE].defaut, choix[HEURE].unite) == (None, "euros")


def test_a_word_is_no_multiple_of_the_minimum_wage(chosen):
    choix = chosen("transmission: mensuelle")["insertion.transmission"]
    assert (choix.valeur, choix.au_smic) == ("mensuelle", False)


def test_a_multiple_of_the_minimum_wage_follows_the_day_of_the_law(chosen):
    written = "penalites: {heure_non_realisee: 2 x smic}"
    assert chosen(written, jour=date(2026, 5, 31))[HEURE].valeur == Decimal("24.04")
    undated = chosen(written, "", ("date_lancement: 2026-12-15\n", ""))[HEURE]
    assert undated.valeur.chemin == "date_lancement"


@pytest.mark.parametrize(
    ("market", "lot", "montant", "par"),
    [
        ("", "montant: 80", 80, "document"),
        ("montant: 80", "par: jour", 80, "jour"),
        ("montant: 80, par: jour", "montant: 90", 90, "jour"),
        ("montant: 80, par: jour", "", 80, "jour"),
        ("par: jour", "", 50, "jour"),
    ],
)
def test_the_penalty_for_a_document_is_the_lots_then_the_markets_then_the_default(chosen, market, lot, montant, par):
    def block(text):
        return f"penalites: {{document: {{{text}}}}}" if text else ""

    choix = chosen(block(market), block(lot))[DOCUMENT]
    assert choix.valeur == {"montant": montant, "par": par}
    assert choix.unite == "euros"


def test_an_amount_left_open_for_the_market_stays_open_for_a_lot_that_only_tells_its_unit(chosen):
    one = chosen("penalites: {document: {montant: null}}", "penalites: {document: {par: jour}}")[DOCUMENT]
    assert one.valeur.chemin == DOCUMENT


def test_whole_numbers_are_shown_without_decimals():
    assert isinstance(number_or_self(Decimal("60.00")), int)
    assert number_or_self(Decimal("60.50")) == Decimal("60.50")
    assert number_or_self("ccag") == "ccag"


@pytest.mark.parametrize(
    ("bilan", "moved"),
    [
        ("", False),
        ("mois_avant: 1", False),
        ("mois_avant: 2", True),
        ("mois_apres: 1", True),
        ("mois_apres: 0", False),
        ("mois_avant: 1, mois_apres: 3", True),
        ("mois_avant: null, mois_apres: 3", True),
        ("mois_avant: 2, mois_apres: null", True),
        ("mois_avant: null", "insertion.bilan_final.mois_avant"),
        ("mois_avant: 1, mois_apres: null", "insertion.bilan_final.mois_apres"),
    ],
)
def test_a_final_report_due_at_another_time_departs_from_the_ccag(chosen, bilan, moved):
    said = choice_facts(chosen(f"bilan_final: {{{bilan}}}" if bilan else ""))["insertion.bilan_final_decale"]
    assert (said.chemin if isinstance(said, Unknown) else said) == moved


@pytest.mark.parametrize(
    ("written", "fact", "value"),
    [
        ("", "modalites_restreintes", False),
        ("modalites: toutes", "modalites_restreintes", False),
        ("modalites: [embauche-directe]", "modalites_restreintes", True),
        ("", "actions_alternatives", False),
        ("actions_alternatives: [stage]", "actions_alternatives", True),
        ("", "document_par", "document"),
        ("penalites: {document: {par: jour}}", "document_par", "jour"),
        ("", "hors_plafond_ccag", True),
        ("penalites: {hors_plafond_ccag: false}", "hors_plafond_ccag", False),
        ("comptage_embauche_ans: 4", "comptage_embauche_ans", 4),
    ],
)
def test_the_facts_on_which_derogations_hang(chosen, written, fact, value):
    assert choice_facts(chosen(written))[f"insertion.{fact}"] == value


@pytest.mark.parametrize(
    ("written", "fact", "asks"),
    [
        ("modalites: null", "insertion.modalites_restreintes", "insertion.modalites"),
        ("actions_alternatives: null", "insertion.actions_alternatives", "insertion.actions_alternatives"),
        ("penalites: {document: null}", "insertion.document_par", DOCUMENT),
        ("penalites: {heure_non_realisee: null}", "penalite.heure", HEURE),
    ],
)
def test_a_choice_left_open_leaves_open_what_hangs_on_it(chosen, written, fact, asks):
    assert choice_facts(chosen(written))[fact].chemin == asks


def test_the_penalty_of_an_hour_is_weighed_as_it_will_be_written(chosen):
    assert choice_facts(chosen())["penalite.heure"] == 60
    assert choice_facts(chosen("penalites: {heure_non_realisee: 35}"))["penalite.heure"] == 35
