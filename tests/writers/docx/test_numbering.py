from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from clausegen.text.tree import Texte
from clausegen.writers.blocks import Heading, gather
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Opened = Callable[[bytes], dict[str, etree._Element]]
Compose = Callable[..., Texte]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _parts(texte: Texte, opened: Opened) -> dict[str, etree._Element]:
    return opened(WRITER.write(texte, OptionsEcriture()))


def _value(node: etree._Element | None) -> str | None:
    return None if node is None else node.get(f"{W}val")


def _list_numbers(parts: dict[str, etree._Element]) -> list[tuple[str, str | None, str | None]]:
    return [
        ("".join(p.itertext(f"{W}t")), _value(p.find(f".//{W}ilvl")), _value(p.find(f".//{W}numId")))
        for p in parts["word/document.xml"].iter(f"{W}p")
        if p.find(f".//{W}numPr") is not None
    ]


def test_heading_styles_and_levels_are_linked_both_ways(suite: Texte, opened: Opened) -> None:
    parts = _parts(suite, opened)
    abstract = parts["word/numbering.xml"].find(f"{W}abstractNum")
    linked = {
        _value(level.find(f"{W}pStyle")): (level.get(f"{W}ilvl"), _value(level.find(f"{W}lvlText")))
        for level in abstract.iter(f"{W}lvl")
        if level.find(f"{W}pStyle") is not None
    }
    assert linked == {"Heading1": ("0", "%1"), "Heading2": ("1", "%1.%2"), "Heading3": ("2", "%1.%2.%3")}
    for style in parts["word/styles.xml"].iter(f"{W}style"):
        if style.get(f"{W}styleId") in linked:
            assert _value(style.find(f".//{W}numId")) == "1"
            assert _value(style.find(f".//{W}ilvl")) == linked[style.get(f"{W}styleId")][0]
            assert _value(style.find(f".//{W}outlineLvl")) == linked[style.get(f"{W}styleId")][0]


def test_articles_begin_at_their_number_in_the_contract(suite: Texte, opened: Opened) -> None:
    start = _parts(suite, opened)["word/numbering.xml"].find(f"{W}abstractNum/{W}lvl/{W}start")
    assert _value(start) == "12"


def test_word_counts_the_numbers_of_the_text(suite: Texte, opened: Opened) -> None:
    """Count as Word does from styles alone, and compare with the numbers computed in the text."""
    counters = [11, 0, 0]
    counted = []
    for paragraph in _parts(suite, opened)["word/document.xml"].iter(f"{W}p"):
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle")) or ""
        if style in ("Heading1", "Heading2", "Heading3"):
            level = int(style[-1]) - 1
            counters[level] += 1
            counters[level + 1 :] = [0] * (2 - level)
            counted.append(".".join(map(str, counters[: level + 1])))
    expected = [b.numero for b in gather(suite.tokens) if isinstance(b, Heading) and b.numero]
    assert counted == expected


def test_an_unnumbered_heading_has_no_number(suite: Texte, opened: Opened) -> None:
    styles = _parts(suite, opened)["word/styles.xml"]
    (style,) = [s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "Heading1SansNumero"]
    assert _value(style.find(f".//{W}numId")) == "0"
    assert _value(style.find(f"{W}basedOn")) == "Heading1"


def test_each_numbered_list_begins_again(compose: Compose, opened: Opened) -> None:
    parts = _parts(compose("1. a\n2. b\n\nTexte.\n\n4. c\n"), opened)
    first, second, third = _list_numbers(parts)
    assert first[2] == second[2] != third[2]
    starts = {
        n.get(f"{W}numId"): _value(n.find(f".//{W}startOverride")) for n in parts["word/numbering.xml"].iter(f"{W}num")
    }
    assert (starts[first[2]], starts[third[2]]) == ("1", "4")


def test_nested_lists_go_one_level_down(compose: Compose, opened: Opened) -> None:
    numbers = _list_numbers(_parts(compose("- a\n  1. b\n     - c\n- d\n"), opened))
    assert [(text, level) for text, level, _ in numbers] == [("a", "0"), ("b", "1"), ("c", "2"), ("d", "0")]
    assert numbers[0][2] == numbers[2][2] == numbers[3][2] != numbers[1][2]


@pytest.mark.parametrize("depth", [12])
def test_lists_deeper_than_word_can_count_stay_on_its_last_level(depth: int, compose: Compose, opened: Opened) -> None:
    markdown = "\n".join("  " * level + "- x" for level in range(depth)) + "\n"
    levels = [level for _, level, _ in _list_numbers(_parts(compose(markdown), opened))]
    assert levels[-1] == "8"


def test_every_list_named_in_the_text_exists(suite: Texte, opened: Opened) -> None:
    parts = _parts(suite, opened)
    known = {n.get(f"{W}numId") for n in parts["word/numbering.xml"].iter(f"{W}num")}
    named = {number for _, _, number in _list_numbers(parts)}
    assert named
    assert named <= known


def test_an_article_whose_number_does_not_follow_takes_it(compose: Compose, opened: Opened) -> None:
    texte = compose("# T\n\n## Un\n\n- p\n\n## Vingt\n\n### Suite\n\n## Après\n", premier_article=12)
    numbers = iter(("12", "20", "20.1", "21"))
    for token in texte.tokens:
        if token.type == "heading_open" and token.tag != "h1":
            token.meta["numero"] = next(numbers)
    parts = _parts(texte, opened)
    listed = _list_numbers(parts)
    assert [one[:2] for one in listed] == [("p", "0"), ("Vingt", "0")]
    (number,) = [n for n in parts["word/numbering.xml"].iter(f"{W}num") if n.get(f"{W}numId") == listed[1][2]]
    assert _value(number.find(f"{W}abstractNumId")) == "1"
    assert _value(number.find(f".//{W}startOverride")) == "20"
    assert len(list(parts["word/numbering.xml"].iter(f"{W}abstractNum"))) == 2
