from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.french.dates import en_lettres, parse_day


@pytest.mark.parametrize(
    ("jour", "expected"),
    [
        (date(2027, 1, 1), "1er janvier 2027"),
        (date(2026, 8, 21), "21 août 2026"),
        (date(2026, 12, 15), "15 décembre 2026"),
        (date(2026, 2, 11), "11 février 2026"),
    ],
)
def test_in_words(jour, expected):
    assert en_lettres(jour) == expected


def test_iso():
    assert parse_day(" 2026-12-15 ") == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("15/12/2026", "écrire 2026-12-15"),
        ("15-12-2026", "écrire 2026-12-15"),
        ("15.12.26", "écrire 2026-12-15"),
        ("1er janvier 2027", "écrire 2027-01-01"),
        ("15 decembre 2026", "écrire 2026-12-15"),
        ("2026/12/15", "écrire 2026-12-15"),
        ("2026-2-3", "écrire 2026-02-03"),
        ("2026-12-15T10:00:00", "écrire 2026-12-15"),
        ("12/31/2026", "par exemple"),
        ("2026-02-30", "n'existe pas"),
        ("0202-12-15", "vraisemblable"),
        ("20261215", "par exemple"),
        ("2026-W51-2", "par exemple"),
        ("demain", "par exemple"),
        ("", "par exemple"),
    ],
)
def test_refused(text, word):
    with pytest.raises(ValueError, match=r".") as caught:
        parse_day(text)
    assert word in str(caught.value)


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_round_trip(jour):
    assert parse_day(jour.isoformat()) == jour
    with pytest.raises(ValueError, match=f"écrire {jour.isoformat()}"):
        parse_day(en_lettres(jour))


@given(st.text())
def test_no_text_raises_anything_else(text):
    try:
        assert isinstance(parse_day(text), date)
    except ValueError as error:
        assert str(error)
