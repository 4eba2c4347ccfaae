from datetime import date

import pytest

from clausegen.law.whatif import changes_by_date, changes_by_value

SOCIAL = ("condition-sociale", None)


def test_the_nearest_day_that_answers_otherwise(deliberate):
    papers = deliberate()
    marche, jour = papers.marche, papers.decision.date_droit
    found = {(c.sujet, c.avant): c for c in changes_by_date(marche, papers.livre, jour)}
    duty = found[(SOCIAL, True)]
    assert (duty.jour, duty.actuel, duty.autre) == (date(2026, 8, 20), "applicable", "non-applicable")
    prison = found[(("reserve-penitentiaire", 1), True)]
    assert (prison.jour, prison.actuel, prison.autre) == (date(2022, 10, 20), "possible", "interdit")
    assert found[(SOCIAL, False)].jour == date(2028, 1, 1)


def test_before_the_duty_the_change_lies_ahead(deliberate):
    papers = deliberate(jour=date(2026, 3, 2))
    found = {(c.sujet, c.avant): c for c in changes_by_date(papers.marche, papers.livre, date(2026, 3, 2))}
    assert (found[(SOCIAL, False)].jour, found[(SOCIAL, False)].autre) == (date(2026, 8, 22), "applicable")
    assert (SOCIAL, True) not in found


def test_the_other_side_of_the_threshold(deliberate):
    papers = deliberate()
    found = {p.obligation: p for p in changes_by_value(papers.marche, papers.livre, papers.decision)}
    assert (found["condition-sociale"].montant_ht, found["condition-sociale"].sous) == (216000, True)
    assert found["condition-sociale"].autre == "non-applicable"
    assert not changes_by_value(papers.marche, papers.livre, deliberate(("date_lancement: 2026-12-15\n", "")).decision)


def by_date(deliberate, jour, *changes):
    papers = deliberate(*changes, jour=jour)
    return changes_by_date(papers.marche, papers.livre, jour)


@pytest.mark.parametrize(
    ("jour", "avant", "change"),
    [
        (date(2024, 3, 1), True, date(2022, 12, 31)),
        (date(2023, 1, 1), True, date(2022, 12, 31)),
        (date(2022, 12, 31), False, date(2023, 1, 1)),
    ],
)
def test_the_day_of_an_amount_is_a_day_of_change(deliberate, jour, avant, change):
    """The scheme is due from fifty millions of yearly purchases on since 1 January 2023, from a hundred before."""
    found = {(c.sujet, c.avant): c.jour for c in by_date(deliberate, jour)}
    assert found[(("spaser", None), avant)] == change


def test_on_the_first_day_of_a_rule_the_eve_answers_otherwise(deliberate):
    found = {(c.sujet, c.avant): c for c in by_date(deliberate, date(2022, 10, 21))}
    prison = found[(("reserve-penitentiaire", 1), True)]
    assert (prison.jour, prison.actuel, prison.autre) == (date(2022, 10, 20), "possible", "interdit")
    assert (("reserve-penitentiaire", 1), False) not in found


def test_before_the_code_the_first_change_is_its_own_first_day(deliberate):
    found = by_date(deliberate, date(2018, 5, 5), ("ccag: FCS", "ccag: aucun"))
    assert not [c for c in found if c.avant], "ce qui précède le code n'est pas connu"
    assert {c.jour for c in found if c.sujet == ("clause", 1)} == {date(2019, 4, 1)}


def test_changes_of_the_market_come_first_then_lot_by_lot_each_by_date(deliberate):
    found = by_date(deliberate, date(2026, 12, 15))
    told = [(c.sujet[1], c.jour) for c in found]
    assert told == sorted(told, key=lambda item: (item[0] or 0, item[1]))
    assert [numero for numero, _ in dict.fromkeys((c.sujet[1], 0) for c in found)] == [None, 1, 2]
    assert max(c.jour for c in found if c.sujet[1] is None) > min(c.jour for c in found if c.sujet[1] == 1)


def by_value(deliberate, *changes, jour=date(2026, 12, 15)):
    papers = deliberate(*changes, jour=jour)
    return changes_by_value(papers.marche, papers.livre, papers.decision)


def test_below_the_threshold_the_change_lies_at_the_threshold_itself(deliberate):
    found = {p.obligation: p for p in by_value(deliberate, ("valeur_estimee_ht: 960000", "valeur_estimee_ht: 90000"))}
    assert (found["condition-sociale"].montant_ht, found["condition-sociale"].sous) == (216000, False)
    assert (found["condition-sociale"].actuel, found["condition-sociale"].autre) == ("non-applicable", "applicable")


def test_the_value_of_the_operation_moves_with_that_of_the_market(deliberate):
    """What counts is the value held against the threshold, wherever it was written."""
    lower = ("valeur_estimee_ht: 960000", "valeur_estimee_ht: 90000\nvaleur_operation_ht: 960000")
    found = {p.obligation: p for p in by_value(deliberate, lower)}
    assert (found["condition-sociale"].sous, found["condition-sociale"].autre) == (True, "non-applicable")


@pytest.mark.parametrize(
    ("changes", "jour"),
    [
        ([("contrat: accord-cadre", "contrat: marche\nregime: livre-v")], date(2026, 12, 15)),
        ([("categorie: autre-pouvoir-adjudicateur, ", "")], date(2026, 12, 15)),
        (
            [("valeur_estimee_ht: 960000\n", ""), ("valeur_estimee_ht: 480000, dispositif: auto", "dispositif: auto")],
            date(2026, 12, 15),
        ),
        ([], date(2028, 3, 1)),
    ],
    ids=["sans seuil", "acheteur inconnu", "valeur inconnue", "seuils du jour inconnus"],
)
def test_without_a_threshold_or_a_value_no_other_side_is_told(deliberate, changes, jour):
    assert by_value(deliberate, *changes, jour=jour) == []
