"""What a document wears: styles, page, headers and fonts; here our own, which a buyer's may replace."""

from __future__ import annotations

from collections.abc import Callable

from clausegen.writers.docx.package import Package
from clausegen.writers.docx.parts import PAGE, font_table_part, footer_part, header_part, reference
from clausegen.writers.docx.styles import styles_part
from clausegen.writers.docx.widths import TEXT_WIDTH

DOCUMENT = "word/document.xml"


class Dress:
    """Our own look.

    Attributes:
        width: room of the text on the page.
        page: properties of the section, headers and footers left out.
    """

    width: int = TEXT_WIDTH
    page: str = PAGE

    def references(self, package: Package, entete: str) -> tuple[str, dict[str, str]]:
        """Add headers and footers to a package.

        Args:
            package: the package.
            entete: the market's reference and object; may be empty.

        Returns:
            What the section says of them, and those of them that are ours, by path.
        """
        found = ""
        own: dict[str, str] = {}
        if entete:
            found += self.own(package, own, "header", "word/header1.xml", header_part(entete))
        found += self.own(package, own, "footer", "word/footer1.xml", footer_part())
        return found, own

    @staticmethod
    def own(package: Package, own: dict[str, str], kind: str, target: str, xml: str) -> str:
        """Add a header or footer of ours and return what the section says of it."""
        own[target] = xml
        return reference(kind, "default", package.add(DOCUMENT, kind, target, xml))

    def styles(self, used: frozenset[str]) -> tuple[str, Callable[[str], str]]:
        """Return the styles part, and what gives styles their ids of this part in XML of ours."""
        return styles_part(used), str

    def settings(self) -> dict[str, str]:
        """Return settings that the page depends on."""
        return {}

    def theme(self, package: Package) -> None:
        """Add the theme that styles depend on: ours depend on none."""

    def fonts(self) -> str:
        """Return the font table."""
        return font_table_part()
