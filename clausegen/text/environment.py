"""The sandbox in which templates render: plain data only, no sums, no silent answer to a missing fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    nodes,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from clausegen.dossier.view import View
from clausegen.french.dates import en_lettres
from clausegen.language.unknown import Unknown
from clausegen.text.buyer import GabaritsAcheteur
from clausegen.text.bytecode import StoredBytecode
from clausegen.text.formats import FILTERS, nombre
from clausegen.text.functions import FUNCTIONS, TemplateFault, field
from clausegen.text.guard import briefly, formatting, guarded
from clausegen.text.prepared import shipped_loader
from clausegen.text.session import current

KEPT_FILTERS = (
    "length",
    "first",
    "last",
    "join",
    "map",
    "selectattr",
    "rejectattr",
    "list",
    "upper",
    "lower",
    "unique",
    "sort",
)
KEPT_TESTS = ("eq", "equalto", "==", "ne", "in", "none", "string", "true", "false")
METHODS = frozenset({"format", "get", "items", "keys", "lower", "split", "startswith", "endswith", "upper", "values"})
LONGEST_RANGE = 1_000
_SUMS = ("+", "-", "*", "/", "//", "%", "**")


SHARED = "commun/"
"""Folder of the macros that several pieces share; they read the market alone, never a name of the part that calls,
and print nothing while they are made."""


class SharedTemplate(Template):
    """A template whose macros, when they are shared, are made once a dossier and not at each `from … import`."""

    def make_module(self, *args: Any, **kwargs: Any) -> Any:
        """Return the macros of the template."""
        if self.name is None or not self.name.startswith(SHARED):
            return super().make_module(*args, **kwargs)
        made = current.get().modules
        if self.name not in made:
            made[self.name] = super().make_module(*args, **kwargs)
        return made[self.name]


_NOTHING = object()
_OURS = frozenset(FUNCTIONS.values())


_fields: dict[type, frozenset[str]] = {}


def _names(kind: type) -> frozenset[str]:
    """Return the names of the fields of a data class of ours."""
    found = _fields.get(kind)
    if found is None:
        names = getattr(kind, "__match_args__", ()) if kind.__module__.startswith("clausegen.") else ()
        found = _fields[kind] = frozenset(name for name in names if name[:1] != "_")
    return found


def _told(obj: Any, name: str) -> Any:
    """Return what a view or one of our data classes holds under a name."""
    kind = type(obj)
    if kind is View:
        return _NOTHING if name[:1] == "_" else vars(obj).get(name, _NOTHING)
    if name not in _names(kind):
        return _NOTHING
    value = getattr(obj, name)
    return _NOTHING if callable(value) else value


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without arithmetic: a figure is computed once, in the dossier."""

    intercepted_binops = frozenset(_SUMS)
    template_class = SharedTemplate

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value by its name; those of plain data need no further look."""
        if type(obj) is View and attribute[:1] != "_" and attribute in vars(obj):
            return vars(obj)[attribute]
        found = _told(obj, attribute)
        return super().getattr(obj, attribute) if found is _NOTHING else found

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a value by its key, or by its name as filters write it."""
        found = _told(obj, argument) if type(argument) is str else _NOTHING
        return super().getitem(obj, argument) if found is _NOTHING else found

    def call(self, context: Any, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro or a function of ours straight away; anything else is looked at first."""
        kind = type(called)
        if kind is Macro or (kind is FunctionType and called in _OURS):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(context.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)
        return super().call(context, called, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Refuse to compute."""
        raise SecurityError(f"un gabarit ne calcule pas (« {operator} ») : le chiffre vient du dossier")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        # The sign may stand in plain words too; without it there is nothing to look for.
        for node in tree.find_all(nodes.Concat) if "~" in source else ():
            raise TemplateSyntaxError(
                "« ~ » est refusé : écrire les morceaux l'un après l'autre", node.lineno, name, filename
            )
        return tree


class BuyerSandbox(Sandbox):
    """The same for templates that somebody else wrote: of values, only what they hold and a few ways of reading."""

    getattr = ImmutableSandboxedEnvironment.getattr
    getitem = ImmutableSandboxedEnvironment.getitem
    call = ImmutableSandboxedEnvironment.call
    # A buyer's part may give a shared macro what it reads.
    template_class = Template

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse every method that is not known to be harmless."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        return not callable(value) or isinstance(value, Macro) or isinstance(obj, LoopContext) or attr in METHODS

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Let `format` write words only."""
        return None if super().wrap_str_format(value) is None else formatting(self, value.__self__)


def short_range(*bounds: int) -> range:
    """Return a range that a piece may have a use for.

    Raises:
        TemplateFault: it is too long.
    """
    found = range(*bounds)
    if len(found) > LONGEST_RANGE:
        raise TemplateFault(f"« range » compte plus de {LONGEST_RANGE} nombres")
    return found


@pass_context
def printed(_context: Any, value: Any) -> Any:
    """Turn what a template prints into marks; it takes the context so that no constant is settled at compile time.

    A mark is plain text in which Jinja finds nothing to escape: made a `Markup`, it would be copied twice more.
    """
    if isinstance(value, Markup):
        return value
    slots = current.get().slots
    if isinstance(value, Unknown):
        return field(slots, value)
    if isinstance(value, str):
        return slots.fact(value)
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return slots.fact(nombre(value))
    if isinstance(value, date):
        return slots.fact(en_lettres(value))
    if isinstance(value, StrictUndefined):
        return str(value)
    raise TemplateFault(f"rien à imprimer pour « {briefly(value)} » : le gabarit doit choisir ses mots")


@cache
def environment(folder: Path | None = None, acheteur: GabaritsAcheteur | None = None) -> Sandbox:
    """Return the environment of a folder of templates (None: those that travel with the program).

    Args:
        folder: the templates.
        acheteur: a buyer's own, which come first.
    """
    loader: BaseLoader = shipped_loader() if folder is None else FileSystemLoader(folder)
    if acheteur is not None:
        loader = ChoiceLoader([_buyer_loader(acheteur), loader])
    env = (Sandbox if acheteur is None else BuyerSandbox)(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=printed,
        bytecode_cache=StoredBytecode(),
        keep_trailing_newline=True,
        # Constants are rare here, and looking for them is a tenth of a compilation.
        optimized=False,
    )
    env.filters = {name: env.filters[name] for name in KEPT_FILTERS} | FILTERS
    if acheteur is not None:
        env.filters |= guarded(env.filters)
    env.tests = {name: env.tests[name] for name in KEPT_TESTS} | {
        "connu": lambda value: not isinstance(value, Unknown),
        "inconnu": lambda value: isinstance(value, Unknown),
    }
    counting = env.globals["range"] if acheteur is None else short_range
    env.globals = {"range": counting, "namespace": env.globals["namespace"], **FUNCTIONS}
    return env


def _buyer_loader(acheteur: GabaritsAcheteur) -> FunctionLoader:
    sources = dict(acheteur.sources)

    def load(name: str) -> tuple[str, str, None] | None:
        # The name of the file is what messages show.
        return (sources[name], f"{acheteur.dossier}/{name}", None) if name in sources else None

    return FunctionLoader(load)
