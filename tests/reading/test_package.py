from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from clausegen.errors import ClausegenError
from clausegen.files import openxml
from clausegen.reading.docx import read_docx

Fichier = Callable[..., bytes]
PARAGRAPH = "<w:p><w:r><w:t>Texte.</w:t></w:r></w:p>"


def _refused(data: bytes) -> str:
    with pytest.raises(ClausegenError) as caught:
        read_docx(data, "clause.docx")
    message = str(caught.value)
    assert message.startswith("clause.docx : ") and "modèle" not in message
    return message


@pytest.mark.parametrize("data", [b"", b"PK", b"pas un zip" * 100])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert "n'est pas un document Word" in _refused(data)


def test_an_old_or_protected_file_says_what_to_do() -> None:
    message = _refused(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    assert ".doc" in message and "mot de passe" in message


def test_a_missing_text_is_told(fichier: Fichier, edited: Fichier) -> None:
    assert "abîmé" in _refused(edited(fichier(PARAGRAPH), **{"word/document.xml": None}))
    assert "n'est pas un document Word" in _refused(edited(fichier(PARAGRAPH), **{"_rels/.rels": None}))


def test_another_office_file_is_refused(fichier: Fichier, edited: Fichier) -> None:
    def sheet(part: bytes) -> bytes:
        return part.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")

    assert "n'est pas un document Word" in _refused(edited(fichier(PARAGRAPH), **{"[Content_Types].xml": sheet}))


def test_macros_are_told_but_the_text_is_read(fichier: Fichier, edited: Fichier) -> None:
    def enabled(part: bytes) -> bytes:
        kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return part.replace(kind, b"application/vnd.ms-word.document.macroEnabled.main+xml")

    document = read_docx(edited(fichier(PARAGRAPH), **{"[Content_Types].xml": enabled}), "x.docm")
    assert [bloc.texte for bloc in document.blocs] == ["Texte."]
    assert "macros" in document.remarques[0]
    assert read_docx(fichier(PARAGRAPH), "x.docx").remarques == ()


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels", "[Content_Types].xml"])
@pytest.mark.parametrize("subset", ['<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">', ""])
def test_entities_are_refused(fichier: Fichier, edited: Fichier, part: str, subset: str) -> None:
    def declare(content: bytes) -> bytes:
        body = content[content.index(b"?>") + 2 :]
        return f"<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE x [{subset}]>".encode() + body

    assert "entités" in _refused(edited(fichier(PARAGRAPH, {"styles": ""}), **{part: declare}))


def test_depth_sizes_and_ratio_are_bounded(fichier: Fichier, edited: Fichier, monkeypatch: pytest.MonkeyPatch) -> None:
    data = fichier(PARAGRAPH)
    deep = "<w:sdt><w:sdtContent>" * 200 + PARAGRAPH + "</w:sdtContent></w:sdt>" * 200
    assert "ne se lit pas" in _refused(fichier(deep))
    assert "démesuré" in _refused(edited(data, **{"word/bombe.xml": bytes(5_000_000)}))
    for name, value in (("MOST_PARTS", 3), ("LARGEST_PART", 100), ("LARGEST_UNZIPPED", 500), ("LARGEST", 1000)):
        with monkeypatch.context() as patch:
            patch.setattr(openxml, name, value)
            _refused(data)


def test_two_entries_of_one_name_are_refused(fichier: Fichier) -> None:
    buffer = BytesIO(fichier(PARAGRAPH))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("WORD/document.xml", b"<x/>")
    assert "même nom" in _refused(buffer.getvalue())


def test_strict_files_are_read(fichier: Fichier, edited: Fichier) -> None:
    def strict(part: bytes) -> bytes:
        part = part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        return part.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    names = ("word/document.xml", "word/header1.xml", "word/_rels/document.xml.rels", "_rels/.rels")
    data = fichier(
        PARAGRAPH + '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>', {"header1": PARAGRAPH}
    )
    assert read_docx(edited(data, **dict.fromkeys(names, strict)), "x").blocs == read_docx(data, "x").blocs
    assert len(read_docx(data, "x").blocs) == 2
