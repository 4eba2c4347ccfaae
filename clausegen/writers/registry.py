"""The formats that exist; a writer's module is imported only when its format is asked for."""

from __future__ import annotations

from importlib import import_module

from clausegen.dossier.workbook import Classeur
from clausegen.errors import ClausegenError
from clausegen.text.tree import Proprietes
from clausegen.writers.interface import OptionsEcriture, Writer

FORMATS: dict[str, str] = {
    "docx": "clausegen.writers.docx.writer",
    "html": "clausegen.writers.html",
    "md": "clausegen.writers.markdown",
    "pdf": "clausegen.writers.pdf",
    "txt": "clausegen.writers.plain",
}
CLASSEUR = "clausegen.writers.xlsx.writer"


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


def workbook_bytes(
    ident: str, classeur: Classeur, proprietes: Proprietes, options: OptionsEcriture
) -> tuple[str, bytes]:
    """Return the name and the bytes of a piece that is a workbook; its library is imported now, and only now."""
    xlsx = import_module(CLASSEUR)
    content: bytes = xlsx.write_workbook(classeur, proprietes, options)
    return f"{ident}.{xlsx.EXTENSION}", content
