"""The one reader of YAML 1.2 and JSON: text to a tree of plain containers that knows the place of every key and value.

It executes nothing and stays within its limits, whatever the text holds. Faults are returned as diagnostics, all
those that can be found, and not raised.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import field
from typing import Any, TypeAlias

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from clausegen.diagnostics import Diagnostic, Niveau, Position
from clausegen.files.treepath import Chemin
from clausegen.files.yamlbuild import Builder, Lieu, Limites, Stop, place
from clausegen.files.yamlfaults import control_characters, explain
from clausegen.files.yamlscalars import Scalaire, iso_date
from clausegen.files.yamltext import protect
from clausegen.record import dataclass

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML built without libyaml: the same events, ten times slower
    CParser = None  # type: ignore[assignment,misc]

Noeud: TypeAlias = "dict[str, Noeud] | list[Noeud] | Scalaire | None"
LIMITES = Limites()


def _start() -> Position:
    return Position(1, 1)


@dataclass(frozen=True, slots=True)
class Arbre:
    """A document, with places.

    Args:
        fichier: its name, as the user wrote it.
        racine: mappings as dict, lists as list, `null` as None, other scalars as `Scalaire`.
        diagnostics: every fault of writing that was found.
        lisible: false when the text does not read to its end; `racine` is None then.
    """

    fichier: str
    racine: Noeud
    diagnostics: tuple[Diagnostic, ...] = ()
    lisible: bool = True
    _lieux: dict[int, dict[str | int, Lieu]] = field(default_factory=dict, repr=False)
    _debut: Position = field(default_factory=_start, repr=False)

    def position(self, chemin: Chemin) -> Position | None:
        """Return the place of a value, None when there is no such path."""
        return self._place(chemin, 1)

    def position_cle(self, chemin: Chemin) -> Position | None:
        """Return the place of a key (of the item itself in a list), None when there is no such path."""
        return self._place(chemin, 0)

    def _place(self, chemin: Chemin, which: int) -> Position | None:
        if not chemin:
            return self._debut
        found, parent = self.at(chemin[:-1])
        lieux = self._lieux.get(id(parent)) if found else None
        lieu = lieux.get(chemin[-1]) if lieux else None
        return None if lieu is None else place(lieu[which])

    def at(self, chemin: Chemin) -> tuple[bool, Noeud]:
        """Return whether a path exists, and its node."""
        node = self.racine
        for part in chemin:
            if isinstance(node, dict) and isinstance(part, str) and part in node:
                node = node[part]
            elif isinstance(node, list) and isinstance(part, int) and 0 <= part < len(node):
                node = node[part]
            else:
                return False, None
        return True, node


def decode(contenu: bytes, fichier: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text of a file, or why it is not UTF-8.

    Args:
        contenu: the bytes, with or without a byte order mark.
        fichier: its name, for the diagnostics.
    """
    if contenu.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = "Le fichier est en UTF-16. L'enregistrer en UTF-8."
        return None, (Diagnostic("F001", Niveau.ERREUR, message, fichier=fichier, ligne=1, colonne=1),)
    try:
        return contenu.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        # The decoder counts from after the byte order mark, which it has taken away.
        before = error.object[: error.start].decode("utf-8-sig")
        lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        message = (
            "Le fichier n'est pas en UTF-8 : un caractère ne se lit pas ici (Windows-1252 ?). L'enregistrer en UTF-8."
        )
        return None, (
            Diagnostic("F001", Niveau.ERREUR, message, fichier=fichier, ligne=len(lines), colonne=len(lines[-1]) + 1),
        )


def read_yaml(text: str, fichier: str, *, limites: Limites = LIMITES) -> Arbre:
    """Read a YAML 1.2 or JSON text.

    Args:
        text: the whole text, with or without a byte order mark.
        fichier: its name, for the diagnostics.
        limites: what it may ask of the machine.

    Returns:
        The tree; `racine` is None for an empty text, or when the text cannot be read to its end.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > limites.octets or len(text.encode("utf-8", "surrogatepass")) > limites.octets:
        message = f"Le fichier dépasse la taille admise ({limites.octets // 1024} Kio)."
        return Arbre(
            fichier,
            None,
            (Diagnostic("F008", Niveau.ERREUR, message, fichier=fichier, ligne=1, colonne=1),),
            lisible=False,
        )
    found = control_characters(text, fichier)
    if found:
        return Arbre(fichier, None, tuple(found), lisible=False)
    protege = protect(text)
    builder = Builder(fichier, limites, protege)
    try:
        for event in _events(protege.texte):
            builder.receive(event)
    except Stop:
        pass
    except yaml.YAMLError as error:
        builder.broken(explain(error, text, fichier))
    racine = builder.racine if builder.lisible else None
    return Arbre(fichier, racine, tuple(builder.diagnostics), builder.lisible, builder.lieux, builder.debut)


def plain(arbre: Arbre) -> Any:
    """Return ordinary values: numbers as int or Decimal, unquoted ISO days and keys that look like days as date."""
    return _plain(arbre.racine)


def _plain(node: Noeud) -> Any:
    if isinstance(node, Scalaire):
        value = node.valeur
        return iso_date(value) if isinstance(value, str) and not node.cite else value
    if isinstance(node, dict):
        return {iso_date(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return node


def _events(text: str) -> Iterator[Any]:
    parser = CParser(text) if CParser is not None else _PureParser(text)
    while (event := parser.get_event()) is not None:
        yield event


class _PureParser(Reader, Scanner, Parser):
    """PyYAML's own parser, for an installation without libyaml."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
