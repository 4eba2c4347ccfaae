"""Conditions of rules: Jinja's own expressions, reduced to comparisons, evaluated in three values.

The parsed tree is walked here rather than compiled: nothing can be called, nothing reaches Python, and a missing
fact is neither true nor false. `a or b` is true as soon as one side is, even when the other is unknown.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from clausegen.language.unknown import Unknown
from clausegen.record import dataclass

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}
_REFUSED = {
    "Filter": "un filtre répondrait en silence à la place d'un fait manquant",
    "Test": "un test (« is … ») répondrait en silence à la place d'un fait manquant",
    "Call": "rien ne s'appelle dans une condition",
    "Concat": "les textes ne se composent pas dans une condition",
    "CondExpr": "écrivez deux conditions, ou « une_de »",
    "Getitem": "les faits se nomment avec un point",
}


class ExpressionError(Exception):
    """A condition that cannot be read: the message, in French, says why."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A derived fact that cannot be told, and the facts that it lacks."""

    unknowns: tuple[Unknown, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition says: true, false, or unknown for lack of facts.

    Args:
        valeur: True, False, or None when facts are missing.
        manquants: the facts that would decide, when `valeur` is None.
        utilises: the facts that were looked at, by name.
    """

    valeur: bool | None
    manquants: tuple[Unknown, ...] = ()
    utilises: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed and checked condition."""

    source: str
    noeud: nodes.Expr
    noms: frozenset[str]


@cache
def _environment() -> Environment:
    return Environment(autoescape=False)


_PARSED: dict[str, Expression] = {}


def parsed() -> dict[str, Expression]:
    """Return every condition read so far, by its text."""
    return dict(_PARSED)


def recall(expressions: Mapping[str, Expression]) -> None:
    """Take back conditions that were read and checked in an earlier run: reading them is most of their cost."""
    _PARSED.update(expressions)


def parse(source: str) -> Expression:
    """Read one condition, once.

    Args:
        source: such as `seuil.valeur_retenue_ht >= seuil.montant_ht`.

    Returns:
        The checked expression with the names of the facts that it uses.

    Raises:
        ExpressionError: syntax, or a construct that conditions do not admit.
    """
    found = _PARSED.get(source)
    if found is None:
        found = _PARSED[source] = _read(source)
    return found


def _read(source: str) -> Expression:
    try:
        parser = Parser(_environment(), source, state="variable")
        node = parser.parse_expression()
        if not parser.stream.eos:
            raise ExpressionError(f"« {source} » : un mot de trop, « {parser.stream.current.value} »")
    except TemplateSyntaxError as error:
        raise ExpressionError(f"« {source} » n'est pas une condition : un signe y manque ou y est en trop") from error
    names: set[str] = set()
    _check(node, source, names)
    return Expression(source, node, frozenset(names))


def _check(node: nodes.Node, source: str, names: set[str]) -> None:
    if isinstance(node, (nodes.Name, nodes.Getattr)):
        names.add(_dotted(node, source))
        return
    if isinstance(node, nodes.Const):
        if isinstance(node.value, float):
            raise ExpressionError(f"« {source} » : pas de nombre à virgule flottante dans une condition")
        return
    if not isinstance(node, (nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.List, nodes.Tuple)):
        reason = _REFUSED.get(type(node).__name__, "une condition compare des faits, rien d'autre")
        raise ExpressionError(f"« {source} » : {reason}")
    for child in node.iter_child_nodes():
        _check(child, source, names)


def _dotted(node: nodes.Node, source: str) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node, source)}.{node.attr}"
    raise ExpressionError(f"« {source} » : un fait se nomme avec des points, comme « lot.duree_mois »")


def evaluate(expression: Expression, faits: Mapping[str, Any]) -> Verdict:
    """Evaluate a condition over the facts.

    Args:
        expression: the parsed condition.
        faits: dotted name to value; a missing fact is an `Unknown` or a `Missing`.

    Returns:
        The verdict with the facts used.

    Raises:
        ExpressionError: a name that no fact bears, or values that cannot be compared.
    """
    used: dict[str, Any] = {}
    result = _value(expression.noeud, faits, used, expression.source)
    if isinstance(result, tuple):
        return Verdict(None, tuple(dict.fromkeys(result)), used)
    if not isinstance(result, bool):
        raise ExpressionError(f"« {expression.source} » ne répond ni vrai ni faux")
    return Verdict(result, (), used)


def _value(node: nodes.Node, faits: Mapping[str, Any], used: dict[str, Any], source: str) -> Any:
    """Return a plain value, or the tuple of missing facts."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, (nodes.Name, nodes.Getattr)):
        return _fact(_dotted(node, source), faits, used, source)
    if isinstance(node, (nodes.List, nodes.Tuple)):
        return [_value(item, faits, used, source) for item in node.items]
    if isinstance(node, nodes.Not):
        inner = _value(node.node, faits, used, source)
        return inner if isinstance(inner, tuple) else not inner
    if isinstance(node, (nodes.And, nodes.Or)):
        return _junction(node, faits, used, source)
    if isinstance(node, nodes.Compare):
        return _compare(node, faits, used, source)
    raise ExpressionError(f"« {source} » : construction inconnue")


def _fact(name: str, faits: Mapping[str, Any], used: dict[str, Any], source: str) -> Any:
    if name not in faits:
        raise ExpressionError(f"« {source} » : aucun fait ne s'appelle « {name} »")
    value = faits[name]
    used[name] = value
    if isinstance(value, Unknown):
        return (value,)
    if isinstance(value, Missing):
        return value.unknowns
    return list(value) if isinstance(value, tuple) else value


def _junction(node: nodes.And | nodes.Or, faits: Mapping[str, Any], used: dict[str, Any], source: str) -> Any:
    decisive = isinstance(node, nodes.Or)
    left = _value(node.left, faits, used, source)
    if left is decisive:
        return decisive
    right = _value(node.right, faits, used, source)
    if right is decisive:
        return decisive
    missing = tuple(m for side in (left, right) if isinstance(side, tuple) for m in side)
    return missing or not decisive


def _compare(node: nodes.Compare, faits: Mapping[str, Any], used: dict[str, Any], source: str) -> Any:
    left = _value(node.expr, faits, used, source)
    answer = True
    missing: list[Unknown] = []
    for operand in node.ops:
        right = _value(operand.expr, faits, used, source)
        unknown = [m for side in (left, right) if isinstance(side, tuple) for m in side]
        missing.extend(unknown)
        if not unknown:
            try:
                answer = answer and bool(_COMPARISONS[operand.op](left, right))
            except TypeError as error:
                raise ExpressionError(f"« {source} » compare des valeurs de natures différentes") from error
        left = right
    if not answer:
        return False
    return tuple(missing) if missing else True
