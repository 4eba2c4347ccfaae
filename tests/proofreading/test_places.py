"""Which lot, which article and which row the words of a document stand in."""

import pytest

from clausegen.proofreading.cases import document_of
from clausegen.proofreading.places import mentioned, places, sentences


@pytest.mark.parametrize(
    ("text", "lots"),
    [
        ("le lot n° 1", {1}),
        ("Lot 2", {2}),
        ("lot n°3", {3}),
        ("les lots n° 1, 2 et 4", {1, 2, 4}),
        ("les lots 1 à 3", {1, 2, 3}),
        ("les lots n° 1 et n° 2", {1, 2}),
        ("lot n° 1, 420 heures", {1}),
        ("lot n° 1 et 420 heures", {1}),
        ("trois lots", set()),
        ("le pilote 2", set()),
    ],
)
def test_lots_named(text, lots):
    assert mentioned(text) == lots


def test_the_lot_of_a_figure():
    text = "Pour le lot n° 1, 420 heures. Pour le lot n° 2, 560 heures ; 70 heures de plus pour le lot n° 3."
    (place,) = places(document_of({"nom": "x", "texte": text}))
    assert place.lots(text.index("420")) == {1}
    assert place.lots(text.index("560")) == {2}
    assert place.lots(text.index("70 ")) == {3}


def test_the_lot_of_a_row_and_of_a_heading():
    blocs = ["# 2 Lot n° 4, Peinture", "| Lot | Heures |", "| Lot n° 5 | 105 heures |", "Le volume est de 105 heures."]
    found = places(document_of({"nom": "x", "blocs": blocs}))
    assert found[4].lots(0) == {5}
    assert found[5].lots(17) == {4}
    assert found[5].article == "2"


def test_sentences_are_cut_at_full_stops_and_semicolons():
    text = "Un. Deux ; trois. L. 2112-2 et 16.1.5 restent."
    assert [text[start : start + len(part)] for start, part in sentences(text)] == [p for _, p in sentences(text)]
    assert [part for _, part in sentences(text)] == ["Un.", "Deux ;", "trois.", "L. 2112-2 et 16.1.5 restent."]
