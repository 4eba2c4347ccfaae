from __future__ import annotations

from datetime import date

import pytest

from clausegen.reading.lawday import day_of


@pytest.mark.parametrize(("text", "day"), [("2027-01-18", date(2027, 1, 18)), ("demain", None), ("", None)])
def test_the_day_of_the_law(text: str, day: date | None) -> None:
    assert day_of({"clausegen-date-droit": text}) == day
