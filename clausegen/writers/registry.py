"""The formats that exist; a writer's module is imported only when its format is asked for."""

from __future__ import annotations

from importlib import import_module

from clausegen.errors import ClausegenError
from clausegen.writers.interface import Writer

FORMATS: dict[str, str] = {
    "docx": "clausegen.writers.docx.writer",
    "md": "clausegen.writers.markdown",
    "txt": "clausegen.writers.plain",
}


def writer_for(format_: str) -> Writer:
    """Return the writer of a format.

    Args:
        format_: its name, a key of `FORMATS`.

    Raises:
        ClausegenError: no such format.
    """
    if format_ not in FORMATS:
        raise ClausegenError(f"Le format « {format_} » n'existe pas. Formats possibles : {', '.join(FORMATS)}.")
    writer: Writer = import_module(FORMATS[format_]).WRITER
    return writer
