"""The numbers that Word computes: its lists, level by level, counted as the document goes."""

from __future__ import annotations

import re
from dataclasses import field

from lxml import etree

from clausegen.reading.styles import Styles
from clausegen.reading.wordml import integer, number, on, value, w
from clausegen.record import dataclass

_LEVELS = 9
_PLACE = re.compile("%([1-9])")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X")),
    *((9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LARGEST_ROMAN = 4000


@dataclass(frozen=True, slots=True)
class Niveau:
    """A level of a list.

    Args:
        start: its first number.
        shape: how numbers are written, such as `decimal`.
        text: the words around them, such as `Article %1.%2`.
        restart: level (from 1) after which it begins again; 0 never; None after any that stands above.
        style: paragraph style linked to it; empty without one.
        legal: whether every number is written in figures.
    """

    start: int = 1
    shape: str = "decimal"
    text: str = ""
    restart: int | None = None
    style: str = ""
    legal: bool = False


@dataclass(frozen=True, slots=True)
class Numero:
    """A computed number: « 12.3 », and how many levels it shows."""

    texte: str
    niveaux: int


@dataclass(slots=True)
class _Instance:
    """A list in use: the definition that it follows, and what it changes."""

    abstract: str
    levels: dict[int, Niveau] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one file, and where each stands.

    Args:
        root: the numbering part; None when the file has none.
        styles: the file's styles.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, dict[int, Niveau]] = {}
        self._linked: dict[str, str] = {}
        self._instances: dict[str, _Instance] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        for node in () if root is None else root:
            if node.tag == w("abstractNum"):
                identifier = node.get(w("abstractNumId")) or ""
                self._abstracts[identifier] = _levels(node)
                link = value(node.find(w("numStyleLink")))
                if link:
                    self._linked[identifier] = link
            elif node.tag == w("num"):
                self._instances[node.get(w("numId")) or ""] = _instance(node)

    def level_of(self, identifier: str, styles: list[str]) -> int | None:
        """Return the level of a list that is linked to one of some styles; None without one."""
        levels = self._definition(identifier)[1]
        for style in styles:
            for rank, level in levels.items():
                if level.style == style:
                    return rank
        return None

    def advance(self, identifier: str, rank: int) -> Numero | None:
        """Count one more paragraph of a list and return its number; None for a bullet or an unknown list.

        Args:
            identifier: the list.
            rank: its level, from 0.
        """
        abstract, levels = self._definition(identifier)
        if not levels or not 0 <= rank < _LEVELS:
            return None
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        instance = self._instances[identifier]
        current = counters[rank]
        start = instance.starts.get(rank)
        if start is not None and (identifier, rank) not in self._started:
            self._started.add((identifier, rank))
            counters[rank] = start
        else:
            counters[rank] = levels.get(rank, Niveau()).start if current is None else current + 1
        for deeper in range(rank + 1, _LEVELS):
            restart = levels.get(deeper, Niveau()).restart
            if restart is None or rank < restart:
                counters[deeper] = None
        for upper in range(rank):
            if counters[upper] is None:
                counters[upper] = levels.get(upper, Niveau()).start
        return _number(levels, rank, counters)

    def _definition(self, identifier: str) -> tuple[str, dict[int, Niveau]]:
        instance = self._instances.get(identifier)
        if instance is None:
            return "", {}
        abstract = instance.abstract
        if abstract in self._linked:
            other = self._instances.get(self._styles.list_of(self._linked[abstract]))
            abstract = abstract if other is None else other.abstract
        levels = self._abstracts.get(abstract, {})
        return abstract, levels | instance.levels if instance.levels else levels


def _levels(node: etree._Element) -> dict[int, Niveau]:
    return {integer(level.get(w("ilvl")) or "0"): _level(level) for level in node.iterchildren(w("lvl"))}


def _level(node: etree._Element) -> Niveau:
    restart = node.find(w("lvlRestart"))
    return Niveau(
        number(node.find(w("start")), 1),
        value(node.find(w("numFmt")), "decimal"),
        value(node.find(w("lvlText"))),
        None if restart is None else number(restart),
        value(node.find(w("pStyle"))),
        on(node.find(w("isLgl"))),
    )


def _instance(node: etree._Element) -> _Instance:
    found = _Instance(value(node.find(w("abstractNumId"))))
    for override in node.iterchildren(w("lvlOverride")):
        rank = integer(override.get(w("ilvl")) or "0")
        level, start = override.find(w("lvl")), override.find(w("startOverride"))
        if level is not None:
            found.levels[rank] = _level(level)
        if start is not None:
            found.starts[rank] = number(start, 1)
    return found


def _number(levels: dict[int, Niveau], rank: int, counters: list[int | None]) -> Numero | None:
    level = levels.get(rank, Niveau())
    places = list(_PLACE.finditer(level.text))
    if level.shape in ("bullet", "none") or not places:
        return None

    def written(place: re.Match[str]) -> str:
        upper = int(place[1]) - 1
        count = counters[upper]
        shape = "decimal" if level.legal else levels.get(upper, Niveau()).shape
        return shaped(1 if count is None else count, shape)

    text = _PLACE.sub(written, level.text[places[0].start() : places[-1].end()])
    return Numero(text, len(places))


def shaped(count: int, shape: str) -> str:
    """Return a number as a list writes it: figures, letters or Roman figures."""
    if shape in ("upperRoman", "lowerRoman") and 0 < count < _LARGEST_ROMAN:
        text = ""
        for worth, sign in _ROMAN:
            times, count = divmod(count, worth)
            text += sign * times
        return text if shape == "upperRoman" else text.lower()
    if shape in ("upperLetter", "lowerLetter") and 0 < count <= 26 * 20:
        times, letter = divmod(count - 1, 26)
        text = chr(ord("A") + letter) * (times + 1)
        return text if shape == "upperLetter" else text.lower()
    return f"{count:02d}" if shape == "decimalZero" else str(count)
