import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.french.articles import (
    Article,
    article_court,
    article_long,
    articles_long,
    numero,
    parse_article,
    sort_articles,
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("L2113-12", "L. 2113-12"),
        ("art. L.2113-12", "L. 2113-12"),
        ("article R. 2113-7", "R. 2113-7"),
        ("Art. D.1111-1", "D. 1111-1"),
        ("l. 2113-13-1", "L. 2113-13-1"),
        ("16.1.5", "16.1.5"),
        ("article 1er", "1er"),
        ("art. L.\u00a02113-12", "L. 2113-12"),
        ("R* 123-4", "R. 123-4"),
        ("12 bis", "12 bis"),
        ("annexe n° 2", "annexe n° 2"),
    ],
)
def test_number_as_lawyers_write_it(typed: str, printed: str) -> None:
    assert numero(typed) == printed


@pytest.mark.parametrize("text", ["", "annexe n° 2", "L.", "X. 12", "L. 2113-", "L. 12, 13"])
def test_not_an_article(text: str) -> None:
    assert parse_article(text) is None


@given(st.sampled_from(["L", "R", "D", "A", ""]), st.lists(st.integers(1, 9999), min_size=1, max_size=4))
def test_printed_then_parsed(lettre: str, nombres: list[int]) -> None:
    article = Article(lettre, "-".join(map(str, nombres)))
    assert parse_article(article.numero) == article


def test_legal_order() -> None:
    given_order = ["R. 2113-7", "L. 2113-13-1", "annexe n° 2", "L. 2113-2", "L2113-12", "D. 1-1", "L. 2113-12"]
    assert sort_articles(given_order) == [
        "L. 2113-2",
        "L. 2113-12",
        "L. 2113-13-1",
        "R. 2113-7",
        "D. 1-1",
        "annexe n° 2",
    ]


def test_citations() -> None:
    code = "du code de la commande publique"
    assert article_long("L2113-12", code) == "article L. 2113-12 du code de la commande publique"
    assert article_long("L2113-12") == "article L. 2113-12"
    assert article_long("annexe n° 2", code) == "annexe n° 2 du code de la commande publique"
    assert article_court("L2113-12") == "art. L. 2113-12"
    assert articles_long(["L. 2112-2", "L2112-2-1"], code) == f"articles L. 2112-2 et L. 2112-2-1 {code}"
    assert articles_long(["14.1.2"], "du CCAG-FCS") == "article 14.1.2 du CCAG-FCS"
    assert articles_long(["1", "2", "3"]) == "articles 1, 2 et 3"
