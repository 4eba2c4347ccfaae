"""One shape for XML and for JSON: nodes known by their local name, each able to say where it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from clausegen.errors import ClausegenError

PROFONDEUR = 120
"""Levels of nesting that a notice may have; real ones stay below thirty."""
ATTRIBUTS = 200
"""Attributes that an element may have; real ones stay below ten, and copying very many takes minutes."""
_LONGEST = 200_000
"""Characters of a text that are kept: no notice writes as much in one place."""
_TAG = re.compile(
    r"</?(p|br|b|i|u|em|strong|span|font|a|sup|sub|div|ul|ol|li|h[1-6]|table|tbody|tr|td|th)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_WITHIN_WORDS = frozenset({"b", "i", "u", "em", "strong", "span", "font", "a", "sup", "sub"})
_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|euro|[a-z]{1,8}(?:acute|grave|circ|cedil|uml)|#[0-9]{2,5});", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """Return a text on one line, without control characters, runs of spaces nor the marks of a web page."""
    kept = text[:_LONGEST]
    if _TAG.search(kept) or _ENTITY.search(kept):
        kept = unescape(_TAG.sub(_untagged, kept))
    return " ".join(_CONTROLS.sub(" ", kept).split())


def _untagged(match: re.Match[str]) -> str:
    """Return what stands for a tag: nothing within a sentence, a space between two paragraphs."""
    return "" if match[1].casefold() in _WITHIN_WORDS else " "


class Noeud:
    """An element of XML, or a key of JSON.

    Args:
        nom: local name, without prefix nor namespace.
        parent: the node that holds it; None for the root.
        pas: last step of its place, such as `/cbc:Name[2]`; the whole place for a root.
    """

    __slots__ = ("_par_nom", "attributs", "enfants", "nom", "parent", "pas", "texte")

    def __init__(self, nom: str, parent: Noeud | None, pas: str) -> None:
        self.nom, self.parent, self.pas = nom, parent, pas
        self.texte = ""
        self.attributs: dict[str, str] = {}
        self.enfants: list[Noeud] = []
        self._par_nom: dict[str, list[Noeud]] | None = None

    @property
    def origine(self) -> str:
        """Return the place of the node: an XPath, or a JSON pointer."""
        steps: list[str] = []
        node: Noeud | None = self
        while node is not None:
            steps.append(node.pas)
            node = node.parent
        return "".join(reversed(steps)) or "/"

    def nommes(self, nom: str) -> list[Noeud]:
        """Return the children of a local name, in order."""
        if self._par_nom is None:
            self._par_nom = {}
            for enfant in self.enfants:
                self._par_nom.setdefault(enfant.nom, []).append(enfant)
        return self._par_nom.get(nom, [])

    def tous(self, chemin: str) -> list[Noeud]:
        """Return every node at a path of local names, such as `ProcurementProject/Name`."""
        found = [self]
        for nom in chemin.split("/"):
            found = [enfant for node in found for enfant in node.nommes(nom)]
        return found

    def un(self, *chemins: str) -> Noeud | None:
        """Return the first node at the first path that leads to one with a text; else the first that exists."""
        empty: Noeud | None = None
        for chemin in chemins:
            for node in self.tous(chemin):
                if node.plein:
                    return node
                empty = empty or node
        return empty

    def sous(self, nom: str) -> Iterator[Noeud]:
        """Yield every node of a local name below this one, in the order of the file."""
        stack = list(reversed(self.enfants))
        while stack:
            node = stack.pop()
            if node.nom == nom:
                yield node
            stack.extend(reversed(node.enfants))

    @property
    def plein(self) -> bool:
        """Tell whether there is a text in the node or below it."""
        return bool(self.texte) or any(enfant.plein for enfant in self.enfants)

    @property
    def complet(self) -> str:
        """Return the text of the node; for a node that only holds others, theirs."""
        return self.texte or " ".join(text for text in (enfant.complet for enfant in self.enfants) if text)


def from_xml(racine: Any, pas: str | None = None) -> Noeud:
    """Return the tree of an lxml element.

    Args:
        racine: the element.
        pas: place of the root; None for its own name.

    Raises:
        ClausegenError: it nests too deep, or an element has far too many attributes.
    """
    return _element(racine, None, pas or f"/{_step(racine)}", 0)


def _step(element: Any) -> str:
    local = element.tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else str(local)


def _element(element: Any, parent: Noeud | None, pas: str, depth: int) -> Noeud:
    _check(depth)
    if len(element.attrib) > ATTRIBUTS:
        raise ClausegenError(f"Un élément du fichier porte plus de {ATTRIBUTS} attributs : ce n'est pas un avis.")
    node = Noeud(element.tag.rpartition("}")[2], parent, pas)
    node.attributs = {str(key).rpartition("}")[2]: cleaned(str(value)) for key, value in element.attrib.items()}
    # Comments and instructions have no text tag: they say nothing to us.
    below = [child for child in element if isinstance(child.tag, str)]
    counts: dict[str, int] = {}
    for child in below:
        counts[child.tag] = counts.get(child.tag, 0) + 1
    seen: dict[str, int] = {}
    own = bool((element.text or "").strip())
    for child in element:
        if isinstance(child.tag, str):
            seen[child.tag] = seen.get(child.tag, 0) + 1
            rank = f"[{seen[child.tag]}]" if counts[child.tag] > 1 else ""
            node.enfants.append(_element(child, node, f"/{_step(child)}{rank}", depth + 1))
        own = own or bool((child.tail or "").strip())
    if own:
        node.texte = _mixed(element, node.enfants)
    return node


def _mixed(element: Any, enfants: list[Noeud]) -> str:
    """Return the text of an element, with that of the elements among its words."""
    pieces, inner = [element.text or ""], iter(enfants)
    for child in element:
        if isinstance(child.tag, str):
            pieces.append(next(inner).complet)
        pieces.append(child.tail or "")
    return cleaned("".join(pieces))


def from_json(nom: str, valeur: Any, pas: str) -> Noeud:
    """Return the tree of a JSON value: `@x` is an attribute, `#text` the text, an item of a list a node of its key.

    Args:
        nom: name of the root.
        valeur: what the JSON reader gave, numbers as texts.
        pas: place of the root.

    Raises:
        ClausegenError: it nests too deep.
    """
    root = Noeud(nom.rpartition(":")[2], None, pas)
    _fill(root, valeur, 0)
    return root


def _fill(node: Noeud, valeur: Any, depth: int) -> None:
    _check(depth)
    if isinstance(valeur, dict):
        for key, item in valeur.items():
            if key == "#text":
                node.texte = _said(item)
            elif key.startswith("@"):
                node.attributs[key[1:].rpartition(":")[2]] = _said(item)
            else:
                _add(node, key, item, f"/{key.replace('~', '~0').replace('/', '~1')}", depth)
    elif isinstance(valeur, list):
        for rank, item in enumerate(valeur):
            _add(node, node.nom, item, f"/{rank}", depth)
    else:
        node.texte = _said(valeur)


def _add(node: Noeud, key: str, item: Any, pas: str, depth: int) -> None:
    _check(depth)
    if isinstance(item, list):
        for rank, each in enumerate(item):
            _add(node, key, each, f"{pas}/{rank}", depth + 1)
        return
    made = Noeud(key.rpartition(":")[2], node, pas)
    node.enfants.append(made)
    _fill(made, item, depth + 1)


def _said(valeur: Any) -> str:
    if valeur is None or isinstance(valeur, dict | list):
        return ""
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    return cleaned(str(valeur))


def _check(depth: int) -> None:
    if depth > PROFONDEUR:
        raise ClausegenError(f"Le fichier s'emboîte sur plus de {PROFONDEUR} niveaux : ce n'est pas un avis.")
