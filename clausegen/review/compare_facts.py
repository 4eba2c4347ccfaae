"""Two descriptions side by side, key by key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausegen.description.marche import Marche
from clausegen.files.treepath import Chemin, format_path
from clausegen.record import dataclass


@dataclass(frozen=True, slots=True)
class EcartFait:
    """A key whose value differs; None on the side where it is absent."""

    chemin: str
    avant: Any
    apres: Any


def compare_facts(avant: Marche | None, apres: Marche | None) -> tuple[EcartFait, ...]:
    """Return the keys that differ between two descriptions, lots matched by their number.

    Amounts, shares and dates are compared by their value, however each file writes them.
    """
    if avant is None or apres is None:
        return ()
    old, new = (m.model_dump(exclude_unset=True, by_alias=True) for m in (avant, apres))
    return tuple(EcartFait(format_path(path), before, after) for path, before, after in _differences(old, new, ()))


def _differences(avant: Any, apres: Any, path: Chemin) -> Iterator[tuple[Chemin, Any, Any]]:
    if isinstance(avant, dict) and isinstance(apres, dict):
        for key in {**avant, **apres}:
            yield from _differences(avant.get(key), apres.get(key), (*path, key))
    elif _numbered(avant) and _numbered(apres):
        old, new = ({item["numero"]: (rank, item) for rank, item in enumerate(side)} for side in (avant, apres))
        for numero in {**old, **new}:
            rank = (new.get(numero) or old[numero])[0]
            before, after = (side[numero][1] if numero in side else None for side in (old, new))
            yield from _differences(before, after, (*path, rank))
    elif avant != apres:
        yield path, avant, apres


def _numbered(value: Any) -> bool:
    if not isinstance(value, list | tuple) or not value:
        return False
    numbers = [item.get("numero") if isinstance(item, dict) else None for item in value]
    return None not in numbers and len(set(numbers)) == len(numbers)
