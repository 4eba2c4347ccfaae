"""From values to a commented `marche.yaml`: keys in the contract's order, with their origin or what they ask."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from clausegen.description.marche import Marche
from clausegen.files.treepath import Chemin, parse_path
from clausegen.files.yamlscalars import resolve
from clausegen.record import dataclass

SCHEMA = "# yaml-language-server: $schema=marche.schema.json"
"""First line: the schema that `clausegen schema > marche.schema.json` puts beside the file, for editors."""

_WIDTH = 120
_WORD = re.compile(r"[^\W\d_](?:[\w-]{0,38}\w)?", re.ASCII)
_OTHER_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that YAML 1.1, which other programs read, takes for something else than a text."""
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_KEPT = frozenset("\u00a0\u202f")
"""No-break spaces: French texts hold them, and they read as they are."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+")


@dataclass
class _Node:
    """What is said or asked at a key, and below it."""

    comment: str = ""
    question: str = ""
    children: dict[str | int, _Node] = field(default_factory=dict)

    def reach(self, chemin: Chemin) -> _Node:
        """Return the node of a path, made on the way."""
        node = self
        for step in chemin:
            node = node.children.setdefault(step, _Node())
        return node

    def asks(self) -> bool:
        """Tell whether a question stands here or below."""
        return bool(self.question) or any(child.asks() for child in self.children.values())


_NOTHING = _Node()


def dump(
    values: Mapping[str, Any],
    comments: Mapping[str, str] | None = None,
    header: Sequence[str] = (),
    questions: Mapping[str, str] | None = None,
) -> str:
    """Write a description as commented YAML, which `load_text` reads back.

    Args:
        values: nested ordinary values: texts, numbers, Decimal, date, bool, None, mappings and sequences.
        comments: key path, such as `lots[0].heures`, to what is said of it, after the value or above it.
        header: lines of the heading comment, without their `#`; an empty one is a blank comment line.
        questions: path of an absent key to the question that it answers: written as a comment in the key's place,
            so that the buyer has only to take the `#` away and complete. On a key that is present, a comment above.

    Returns:
        The whole file, the same for the same arguments.
    """
    root = _Node()
    for path, text in (comments or {}).items():
        root.reach(parse_path(path)).comment = _lines(text)
    for path, text in (questions or {}).items():
        root.reach(parse_path(path)).question = _lines(text)
    lines = [SCHEMA, *(line for text in header for line in _wrapped(text, ""))]
    lines += _mapping(values, root, Marche, "", top=True)
    return "\n".join(lines) + "\n"


def scalar(value: Any) -> str:
    """Return a scalar as YAML 1.2 writes it: a text is quoted unless it is a plain word.

    Args:
        value: text, number, Decimal, date, bool or None. A lone surrogate, which no file can hold, becomes U+FFFD.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() else scalar(str(value))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if _WORD.fullmatch(text) and text.casefold() not in _OTHER_YAML and resolve(text) == text:
        return text
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _KEPT:
        return character
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def _lines(text: str) -> str:
    """Return a comment without any character that would end its line but the line breaks that its author wrote."""
    parts = (_CONTROLS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(part for part in parts if part)


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _wrapped(text: str, indent: str) -> list[str]:
    """Return comment lines, none too long unless a word is."""
    width = max(_WIDTH - len(indent) - 2, 40)
    lines = _lines(text).split("\n")
    parts = [p for line in lines for p in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)]
    return [f"{indent}# {part}" for part in parts] or [f"{indent}#"]


