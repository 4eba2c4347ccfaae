from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.french.amounts import euros, parse_amount, parse_percent, parse_rate


@pytest.mark.parametrize(
    ("montant", "expected"),
    [
        (Decimal("960000"), "960 000 €"),
        (960000, "960 000 €"),
        (Decimal("960000.00"), "960 000 €"),
        (Decimal("1200.5"), "1 200,50 €"),
        (Decimal("12E+3"), "12 000 €"),
        (Decimal("0"), "0 €"),
        (Decimal("0.005"), "0,01 €"),
        (Decimal("999.995"), "1 000 €"),
        (Decimal("1234567890.12"), "1 234 567 890,12 €"),
    ],
)
def test_euros(montant, expected):
    assert euros(montant) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("450 000 €", "450000"),
        ("1 200 000,50", "1200000.50"),
        ("1 200 000,50 € HT", "1200000.50"),
        ("450\u202f000\u00a0€", "450000"),
        ("450\u00a0000", "450000"),
        (" 450000 ", "450000"),
        ("450000.5", "450000.5"),
        ("450000,5 euros", "450000.5"),
        ("1 euro", "1"),
        ("450000 EUR H.T.", "450000"),
        ("450 000 hors taxes", "450000"),
        ("0", "0"),
    ],
)
def test_amounts(text, expected):
    assert parse_amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("1.200.000", "espaces"),
        ("450,000", "deux façons (450000 ou 450)"),
        ("450.000", "écrire 450000"),
        ("1,200,000.50", "espaces"),
        ("1.200,50", "espaces"),
        ("1200 000", "groupes de trois"),
        ("12 34", "groupes de trois"),
        ("-450000", "négatif"),
        ("− 450", "négatif"),
        ("450 000 € TTC", "toutes taxes"),
        ("450 000 T.T.C.", "toutes taxes"),
        ("1e5", "scientifique"),
        ("4.5E+5", "scientifique"),
        ("NaN", "attendu"),
        ("Infinity", "attendu"),
        (".inf", "attendu"),
        ("٤٥٠", "attendu"),
        ("4²", "attendu"),
        ("", "attendu"),
        ("€", "attendu"),
        ("1,2 M€", "en entier"),
        ("450 k€", "en entier"),
        ("3 millions", "en entier"),
        ("12.3456", "deux décimales"),
        ("9" * 16, "démesuré"),
        ("450 000 $", "attendu"),
    ],
)
def test_amounts_that_are_refused(text, word):
    with pytest.raises(ValueError, match=r".") as caught:
        parse_amount(text)
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 %", "0.05"),
        ("5%", "0.05"),
        ("12,5\u00a0%", "0.125"),
        ("0.05", "0.05"),
        ("0,05", "0.05"),
        ("1", "1"),
        ("0", "0"),
        ("100 %", "1"),
    ],
)
def test_rates(text, expected):
    assert parse_rate(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("70", "écrire 0.70 ou « 70 % »"),
        ("7.5", "écrire 0.075 ou « 7,5 % »"),
        ("100", "écrire 1 ou « 100 % »"),
        ("150", "entre 0 et 1"),
        ("150 %", "100 %"),
        ("-0.1", "négatif"),
        ("cinq", "attendu"),
        ("1e-2", "attendu"),
        ("", "attendu"),
    ],
)
def test_rates_that_are_refused(text, word):
    with pytest.raises(ValueError, match=r".") as caught:
        parse_rate(text)
    assert word in str(caught.value)


def test_percentages():
    assert parse_percent("10") == parse_percent("10 %") == Decimal(10)
    assert parse_percent("0.5 %") == Decimal("0.5")
    with pytest.raises(ValueError, match="écrire 10 pour « 10 % »"):
        parse_percent("0.10")
    with pytest.raises(ValueError, match="100"):
        parse_percent("101")


@given(st.decimals(min_value=0, max_value=10**13, places=2))
def test_what_is_printed_reads_back(montant):
    assert parse_amount(euros(montant)) == montant


@given(st.text())
def test_no_text_raises_anything_else(text):
    for parse in (parse_amount, parse_rate, parse_percent):
        try:
            found = parse(text)
        except ValueError:
            continue
        assert found >= 0
