from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from clausegen.text.slots import Slots, clean
from clausegen.text.tree import Champ, Proprietes, Texte, Token, read_already
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.markdown import WRITER

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "ab1 \\`*_[](){}<>#+-.!|~&=:;^$'\"éà«» \u00a0\u202f"
RUNS = st.lists(st.tuples(st.sampled_from(["", "strong", "em"]), st.text(SIGNS, max_size=8)), min_size=1, max_size=5)


def _written(texte: Texte) -> str:
    return WRITER.write(texte, OptionsEcriture()).decode()


def _piece(tokens: list[Token]) -> Texte:
    return Texte("x", read_already(tuple(tokens)), (), (), Proprietes("t", "s", None), "")


def _paragraph(children: list[Token]) -> list[Token]:
    inline = Token("inline", "", 0, children=children)
    return [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]


def _read_back(markdown: str) -> tuple[set[str], str]:
    """Return the kinds of blocks, and the words, that a Markdown reader finds."""
    tokens = READER.parse(markdown)
    words = [c.content for t in tokens if t.type == "inline" for c in t.children or [] if c.type == "text"]
    return {t.type for t in tokens}, "".join(words)


def test_headings_are_numbered(suite: Texte) -> None:
    lines = _written(suite).splitlines()
    assert "## 12. Objet" in lines
    assert "### 12.1 Périmètre" in lines
    assert "#### 12.1.1 Détail" in lines
    assert "## Signature" in lines


def test_comments_are_notes_at_the_end(suite: Texte) -> None:
    text = _written(suite)
    assert "[^2]\\:" not in text
    assert text.rstrip().splitlines()[-3:] == [
        "[^1]: Fait manquant\u00a0: la date.",
        "",
        "[^2]: Choix de rédaction\u00a0: durée retenue. Règle x.",
    ]
    assert "au plus tard[^2]" in text


def test_tables_keep_their_alignment(suite: Texte) -> None:
    assert "| :-: | --- | --: |" in _written(suite)


def test_a_line_break_in_a_cell_stays_in_the_cell(suite: Texte) -> None:
    assert "\\<Métropole\\><br>2, rue du Port |" in _written(suite)


def test_two_lists_that_follow_each_other_stay_two(compose: Callable[..., Texte]) -> None:
    tokens = [*compose("- a\n").tokens, *compose("- b\n").tokens, *compose("- c\n").tokens]
    kinds = [token.type for token in READER.parse(_written(_piece(tokens)))]
    assert kinds.count("bullet_list_open") == 3


def test_nested_lists_are_read_back_as_nested(suite: Texte) -> None:
    levels = {t.level for t in READER.parse(_written(suite)) if t.type == "bullet_list_open"}
    assert len(levels) > 1


def test_a_field_before_a_parenthesis_is_not_a_link(compose: Callable[..., Texte]) -> None:
    slots = Slots()
    champ = slots.field(Champ("a", "Quoi"))
    _, words = _read_back(_written(compose(f"{champ}(http://x) puis {champ}: y\n", slots)).split("\n", 2)[2])
    assert words == "[à compléter\u00a0: Quoi](http://x) puis [à compléter\u00a0: Quoi]: y"


@given(st.text(SIGNS, min_size=1, max_size=40))
def test_any_text_of_a_person_is_read_back_as_it_was(text: str) -> None:
    kept = clean(text).replace("\n", " ").strip(" ")
    kinds, words = _read_back(_written(_piece(_paragraph([Token("text", "", 0, content=kept)]))))
    if kept.strip():
        assert kinds <= {"paragraph_open", "inline", "paragraph_close"}
    assert words.strip() == kept.strip()


@given(RUNS)
def test_emphasis_never_leaves_a_stray_sign(runs: list[tuple[str, str]]) -> None:
    children: list[Token] = []
    for mark, text in runs:
        if mark:
            children.append(Token(f"{mark}_open", mark, 1))
        children.append(Token("text", "", 0, content=text))
        if mark:
            children.append(Token(f"{mark}_close", mark, -1))
    _, words = _read_back(_written(_piece(_paragraph(children))))
    assert words.split() == "".join(text for _, text in runs).split()


@pytest.mark.parametrize("text", ["a | b", "a \\| b", "|", "`|`"])
def test_a_cell_keeps_what_a_person_wrote(text: str, compose: Callable[..., Texte]) -> None:
    slots = Slots()
    mark = slots.fact(text)
    markdown = _written(compose(f"| X |\n|---|\n| {mark} |\n", slots)).split("\n", 2)[2]
    kinds, words = _read_back(markdown)
    assert "table_open" in kinds
    assert words == "X" + text
