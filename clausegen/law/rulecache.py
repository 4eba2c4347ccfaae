"""The law as it was read last time, kept under the fingerprint of its files: reading YAML is most of a cold start.

An entry holds plain values, dates and the classes named below, and nothing else can come out of it.
"""

from __future__ import annotations

import io
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import jinja2
from jinja2 import nodes

from clausegen import record
from clausegen.files import yamlbuild, yamlscalars, yamltext, yamltree
from clausegen.files.cache import key_of, load, stamp, store
from clausegen.language import expressions
from clausegen.law import rule

KIND = "regles"
_READERS = (expressions, record, rule, yamlbuild, yamlscalars, yamltext, yamltree)
"""What turns files into rules: a change of one of them makes another key."""
_ALLOWED: dict[tuple[str, str], Any] = {
    (kind.__module__, kind.__name__): kind
    for kind in (
        date,
        Decimal,
        expressions.Expression,
        rule.Cas,
        rule.Condition,
        rule.Groupe,
        rule.Issue,
        rule.Regle,
        rule.Version,
        *(kind for kind in vars(nodes).values() if isinstance(kind, type) and issubclass(kind, nodes.Node)),
    )
}


class _Restricted(pickle.Unpickler):
    """Gives back the classes of the law alone."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of the list; anything else is refused."""
        try:
            return _ALLOWED[module, name]
        except KeyError as error:
            raise pickle.UnpicklingError(f"{module}.{name}") from error


def recalled(empreinte: str) -> tuple[Any, Any, str, str] | None:
    """Return the parts of the law whose files have a fingerprint, or None when the cache does not hold it.

    Args:
        empreinte: fingerprint of every rule file.
    """
    content = load(KIND, _key(empreinte))
    if content is None:
        return None
    try:
        known, kept, parts = _Restricted(io.BytesIO(content)).load()
        regles, donnees, law, version = parts
    except Exception:
        # Whatever a damaged entry raises, the files are there to be read.
        return None
    if kept != empreinte:
        return None
    expressions.recall(known)
    return regles, donnees, law, version


def remember(empreinte: str, parts: tuple[Any, Any, str, str]) -> None:
    """Keep the law, and every condition read so far, under the fingerprint of its files."""
    kept = (expressions.parsed(), empreinte, parts)
    store(KIND, _key(empreinte), pickle.dumps(kept, protocol=pickle.HIGHEST_PROTOCOL))


def _key(empreinte: str) -> str:
    return key_of(empreinte, jinja2.__version__, stamp(*(str(module.__file__) for module in _READERS)))
