"""A document in the buyer's own look: its styles, page, headers, footers and logo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from clausegen.writers.docx.charter import read_charter
from clausegen.writers.docx.charter_parts import Copy, section_of, settings_of
from clausegen.writers.docx.charter_styles import dressed, renamed
from clausegen.writers.docx.dress import DOCUMENT, Dress
from clausegen.writers.docx.package import Package
from clausegen.writers.docx.parts import font_table_part, footer_part, header_part, reference


class CharterDress(Dress):
    """The look of a buyer's file.

    Args:
        modele: its bytes.
    """

    def __init__(self, modele: bytes) -> None:
        self._charte = read_charter(modele)
        self._section = section_of(self._charte)
        self.width = self._section.largeur
        self.page = self._section.page

    def references(self, package: Package, entete: str) -> tuple[str, dict[str, str]]:
        """Copy the buyer's headers and footers; ours stand in when it has none at all."""
        copy, found = Copy(self._charte, package), ""
        own: dict[str, str] = {}
        for kind, ours in (("header", header_part(entete) if entete else ""), ("footer", footer_part())):
            theirs = [(page, path) for (one, page), path in self._section.entetes.items() if one == kind]
            for number, (page, path) in enumerate(theirs, 1):
                found += reference(kind, page, copy.header(DOCUMENT, kind, path, number))
            if not theirs and ours:
                found += self.own(package, own, kind, f"word/{kind}1.xml", ours)
        return found, own

    def styles(self, used: frozenset[str]) -> tuple[str, Callable[[str], str]]:
        """Return the buyer's styles, with ours that it lacks."""
        xml, names = dressed(self._charte, sorted(used))
        return xml, partial(renamed, names=names)

    def settings(self) -> dict[str, str]:
        """Return the buyer's settings on which its page depends."""
        return settings_of(self._charte)

    def theme(self, package: Package) -> None:
        """Copy the buyer's theme."""
        Copy(self._charte, package).theme(DOCUMENT)

    def fonts(self) -> str:
        """Return the buyer's font table, else ours."""
        return Copy(self._charte, Package()).fonts() or font_table_part()