@cache
def _fields(model: type[BaseModel] | None) -> dict[str, type[BaseModel] | None]:
    """Return the keys of a block in the contract's order, with the block that each holds."""
    if model is None:
        return {}
    return {name: next(_models(info.annotation), None) for name, info in model.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _ordered(values: Mapping[str, Any], node: _Node, known: Mapping[str, Any]) -> list[str]:
    asked = {key for key, child in node.children.items() if isinstance(key, str) and child.asks()}
    first = [key for key in known if key in values or key in asked]
    return [*first, *(key for key in values if key not in known), *sorted(asked - set(known) - set(values))]


def _mapping(
    values: Mapping[str, Any], node: _Node, model: type[BaseModel] | None, indent: str, *, top: bool = False
) -> list[str]:
    known = _fields(model)
    lines: list[str] = []
    for key in _ordered(values, node, known):
        child = node.children.get(key, _NOTHING)
        if key in values:
            entry = _entry(scalar(key) + ":", values[key], child, known.get(key), indent)
        else:
            entry = _missing(scalar(key) + ":", child, known.get(key), indent)
        lines += ["", *entry] if top and lines and len(entry) > 1 and known.get(key) else entry
    return lines


def _entry(head: str, value: Any, node: _Node, model: type[BaseModel] | None, indent: str) -> list[str]:
    """Return the lines of a key or of an item: comment and question above, or the comment at the end when it fits."""
    above = _wrapped(node.question, indent) if node.question else []
    inline = _inline(value, node)
    if inline is None or (len(indent) + len(head) + len(inline) >= _WIDTH and _holds_many(value)):
        start, body = f"{indent}{head}", _block(value, node, model, f"{indent}  ")
    else:
        start, body = f"{indent}{head} {inline}", []
    if not node.comment:
        return [*above, start, *body]
    beside = f"{start}  # {node.comment}"
    if len(beside) <= _WIDTH and "\n" not in beside:
        return [*above, beside, *body]
    return [*above, *_wrapped(node.comment, indent), start, *body]


def _holds_many(value: Any) -> bool:
    return bool(value) and isinstance(value, Mapping | list | tuple)


def _inline(value: Any, node: _Node) -> str | None:
    """Return a value that holds on its key's line; None for one that needs lines of its own."""
    if isinstance(value, Mapping):
        if not value:
            return None if node.children else "{}"
        if node.children or any(_holds_many(item) for item in value.values()):
            return None
        return "{" + ", ".join(f"{scalar(k)}: {_inline(v, _NOTHING)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        if not value:
            return "[]"
        if node.children or any(isinstance(item, Mapping | list | tuple) for item in value):
            return None
        return "[" + ", ".join(scalar(item) for item in value) + "]"
    return scalar(value)


def _block(value: Any, node: _Node, model: type[BaseModel] | None, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        # A block left without a single key would read as `null`: what it asks stands under an empty one.
        return _mapping(value, node, model, indent) if value else [f"{indent}{{}}", *_mapping({}, node, model, indent)]
    return [line for rank, item in enumerate(value) for line in _item(item, node.children.get(rank), model, indent)]


def _item(item: Any, node: _Node | None, model: type[BaseModel] | None, indent: str) -> list[str]:
    """Return the lines of an item; those of a block begin beside its dash."""
    node = node or _NOTHING
    if not isinstance(item, Mapping) or not item:
        return _entry("-", item, node, model, indent)
    about = [line for text in (node.question, node.comment) if text for line in _wrapped(text, indent)]
    body = _mapping(item, node, model, f"{indent}  ")
    first = next(rank for rank, line in enumerate(body) if not line.lstrip().startswith("#"))
    above = [line[2:] if line.startswith(f"{indent}  ") else line for line in body[:first]]
    return [*about, *above, f"{indent}- {body[first][len(indent) + 2 :]}", *body[first + 1 :]]


def _missing(head: str, node: _Node, model: type[BaseModel] | None, indent: str) -> list[str]:
    """Return the comment that stands in the place of an absent key; « … » asks, once the `#` is taken away."""
    absent = _absent(head, node, model)
    if len(absent) == 1 and (len(f"{indent}# {absent[0]}") > _WIDTH or "\n" in node.question):
        return [*_wrapped(node.question, indent), f"{indent}# {head} …"]
    return [f"{indent}# {line}" for line in absent]


def _absent(head: str, node: _Node, model: type[BaseModel] | None) -> list[str]:
    """Return the lines of an absent key as they read without their `#`."""
    below = {key: child for key, child in node.children.items() if child.asks()}
    if not below:
        return [f"{head} …  # {_one_line(node.question)}"]
    known = _fields(model)
    rank = {key: place for place, key in enumerate(known)}
    lines = [f"{head}  # {_one_line(node.question)}" if node.question else head]
    for key, child in sorted(below.items(), key=lambda pair: (rank.get(str(pair[0]), len(rank)), str(pair[0]))):
        if isinstance(key, int):
            # The item of an absent list: its keys one step further in, its dash before the first.
            inner = _absent("-", child, model)[1:] or [f"  …  # {_one_line(child.question)}"]
            lines += [f"  {'-' if not n else ' '}{line[1:]}" for n, line in enumerate(inner)]
        else:
            lines += [f"  {line}" for line in _absent(f"{scalar(key)}:", child, known.get(key))]
    return lines
