"""What the description admits at a key: a closed list of words, yes or no, a day, a list, a block, or a plain value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from clausegen.description.marche import Marche
from clausegen.description.vocabulary import LIBELLES
from clausegen.files.treepath import parse_path
from clausegen.record import dataclass

CHOIX, OUI_NON, DATE, LISTE, BLOC, NOMBRE, TEXTE = "choix", "oui-non", "date", "liste", "bloc", "nombre", "texte"
_LABELS = {frozenset(words): words for words in LIBELLES.values()}


@dataclass(frozen=True, slots=True)
class Champ:
    """A key of the description.

    Args:
        genre: what it holds.
        mots: the admitted words, with their labels; empty for an open value.
        titre: its name for an editor.
        description: what the schema says of it.
    """

    genre: str
    mots: tuple[tuple[str, str], ...] = ()
    titre: str = ""
    description: str = ""


@cache
def champ(chemin: str) -> Champ | None:
    """Return what the description admits at a path; None when there is no such key."""
    model: Any = Marche
    info: Any = None
    for step in parse_path(chemin):
        if isinstance(step, int) or step == "":
            continue
        block = next((m for m in ([model] if _is_block(model) else _members(model)) if _is_block(m)), None)
        info = block.model_fields.get(step) if block is not None else None
        if info is None:
            return None
        model = info.annotation
    if info is None:
        return None
    members = [member for member in _members(model) if member is not type(None)]
    words = tuple(word for member in members if get_origin(member) is Literal for word in get_args(member))
    labels = _LABELS.get(frozenset(words), {})
    listed = tuple((word, labels.get(word, word)) for word in words)
    return Champ(_genre(model, members, listed), listed, info.title or "", info.description or "")


def _genre(annotation: Any, members: list[Any], words: tuple[tuple[str, str], ...]) -> str:
    if any(get_origin(part) is tuple for part in _parts(annotation)):
        return LISTE
    if any(_is_block(member) for member in members) and len(members) == 1:
        return BLOC
    if words and all(get_origin(member) is Literal for member in members):
        return CHOIX
    if members == [bool]:
        return OUI_NON
    if members == [date]:
        return DATE
    return NOMBRE if set(members) <= {int, Decimal} else TEXTE


def _is_block(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield the members of a union, whatever is said of them."""
    if get_origin(annotation) is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif get_origin(annotation) in (None, Literal, tuple):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _parts(part)


def _members(annotation: Any) -> list[Any]:
    """Return the types that a key may hold, those within a list included."""
    found: list[Any] = []
    for part in _parts(annotation):
        if get_origin(part) is tuple:
            found += [m for inner in get_args(part) if inner is not Ellipsis for m in _members(inner)]
        else:
            found.append(part)
    return found
