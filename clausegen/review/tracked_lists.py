"""Lists of two versions in one numbering part: an old list keeps its own count once every change is rejected."""

from __future__ import annotations

import re

_ABSTRACT = re.compile(r'<w:abstractNum w:abstractNumId="(\d+)">.*?</w:abstractNum>', re.DOTALL)
_NUMBER = re.compile(r'<w:num w:numId="(\d+)">(.*?)</w:num>', re.DOTALL)
_OF = re.compile(r'<w:abstractNumId w:val="(\d+)"/>')
_LEVEL = re.compile(r'<w:lvl w:ilvl="(\d+)">(.*?)</w:lvl>', re.DOTALL)
_LINKED = re.compile(r'<w:pStyle w:val="([^"]+)"/>')
_NSID = re.compile(r'<w:nsid w:val="[0-9A-F]{8}"/>')
_FIRST_NSID = 0x2C1B0000


class Listes:
    """The lists of the new version, to which old ones are added as they are met.

    Args:
        avant: the old numbering part.
        apres: the new one.
    """

    def __init__(self, avant: str, apres: str) -> None:
        self._part = apres
        self._old_abstracts, self._abstracts = _abstracts(avant), _abstracts(apres)
        self._old_numbers, self._numbers = _numbers(avant), _numbers(apres)
        self._known: dict[int, int] = {}
        self._taken: set[int] = set()
        self._added_abstracts: list[str] = []
        self._added_numbers: list[str] = []
        self._same = {xml: ident for ident, xml in self._abstracts.items()}
        self._headings = self._moved_headings()

    def pair(self, avant: int, apres: int) -> None:
        """Say that a paragraph of an old list became one of a new list: they are the same list if they count alike."""
        if avant in self._known or apres in self._taken or apres not in self._numbers:
            return
        if self._definition(avant) == (self._abstracts.get(self._numbers[apres][0], ""), self._numbers[apres][1]):
            self._known[avant] = apres
            if self._counts(avant):
                self._taken.add(apres)

    def keep(self) -> None:
        """Say that every old list keeps its id: the whole document goes."""
        self._known = {number: number for number in self._old_numbers}

    def number(self, avant: int) -> int:
        """Return the id, in the common part, of an old list."""
        if avant not in self._known:
            self._known[avant] = self._shared(avant) or self._fresh(avant)
        return self._known[avant]

    def heading(self, style: str) -> tuple[int, int] | None:
        """Return the level and the list that an old numbered heading needs; None when the new articles count alike."""
        if style not in self._headings:
            return None
        level, number = self._headings[style]
        return level, self.number(number)

    def part(self) -> str:
        """Return the numbering part with the lists that were added."""
        if not self._added_numbers:
            return self._part
        first = self._part.index("<w:num ")
        end = self._part.index("</w:numbering>")
        head, tail = self._part[:first], self._part[first:end]
        return head + "".join(self._added_abstracts) + tail + "".join(self._added_numbers) + self._part[end:]

    def _definition(self, avant: int) -> tuple[str, str]:
        abstract, overrides = self._old_numbers[avant]
        return self._old_abstracts[abstract], overrides

    def _counts(self, avant: int) -> bool:
        return "startOverride" in self._old_numbers[avant][1]

    def _shared(self, avant: int) -> int:
        """Return a new list of bullets that looks the same: they do not count; 0 without one."""
        if self._counts(avant) or _LINKED.search(self._definition(avant)[0]):
            return 0
        for ident, (abstract, overrides) in self._numbers.items():
            if self._definition(avant) == (self._abstracts.get(abstract, ""), overrides):
                return ident
        return 0

    def _fresh(self, avant: int) -> int:
        xml, overrides = self._definition(avant)
        bare = xml if xml in self._same else _LINKED.sub("", xml)
        if bare not in self._same:
            ident = max(self._abstracts, default=0) + 1 + len(self._added_abstracts)
            self._same[bare] = ident
            named = re.sub(r'w:abstractNumId="\d+"', f'w:abstractNumId="{ident}"', bare, count=1)
            self._added_abstracts.append(_NSID.sub(f'<w:nsid w:val="{_FIRST_NSID + ident:08X}"/>', named))
        number = max(self._numbers, default=0) + 1 + len(self._added_numbers)
        abstract = f'<w:abstractNumId w:val="{self._same[bare]}"/>'
        self._added_numbers.append(f'<w:num w:numId="{number}">{abstract}{overrides}</w:num>')
        return number

    def _moved_headings(self) -> dict[str, tuple[int, int]]:
        """Return level and number id by style for the old articles, when the new ones begin at another number."""
        found: dict[str, tuple[int, int]] = {}
        for number, (abstract, _) in self._old_numbers.items():
            xml = self._old_abstracts[abstract]
            if _LINKED.search(xml) and xml != self._abstracts.get(abstract):
                for level, content in _LEVEL.findall(xml):
                    for style in _LINKED.findall(content):
                        found.setdefault(style, (int(level), number))
        return found


def _abstracts(part: str) -> dict[int, str]:
    return {int(found[1]): found[0] for found in _ABSTRACT.finditer(part)}


def _numbers(part: str) -> dict[int, tuple[int, str]]:
    """Return the definition and the overrides of each list."""
    found = {}
    for ident, content in _NUMBER.findall(part):
        of = _OF.search(content)
        found[int(ident)] = (int(of[1]) if of else 0, _OF.sub("", content))
    return found
