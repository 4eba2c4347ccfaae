"""Elements of a European notice in their namespaces, and comments that an XML file can hold."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml import etree

from clausegen.french.typography import typography
from clausegen.text.slots import clean

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_EFORMS = "http://data.europa.eu/p27/eforms-ubl"
ESPACES = {
    None: f"{_UBL}:ContractNotice-2",
    "cac": f"{_UBL}:CommonAggregateComponents-2",
    "cbc": f"{_UBL}:CommonBasicComponents-2",
    "ext": f"{_UBL}:CommonExtensionComponents-2",
    "efac": f"{_EFORMS}-extension-aggregate-components/1",
    "efbc": f"{_EFORMS}-extension-basic-components/1",
    "efext": f"{_EFORMS}-extensions/1",
}


def root(name: str) -> Element:
    """Return the root of a notice, such as `ContractNotice`."""
    return etree.Element(f"{{{ESPACES[None]}}}{name}", nsmap=ESPACES)


def add(parent: Element, path: str, text: str | None = None, **attributes: str) -> Element:
    """Append an element, and those that lead to it.

    Args:
        parent: where.
        path: prefixed names separated by slashes, such as `cac:Party/cbc:Name`; each is created.
        text: what the last one holds.
        attributes: those of the last one.

    Returns:
        The last one.
    """
    for step in path.split("/"):
        prefix, _, name = step.partition(":")
        parent = etree.SubElement(parent, f"{{{ESPACES[prefix]}}}{name}")
    for name, value in attributes.items():
        parent.set(name, value)
    if text is not None:
        parent.text = clean(text)
    return parent


def extension(parent: Element) -> Element:
    """Append the block in which a notice holds what UBL has no room for, and return its inside."""
    return add(parent, "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension")


def say(parent: Element, words: str) -> None:
    """Append a comment; two hyphens, which would end it, are set apart."""
    text = typography(clean(words)).replace("--", "- -")
    parent.append(etree.Comment(f" {text.rstrip('-')} "))


def written(tree: Element) -> str:
    """Return the file of a notice, indented, in UTF-8."""
    etree.indent(tree, space="  ")
    content: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return content.decode() + "\n"
