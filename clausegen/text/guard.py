"""What a buyer's template gives is looked at before it becomes words: nobody tested it.

A value is put into words only when it has some: the name that Python gives a function holds an address of the memory,
other in each run. Marks are whole and stand for something; no control character came in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import wraps
from reprlib import Repr
from typing import Any

from jinja2 import Undefined, pass_eval_context
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.sandbox import SandboxedEnvironment, SandboxedEscapeFormatter, SandboxedFormatter
from markupsafe import Markup

from clausegen.language.unknown import Unknown, UnknownFactError
from clausegen.regex import late
from clausegen.text.functions import TemplateFault
from clausegen.text.slots import MARK, OPEN, Slots, clean
from clausegen.text.tree import Token

_ADDRESS = late(" at 0x[0-9A-Fa-f]+")
_LONGEST_NUMBER = 9
"""Digits of a mark: no piece has as many facts."""


class _Brief(Repr):
    def repr_instance(self, x: Any, level: int) -> str:  # noqa: ARG002
        text = _ADDRESS.sub("", repr(x))
        return text if len(text) <= self.maxother else f"{text[: self.maxother - 1]}…"


briefly = _Brief().repr
"""Returns what a message shows of a value: the same in each run."""


def plain(value: Any) -> Any:
    """Return a value that has words of its own: text, a number, a date.

    Raises:
        TemplateFault: it has none.
        UndefinedError: it has no value.
        UnknownFactError: it is a missing fact, that only a field can print.
    """
    if isinstance(value, Unknown):
        raise UnknownFactError(value.chemin)
    if isinstance(value, Undefined):
        # It raises what says its name.
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal, date)):
        raise TemplateFault(f"rien à écrire pour « {briefly(value)} » : le gabarit doit choisir ses mots")
    return value


def guarded(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the filters that make words, so that they take nothing else.

    Args:
        filters: those of the sandbox, by name.
    """
    found = {name: _of_one(filters[name]) for name in ("upper", "lower", "de", "majuscule")}
    return found | {"liste": _of_several(filters["liste"]), "join": _joined(filters["join"])}


def _of_one(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    # A missing fact passes through, and is printed as a field.
    return wraps(function)(lambda value: value if isinstance(value, Unknown) else function(plain(value)))


def _of_several(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return wraps(function)(
        lambda values: function(values if isinstance(values, Unknown) else [plain(each) for each in values])
    )


def _joined(function: Callable[..., Any]) -> Callable[..., Any]:
    @pass_eval_context
    def join(context: EvalContext, values: Iterable[Any], d: Any = "", attribute: Any = None) -> Any:
        if attribute is not None:
            values = map(make_attrgetter(context.environment, attribute), values)
        return function(context, [plain(each) for each in values], plain(d))

    return join


class _PlainFields:
    """Lets `format` write words only, wherever it finds them in what it is given."""

    def get_field(self, *args: Any) -> tuple[Any, Any]:
        found, first = super().get_field(*args)  # type: ignore[misc]
        return plain(found), first


class _Formatter(_PlainFields, SandboxedFormatter):
    pass


class _EscapeFormatter(_PlainFields, SandboxedEscapeFormatter):
    pass


def formatting(environment: SandboxedEnvironment, text: str) -> Callable[..., str]:
    """Return the method `format` of a text."""
    formatter: SandboxedFormatter = (
        _EscapeFormatter(environment, escape=text.escape) if isinstance(text, Markup) else _Formatter(environment)
    )
    return lambda *args, **kwargs: type(text)(formatter.vformat(text, args, kwargs))


def check_text(markdown: str, slots: Slots) -> None:
    """Hold what a template gave to what the dialect reads.

    Raises:
        TemplateFault: a mark was cut, changed or made up, or there is a control character.
    """
    known = {
        **{"f": len(slots.faits), "c": len(slots.champs), "r": len(slots.renvois)},
        **{kind: len(slots.commentaires) for kind in "ox"},
    }
    for kind, number in MARK.findall(markdown):
        if len(number) > _LONGEST_NUMBER or int(number) >= known.get(kind, 0):
            raise _damaged()
    rest = MARK.sub("", markdown)
    if OPEN in rest:
        raise _damaged()
    if clean(rest) != rest.replace("\t", " ").replace("\u2028", "\n"):
        raise TemplateFault("il écrit un caractère de commande ou réservé")


def check_tokens(tokens: Sequence[Token]) -> None:
    """Hold what was read of a template to what writers take.

    Raises:
        TemplateFault: a fact stands where no words are, or a comment has lost its beginning or its end.
    """
    depths: dict[int, int] = {}
    for token in tokens:
        if any(OPEN in str(value) for value in token.attrs.values()):
            raise _damaged()
        for child in token.children or ():
            if OPEN in child.content:
                raise _damaged()
            if child.type in ("commentaire_open", "commentaire_close"):
                number = child.meta["commentaire"].numero
                depths[number] = depths.get(number, 0) + child.nesting
                if depths[number] < 0:
                    raise _damaged()
    if any(depths.values()):
        raise _damaged()


def _damaged() -> TemplateFault:
    return TemplateFault(
        "un fait, un champ ou un commentaire y est coupé, changé en capitales ou mis là où il n'y a pas de texte : "
        "la mise en forme se fait avant de l'imprimer"
    )
