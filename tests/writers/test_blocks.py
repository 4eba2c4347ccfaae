from __future__ import annotations

from collections.abc import Callable

import pytest

from clausegen.text.tree import Texte, Token
from clausegen.writers.blocks import (
    Heading,
    ListBlock,
    Panel,
    Paragraph,
    Quote,
    Rule,
    Table,
    flat_text,
    gather,
    headings,
    printed_number,
    split_at_first_article,
)
from clausegen.writers.interface import UnknownTokenError


def test_every_block_of_the_dialect_is_gathered(suite: Texte) -> None:
    kinds = {type(block) for block in gather(suite.tokens)}
    assert kinds == {Heading, Paragraph, ListBlock, Table, Panel, Quote, Rule}


def test_a_list_keeps_its_nesting_and_its_start(compose: Callable[..., Texte]) -> None:
    (block,) = gather(compose("3. trois\n   - dedans\n4. quatre\n").tokens)
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start, len(block.items)) == (True, 3, 2)
    assert isinstance(block.items[0][1], ListBlock)


def test_a_table_keeps_alignments_and_drops_an_empty_header(compose: Callable[..., Texte]) -> None:
    (block,) = gather(compose("| | | |\n|---|:-:|--:|\n| a | b | c |\n").tokens)
    assert isinstance(block, Table)
    assert block.alignments == ("left", "center", "right")
    assert block.header == ()
    assert [flat_text(cell, publiable=False) for cell in block.rows[0]] == ["a", "b", "c"]


@pytest.mark.parametrize("kind", ["fence", "html_block", "image"])
def test_an_unknown_block_stops_the_writing(kind: str) -> None:
    with pytest.raises(UnknownTokenError, match=kind):
        gather([Token(kind, "", 0, content="x")])


def test_a_heading_deeper_than_the_numbering_stops_the_writing(compose: Callable[..., Texte]) -> None:
    with pytest.raises(UnknownTokenError, match="h5"):
        gather(compose("##### Trop bas\n").tokens)


def test_the_contents_list_articles_and_subdivisions(suite: Texte) -> None:
    found = [(h.level, h.numero) for h in headings(gather(suite.tokens), 3)]
    assert found == [(2, "12"), (3, "12.1"), (2, "13"), (2, None)]


def test_what_precedes_the_first_article_is_set_apart(suite: Texte) -> None:
    before, after = split_at_first_article(gather(suite.tokens))
    assert isinstance(before[-1], Paragraph)
    assert isinstance(after[0], Heading)
    assert after[0].numero == "12"


def test_a_printed_number_ends_with_a_dot_only_for_an_article() -> None:
    assert [printed_number("12"), printed_number("12.3")] == ["12.", "12.3"]
