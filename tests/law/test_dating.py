from datetime import date

import pytest

from clausegen.law.dating import in_force, until

OLD, NEW, END, AGAIN = date(2019, 4, 1), date(2022, 1, 1), date(2024, 7, 1), date(2026, 1, 1)
HISTORY = {NEW: "nouveau", OLD: "ancien", END: "fin", AGAIN: "retabli"}
"""Kept in no order, as a file may write them."""


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2019, 3, 31), None),
        (OLD, (OLD, "ancien")),
        (date(2021, 12, 31), (OLD, "ancien")),
        (NEW, (NEW, "nouveau")),
        (date(2024, 6, 30), (NEW, "nouveau")),
        (END, None),
        (date(2025, 12, 31), None),
        (AGAIN, (AGAIN, "retabli")),
        (None, (AGAIN, "retabli")),
    ],
)
def test_the_version_of_a_day(jour, attendu):
    assert in_force(HISTORY, jour) == attendu


def test_without_a_day_a_closed_rule_still_speaks_by_its_last_version():
    assert in_force({OLD: "ancien", END: "fin"}, None) == (OLD, "ancien")
    assert in_force({OLD: "ancien", END: "fin", AGAIN: "retabli"}, None) == (AGAIN, "retabli")
    assert in_force({}, None) is None
    assert in_force({}, NEW) is None


def test_a_version_lasts_until_the_eve_of_the_next():
    assert until(HISTORY, OLD) == date(2021, 12, 31)
    assert until(HISTORY, NEW) == date(2024, 6, 30)
    assert until(HISTORY, AGAIN) is None
