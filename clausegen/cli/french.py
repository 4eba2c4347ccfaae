"""Typer in French: its help page, and its way of refusing a call, whatever its version."""

from __future__ import annotations

import re
import shutil
import textwrap
from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand

from clausegen.errors import ClausegenError
from clausegen.french.typography import typography

_COLUMN = 26
_EXTRA = re.compile(r"^Got unexpected extra argument.*\((?P<args>.*)\)", re.DOTALL)


def _rows(rows: list[tuple[str, str]], width: int) -> list[str]:
    lines = []
    for left, right in rows:
        margin = " " * (_COLUMN + 2)
        wrapped = textwrap.wrap(typography(right), max(width - _COLUMN - 2, 20), break_on_hyphens=False) or [""]
        if len(left) > _COLUMN - 2:
            lines.append(f"  {left}")
            lines += [margin + line for line in wrapped]
        else:
            lines.append(f"  {left:<{_COLUMN}}{wrapped[0]}")
            lines += [margin + line for line in wrapped[1:]]
    return lines


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _option_row(param: Any) -> tuple[str, str]:
    names = ", ".join(sorted(param.opts, key=len))
    if "--help" in param.opts:
        return names, "affiche cette aide et quitte"
    return (f"{names} {param.metavar}" if param.metavar else names), param.help or ""


class CommandeFrancaise(TyperCommand):
    """A Typer command whose help page is in French."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        width = min(shutil.get_terminal_size((100, 24)).columns, 110)
        params = self.get_params(ctx)
        arguments = [(p.metavar or p.name or "", getattr(p, "help", "") or "") for p in params if _is_argument(p)]
        options = [_option_row(p) for p in params if not _is_argument(p)]
        lines = [f"Usage\u00a0: {usage(self, ctx)}", ""]
        for paragraph in (self.help or "").split("\n\n"):
            lines += [*textwrap.wrap(typography(" ".join(paragraph.split())), width, break_on_hyphens=False), ""]
        if arguments:
            lines += ["Arguments\u00a0:", *_rows(arguments, width), ""]
        return "\n".join([*lines, "Options\u00a0:", *_rows(options, width)])


def usage(command: Any, ctx: Any) -> str:
    """Return « clausegen draft [OPTIONS] MARCHE… »."""
    metavars = [
        p.metavar or p.name or "" if p.required else f"[{p.metavar or p.name}]"
        for p in command.get_params(ctx)
        if _is_argument(p)
    ]
    return " ".join([ctx.command_path, "[OPTIONS]", *metavars])


def _known_options(error: Any) -> list[str]:
    ctx = getattr(error, "ctx", None)
    return [] if ctx is None else [name for p in ctx.command.get_params(ctx) for name in p.opts if name[0] == "-"]


def _reason(error: Any) -> str:
    """Say what Typer refuses, from the data of its exception: its English words are not read, but one."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = get_close_matches(error.option_name, _known_options(error), n=1, cutoff=0.5)
        suite = f" ; vouliez-vous dire « {near[0]} » ?" if near else "."
        return f"Option inconnue : « {error.option_name} »{suite}"
    if kind == "MissingParameter":
        param = error.param
        if param is not None and not _is_argument(param):
            return f"Option obligatoire manquante : « {param.opts[0]} »."
        return f"Argument manquant : « {param.metavar if param is not None else '?'} »."
    if kind == "BadOptionUsage":
        takes_none = "not take" in str(error.message)
        what = "ne prend pas de valeur" if takes_none else "attend une valeur"
        return f"L'option « {error.option_name} » {what}."
    extra = _EXTRA.match(str(getattr(error, "message", "")))
    if extra:
        return f"Argument en trop : « {extra.group('args')} »."
    param = getattr(error, "param", None)
    if param is not None:
        return f"Valeur impossible pour « {param.metavar or param.opts[0]} »."
    return "Appel impossible à comprendre."


def usage_refusal(error: Any) -> ClausegenError:
    """Turn an exception of Typer about the call into ours, in French, with the usage of the command."""
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return ClausegenError(_reason(error))
    return ClausegenError(f"{_reason(error)}\nUsage : {usage(ctx.command, ctx)}\nAide : {ctx.command_path} --help")
