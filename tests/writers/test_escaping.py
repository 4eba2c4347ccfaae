from __future__ import annotations

import time

import pytest

from clausegen.writers.escaping import Mark, code, escape, escape_line, join

BOLD, END = Mark("**", True), Mark("**", False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- a", "\\- a"),
        ("12. a", "12\\. a"),
        ("12.3 a", "12.3 a"),
        ("1) a", "1\\) a"),
        ("   a", "a"),
        (":::x", "\\:::x"),
        ("\u00a0a", "\u00a0a"),
    ],
)
def test_the_beginning_of_a_line_is_not_read_as_a_block(line: str, expected: str) -> None:
    assert escape_line(line) == expected


def test_an_ampersand_is_escaped_only_before_what_looks_like_an_entity() -> None:
    assert escape("a & b &amp; c") == "a & b \\&amp; c"


def test_emphasis_is_written_around_words_without_their_spaces() -> None:
    assert join(["a ", BOLD, " b ", END, "c"]) == "a  **b** c"


def test_emphasis_that_would_not_be_read_is_left_out() -> None:
    assert join([BOLD, "(a)", END, "b"]) == "(a)b"
    assert join([BOLD, "a", END, BOLD, "b", END]) == "**a**b"


def test_code_is_fenced_by_more_ticks_than_it_holds() -> None:
    assert code("a`b") == "``a`b``"
    assert code("`") == "`` ` ``"


def test_a_line_full_of_marks_is_joined_in_one_pass() -> None:
    pieces: list[str | Mark] = []
    for _ in range(30_000):
        pieces += ["a ", Mark("**", True), "b", Mark("**", False)]
    start = time.process_time()
    assert join(pieces) == "a **b**" * 30_000
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (["\\\\*"], "\\\\*a"),
        (["\\\\", "\\*"], "\\\\\\***a**"),
        (["x", "\\", "*"], "x\\***a**"),
        (["x", "\\\\", "*"], "x\\\\*a"),
    ],
)
def test_a_star_before_a_mark_is_escaped_or_not_whatever_piece_its_backslashes_are_in(
    before: list[str], expected: str
) -> None:
    assert join([*before, Mark("**", True), "a", Mark("**", False)]) == expected
