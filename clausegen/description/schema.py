"""The JSON Schema of the description, made from the models: what editors complete and check."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from clausegen.description.marche import Marche
from clausegen.description.vocabulary import LIBELLES, VocabulaireOuvert

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BLANK = {"type": ["null", "string"], "pattern": "^\\s*(?:…|\\.\\.\\.)?\\s*$"}
"""What a key that is still to be filled in may hold: it asks, as `null` does."""
_LABELS = {frozenset(words): words for words in LIBELLES.values()}


def json_schema(vocab: VocabulaireOuvert) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the description.

    Args:
        vocab: the words that the rules own, which the schema lists.

    Returns:
        A schema that accepts every file that loads, alternative writings included.
    """
    listes = {"secteurs": vocab.secteurs, "publics": vocab.publics}
    return {"$schema": _DIALECT, **_written(deepcopy(Marche.model_json_schema()), listes)}


def _written(node: Any, listes: Mapping[str, Mapping[str, str]]) -> Any:
    """Rewrite what pydantic says into what the reader accepts, in French."""
    if isinstance(node, list):
        return [_written(item, listes) for item in node]
    if not isinstance(node, dict):
        return node
    if node == {"type": "null"}:
        return dict(_BLANK)
    if "x-liste" in node:
        words = listes[node["x-liste"]]
        return (
            {"type": "string", "enum": list(words), "enumDescriptions": list(words.values())}
            if words
            else {"type": "string"}
        )
    found = {key: _written(value, listes) for key, value in node.items() if not (key == "default" and value is None)}
    # A docstring is written for programmers; only a key's own description speaks to buyers.
    if "properties" in found:
        found.pop("description", None)
    words_of = _LABELS.get(frozenset(found["enum"])) if isinstance(found.get("enum"), list) else None
    if words_of is not None:
        found["enumDescriptions"] = [words_of[word] for word in found["enum"]]
    return found
