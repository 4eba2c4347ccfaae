from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from posixpath import dirname, join, normpath

import docx
import pytest
from lxml import etree

from clausegen.errors import ClausegenError
from clausegen.text.tree import Texte
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Opened = Callable[[bytes], dict[str, etree._Element]]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _write(texte: Texte) -> bytes:
    return WRITER.write(texte, OptionsEcriture())


def test_every_relationship_leads_to_a_part_and_every_part_has_a_type(suite: Texte, opened: Opened) -> None:
    parts = opened(_write(suite))
    typed = {node.get("PartName") for node in parts["[Content_Types].xml"] if node.get("PartName")}
    linked = set()
    for name, root in parts.items():
        if name.endswith(".rels"):
            folder = dirname(dirname(name))
            linked.update(normpath(join(folder, node.get("Target") or "")) for node in root)
    assert linked == {name for name in parts if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert typed == {f"/{name}" for name in linked}


def test_the_zip_has_no_clock_and_a_fixed_order(suite: Texte) -> None:
    with zipfile.ZipFile(BytesIO(_write(suite))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_a_piece_without_comment_nor_field_has_neither_part(compose: Callable[..., Texte], opened: Opened) -> None:
    assert not [name for name in opened(_write(compose("Rien.\n"))) if "comments" in name or "glossary" in name]


def test_word_processors_find_the_properties(suite: Texte) -> None:
    document = docx.Document(BytesIO(_write(suite)))
    core = document.core_properties
    assert (core.title, core.subject, core.author, core.language) == (
        "Clause d'insertion",
        "2026-014",
        "clausegen",
        "fr-FR",
    )
    assert core.created is not None
    assert core.created.isoformat() == "2026-11-24T00:00:00+00:00"
    assert core.last_modified_by == ""


def test_without_a_date_no_date_is_written(compose: Callable[..., Texte], opened: Opened) -> None:
    parts = opened(_write(compose("Rien.\n", jour=None)))
    assert not [node for node in parts["docProps/core.xml"] if "terms" in str(node.tag)]


def test_custom_properties_are_kept(suite: Texte, opened: Opened) -> None:
    nodes = opened(_write(suite))["docProps/custom.xml"]
    found = [(node.get("name"), node.get("pid"), "".join(node.itertext())) for node in nodes]
    assert found == [("clausegen-piece", "2", "ccap"), ("Empreinte", "3", "ab12")]


def test_the_page_is_a4_with_margins_of_25_millimetres(suite: Texte) -> None:
    (section,) = docx.Document(BytesIO(_write(suite))).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert {round(margin.mm) for margin in margins} == {25}


def test_header_and_footer(suite: Texte) -> None:
    (section,) = docx.Document(BytesIO(_write(suite))).sections
    assert section.header.paragraphs[0].text == "2026-014\u00a0: Nettoyage"
    assert section.footer.paragraphs[0].text == "Page\u00a01 sur\u00a01"


def test_no_header_without_a_line_for_it(compose: Callable[..., Texte], opened: Opened) -> None:
    assert "word/header1.xml" not in opened(_write(compose("Rien.\n", entete="")))


def test_nothing_tells_the_machine_or_the_hand(suite: Texte, opened: Opened) -> None:
    for root in opened(_write(suite)).values():
        for node in root.iter():
            assert not [name for name in node.attrib if "rsid" in str(name)]


def test_settings_are_those_of_french_word_2013(suite: Texte, opened: Opened) -> None:
    settings = opened(_write(suite))["word/settings.xml"]
    modes = {s.get(f"{W}name"): s.get(f"{W}val") for s in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    lang = settings.find(f"{W}themeFontLang")
    assert lang is not None
    assert lang.get(f"{W}val") == "fr-FR"


def test_a_model_that_is_no_word_file_is_refused_rather_than_ignored(suite: Texte) -> None:
    with pytest.raises(ClausegenError, match="--modele"):
        WRITER.write(suite, OptionsEcriture(modele=b"PK"))
