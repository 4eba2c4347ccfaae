from datetime import date
from decimal import Decimal

import pytest

from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.engine import conclude, fill, judge, judge_all
from clausegen.law.rule import Issue, Regle, Version, conditions

OLD, NEW = date(2020, 1, 1), date(2026, 8, 22)
DAY = Unknown("date_lancement", "Quel jour ?")
MANQUE = "Il manque des faits pour répondre."
A, B = Unknown("a", "Quel a ?"), Unknown("b", "Quel b ?")


def version(*toutes, **keys):
    given = {
        "quand": (),
        "alors": Issue("applicable"),
        "sinon": None,
        "motif": "Le motif.",
        "motif_sinon": "",
        "satisfaite": (),
        "conditions": ("Motiver.",),
        "source": ("texte",),
        "verifie_le": date(2026, 11, 26),
        "confiance": "texte-vu",
    } | keys
    for name in ("quand", "satisfaite"):
        given[name] = conditions(given[name])
    return Version(toutes=conditions(toutes), **given)


def rule(versions):
    return Regle("Un titre", "marche", versions, (), ())


def said(faits, *toutes, **keys):
    return conclude("regle", rule({OLD: version(*toutes, **keys)}), faits, NEW)


def test_a_rule_that_holds_says_its_reason_with_the_facts_in_it():
    result = said({"a": 3, "b": 4}, "a == 3", motif="Il y en a {a}.")
    assert (result.statut, result.motif, result.version) == ("applicable", "Il y en a 3.", OLD)
    assert (result.regle, result.sources, result.confiance) == ("regle", ("texte",), "texte-vu")
    assert (result.conditions, result.satisfaite, result.manquants) == (("Motiver.",), None, ())
    assert result.utilises == {"a": 3}


def test_a_rule_that_fails_tells_each_condition_that_fails_with_its_ground():
    result = said(
        {"a": 1, "b": 2},
        {"si": "a > 1", "motif": "Trop petit ({a}).", "source": "autre"},
        {"si": "b == 2", "motif": "Jamais dit.", "source": "jamais-citee"},
        {"si": "b > 2", "motif": "Trop court.", "source": ["texte", "autre"]},
        {"si": "a > 5"},
        motif_sinon="Autre chose.",
    )
    assert (result.statut, result.motif) == ("sans-objet", "Trop petit (1). Trop court.")
    assert result.sources == ("texte", "autre")
    assert (result.conditions, result.manquants, result.satisfaite) == ((), (), None)


@pytest.mark.parametrize(
    ("keys", "statut", "motif"),
    [
        ({}, "sans-objet", "Le motif."),
        ({"motif_sinon": "Faute de {a}."}, "sans-objet", "Faute de 1."),
        ({"sinon": Issue("interdit")}, "interdit", "Le motif."),
    ],
)
def test_what_a_rule_says_when_it_fails_without_a_reason(keys, statut, motif):
    result = said({"a": 1}, "a == 2", **keys)
    assert (result.statut, result.motif) == (statut, motif)


def test_a_missing_fact_leaves_the_rule_open_and_is_named():
    result = said({"a": A, "b": 2}, "a == 1", "b == 2", satisfaite=("b == 2",))
    assert (result.statut, result.motif, result.manquants) == ("a-preciser", MANQUE, (A,))
    assert (result.conditions, result.satisfaite) == (("Motiver.",), None)


def test_a_missing_fact_does_not_matter_once_another_condition_fails():
    result = said({"a": A, "b": 3}, "a == 1", "b == 2")
    assert (result.statut, result.manquants) == ("sans-objet", ())


@pytest.mark.parametrize(("b", "attendu"), [(2, True), (3, False), (B, None)])
def test_whether_a_duty_is_met_is_only_told_when_it_applies(b, attendu):
    keys = {"satisfaite": ("b == 2",)}
    assert said({"a": 1, "b": b}, "a == 1", **keys).satisfaite is attendu
    assert said({"a": 0, "b": b}, "a == 1", **keys).satisfaite is None


def test_out_of_its_field_a_rule_has_no_object():
    result = said({"a": 0, "b": B}, "b == 1", quand=("a == 1",))
    assert (result.statut, result.manquants) == ("sans-objet", ())
    assert (result.sources, result.version) == (("texte",), OLD)
    assert result.utilises == {"a": 0, "b": B}


def test_a_field_that_cannot_be_told_asks_for_it_and_for_what_the_rule_reads_next():
    result = said({"a": A, "b": B}, "b == 1", "a == 2", quand=("a == 1",))
    assert (result.statut, result.motif, result.manquants) == ("a-preciser", MANQUE, (A, B))


def test_no_version_no_word():
    assert conclude("regle", rule({OLD: version("a == 1")}), {"a": 1}, date(2019, 12, 31)) is None


def test_the_version_of_the_day_speaks():
    history = rule({OLD: version("a == 1", motif="Avant."), NEW: version("a == 1", motif="Depuis.")})
    assert conclude("regle", history, {"a": 1}, date(2026, 8, 21)).motif == "Avant."
    assert conclude("regle", history, {"a": 1}, NEW).motif == "Depuis."


