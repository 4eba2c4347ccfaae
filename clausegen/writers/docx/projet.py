"""The draft's own words, kept inside the Word file: what people changed in it can then be told from what they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clausegen.writers.blocks import Blocks, lines, shown
from clausegen.writers.docx.oxml import HEAD, element, escape

PROJET = "urn:clausegen:projet:1"
"""Namespace of the part."""
ITEM, PROPERTIES = "customXml/item1.xml", "customXml/itemProps1.xml"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
# Word wants a name for each such part: a constant one, so that the same piece gives the same file.
_NAME = "{2C1A0001-70A1-4F0B-9C5A-C1A05E6E0001}"


def draft_lines(blocks: Blocks) -> Iterator[str]:
    """Yield the words of each block of a piece, those without words left out."""
    for inline in lines(blocks):
        words = inline[0].content if len(inline) == 1 and inline[0].type == "text" else "".join(map(shown, inline))
        if words.strip():
            yield words


def projet_part(texts: Iterable[str]) -> str:
    """Return the part that holds the draft.

    Args:
        texts: the words of its blocks.
    """
    content = "".join(f'<bloc xml:space="preserve">{escape(text)}</bloc>' for text in texts)
    return f'{HEAD}<projet xmlns="{PROJET}">{content}</projet>'


def projet_properties() -> str:
    """Return the part that names the draft's part to Word."""
    schemas = f'<ds:schemaRefs><ds:schemaRef ds:uri="{PROJET}"/></ds:schemaRefs>'
    return HEAD + element("ds:datastoreItem", {"ds:itemID": _NAME, "xmlns:ds": _DATASTORE}, schemas)
