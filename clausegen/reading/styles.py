"""The styles of a Word file: which are headings, and which number their paragraphs."""

from __future__ import annotations

import re

from lxml import etree

from clausegen.reading.wordml import PPR, integer, number, value, w
from clausegen.record import dataclass

_HEADING = re.compile(r"(?:heading|titre) ?([1-9])\b")
_TOC = re.compile(r"(?:toc|tm|table des matières) ?[1-9]|toc heading|en-tête de table des matières")
_TITLES = ("title", "titre")
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, in its own words only.

    Args:
        name: its name, in lower case.
        base: id of the style that it builds on; empty without one.
        outline: its outline level, from 0; None when it gives none.
        number: id of its list; None when it gives none, « 0 » when it takes the number away.
        level: level of the list; None when it gives none.
    """

    name: str
    base: str
    outline: int | None
    number: str | None
    level: int | None


class Styles:
    """The styles of one file.

    Args:
        root: the styles part; None when the file has none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        self._lists: dict[str, str] = {}
        self._headings: dict[str, int | None] = {}
        for node in () if root is None else root.iterchildren(w("style")):
            self._read(node)

    def _read(self, node: etree._Element) -> None:
        identifier, kind = node.get(w("styleId")) or "", node.get(w("type")) or "paragraph"
        properties = node.find(PPR)
        numbered = None if properties is None else properties.find(w("numPr"))
        listed = None if numbered is None else value(numbered.find(w("numId"))) or None
        if kind == "numbering":
            self._lists[identifier] = listed or ""
        if kind != "paragraph":
            return
        outline = None if properties is None else properties.find(w("outlineLvl"))
        level = None if numbered is None else numbered.find(w("ilvl"))
        self._styles[identifier] = Style(
            value(node.find(w("name"))).casefold(),
            value(node.find(w("basedOn"))),
            None if outline is None else number(outline, _BODY_LEVEL),
            listed,
            None if level is None else number(level),
        )
        if integer(node.get(w("default")) or "0") == 1 or node.get(w("default")) == "true":
            self._default = identifier

    def chain(self, identifier: str) -> list[tuple[str, Style]]:
        """Return a style and those that it builds on, nearest first."""
        found: list[tuple[str, Style]] = []
        seen: set[str] = set()
        current = identifier if identifier in self._styles else self._default
        while current in self._styles and current not in seen and len(seen) < 20:
            seen.add(current)
            found.append((current, self._styles[current]))
            current = self._styles[current].base
        return found

    def heading(self, identifier: str) -> int | None:
        """Return the depth of the headings that a style makes, from 1; None when it makes none."""
        if identifier not in self._headings:
            self._headings[identifier] = self._heading(identifier)
        return self._headings[identifier]

    def _heading(self, identifier: str) -> int | None:
        for _, style in self.chain(identifier):
            if style.outline is not None:
                return style.outline + 1 if 0 <= style.outline < _BODY_LEVEL else None
            named = _HEADING.match(style.name)
            if named:
                return int(named[1])
            if style.name in _TITLES:
                return None
        return None

    def is_title(self, identifier: str) -> bool:
        """Tell whether a style is that of a document's title."""
        return any(style.name in _TITLES for _, style in self.chain(identifier))

    def is_contents(self, identifier: str) -> bool:
        """Tell whether a style is one of a table of contents."""
        return any(_TOC.fullmatch(style.name) for _, style in self.chain(identifier)[:2])

    def numbering(self, identifier: str) -> tuple[str, int | None, list[str]]:
        """Return the list in which a style puts its paragraphs, its level, and the styles that it may be linked to."""
        chain = self.chain(identifier)
        level = next((style.level for _, style in chain if style.level is not None), None)
        for position, (_, style) in enumerate(chain):
            if style.number is not None:
                return style.number, level, [name for name, _ in chain[: position + 1]]
        return "", level, []

    def list_of(self, identifier: str) -> str:
        """Return the list that a numbering style stands for; empty without one."""
        return self._lists.get(identifier, "")
