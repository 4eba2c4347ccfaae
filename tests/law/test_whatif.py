from datetime import date

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
