"""WordprocessingML as text: escaping, elements, and the order of children that the standard imposes.

Parts are built as strings: a piece takes a few milliseconds, and no XML library is loaded. Three things keep the
result sound: every text and attribute passes through `escape`, property elements are ordered by `ordered` from the
tables below (ISO/IEC 29500-4, transitional), and the tests parse every part.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from clausegen.regex import late

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_ILLEGAL = late(f"[{_FORBIDDEN}]")
_DOUBTFUL = late(f'[&<>"{_FORBIDDEN}]')

_ORDERS: dict[str, tuple[str, ...]] = {
    "w:pPr": tuple(
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange".split()
    ),
    "w:rPr": tuple(
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
        "em lang eastAsianLayout specVanish oMath rPrChange".split()
    ),
    "w:tblPr": tuple(
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange".split()
    ),
    "w:tcPr": tuple(
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark".split()
    ),
    "w:sdtPr": tuple(
        "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex equation comboBox date "
        "docPartObj docPartList dropDownList picture richText text citation group bibliography".split()
    ),
    "w:settings": tuple(
        "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
        "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData "
        "embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges "
        "bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors "
        "activeWritingStyle proofState formsDesign attachedTemplate linkStyles stylePaneFormatFilter "
        "stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves "
        "doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop "
        "autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength "
        "clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting "
        "bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing "
        "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin "
        "drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning "
        "characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore "
        "savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText "
        "doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags "
        "alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr "
        "attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures "
        "forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags "
        "decimalSymbol listSeparator".split()
    ),
}
_RANKS = {tag: {name: rank for rank, name in enumerate(names)} for tag, names in _ORDERS.items()}


def escape(text: str) -> str:
    """Return a text fit for XML content and attributes: what XML forbids is left out, the rest is escaped."""
    if _DOUBTFUL.search(text) is None:
        return text
    text = _ILLEGAL.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def element(tag: str, attributes: Mapping[str, object] | None = None, content: str = "") -> str:
    """Return an element.

    Args:
        tag: its name with its prefix.
        attributes: names with their prefixes, and values, escaped here.
        content: XML already made.
    """
    inner = "".join(f' {name}="{escape(str(value))}"' for name, value in (attributes or {}).items())
    return f"<{tag}{inner}>{content}</{tag}>" if content else f"<{tag}{inner}/>"


def val(tag: str, value: object) -> str:
    """Return an element of WordprocessingML whose only attribute is its value."""
    return f'<w:{tag} w:val="{escape(str(value))}"/>'


def ordered(tag: str, children: Mapping[str, str], attributes: Mapping[str, object] | None = None) -> str:
    """Return a property element with its children in the order of the standard, or nothing when it has none.

    Args:
        tag: a key of the order tables, such as `w:pPr`.
        children: local name of each child, and the child itself.
        attributes: the element's own attributes.
    """
    if not children:
        return ""
    ranks = _RANKS[tag]
    return element(tag, attributes, "".join(children[name] for name in sorted(children, key=ranks.__getitem__)))


@lru_cache(maxsize=4_096)
def text_run(text: str, style: str | None = None) -> str:
    """Return a run of text in a character style; spaces at its ends are kept."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, content: str, extra: Mapping[str, str] | None = None) -> str:
    """Return a paragraph in a style.

    Args:
        style: id of the paragraph style.
        content: its runs.
        extra: further properties, such as `numPr`.
    """
    if not extra:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'
    return f"<w:p>{ordered('w:pPr', {'pStyle': val('pStyle', style), **extra})}{content}</w:p>"
