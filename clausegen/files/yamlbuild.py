"""From the parser's events to a tree with places, on a stack of its own: no text makes it recurse or swell."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from clausegen.diagnostics import Diagnostic, Niveau, Position
from clausegen.files.treepath import format_path, shown
from clausegen.files.yamlscalars import Cite, Scalaire, explicit, nothing
from clausegen.files.yamltext import Protege
from clausegen.record import dataclass

_NOT_A_KEY = "Une clé est un texte, pas une liste ni un bloc."
_CORE: dict[type, str] = {dict: "tag:yaml.org,2002:map", list: "tag:yaml.org,2002:seq"}


@dataclass(frozen=True, slots=True)
class Limites:
    """What a file may ask of the machine.

    Args:
        octets: size of the text, encoded.
        profondeur: containers within containers, aliases expanded.
        noeuds: keys and values, aliases expanded.
    """

    octets: int = 1 << 20
    profondeur: int = 40
    noeuds: int = 200_000


class Mark(Protocol):
    """A place as the parser tells it, both counted from 0."""

    line: int
    column: int


Lieu: TypeAlias = tuple[Mark, Mark]
"""Where a key is, and where its value is; an item of a list has no key: twice the item."""


def place(mark: Mark) -> Position:
    """Return a place as editors count it."""
    return Position(mark.line + 1, mark.column + 1)


class Stop(Exception):
    """The text cannot be read any further."""


class _Frame:
    """A container being filled."""

    __slots__ = ("anchor", "before", "container", "height", "is_map", "key", "key_mark", "lieux", "mark")

    def __init__(self, container: Any, mark: Mark, anchor: str | None, before: int) -> None:
        self.container, self.mark, self.anchor = container, mark, anchor
        self.is_map = isinstance(container, dict)
        self.lieux: dict[str | int, Lieu] = {}
        self.key: Any = None
        self.key_mark = mark
        self.height, self.before = 1, before


_MOST = 500
_DROPPED = object()
"""Key of a value that is read and left aside, since its key is at fault."""
_OPEN = (None, 0, -1)
"""Anchor of a container that is not finished: an alias to it would hold itself."""


class Builder:
    """Builds one document."""

    def __init__(self, fichier: str, limites: Limites, protege: Protege) -> None:
        self.fichier, self.limites, self.protege = fichier, limites, protege
        self.diagnostics: list[Diagnostic] = []
        self.lieux: dict[int, dict[str | int, Lieu]] = {}
        self.racine: Any = None
        self.debut = Position(1, 1)
        self.lisible = True
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int, int]] = {}
        self._nodes = self._documents = 0

    def receive(self, event: Any) -> None:
        """Take one event of the parser.

        Raises:
            Stop: nothing more can be read; the finding is recorded.
        """
        kind = type(event)
        if kind is ScalarEvent:
            self._scalar(event)
        elif kind is MappingStartEvent:
            self._start({}, event)
        elif kind is SequenceStartEvent:
            self._start([], event)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self._end()
        elif kind is AliasEvent:
            self._alias(event)
        elif kind is DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._fatal(
                    "F009",
                    "Le fichier contient plusieurs documents (une ligne « --- » les sépare) : un seul est admis.",
                    event.start_mark,
                )

    def broken(self, finding: Diagnostic) -> None:
        """Record a fault after which nothing more can be read."""
        self.diagnostics.append(finding)
        self.lisible = False

    def _fault(self, code: str, message: str, mark: Mark, key: str | None = None) -> None:
        parts = [frame.key if frame.is_map else len(frame.container) for frame in self._stack]
        path = [part for part in (*parts, key) if isinstance(part, str | int)]
        finding = Diagnostic(code, Niveau.ERREUR, message, format_path(path) or None)
        self.diagnostics.append(finding.at(self.fichier, place(mark)))
        if len(self.diagnostics) == _MOST and self.lisible:
            self._fatal("F012", "Les constats suivants ne sont pas montrés : corriger d'abord ceux-ci.", mark)

    def _fatal(self, code: str, message: str, mark: Mark) -> None:
        self.lisible = False
        self._fault(code, message, mark)
        raise Stop

    def _count(self, nodes: int, height: int, mark: Mark) -> None:
        self._nodes += nodes
        if self._nodes > self.limites.noeuds:
            self._fatal(
                "F008",
                f"Le fichier contient plus de {self.limites.noeuds} clés et valeurs, une fois les alias développés.",
                mark,
            )
        if len(self._stack) + height > self.limites.profondeur:
            self._fatal("F008", f"Les blocs s'emboîtent sur plus de {self.limites.profondeur} niveaux.", mark)

    def _awaits_key(self) -> _Frame | None:
        frame = self._stack[-1] if self._stack else None
        return frame if frame is not None and frame.is_map and frame.key is None else None

    def _scalar(self, event: Any) -> None:
        mark, text, plainly = event.start_mark, event.value, event.implicit[0] and event.tag != "!"
        self._count(1, 0, mark)
        if self.protege.originaux:
            text = self.protege.restore(text, event.style == '"')
        value: Scalaire | None
        if event.tag is not None and event.tag != "!":
            value, message = explicit(event.tag, text)
            if message:
                self._fault("F006", message, mark)
        else:
            value = (None if nothing(text) else Scalaire(text)) if plainly else Cite(text)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1, 0)
        frame = self._awaits_key()
        if frame is not None:
            self._key(frame, text, plainly, mark)
        else:
            self._add(value, mark, 0)

    def _key(self, frame: _Frame, text: str, plainly: bool, mark: Mark) -> None:
        frame.key_mark = mark
        if text in frame.lieux:
            first = place(frame.lieux[text][0])
            before = f"ligne {first.ligne}, colonne {first.colonne}"
            message = f"La clé « {shown(text)} » est écrite deux fois : elle l'est déjà {before}."
            self._fault("F005", message, mark, text)
        elif plainly and text == "<<":
            self._fault("F011", "La fusion de clés « << » n'existe pas en YAML 1.2 : recopier les clés.", mark)
        elif plainly and not text:
            self._fault("F011", "Une clé est vide.", mark)
        else:
            # The value's place comes with it; the key alone already counts for duplicates.
            frame.key, frame.lieux[text] = text, (mark, mark)
            return
        frame.key = _DROPPED

    def _start(self, container: Any, event: Any) -> None:
        mark = event.start_mark
        self._count(1, 1, mark)
        if event.tag is not None and event.tag not in ("!", _CORE[type(container)]):
            self._fault("F006", f"L'étiquette « {shown(event.tag)} » n'est pas admise ici.", mark)
        if self._awaits_key() is not None:
            self._fault("F011", _NOT_A_KEY, mark)
        if event.anchor is not None:
            self._anchors[event.anchor] = _OPEN
        self._stack.append(_Frame(container, mark, event.anchor, self._nodes - 1))

    def _end(self) -> None:
        frame = self._stack.pop()
        # An id may have served a container that was dropped since: the one that lives overwrites it.
        self.lieux[id(frame.container)] = frame.lieux
        if frame.anchor is not None:
            self._anchors[frame.anchor] = (frame.container, self._nodes - frame.before, frame.height)
        self._add(frame.container, frame.mark, frame.height)

    def _alias(self, event: Any) -> None:
        mark, name = event.start_mark, event.anchor
        value, nodes, height = self._anchors.get(name, (None, 1, 0))
        if name not in self._anchors:
            self._fault(
                "F007", f"L'alias « *{shown(name)} » ne renvoie à rien : aucune ancre de ce nom avant lui.", mark
            )
        elif height < 0:
            self._fatal("F007", f"L'alias « *{shown(name)} » se contient lui-même.", mark)
        self._count(nodes, height, mark)
        frame = self._awaits_key()
        if frame is not None and isinstance(value, Scalaire):
            self._key(frame, str(value), not value.cite, mark)
            return
        if frame is not None:
            self._fault("F011", _NOT_A_KEY, mark)
        self._add(value, mark, height)

    def _add(self, value: Any, mark: Mark, height: int) -> None:
        if not self._stack:
            self.racine, self.debut = value, place(mark)
            return
        frame = self._stack[-1]
        if height >= frame.height:
            frame.height = height + 1
        if not frame.is_map:
            frame.lieux[len(frame.container)] = (mark, mark)
            frame.container.append(value)
        elif frame.key is None:
            # A container stood in the place of a key: its value is still to come, and has nowhere to go.
            frame.key = _DROPPED
        else:
            if frame.key is not _DROPPED:
                frame.container[frame.key] = value
                frame.lieux[frame.key] = (frame.key_mark, mark)
            frame.key = None
