"""The Word writer: one piece in, one file out, the same bytes each time."""

from __future__ import annotations

from clausegen.french.typography import typography
from clausegen.regex import late
from clausegen.text.tree import Texte
from clausegen.writers.blocks import gather
from clausegen.writers.docx.body import Body
from clausegen.writers.docx.comments import Comments
from clausegen.writers.docx.controls import Controls
from clausegen.writers.docx.dress import DOCUMENT, Dress
from clausegen.writers.docx.fields import Bookmarks
from clausegen.writers.docx.inline import Inlines
from clausegen.writers.docx.numbering import Numbering
from clausegen.writers.docx.package import Package
from clausegen.writers.docx.parts import (
    PIECE,
    core_properties,
    custom_properties,
    document_part,
    extended_properties,
    font_table_part,
    settings_part,
)
from clausegen.writers.docx.projet import ITEM, draft_lines, projet_part, projet_properties
from clausegen.writers.docx.projet import PROPERTIES as PROJET_PROPERTIES
from clausegen.writers.docx.styles import styles_part
from clausegen.writers.interface import OptionsEcriture

_GLOSSARY = "word/glossary/document.xml"
_USED = late(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"')
# The list of articles is linked to them: they go together, so that a person can add an article in Word.
_HEADINGS = ("Heading1", "Heading2", "Heading3")


class DocxWriter:
    """Writes a piece as a Word document."""

    extension = "docx"

    def write(self, texte: Texte, options: OptionsEcriture) -> bytes:
        """Return the Word file of a piece.

        Args:
            texte: the piece.
            options: `publiable` leaves comments and fields out; `modele` gives its styles, headers and page.

        Raises:
            UnknownTokenError: the piece holds a token outside the dialect.
            ClausegenError: the model cannot be taken.
        """
        dress = _dress(options.modele)
        inlines = Inlines(Comments(texte.proprietes.date), Controls(), Bookmarks(), options.publiable, dress.width)
        numbering = Numbering(texte.premier_article)
        blocks = gather(texte.tokens)
        body = Body(texte, blocks, inlines, numbering).xml()
        package = Package()
        package.reserve("", "officeDocument", DOCUMENT)
        _add_text(package, texte, body, inlines, numbering, dress)
        _add_properties(package, texte)
        if not options.publiable:
            package.add(DOCUMENT, "customXml", ITEM, projet_part(draft_lines(blocks)))
            package.add(ITEM, "customXmlProps", PROJET_PROPERTIES, projet_properties())
        return package.zipped()


def _dress(modele: bytes | None) -> Dress:
    if modele is None:
        return Dress()
    # Only those who bring a model pay for the XML library.
    from clausegen.writers.docx.charter_dress import CharterDress

    return CharterDress(modele)


def _add_text(package: Package, texte: Texte, body: str, inlines: Inlines, numbering: Numbering, dress: Dress) -> None:
    references, own = dress.references(package, typography(texte.entete.strip()))
    ours = document_part(body, references, dress.page)
    comments = inlines.comments.part()
    if comments is not None:
        own["word/comments.xml"] = comments
        package.reserve(DOCUMENT, "comments", "word/comments.xml")
    used = frozenset((*_USED.findall("".join((ours, *own.values()))), *_HEADINGS))
    styles, named = dress.styles(used)
    for target, xml in (own | {DOCUMENT: ours}).items():
        package.fill(target, named(xml))
    package.add(DOCUMENT, "styles", "word/styles.xml", styles)
    package.add(DOCUMENT, "numbering", "word/numbering.xml", named(numbering.part()))
    package.add(DOCUMENT, "settings", "word/settings.xml", settings_part(dress.settings()))
    package.add(DOCUMENT, "fontTable", "word/fontTable.xml", dress.fonts())
    dress.theme(package)
    glossary = inlines.controls.part()
    if glossary is not None:
        package.add(DOCUMENT, "glossaryDocument", _GLOSSARY, glossary)
        package.add(_GLOSSARY, "styles", "word/glossary/styles.xml", styles_part(frozenset({"PlaceholderText"})))
        package.add(_GLOSSARY, "settings", "word/glossary/settings.xml", settings_part())
        package.add(_GLOSSARY, "fontTable", "word/glossary/fontTable.xml", font_table_part())


def _add_properties(package: Package, texte: Texte) -> None:
    package.add("", "core-properties", "docProps/core.xml", core_properties(texte.proprietes))
    package.add("", "extended-properties", "docProps/app.xml", extended_properties())
    custom = custom_properties({PIECE: texte.piece, **texte.proprietes.personnalisees})
    package.add("", "custom-properties", "docProps/custom.xml", custom)


WRITER = DocxWriter()