def test_without_a_day_versions_that_agree_answer_by_the_newest():
    history = rule({OLD: version("a == 1", motif="Avant."), NEW: version("a == 1", motif="Depuis.")})
    result = conclude("regle", history, {"a": 1, "date_lancement": DAY}, None)
    assert (result.statut, result.motif, result.version) == ("applicable", "Depuis.", NEW)


def test_without_a_day_versions_that_disagree_ask_for_it():
    history = rule({OLD: version("a == 2"), NEW: version("a == 1", source=("nouveau",), confiance="analyse")})
    result = conclude("regle", history, {"a": 1, "date_lancement": DAY}, None)
    assert (result.statut, result.manquants) == ("a-preciser", (DAY,))
    assert result.motif == "La réponse dépend du droit en vigueur le jour du lancement."
    assert (result.regle, result.sources, result.confiance, result.version) == ("regle", ("nouveau",), "analyse", NEW)
    assert (result.utilises, result.conditions) == ({"a": 1}, ("Motiver.",))


def test_without_a_day_of_the_law_a_launch_that_is_known_is_not_asked_again():
    history = rule({OLD: version("a == 1"), NEW: version("b == 1")})
    result = conclude("regle", history, {"a": 1, "b": B, "date_lancement": NEW}, None)
    assert (result.statut, result.manquants) == ("a-preciser", (B,))


def test_the_end_of_a_rule_is_no_version_of_it():
    closed = rule({OLD: version("a == 1"), NEW: "fin"})
    assert conclude("regle", closed, {"a": 1, "date_lancement": DAY}, None).version == OLD
    assert conclude("regle", closed, {"a": 1}, NEW) is None
    assert conclude("regle", closed, {"a": 1}, date(2026, 8, 21)).statut == "applicable"


@pytest.mark.parametrize(
    ("a", "b", "toutes", "une_de"),
    [
        (1, 1, True, True),
        (1, 0, False, True),
        (0, 1, False, True),
        (0, 0, False, False),
        (1, B, None, True),
        (0, B, False, None),
        (A, B, None, None),
    ],
)
def test_lists_of_conditions_in_three_values(a, b, toutes, une_de):
    faits = {"a": a, "b": b}
    alls, ones = conditions([{"toutes": ["a == 1", "b == 1"]}, {"une_de": ["a == 1", "b == 1"]}])
    assert judge(alls, faits).valeur is toutes
    assert judge(ones, faits).valeur is une_de
    assert judge(alls, faits).utilises == judge(ones, faits).utilises == faits
    missing = tuple(v for v in (a, b) if isinstance(v, Unknown))
    assert judge(alls, faits).manquants == (missing if toutes is None else ())
    assert judge(ones, faits).manquants == (missing if une_de is None else ())


def test_a_group_with_both_lists_needs_both():
    (both,) = conditions([{"toutes": ["a == 1"], "une_de": ["b == 1", "b == 2"]}])
    assert judge(both, {"a": 1, "b": 2}).valeur is True
    assert judge(both, {"a": 0, "b": 2}).valeur is False
    assert judge(both, {"a": 1, "b": 3}).valeur is False


def test_what_fails_is_given_back_and_what_is_open_is_not():
    first, second, third = items = conditions(["a == 1", "a == 2", "b == 1"])
    verdict, failed = judge_all(items, {"a": 2, "b": B})
    assert (verdict.valeur, failed) == (False, [first])
    assert judge_all((), {})[0].valeur is True
    assert judge_all((second, third), {"a": 2, "b": B})[1] == []


@pytest.mark.parametrize(
    ("text", "value", "attendu"),
    [
        ("{a}", 12, "12"),
        ("{a}", Decimal("12.5"), "12,5"),
        ("{a}", "art. 3", "art. 3"),
        ("{a}", None, "(à préciser)"),
        ("{a}", A, "(à préciser)"),
        ("{a}", Missing((A,)), "(à préciser)"),
        ("{a:jour}", date(2026, 8, 22), "22 août 2026"),
        ("{a:jour}", "demain", "demain"),
        ("{a}", date(2026, 8, 22), "2026-08-22"),
        ("{a:euros}", "beaucoup", "beaucoup"),
        ("{a:ans}", 1, "1 an"),
        ("{a:ans}", 4, "4 ans"),
        ("{a:ans}", "longtemps", "longtemps"),
        ("{a} et {a}", 1, "1 et 1"),
        ("{b.c_2}", 1, "(à préciser)"),
        ("{A}", 1, "{A}"),
    ],
)
def test_facts_in_a_reason(text, value, attendu):
    assert fill(text, {"a": value}) == attendu


def test_amounts_in_a_reason_are_written_in_euros():
    for value in (216000, Decimal(216000)):
        assert fill("{seuil.montant_ht:euros}", {"seuil.montant_ht": value}).split() == ["216", "000", "€"]
