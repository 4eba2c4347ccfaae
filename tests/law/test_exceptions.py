from datetime import date

import pytest

from clausegen.language.unknown import Unknown
from clausegen.law.exceptions import ConflictError, families, settle
from clausegen.law.rule import Issue, Regle, Version, conditions

OLD, NEW = date(2020, 1, 1), date(2026, 8, 22)
A, B = Unknown("a", "Quel a ?"), Unknown("b", "Quel b ?")


def version(condition, statut, sinon=None):
    return Version(
        (), conditions([condition]), Issue(statut), Issue(sinon) if sinon else None, f"Motif {statut}.", "", (), (),
        (f"source-{statut}",), date(2026, 11, 26), "texte-vu",
    )  # fmt: skip


def rule(versions, *ecarte):
    return Regle("Un titre", "marche", versions, ecarte, ())


def law(**exceptions):
    """A duty that holds when `a` is 1, with exceptions to it."""
    return {"base": rule({OLD: version("a == 1", "applicable", "non-applicable")}), **exceptions}


def settled(rules, faits, jour=NEW):
    return settle("base", families(rules)["base"], rules, faits, jour)


def test_a_family_is_its_base_and_what_sets_it_aside_first():
    rules = law(
        une=rule({OLD: version("b == 1", "x")}, "base"),
        deux=rule({OLD: version("b == 2", "y")}, "base", "une"),
        autre=rule({OLD: version("a == 1", "z")}),
    )
    assert families(rules) == {"base": ("une", "deux"), "autre": ()}


def test_an_exception_speaks_instead_of_its_base():
    rules = law(sauf=rule({OLD: version("b == 1", "interdit")}, "base"))
    said = settled(rules, {"a": 1, "b": 1})
    assert (said.regle, said.statut, said.sources) == ("sauf", "interdit", ("source-interdit",))
    assert settled(rules, {"a": 1, "b": 2}).regle == "base"
    assert settled(rules, {"a": 2, "b": 2}).statut == "non-applicable"


def test_an_exception_that_facts_leave_open_leaves_the_point_open():
    rules = law(sauf=rule({OLD: version("b == 1", "interdit")}, "base"))
    said = settled(rules, {"a": 1, "b": B})
    assert (said.statut, said.motif, said.manquants) == ("a-preciser", "Il manque des faits pour répondre.", (B,))
    assert (said.regle, said.utilises) == ("base", {"a": 1, "b": B})


def test_an_open_exception_that_would_conclude_the_same_changes_nothing():
    rules = law(sauf=rule({OLD: version("b == 1", "applicable")}, "base"))
    said = settled(rules, {"a": 1, "b": B})
    assert (said.regle, said.statut, said.manquants) == ("base", "applicable", ())
    assert settled(rules, {"a": 2, "b": B}).statut == "a-preciser"


def test_the_other_outcome_of_an_open_exception_counts_too():
    rules = law(sauf=rule({OLD: version("b == 1", "applicable", "interdit")}, "base"))
    assert settled(rules, {"a": 1, "b": B}).statut == "a-preciser"


def test_only_outcomes_that_the_day_allows_count():
    """What an exception will say tomorrow leaves nothing open today; without a day, it does."""
    rules = law(sauf=rule({OLD: version("b == 1", "applicable"), NEW: version("b == 1", "interdit")}, "base"))
    assert settled(rules, {"a": 1, "b": B}, date(2026, 8, 21)).statut == "applicable"
    assert settled(rules, {"a": 1, "b": B}, NEW).statut == "a-preciser"
    assert settled(rules, {"a": 1, "b": B, "date_lancement": Unknown("date_lancement")}, None).statut == "a-preciser"


def test_a_closed_exception_is_heard_no_more():
    rules = law(sauf=rule({OLD: version("b == 1", "interdit"), NEW: "fin"}, "base"))
    assert settled(rules, {"a": 1, "b": 1}, date(2026, 8, 21)).statut == "interdit"
    assert settled(rules, {"a": 1, "b": 1}, NEW).statut == "applicable"


def test_without_a_day_a_closed_exception_still_leaves_the_point_open():
    rules = law(sauf=rule({OLD: version("b == 1", "interdit"), NEW: "fin"}, "base"))
    said = settled(rules, {"a": 1, "b": B, "date_lancement": Unknown("date_lancement")}, None)
    assert (said.statut, said.manquants) == ("a-preciser", (B,))


def test_a_doubt_of_the_law_itself_is_a_conclusion():
    """« à préciser » written in a rule, with no missing fact, is what that rule says."""
    rules = law(sauf=rule({OLD: version("b == 1", "a-preciser")}, "base"))
    said = settled(rules, {"a": 1, "b": 1})
    assert (said.regle, said.statut, said.manquants) == ("sauf", "a-preciser", ())


def test_two_exceptions_that_contradict_each_other_are_a_fault_of_the_rules():
    rules = law(
        une=rule({OLD: version("b == 1", "interdit")}, "base"),
        deux=rule({OLD: version("b == 1", "possible")}, "base"),
    )
    with pytest.raises(ConflictError, match="base : deux, une concluent différemment"):
        settled(rules, {"a": 1, "b": 1})
    assert settled(rules, {"a": 1, "b": 2}).regle == "base"


def test_two_exceptions_that_agree_are_no_fault():
    rules = law(
        une=rule({OLD: version("b == 1", "interdit")}, "base"),
        deux=rule({OLD: version("b == 1", "interdit")}, "base"),
    )
    assert settled(rules, {"a": 1, "b": 1}).regle == "une"


def test_an_exception_to_an_exception_wins():
    rules = law(
        une=rule({OLD: version("b == 1", "interdit")}, "base"),
        deux=rule({OLD: version("a == 1", "possible")}, "base", "une"),
    )
    assert settled(rules, {"a": 1, "b": 1}).statut == "possible"
    assert settled(rules, {"a": 2, "b": 1}).statut == "interdit"


def test_missing_facts_of_several_open_exceptions_are_asked_once_each():
    rules = law(
        une=rule({OLD: version("b == 1", "interdit")}, "base"),
        deux=rule({OLD: version("b == 2", "interdit")}, "base"),
    )
    assert settled(rules, {"a": 1, "b": B}).manquants == (B,)


def test_before_its_first_version_the_law_is_not_known():
    rules = law(sauf=rule({OLD: version("b == 1", "interdit")}, "base"))
    said = settled(rules, {"a": 1, "b": 1}, date(2019, 12, 31))
    assert (said.regle, said.statut) == ("base", "a-preciser")
    assert said.motif == "Le droit en vigueur ce jour-là n'est pas dans les règles."
    assert (said.sources, said.confiance, said.version, said.manquants) == ((), "non-verifie", None, ())
