"""Fields that Word computes (references, page numbers, table of contents), each with its result already written."""

from __future__ import annotations

import re
from dataclasses import field

from clausegen.record import dataclass
from clausegen.writers.docx.oxml import element, escape, ordered, paragraph, text_run
from clausegen.writers.interface import UnknownTokenError

_UNSAFE = re.compile("[^A-Za-z0-9_]")
_LONGEST_NAME = 40


def complex_field(instruction: str, result: str) -> str:
    """Return the runs of a field with its cached result.

    Args:
        instruction: Word's own code, such as `PAGE`.
        result: runs of the result.
    """
    return f"{field_start(instruction)}{result}{FIELD_END}"


def field_start(instruction: str) -> str:
    """Return what precedes a field's result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def page_footer() -> str:
    """Return the footer's paragraph, « Page X sur Y »."""
    page, pages = complex_field("PAGE", text_run("1")), complex_field("NUMPAGES", text_run("1"))
    return paragraph("Footer", text_run("Page\u00a0") + page + text_run(" sur\u00a0") + pages)


@dataclass(slots=True)
class Bookmarks:
    """The bookmarks of one document: names that Word accepts, each once, and ids in reading order."""

    _names: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _count: int = 0
    _toc: int = 0

    def declare(self, ancre: str) -> None:
        """Choose the bookmark's name of a named heading; references may come before the heading itself."""
        base = f"art_{_UNSAFE.sub('_', ancre)}"[:_LONGEST_NAME]
        name, copy = base, 1
        # Word does not tell capitals apart in bookmark names.
        while name.casefold() in self._taken:
            copy += 1
            suffix = f"_{copy}"
            name = base[: _LONGEST_NAME - len(suffix)] + suffix
        self._taken.add(name.casefold())
        self._names.setdefault(ancre, name)

    def reference(self, ancre: str, numero: str, style: str | None) -> str:
        """Return a cross reference to a named heading.

        Raises:
            UnknownTokenError: no heading bears this name.
        """
        if ancre not in self._names:
            raise UnknownTokenError(f"renvoi vers {ancre}")
        return complex_field(f"REF {self._names[ancre]} \\r \\h", text_run(numero, style))

    def toc_name(self) -> str:
        """Return the name of the next bookmark that the table of contents points to."""
        self._toc += 1
        return f"_Toc{self._toc:08d}"

    def around(self, names: list[str], content: str) -> str:
        """Return a heading's content between its bookmarks."""
        for name in names:
            identifier = self._count
            self._count += 1
            start = element("w:bookmarkStart", {"w:id": identifier, "w:name": name})
            content = f"{start}{content}{element('w:bookmarkEnd', {'w:id': identifier})}"
        return content

    def name_of(self, ancre: str) -> str:
        """Return the bookmark's name of a declared heading."""
        return self._names[ancre]


def toc_block(entries: list[str]) -> str:
    """Return the table of contents: its heading and the field, in the control that Word knows as such.

    Args:
        entries: its lines, made by `toc_entry`.
    """
    heading = paragraph("TOCHeading", text_run("Sommaire"))
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    properties = ordered("w:sdtPr", {"docPartObj": gallery})
    return f"<w:sdt>{properties}<w:sdtContent>{heading}{''.join(entries)}</w:sdtContent></w:sdt>"


def toc_entry(level: int, name: str, numero: str | None, text: str, *, first: bool, last: bool) -> str:
    """Return a line of the table of contents, a link to its heading.

    Args:
        level: 1 or 2.
        name: the heading's bookmark.
        numero: the heading's number.
        text: runs of the heading's words.
        first: whether the field begins here.
        last: whether it ends here.
    """
    number = text_run(numero, "Hyperlink") + "<w:r><w:tab/></w:r>" if numero else ""
    link = element("w:hyperlink", {"w:anchor": name, "w:history": 1}, number + text)
    start = field_start('TOC \\o "1-2" \\h \\z \\n \\u') if first else ""
    return paragraph(f"TOC{level}", start + link + (FIELD_END if last else ""))
