"""The order of children that ISO/IEC 29500-4 imposes, checked in every part from a list of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from clausegen.text.tree import Texte
from clausegen.writers.docx.oxml import ordered
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERS = {
    "pPr": "pStyle keepNext keepLines widowControl numPr pBdr shd tabs suppressAutoHyphens spacing ind "
    "contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof color sz szCs shd vertAlign lang",
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr docPartObj richText text",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd vAlign",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType lvl",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr trPr tcPr tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "sectPr": "headerReference footerReference pgSz pgMar cols",
    "docPartPr": "name category types behaviors guid",
    "tblBorders": "top left bottom right insideH insideV",
    "pBdr": "top left bottom right between",
    "numbering": "abstractNum num",
    "styles": "docDefaults latentStyles style",
}


@pytest.mark.parametrize("parent", ORDERS)
def test_children_are_in_the_order_of_the_standard(
    parent: str, suite: Texte, opened: Callable[[bytes], dict[str, etree._Element]]
) -> None:
    ranks = {f"{W}{name}": rank for rank, name in enumerate(ORDERS[parent].split())}
    found = 0
    for root in opened(WRITER.write(suite, OptionsEcriture())).values():
        for node in root.iter(f"{W}{parent}"):
            found += 1
            tags = [child.tag for child in node]
            assert set(tags) <= set(ranks), tags
            assert tags == sorted(tags, key=ranks.__getitem__), tags
    assert found


def test_properties_are_ordered_whatever_the_order_given() -> None:
    assert ordered("w:rPr", {"sz": "<c/>", "rStyle": "<a/>", "b": "<b/>"}) == "<w:rPr><a/><b/><c/></w:rPr>"


def test_a_property_unknown_to_the_standard_is_a_fault() -> None:
    with pytest.raises(KeyError):
        ordered("w:rPr", {"gras": "<x/>"})
