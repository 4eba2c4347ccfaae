"""Words of insertion in the text of a notice, and hours that it links to them."""

import pytest

from clausegen.exchange.importers.interface import Fait
from clausegen.exchange.importers.social import Mentions


@pytest.fixture
def mentions(livre):
    return Mentions(livre.donnees["echanges/mentions"])


@pytest.mark.parametrize(
    ("liste", "text", "found"),
    [
        ("insertion", "Une Clause d’insertion est prévue", True),
        ("insertion", "Des clauses sociales", True),
        ("insertion", "l'insertion paysagère du bâtiment", False),
        ("insertion", "des structures d'insertion par l'activité économique", False),
        ("reserve", "des structures d'insertion par l'activité économique", True),
        ("reserve", "Le lot 6 est réservé aux ESAT", True),
        ("reserve", "stationnement réservé", False),
        ("criteres", "Performance sociale", True),
        ("criteres", "Délai d'exécution", False),
        ("accord_cadre", "Accords-cadres multi-attributaires", True),
    ],
)
def test_words(mentions, liste, text, found):
    assert (mentions.first(liste, [Fait("", "/0"), Fait(text, "/1")]) is not None) is found


def test_the_excerpt_is_cut_at_words(mentions):
    found = mentions.first("insertion", [Fait("mot " * 50 + "clause sociale" + " fin" * 50, "/t")])
    assert found.extrait.startswith("…mot ") and found.extrait.endswith(" fin…") and len(found.extrait) < 160


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Au moins 1 420 heures d'insertion.", 1420),
        ("420 h d'insertion", None),
        ("420 heures de maintenance. Clause d'insertion.", None),
        ("420 heures d'insertion au lot 1 ; 560 heures d'insertion au lot 2", None),
        ("420 heures d'insertion, dont 420 heures la première année", 420),
    ],
)
def test_hours(mentions, text, hours):
    found = mentions.hours([Fait(text, "/t")])
    assert (found[0] if found else None) == hours
