"""The PDF writer: the Word file of a piece, laid out by LibreOffice when it is there."""

from __future__ import annotations

import calendar
import hashlib
import json
import re

from clausegen.files.office import convert
from clausegen.text.tree import Texte
from clausegen.writers.docx.writer import WRITER as WORD
from clausegen.writers.interface import OptionsEcriture

_FIRST_DAY = (1980, 1, 1)
_CLOCK = re.compile(rb"(?<=Date\(D:)\d{14}")
_IDENTITY = re.compile(rb"(?<=[<\[/ ])[0-9A-F]{32}(?=[>\s])")
_TRAILER = b"\ntrailer"


class PdfWriter:
    """Writes a piece as a tagged PDF."""

    extension = "pdf"

    def write(self, texte: Texte, options: OptionsEcriture) -> bytes:
        """Return the PDF of a piece; comments become its annotations, unless it is the version to publish.

        Args:
            texte: the piece.
            options: `publiable` leaves comments and fields out.

        Raises:
            UnknownTokenError: the piece holds a token outside the dialect.
            ClausegenError: LibreOffice is not there, fails, or takes too long.
        """
        word = WORD.write(texte, options)
        noted = bool(texte.commentaires) and not options.publiable
        wanted = {
            "UseTaggedPDF": True,
            "ExportBookmarks": True,
            "ExportFormFields": False,
            "ExportNotes": noted,
        }
        filtre = json.dumps({name: {"type": "boolean", "value": str(value).lower()} for name, value in wanted.items()})
        day = texte.proprietes.date
        first = (day.year, day.month, day.day) if day else _FIRST_DAY
        epoch = calendar.timegm((*first, 0, 0, 0))
        content = convert(word, f"{texte.piece}.docx", "pdf", f"pdf:writer_pdf_Export:{filtre}", epoch=epoch)
        return settled(content, "{:04d}{:02d}{:02d}".format(*first) + "0" * 6)


def settled(content: bytes, moment: str) -> bytes:
    """Take the clock and the random identity out of a PDF, for the versions of LibreOffice that put them there.

    Only figures of the plain parts change, one for one, so that every offset in the file stays right.

    Args:
        content: the file.
        moment: what stands for now, as PDF writes it: `20261201000000`.
    """
    body, trailer, end = content.rpartition(_TRAILER)
    body = _CLOCK.sub(moment.encode(), body)
    if not trailer:
        return body + end
    identity = hashlib.md5(body, usedforsecurity=False).hexdigest().upper().encode()
    return body + trailer + _IDENTITY.sub(identity, end)


WRITER = PdfWriter()
