from datetime import date, timedelta

import pytest

from clausegen.errors import ClausegenError
from clausegen.law.catalogue import catalogue, find
from clausegen.law.rulebook import rulebook

DAY = date(2026, 12, 15)


@pytest.fixture(scope="module")
def entries():
    return {e.id: e for e in catalogue(rulebook(), DAY)}


def test_everything_that_is_law_is_listed_once(entries):
    livre = rulebook()
    found = catalogue(livre, DAY)
    assert len(entries) == len(found)
    assert {f"{folder}/{ident}" for folder, rules in livre.regles.items() for ident in rules} <= set(entries)
    assert {key for key in livre.donnees if key.startswith(("seuils/", "ccag/", "calibrage/"))} <= set(entries)
    assert not [ident for ident in entries if ident.startswith(("codes/", "cas/"))]
    assert entries["sources/ccp-l2113-12"].genre == "source"


def test_short_names_are_given_where_they_are_unique(entries):
    assert entries["obligations/condition-sociale"].court == "condition-sociale"
    assert entries["obligations/spaser"].court is None
    assert entries["seuils/spaser"].court is None


@pytest.mark.parametrize(
    ("jour", "depuis", "jusqu_au"),
    [
        (date(2026, 8, 20), date(2019, 4, 1), date(2026, 8, 20)),
        (date(2026, 8, 21), date(2026, 8, 21), date(2026, 8, 21)),
        (date(2026, 8, 22), date(2026, 8, 22), None),
    ],
)
def test_the_version_in_force_follows_the_day(jour, depuis, jusqu_au):
    entry = find(catalogue(rulebook(), jour), "obligations/condition-sociale")
    assert (entry.etat, entry.depuis, entry.jusqu_au) == ("en-vigueur", depuis, jusqu_au)


def test_before_and_after():
    before = find(catalogue(rulebook(), date(2026, 8, 20)), "motivation-absence-concession")
    assert (before.etat, before.depuis) == ("a-venir", date(2026, 8, 22))
    after = find(catalogue(rulebook(), date(2028, 1, 1)), "europeen-travaux")
    assert (after.etat, after.jusqu_au) == ("terminee", date(2027, 12, 31))
    assert after.a_reverifier[0] == "révision attendue le 1er janvier 2028"


def test_confidence_is_the_weaker_of_the_rule_and_its_sources(entries):
    assert rulebook().regles["dispositifs"]["reserve-ess"].versions[date(2019, 4, 1)].confiance == "texte-vu"
    assert entries["dispositifs/reserve-ess"].confiance == "non-verifie"
    assert entries["obligations/condition-sociale"].confiance == "texte-vu"
    assert entries["publics/publics"].confiance == "non-verifie"


def test_nothing_to_check_again_within_a_year(entries):
    last = entries["obligations/condition-sociale"].verifiee_le
    rule = "obligations/condition-sociale"
    assert find(catalogue(rulebook(), last + timedelta(days=365)), rule).a_reverifier == ()
    late = find(catalogue(rulebook(), last + timedelta(days=366)), rule).a_reverifier
    assert late == ("non vérifiée depuis le 24 novembre 2026",)


def test_a_repealed_text_is_not_to_be_checked_for_a_revision():
    entry = find(catalogue(rulebook(), date(2027, 1, 1)), "loi-2020-1577-art9")
    assert entry.etat == "terminee"
    assert entry.a_reverifier == ()


def test_an_awaited_revision_that_has_passed(entries):
    assert entries["calibrage/smic"].a_reverifier == ()
    late = find(catalogue(rulebook(), date(2027, 1, 1)), "smic")
    assert late.a_reverifier == ("révision attendue le 1er janvier 2027",)


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("condition-sociale", "obligations/condition-sociale"),
        ("seuils/spaser", "seuils/spaser"),
        ("fcs", "ccag/FCS"),
        ("Travaux", "ccag/Travaux"),
        ("CCP-L2113-12", "sources/ccp-l2113-12"),
        ("L. 2113-12", "sources/ccp-l2113-12"),
        ("CCP, art. L. 2113-12", "sources/ccp-l2113-12"),
    ],
)
def test_a_rule_is_found_by_its_names(entries, name, ident):
    assert find(entries.values(), name).id == ident


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("condition-social", "Vouliez-vous dire « condition-sociale » ?"),
        ("spaser", "obligations/spaser, seuils/spaser"),
        ("zzzz", "clausegen rules list"),
    ],
)
def test_a_name_that_is_none(entries, name, words):
    with pytest.raises(ClausegenError) as refused:
        find(entries.values(), name)
    assert words in str(refused.value)
