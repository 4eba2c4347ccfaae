from dataclasses import replace

import pytest

from clausegen.law.engine import Conclusion
from clausegen.law.obligations import obligation, strongest
from clausegen.law.references import References
from clausegen.law.rule import Issue
from clausegen.law.rulebook import rulebook

REFERENCES = References(rulebook(), None, None)


def said(statut, regle="mention-reservation", satisfaite=None):
    return Conclusion(
        regle, Issue(statut), "Le motif.", ("ccp-annexe-2",), "texte-vu", None, satisfaite=satisfaite
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statuts", "attendu"),
    [
        (["non-applicable", "a-preciser", "applicable"], "applicable"),
        (["non-applicable", "a-preciser"], "a-preciser"),
        (["sans-objet", "non-applicable"], "non-applicable"),
        (["sans-objet"], "repli"),
        ([], "repli"),
    ],
)
def test_one_lot_is_enough_to_bind_the_market(statuts, attendu):
    assert strongest((said(s) for s in statuts), said("repli")).statut == attendu


def test_of_lots_that_say_the_same_the_first_speaks():
    first, second = said("applicable", "premier"), said("applicable", "second")
    assert strongest([first, second], said("repli")) is first


@pytest.mark.parametrize("satisfaite", [True, False, None])
def test_only_a_duty_that_applies_is_met_or_not(satisfaite):
    duty = obligation("spaser", said("applicable", "regle", satisfaite), REFERENCES)
    assert (duty.id, duty.statut, duty.satisfaite, duty.motif) == ("spaser", "applicable", satisfaite, "Le motif.")
    assert (duty.regles, duty.fondements) == (("regle",), REFERENCES.citations(["ccp-annexe-2"]))
    for statut in ("non-applicable", "a-preciser"):
        idle = replace(said(statut), satisfaite=satisfaite)
        assert obligation("spaser", idle, REFERENCES).satisfaite is None


def test_every_duty_stands_in_its_order(deliberate):
    decision = deliberate().decision
    assert [o.id for o in decision.obligations] == [
        "condition-sociale",
        "motivation-absence",
        "mention-reservation",
        "motivation-non-allotissement",
        "spaser",
        "considerations-environnementales",
        "donnees-essentielles",
    ]
    assert [[o.id for o in lot.obligations] for lot in decision.lots] == [
        ["motivation-absence", "mention-reservation"]
    ] * 2
