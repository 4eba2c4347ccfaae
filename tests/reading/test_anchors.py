from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from clausegen.errors import ClausegenError
from clausegen.files.office import convert, find_office
from clausegen.reading.anchors import Remark, comment
from clausegen.reading.docx import read_docx
from clausegen.text.tree import Texte
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Fichier = Callable[..., bytes]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
JOUR = date(2026, 11, 26)


def r(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def _commented(data: bytes, *remarks: Remark) -> bytes:
    return comment(data, remarks, "Relecture", "R", JOUR)


def _found(data: bytes, author: str = "Relecture") -> list[tuple[int, str, str]]:
    return [
        (bloc.rang, bloc.texte[c.debut : c.fin], c.texte)
        for bloc in read_docx(data, "x").blocs
        for c in bloc.commentaires
        if c.auteur == author
    ]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BOLD = "<w:rPr><w:b/></w:rPr>"
MIXED = (
    r("Le titulaire ", BOLD)
    + '<w:r><w:t xml:space="preserve">réalise</w:t><w:tab/><w:t>300</w:t></w:r>'
    + f'<w:ins w:id="7" w:author="J">{r(" heures")}</w:ins>'
    + f'<w:hyperlink w:anchor="x">{r(" ici")}</w:hyperlink>'
    + f'<w:sdt><w:sdtPr><w:tag w:val="t"/></w:sdtPr><w:sdtContent>{r(" champ")}</w:sdtContent></w:sdt>'
    + r(" fin.")
)
TEXT = "Le titulaire réalise\t300 heures ici champ fin."


@pytest.mark.parametrize(
    "words", ["titulaire", "Le titulaire ", "réalise\t", "\t300 heu", "300", "eur", "ici", "fin.", TEXT, "is"]
)
def test_a_remark_is_on_its_words(fichier: Fichier, words: str) -> None:
    start = TEXT.index(words)
    data = fichier(p(MIXED))
    written = _commented(data, Remark(1, start, start + len(words), "Revoir.\n\nSuite."))
    assert _found(written) == [(1, words, "Revoir.\nSuite.")]
    (before,), (after,) = read_docx(data, "x").blocs, read_docx(written, "x").blocs
    assert (after.texte, after.revisions, after.champs) == (before.texte, before.revisions, before.champs)


def test_a_remark_inside_a_control_goes_around_it(fichier: Fichier) -> None:
    start = TEXT.index("champ")
    assert _found(_commented(fichier(p(MIXED)), Remark(1, start, start + 2, "x"))) == [(1, " champ", "x")]


def test_the_look_of_split_words_is_kept(fichier: Fichier) -> None:
    root = etree.fromstring(
        _parts(_commented(fichier(p(r("abcdef", BOLD))), Remark(1, 2, 4, "x")))["word/document.xml"]
    )
    runs = [("".join(n.itertext(f"{W}t")), n.find(f"{W}rPr/{W}b") is not None) for n in root.iter(f"{W}r")]
    assert [one for one in runs if one[0]] == [("ab", True), ("cd", True), ("ef", True)]


def test_several_remarks_on_the_same_words(fichier: Fichier) -> None:
    remarks = [Remark(1, 0, 5, "a"), Remark(1, 0, 5, "b"), Remark(1, 3, 8, "c"), Remark(1, 4, 4, "d")]
    found = _found(_commented(fichier(p(r("abcdefgh"))), *remarks))
    assert sorted(found) == [(1, "abcde", "a"), (1, "abcde", "b"), (1, "abcdefgh", "d"), (1, "defgh", "c")]


def test_remarks_without_a_block_go_on_the_title_else_the_first_paragraph(fichier: Fichier) -> None:
    style = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    title = f'<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr>{r("Titre")}</w:p>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>'
    data = fichier(p(r("avant")) + title + section, {"styles": style, "header1": p(r("en-tête"))})
    written = _commented(data, Remark(None, 0, 0, "a"), Remark(99, 0, 0, "b"), Remark(3, 0, 2, "c"))
    assert _found(written) == [(2, "Titre", "a"), (2, "Titre", "b"), (2, "Titre", "c")]
    assert _found(_commented(fichier(p(r("un")) + p(r("deux"))), Remark(None, 0, 0, "a"))) == [(1, "un", "a")]
    assert "commentRangeStart" in _parts(_commented(fichier(""), Remark(None, 0, 0, "a")))["word/document.xml"].decode()


def test_existing_comments_stay_and_ids_are_unique(fichier: Fichier) -> None:
    old = f'<w:comment w:id="41" w:author="Jeanne">{p(r("ancien"))}</w:comment>'
    body = p('<w:commentRangeStart w:id="41"/>' + r("abc") + '<w:commentRangeEnd w:id="41"/>')
    written = _commented(fichier(body, {"comments": old}), Remark(1, 0, 2, "neuf"), Remark(1, 1, 3, "autre"))
    assert _found(written, "Jeanne") == [(1, "abc", "ancien")]
    root = etree.fromstring(_parts(written)["word/comments.xml"])
    assert [node.get(f"{W}id") for node in root] == ["41", "42", "43"]
    assert root[1].get(f"{W}date") == "2026-11-26T00:00:00Z" and root[1].get(f"{W}initials") == "R"


def test_without_a_date_none_is_written(fichier: Fichier) -> None:
    written = comment(fichier(p(r("abc"))), [Remark(1, 0, 1, "x")], "R", "R", None)
    assert b"w:date" not in _parts(written)["word/comments.xml"]


def test_what_word_needs_is_added_once(fichier: Fichier) -> None:
    style = '<w:style w:type="character" w:styleId="Marque"><w:name w:val="annotation reference"/></w:style>'
    parts = _parts(_commented(fichier(p(r("abc")), {"styles": style}), Remark(1, 0, 1, "x"), Remark(1, 1, 2, "y")))
    assert parts["[Content_Types].xml"].count(b"/word/comments.xml") == 1
    assert parts["word/_rels/document.xml.rels"].count(b"relationships/comments") == 1
    assert parts["word/styles.xml"].count(b'"annotation text"') == 1
    assert b'w:val="Marque"' in parts["word/document.xml"] and b"CommentReference" not in parts["word/styles.xml"]


def test_the_rest_of_the_file_keeps_its_bytes(pieces: dict[str, dict[str, Texte]]) -> None:
    data = WRITER.write(pieces["nettoyage"]["ccap"], OptionsEcriture())
    before, after = _parts(data), _parts(_commented(data, Remark(3, 0, 4, "x")))
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml", "word/comments.xml"}
    assert _commented(data, Remark(3, 0, 4, "x")) == _commented(data, Remark(3, 0, 4, "x"))
    assert comment(data, [], "R", "R", None) == data


def test_text_boxes_take_no_comment(fichier: Fichier) -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(r('encart'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    written = _commented(fichier(p(r("porteur") + box)), Remark(2, 0, 3, "x"))
    assert [rank for rank, _, _ in _found(written)] == [1]


def test_strict_files_are_refused_in_words(fichier: Fichier, edited: Fichier) -> None:
    def strict(part: bytes) -> bytes:
        return part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    data = edited(fichier(p(r("abc"))), **{"word/document.xml": strict})
    with pytest.raises(ClausegenError, match="strict"):
        _commented(data, Remark(1, 0, 1, "x"))


_PLACES = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=_PLACES)
def test_words_never_change_and_every_remark_covers_its_own(fichier: Fichier, places: list[tuple[int, int]]) -> None:
    data = fichier(p(MIXED) + p(r("suite")))
    remarks = [Remark(1, min(one), max(one), f"r{n}") for n, one in enumerate(places)]
    written = _commented(data, *remarks)
    assert [b.texte for b in read_docx(written, "x").blocs] == [TEXT, "suite"]
    found = {c.texte: c for c in read_docx(written, "x").blocs[0].commentaires}
    assert len(found) == len(remarks)
    for remark in remarks:
        start, end = (remark.debut, remark.fin) if remark.debut < remark.fin else (0, len(TEXT))
        assert found[remark.texte].debut <= start and found[remark.texte].fin >= end


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not here")
def test_libreoffice_reads_the_same_comments(pieces: dict[str, dict[str, Texte]]) -> None:
    data = WRITER.write(pieces["nettoyage"]["ccap"], OptionsEcriture())
    blocs = [b for b in read_docx(data, "x").blocs if b.attache is not None and len(b.texte) > 9]
    written = _commented(data, *(Remark(b.rang, 2, 8, f"r{b.rang}") for b in blocs[::9]), Remark(None, 0, 0, "tout"))
    saved = convert(written, "piece.docx", "docx", "docx:MS Word 2007 XML", epoch=0)
    assert _found(saved) == _found(written)
    here, there = read_docx(written, "x"), read_docx(saved, "x")
    assert [(b.texte, b.numero, b.genre, b.cellule, b.champs) for b in here.blocs] == [
        (b.texte, b.numero, b.genre, b.cellule, b.champs) for b in there.blocs
    ]
    assert (there.piece, there.date_droit, there.projet) == (here.piece, here.date_droit, here.projet)
