"""The Word writer: one piece in, one file out, the same bytes each time."""

from __future__ import annotations

import re

from clausegen.errors import ClausegenError
from clausegen.french.typography import typography
from clausegen.text.tree import Texte
from clausegen.writers.docx.body import Body
from clausegen.writers.docx.comments import Comments
from clausegen.writers.docx.controls import Controls
from clausegen.writers.docx.fields import Bookmarks
from clausegen.writers.docx.inline import Inlines
from clausegen.writers.docx.numbering import Numbering
from clausegen.writers.docx.package import Package
from clausegen.writers.docx.parts import (
    core_properties,
    custom_properties,
    document_part,
    extended_properties,
    font_table_part,
    footer_part,
    header_part,
    settings_part,
)
from clausegen.writers.docx.styles import styles_part
from clausegen.writers.interface import OptionsEcriture

_DOCUMENT, _GLOSSARY = "word/document.xml", "word/glossary/document.xml"
_USED = re.compile(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"')
# The list of articles is linked to them: they go together, so that a person can add an article in Word.
_HEADINGS = ("Heading1", "Heading2", "Heading3")


class DocxWriter:
    """Writes a piece as a Word document."""

    extension = "docx"

    def write(self, texte: Texte, options: OptionsEcriture) -> bytes:
        """Return the Word file of a piece.

        Args:
            texte: the piece.
            options: `publiable` leaves comments and fields out.

        Raises:
            UnknownTokenError: the piece holds a token outside the dialect.
            ClausegenError: a Word model was given.
        """
        if options.modele is not None:
            raise ClausegenError("Cette version écrit dans ses propres styles : elle n'emploie pas de modèle Word.")
        inlines = Inlines(Comments(texte.proprietes.date), Controls(), Bookmarks(), options.publiable)
        numbering = Numbering(texte.premier_article)
        body = Body(texte, inlines, numbering).xml()
        package = Package()
        package.reserve("", "officeDocument", _DOCUMENT)
        _add_text(package, texte, body, inlines, numbering)
        _add_properties(package, texte)
        return package.zipped()


def _add_text(package: Package, texte: Texte, body: str, inlines: Inlines, numbering: Numbering) -> None:
    header_id = None
    if texte.entete.strip():
        header = header_part(typography(texte.entete.strip()))
        header_id = package.add(_DOCUMENT, "header", "word/header1.xml", header)
    footer_id = package.add(_DOCUMENT, "footer", "word/footer1.xml", footer_part())
    package.fill(_DOCUMENT, document_part(body, header_id, footer_id))
    comments = inlines.comments.part()
    if comments is not None:
        package.add(_DOCUMENT, "comments", "word/comments.xml", comments)
    used = frozenset((*_USED.findall(package.contents()), *_HEADINGS))
    package.add(_DOCUMENT, "styles", "word/styles.xml", styles_part(used))
    package.add(_DOCUMENT, "numbering", "word/numbering.xml", numbering.part())
    package.add(_DOCUMENT, "settings", "word/settings.xml", settings_part())
    package.add(_DOCUMENT, "fontTable", "word/fontTable.xml", font_table_part())
    glossary = inlines.controls.part()
    if glossary is not None:
        package.add(_DOCUMENT, "glossaryDocument", _GLOSSARY, glossary)
        styles = styles_part(frozenset({"PlaceholderText"}))
        package.add(_GLOSSARY, "styles", "word/glossary/styles.xml", styles)
        package.add(_GLOSSARY, "settings", "word/glossary/settings.xml", settings_part())
        package.add(_GLOSSARY, "fontTable", "word/glossary/fontTable.xml", font_table_part())


def _add_properties(package: Package, texte: Texte) -> None:
    package.add("", "core-properties", "docProps/core.xml", core_properties(texte.proprietes))
    package.add("", "extended-properties", "docProps/app.xml", extended_properties())
    if texte.proprietes.personnalisees:
        custom = custom_properties(texte.proprietes.personnalisees)
        package.add("", "custom-properties", "docProps/custom.xml", custom)


WRITER = DocxWriter()
