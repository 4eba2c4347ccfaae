"""What is wrong in a template, in French: which file, which line, which name."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplatesNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from clausegen.errors import ClausegenError
from clausegen.language.unknown import UnknownFactError
from clausegen.regex import late
from clausegen.text.buyer import GabaritsAcheteur, shipped_contents, shipped_files
from clausegen.text.functions import TemplateFault

EXPECTED: tuple[type[Exception], ...] = (TemplateError, TemplateFault, UnknownFactError, LookupError, TypeError)
"""What a template that travels with the program may raise."""
UNEXPECTED: tuple[type[Exception], ...] = (
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
    SyntaxError,
    NameError,
)
"""What a buyer's template may raise beside."""

_QUOTED = late(r"'([^']+)'")
_SYNTAX = (
    (late(r"unknown tag '(\w+)'"), "la balise « {} » n'existe pas, ou n'a pas lieu d'être ici"),
    (late(r"[Nn]o filter named '(\w+)'"), "le filtre « {} » n'existe pas"),
    (late(r"[Nn]o test named '(\w+)'"), "le test « {} » n'existe pas"),
    (late(r"block that needs to be closed is '(\w+)'"), "le bloc « {} » n'est pas fermé"),
    (late(r"expected token .*, got '(.+)'"), "« {} » n'a pas lieu d'être ici"),
    (late(r"unexpected '(.+)'"), "« {} » n'a pas lieu d'être ici"),
    (late(r"unexpected char '(.+)' at"), "le signe « {} » n'a pas lieu d'être ici"),
)


def fault(piece: str, error: BaseException, acheteur: GabaritsAcheteur | None = None) -> ClausegenError:
    """Return the refusal that an error of a template calls for.

    Args:
        piece: id of the piece, named when no template is.
        error: what was raised.
        acheteur: the buyer's templates, if they were used.
    """
    return ClausegenError(f"Le gabarit {_place(piece, error, acheteur)} ne se rend pas : {french(error)}.")


def french(error: BaseException) -> str:
    """Return what is wrong, without its place."""
    message = str(error).strip().rstrip(".")
    if isinstance(error, UnknownFactError):
        return f"il décide sur un fait manquant, « {message} »"
    if isinstance(error, TemplateFault) or "«" in message:
        return message
    if isinstance(error, UndefinedError):
        if element := re.search(r"has no element (.+)", message):
            return f"l'élément « {element[1]} » n'existe pas"
        found = _QUOTED.findall(message)
        return f"le nom « {found[-1] if found else message} » n'existe pas"
    if isinstance(error, SecurityError):
        found = _QUOTED.findall(message)
        return f"« {found[0]} » est interdit dans un gabarit" if found else "un appel interdit dans un gabarit"
    if isinstance(error, TemplatesNotFound):
        return f"aucun des gabarits {', '.join(f'« {name} »' for name in error.templates[:5])} n'existe"
    if isinstance(error, TemplateNotFound):
        from difflib import get_close_matches

        near = get_close_matches(message, shipped_files(), n=1)
        return f"le gabarit « {message} » n'existe pas" + (f" (vouliez-vous dire « {near[0]} » ?)" if near else "")
    if isinstance(error, TemplateError):
        return _syntax(message)
    return _python(error, message)


def _syntax(message: str) -> str:
    for pattern, words in _SYNTAX:
        if found := pattern.search(message):
            return words.format(found[1])
    if "Unexpected end of template" in message:
        return "il s'arrête avant la fin d'un bloc"
    if "cannot assign" in message:
        return "« set » ne change pas une valeur qui lui est donnée"
    return "une balise y est mal écrite"


def _python(error: BaseException, message: str) -> str:
    if isinstance(error, LookupError):
        return f"la clé « {message.strip(chr(39))} » n'existe pas"
    if isinstance(error, SyntaxError):
        # Of the Python that the template becomes.
        return "une expression y est trop emboîtée"
    if isinstance(error, NameError):
        # Jinja writes an infinite number by its name, that Python does not know.
        return "un nombre y est trop grand"
    if isinstance(error, RecursionError):
        return "il s'appelle lui-même sans fin"
    if isinstance(error, MemoryError):
        return "il demande plus de mémoire qu'une pièce n'en a l'usage"
    if "not callable" in message:
        return "il appelle comme une fonction ce qui n'en est pas une"
    found = _QUOTED.findall(message)
    return "une opération n'est pas possible sur la valeur donnée" + (f" (« {found[0]} »)" if found else "")


def _place(piece: str, error: BaseException, acheteur: GabaritsAcheteur | None) -> str:
    """Return the last template and line that an error went through."""
    if isinstance(error, TemplateSyntaxError) and (error.filename or error.name):
        return f"{_shown(str(error.filename or error.name), acheteur)}, ligne {error.lineno}"
    place, trace = piece, error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith(".j2"):
            place = f"{_shown(filename, acheteur)}, ligne {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _shown(filename: str, acheteur: GabaritsAcheteur | None) -> str:
    if acheteur is not None and filename.startswith(acheteur.dossier):
        return filename
    path = Path(filename)
    return filename if filename in shipped_contents() else f"{path.parent.name}/{path.name}"
