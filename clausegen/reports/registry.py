"""The formats in which `check` reports: a module each, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from clausegen.reports.verification import Verification

FORMATS: dict[str, str] = {
    "texte": "clausegen.reports.summary",
    "json": "clausegen.reports.json",
    "sarif": "clausegen.reports.sarif",
    "junit": "clausegen.reports.junit",
    "github": "clausegen.reports.github",
}
"""Name of a format, and its module, which defines `rendre`."""


def report(nom: str, verification: Verification) -> str:
    """Return what `check` prints.

    Args:
        nom: a key of `FORMATS`.
        verification: what was found.
    """
    return str(import_module(FORMATS[nom]).rendre(verification))
