from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausegen.reports.figures import nombre, pourcent, valeur_lisible


def test_numbers() -> None:
    assert nombre(1234567) == "1 234 567"
    assert nombre(Decimal("1200.50")) == "1 200,5"
    assert nombre(Decimal("100")) == "100"
    assert nombre(0.65) == "0,65"


def test_units() -> None:
    assert pourcent(Decimal("0.05")) == "5 %"
    assert pourcent(Decimal("0.125")) == "12,5 %"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (True, "oui"),
        (False, "non"),
        (None, "à préciser"),
        (1500, "1 500"),
        ("trimestrielle", "trimestrielle"),
        (["a", 2], "a, 2"),
        ({"montant": 50, "par": "document"}, "montant 50, par document"),
        (date(2026, 12, 15), "15 décembre 2026"),
    ],
)
def test_any_value(value: Any, printed: str) -> None:
    assert valeur_lisible(value) == printed
