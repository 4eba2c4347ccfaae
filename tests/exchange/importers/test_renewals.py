"""Sentences on renewals, as real notices write them: only what leaves no doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.exchange.importers.durations import read_duration
from clausegen.exchange.importers.interface import BesoinLu, Fait
from clausegen.exchange.importers.renewals import read_renewals


@pytest.mark.parametrize(
    ("text", "number", "total"),
    [
        ("Marché reconductible trois (3) fois pour des périodes de douze (12) mois chacune.", 3, None),
        ("Reconductible 3 fois sans que la durée globale n'excède 48 mois.", 3, 48),
        ("Trois reconductions possibles d'un an soit quatre ans maximum.", 3, 48),
        ("Le nombre de périodes de reconduction est fixé à 3. La durée maximale est de 48 mois.", 3, 48),
        ("renouvelable par périodes de douze mois dans la limite de quatre (4) fois", 4, None),
        ("reconduit par période d'un an pour une durée maximale de reconduction de 3 ans", None, None),
        ("Renouvelable deux fois, ou trois fois pour le lot 2", None, None),
        ("", None, None),
    ],
)
def test_sentences(text, number, total):
    found = read_renewals(text)
    assert (found.nombre, found.total) == (number, total)


@given(st.text(max_size=300))
def test_any_text(text):
    found = read_renewals(text)
    assert found.nombre is None or found.nombre >= 0


def besoin(months, text, number=None):
    return BesoinLu(
        duree=Fait(months, "/d", "mois"),
        reconduction_texte=Fait(text, "/t") if text else None,
        reconductions=Fait(number, "/n") if number else None,
    )


@pytest.mark.parametrize(
    ("months", "text", "number", "expected", "nature"),
    [
        (
            "60",
            "période ferme de douze mois, renouvelable par périodes de douze mois dans la limite de 4 fois",
            None,
            60,
            "déduit",
        ),
        ("12", "reconductible trois fois pour des périodes de douze mois", None, 48, "à confirmer"),
        ("12", "reconductible 3 fois, durée totale de 48 mois", None, 48, "déduit"),
        ("48", "reconductible 3 fois, durée totale de 48 mois", None, 48, "lu"),
        ("36", "renouvelable deux fois un an", None, None, None),
        ("36", "durée initiale de 36 mois, reconduite deux fois pour un an", None, 60, "à confirmer"),
        ("60", "durée initiale de 36 mois, puis deux reconductions de douze mois", None, 60, "déduit"),
        ("12", "reconductible", None, None, None),
        ("12", "", "3", None, None),
        ("12", "", "0", 12, "lu"),
    ],
)
def test_duration_with_renewals(months, text, number, expected, nature):
    found = read_duration(besoin(months, text, number))
    assert found.mois == expected and (expected is None or found.nature == nature)
    assert expected is not None or "mois" in found.explication
