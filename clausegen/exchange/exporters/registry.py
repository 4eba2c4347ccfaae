"""The formats of `export`, and the module that writes each, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from clausegen.errors import ClausegenError
from clausegen.exchange.exporters.interface import Exporter

FORMATS = {
    "eforms": "clausegen.exchange.exporters.eforms",
    "decp": "clausegen.exchange.exporters.decp",
    "fiche-publicite": "clausegen.exchange.exporters.sheet",
}


def exporter_for(format_: str) -> Exporter:
    """Return the exporter of a format.

    Args:
        format_: its name, a key of `FORMATS`.

    Raises:
        ClausegenError: no such format.
    """
    if format_ not in FORMATS:
        raise ClausegenError(f"Le format « {format_} » n'existe pas. Formats possibles : {', '.join(FORMATS)}.")
    exporter: Exporter = import_module(FORMATS[format_]).EXPORTER
    return exporter
