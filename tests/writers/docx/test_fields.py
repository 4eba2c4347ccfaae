from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lxml import etree

from clausegen.text.tree import Texte
from clausegen.writers.docx.fields import Bookmarks
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture, UnknownTokenError

Opened = Callable[[bytes], dict[str, etree._Element]]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _fields(root: etree._Element) -> list[tuple[str, str]]:
    """Return the instruction and the cached result of each field."""
    found, instruction, result, state = [], "", "", ""
    for node in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if node.tag == f"{W}fldChar":
            state = node.get(f"{W}fldCharType")
            if state == "begin":
                instruction, result = "", ""
            elif state == "end":
                found.append((instruction.strip(), result))
        elif node.tag == f"{W}instrText":
            instruction += node.text
        elif state == "separate":
            result += node.text
    return found


def _document(texte: Texte, opened: Opened) -> etree._Element:
    return opened(WRITER.write(texte, OptionsEcriture()))["word/document.xml"]


def test_references_are_fields_with_their_number(suite: Texte, opened: Opened) -> None:
    references = [f for f in _fields(_document(suite, opened)) if f[0].startswith("REF")]
    assert references == [("REF art_penalites \\r \\h", "13"), ("REF art_objet \\r \\h", "12")]


def test_references_and_links_lead_to_bookmarks_that_exist(suite: Texte, opened: Opened) -> None:
    document = _document(suite, opened)
    bookmarks = [b.get(f"{W}name") for b in document.iter(f"{W}bookmarkStart")]
    assert len(set(bookmarks)) == len(bookmarks)
    named = {f[0].split()[1] for f in _fields(document) if f[0].startswith("REF")}
    named |= {link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")}
    assert len(named) == 6
    assert named <= set(bookmarks)
    starts = sorted(b.get(f"{W}id") for b in document.iter(f"{W}bookmarkStart"))
    assert starts == sorted(b.get(f"{W}id") for b in document.iter(f"{W}bookmarkEnd"))
    assert len(set(starts)) == len(starts)


def test_the_contents_are_a_field_whose_lines_are_the_headings(suite: Texte, opened: Opened) -> None:
    document = _document(suite, opened)
    (toc,) = [f for f in _fields(document) if f[0].startswith("TOC")]
    assert toc == ('TOC \\o "1-2" \\h \\z \\n \\u', "12Objet12.1Périmètre13PénalitésSignature")
    lines = ["".join(link.itertext()) for link in document.iter(f"{W}hyperlink")]
    assert lines == ["12Objet", "12.1Périmètre", "13Pénalités", "Signature"]


def test_the_contents_come_before_the_first_article(suite: Texte, opened: Opened) -> None:
    body = _document(suite, opened).find(f"{W}body")
    position = next(i for i, child in enumerate(body) if child.tag == f"{W}sdt")
    following = body[position + 1].find(f"{W}pPr/{W}pStyle")
    assert following.get(f"{W}val") == "Heading1"


def test_no_contents_unless_asked(compose: Callable[..., Texte], opened: Opened) -> None:
    assert _fields(_document(compose("## A\n\n## B\n"), opened)) == []


def test_no_contents_when_there_is_no_heading(compose: Callable[..., Texte], opened: Opened) -> None:
    assert _fields(_document(compose("Rien.\n", table=True), opened)) == []


def test_pages_are_counted_in_the_footer(suite: Texte, opened: Opened) -> None:
    footer = opened(WRITER.write(suite, OptionsEcriture()))["word/footer1.xml"]
    assert _fields(footer) == [("PAGE", "1"), ("NUMPAGES", "1")]


def test_bookmark_names_are_safe_and_unique() -> None:
    bookmarks = Bookmarks()
    anchors = ["délai-de-réponse", "délai_de_réponse", "Penalites", "penalites", "x" * 60 + "a", "x" * 60 + "b"]
    for ancre in anchors:
        bookmarks.declare(ancre)
    names = [bookmarks.name_of(ancre) for ancre in anchors]
    assert len({name.casefold() for name in names}) == len(anchors)
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in names)


def test_a_reference_to_nothing_stops_the_writing() -> None:
    with pytest.raises(UnknownTokenError, match="renvoi"):
        Bookmarks().reference("nulle-part", "3", None)
