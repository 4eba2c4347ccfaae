"""Real numbering: articles by a list linked to the heading styles, lists that begin again each time."""

from __future__ import annotations

from dataclasses import field
from functools import cache

from clausegen.record import dataclass
from clausegen.writers.docx.look import FRAME_INDENT, LIST_INDENT, LIST_STEP
from clausegen.writers.docx.oxml import HEAD, W, element, ordered, val

HEADINGS, BULLETS = 1, 2
_LEVELS = 9
_HEADING_LEVELS, _HEADING_INDENT = 3, 851
_BULLETS = ("–", "•", "–")
_FORMATS = (("decimal", "%{}."), ("lowerLetter", "%{})"), ("lowerRoman", "%{}."))


@dataclass(slots=True)
class Numbering:
    """The lists of one document.

    Args:
        premier_article: number of the first article.
    """

    premier_article: int
    _lists: list[tuple[int, int, int]] = field(default_factory=list)

    def open_list(self, *, ordered_list: bool, start: int, level: int, framed: bool) -> int:
        """Return the number id of a new list.

        Args:
            ordered_list: whether its items are numbered.
            start: its first number.
            level: its depth, from 0.
            framed: whether it stands in an `encadre`.
        """
        abstract = _abstract_id(ordered_list=ordered_list, framed=framed)
        if not ordered_list:
            # Bullets do not count: all lists may share one definition.
            for position, known in enumerate(self._lists):
                if known[0] == abstract:
                    return position + HEADINGS + 1
        self._lists.append((abstract, level, start))
        return len(self._lists) + HEADINGS

    def jump(self, article: int) -> int:
        """Return the number id under which an article takes a number that does not follow the one before."""
        self._lists.append((HEADINGS, 0, article))
        return len(self._lists) + HEADINGS

    def part(self) -> str:
        """Return the numbering part."""
        used = sorted({abstract for abstract, _, _ in self._lists} - {HEADINGS})
        abstracts = _heading_definition(self.premier_article) + "".join(_list_definition(one) for one in used)
        instances = [element("w:num", {"w:numId": HEADINGS}, val("abstractNumId", HEADINGS))]
        for position, (abstract, level, start) in enumerate(self._lists):
            content = val("abstractNumId", abstract)
            if abstract % 2:
                override = element("w:lvlOverride", {"w:ilvl": level}, val("startOverride", start))
                content += override
            instances.append(element("w:num", {"w:numId": position + HEADINGS + 1}, content))
        return f'{HEAD}<w:numbering xmlns:w="{W}">{abstracts}{"".join(instances)}</w:numbering>'


def number_properties(number: int, level: int) -> str:
    """Return the paragraph property that puts a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def deepest(level: int) -> int:
    """Return a list's level within what Word can count."""
    return min(level, _LEVELS - 1)


def _abstract_id(*, ordered_list: bool, framed: bool) -> int:
    return BULLETS + int(ordered_list) + 2 * int(framed)


@cache
def _heading_definition(premier_article: int) -> str:
    levels = []
    for level in range(_LEVELS):
        text = ".".join(f"%{n + 1}" for n in range(level + 1))
        linked = val("pStyle", f"Heading{level + 1}") if level < _HEADING_LEVELS else ""
        indent = _HEADING_INDENT if level < _HEADING_LEVELS else 2 * _HEADING_INDENT
        start = premier_article if level == 0 else 1
        levels.append(_level(level, start, "decimal", linked, text, indent, indent))
    return _abstract(HEADINGS, "multilevel", "".join(levels))


@cache
def _list_definition(abstract: int) -> str:
    framed, is_ordered = divmod(abstract - BULLETS, 2)
    levels = []
    for level in range(_LEVELS):
        left = LIST_STEP * (level + 1) + (FRAME_INDENT if framed else LIST_INDENT)
        number_format, text = _FORMATS[level % len(_FORMATS)] if is_ordered else ("bullet", _BULLETS[level % 3])
        levels.append(_level(level, 1, number_format, "", text.format(level + 1), left, LIST_STEP))
    return _abstract(abstract, "hybridMultilevel", "".join(levels))


def _abstract(identifier: int, kind: str, levels: str) -> str:
    content = val("nsid", f"{0x2C1A0000 + identifier:08X}") + val("multiLevelType", kind) + levels
    return element("w:abstractNum", {"w:abstractNumId": identifier}, content)


def _level(level: int, start: int, number_format: str, linked: str, text: str, left: int, hanging: int) -> str:
    tab = f'<w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
    indent = element("w:ind", {"w:left": left, "w:hanging": hanging})
    properties = ordered("w:pPr", {"tabs": tab, "ind": indent})
    content = val("start", start) + val("numFmt", number_format) + linked + val("lvlText", text) + val("lvlJc", "left")
    return element("w:lvl", {"w:ilvl": level}, content + properties)
