from __future__ import annotations

import pytest
from lxml import etree

from clausegen.reading.numbering import Numbering, Numero, shaped
from clausegen.reading.styles import Styles

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _numbering(xml: str, styles: str = "") -> Numbering:
    root = etree.fromstring(f'<w:numbering xmlns:w="{W}">{xml}</w:numbering>')
    return Numbering(root, Styles(etree.fromstring(f'<w:styles xmlns:w="{W}">{styles}</w:styles>')))


def _level(rank: int, text: str, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{rank}">{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def _list(levels: str, extra: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="1"/>{extra}</w:num>'
    )


THREE = _level(0, "%1.") + _level(1, "%1.%2") + _level(2, "%1.%2.%3")


@pytest.mark.parametrize(
    ("count", "shape", "written"),
    [
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (27, "upperLetter", "AA"),
        (3, "lowerLetter", "c"),
        (7, "decimalZero", "07"),
        (7, "inconnu", "7"),
        (0, "upperRoman", "0"),
        (10**6, "lowerLetter", "1000000"),
    ],
)
def test_shapes(count: int, shape: str, written: str) -> None:
    assert shaped(count, shape) == written


def test_deeper_levels_begin_again_unless_told_not_to() -> None:
    numbering = _numbering(_list(THREE))
    found = [numbering.advance("1", rank) for rank in (0, 1, 1, 2, 0, 1, 2)]
    assert [n and n.texte for n in found] == ["1", "1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1"]
    never = _level(0, "%1.") + _level(1, "%2", '<w:lvlRestart w:val="0"/>')
    numbering = _numbering(_list(never))
    assert [n and n.texte for n in (numbering.advance("1", rank) for rank in (0, 1, 0, 1))] == ["1", "1", "2", "2"]


def test_a_level_that_begins_before_those_above_shows_their_first_number() -> None:
    assert _numbering(_list(THREE)).advance("1", 2) == Numero("1.1.1", 3)


def test_figures_everywhere_in_legal_numbering() -> None:
    roman = _level(0, "%1", '<w:numFmt w:val="upperRoman"/>')
    numbering = _numbering(_list(roman + _level(1, "%1.%2", "<w:isLgl/>") + _level(2, "%1-%3")))
    assert [numbering.advance("1", rank) for rank in (0, 1, 2)] == [Numero("I", 1), Numero("1.1", 2), Numero("I-1", 2)]


def test_a_list_may_change_a_level_or_be_a_style() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{_level(0, "A%1")}</w:lvlOverride>'
    assert _numbering(_list(THREE, override)).advance("1", 0) == Numero("1", 1)
    linked = (
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    )
    style = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert _numbering(_list(_level(0, "%1")) + linked, style).advance("9", 0) == Numero("1", 1)


def test_bullets_and_unknown_lists_count_nothing() -> None:
    numbering = _numbering(_list(_level(0, "%1", '<w:numFmt w:val="bullet"/>') + _level(1, "–")))
    assert [numbering.advance(*one) for one in (("1", 0), ("1", 1), ("2", 0), ("1", 99), ("1", -1))] == [None] * 5
