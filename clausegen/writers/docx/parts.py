"""The small parts of a Word file: settings, fonts, header, footer, section and properties."""

from __future__ import annotations

from collections.abc import Mapping

from clausegen.text.tree import Proprietes
from clausegen.writers.docx.fields import page_footer
from clausegen.writers.docx.look import FONT, FONT_SUBSTITUTE
from clausegen.writers.docx.oxml import HEAD, R, W, element, escape, ordered, paragraph, text_run, val

PIECE = "clausegen-piece"
"""Custom property that holds the id of the piece."""
_COMPATIBILITY = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
    "useWord2013TrackBottomHyphenation": 0,
}
_WORD = "http://schemas.microsoft.com/office/word"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def settings_part(extra: Mapping[str, str] | None = None) -> str:
    """Return the settings: French, Word 2013 and later, nothing that stamps the person or the machine.

    Args:
        extra: further settings, by local name.
    """
    compatibility = "".join(
        element("w:compatSetting", {"w:name": name, "w:uri": _WORD, "w:val": value})
        for name, value in _COMPATIBILITY.items()
    )
    children = {
        "zoom": '<w:zoom w:percent="100"/>',
        "defaultTabStop": val("defaultTabStop", 567),
        "characterSpacingControl": val("characterSpacingControl", "doNotCompress"),
        "compat": f"<w:compat>{compatibility}</w:compat>",
        "themeFontLang": val("themeFontLang", "fr-FR"),
        "decimalSymbol": val("decimalSymbol", ","),
        "listSeparator": val("listSeparator", ";"),
    }
    return HEAD + ordered("w:settings", {**children, **(extra or {})}, {"xmlns:w": W})


def font_table_part() -> str:
    """Return the font table, which names a substitute of the same widths."""
    content = (
        val("altName", FONT_SUBSTITUTE)
        + val("panose1", "02040503050406030204")
        + val("charset", "00")
        + val("family", "roman")
        + val("pitch", "variable")
    )
    font = element("w:font", {"w:name": FONT}, content)
    return f'{HEAD}<w:fonts xmlns:w="{W}">{font}</w:fonts>'


def header_part(entete: str) -> str:
    """Return the header: the market's reference and object."""
    return f'{HEAD}<w:hdr xmlns:w="{W}">{paragraph("Header", text_run(entete))}</w:hdr>'


def footer_part() -> str:
    """Return the footer."""
    return f'{HEAD}<w:ftr xmlns:w="{W}">{page_footer()}</w:ftr>'


PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
    'w:header="709" w:footer="709" w:gutter="0"/><w:cols w:space="709"/>'
)
"""Our own page: A4, margins of 2.5 cm."""


def reference(kind: str, page: str, identifier: str) -> str:
    """Return what gives a section its header or footer.

    Args:
        kind: `header` or `footer`.
        page: `default`, `first` or `even`.
        identifier: the relationship.
    """
    return element(f"w:{kind}Reference", {"w:type": page, "r:id": identifier})


def document_part(body: str, references: str, page: str = PAGE) -> str:
    """Return the document.

    Args:
        body: its blocks.
        references: its headers and footers.
        page: size, margins and the like.
    """
    section = references + page
    content = f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"
    return f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}">{content}</w:document>'


def core_properties(proprietes: Proprietes) -> str:
    """Return the core properties: no person, and the dates only when the piece has one."""
    parts = [
        f"<dc:title>{escape(proprietes.titre)}</dc:title>",
        f"<dc:subject>{escape(proprietes.sujet)}</dc:subject>",
        "<dc:creator>clausegen</dc:creator>",
    ]
    if proprietes.date is not None:
        stamp = f"{proprietes.date.isoformat()}T00:00:00Z"
        parts.extend(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
        )
    parts.append("<dc:language>fr-FR</dc:language>")
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{''.join(parts)}</cp:coreProperties>"
    )


def extended_properties() -> str:
    """Return the extended properties: the program's name and no more."""
    return f'{HEAD}<Properties xmlns="{_EXTENDED}"><Application>clausegen</Application></Properties>'


def custom_properties(values: dict[str, str]) -> str:
    """Return the custom properties, such as the fingerprints of what made the document."""
    content = "".join(
        element(
            "property",
            {"fmtid": _CUSTOM_FORMAT, "pid": position, "name": name},
            f"<vt:lpwstr>{escape(value)}</vt:lpwstr>",
        )
        for position, (name, value) in enumerate(values.items(), 2)
    )
    return f'{HEAD}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VARIANTS}">{content}</Properties>'
