"""The line of an element of a notice, from the place that an importer gives: an XPath of prefixed names."""

from __future__ import annotations

import re
from typing import Any

from clausegen.diagnostics import Position

_STEP = re.compile(r"(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?")


class Lines:
    """The lines of an XML file; every place has none when the file is not XML.

    Args:
        octets: the file, already judged fit by the importers.
    """

    def __init__(self, octets: bytes) -> None:
        self._root = _root(octets)

    def position(self, origine: str | None) -> Position | None:
        """Return the start of the line of a place, or of the nearest element above it that exists."""
        if self._root is None or not origine or not origine.startswith("/"):
            return None
        node: Any = None
        for step in origine.strip("/").split("/"):
            below = self._root if node is None else _child(node, step)
            if below is None:
                break
            node = below
        return Position(int(node.sourceline), 1) if node is not None and node.sourceline else None


def _child(node: Any, step: str) -> Any:
    """Return the child that a step leads to: the rank counts those of the same prefix and name."""
    found = _STEP.fullmatch(step)
    if found is None:
        return None
    prefix, name, rank = found[1], found[2], int(found[3] or 1)
    for child in node:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name and child.prefix == prefix:
            rank -= 1
            if rank == 0:
                return child
    return None


def _root(octets: bytes) -> Any:
    if not octets.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<"):
        return None
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(octets, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
