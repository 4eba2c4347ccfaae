from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from clausegen.errors import ClausegenError
from clausegen.files.openxml import Words, links_path, open_office, parse_part, rewritten

WORDS = Words("fichier", "x.docx")
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="XML" ContentType="a/b"/></Types>'


def _zip(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": TYPES, **parts}.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 26, 0, 0, 0)), content)
    return buffer.getvalue()


def test_a_file_without_relationships_has_no_main_part() -> None:
    office = open_office(_zip(a=b"1"), WORDS)
    assert (office.document, office.links("a"), office.linked("styles"), office.has_macros()) == ("", {}, None, False)
    assert office.content_type("b.xml") == "a/b" and office.content_type("a") == ""


def test_relationships_are_read_from_where_they_stand() -> None:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = (
        f'<Relationships xmlns="{space}"><Relationship Id="a" Type="x/officeDocument" Target="/w/d.xml"/>'
        '<Relationship Id="b" Type="x/link" Target="http://e.invalid" TargetMode="External"/></Relationships>'
    ).encode()
    inside = (
        f'<Relationships xmlns="{space}"><Relationship Id="a" Type="x/customXml" Target="../c/i.xml"/></Relationships>'
    )
    office = open_office(
        _zip(**{"_rels/.rels": links, "w/d.xml": b"<a/>", "w/_rels/d.xml.rels": inside.encode(), "c/i.xml": b"<i/>"}),
        WORDS,
    )
    assert office.document == "w/d.xml" and office.linked("customXml") == "c/i.xml"
    assert office.links("")["b"].externe
    assert (links_path(""), links_path("w/d.xml")) == ("_rels/.rels", "w/_rels/d.xml.rels")


def test_rewriting_keeps_the_others_in_their_order() -> None:
    data = _zip(a=b"1", b=b"2")
    assert rewritten(data, {}) == rewritten(rewritten(data, {}), {})
    with zipfile.ZipFile(BytesIO(rewritten(data, {"a": b"neuf", "c": b"3"}))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "a", "b", "c"]
        assert [archive.read(name) for name in "abc"] == [b"neuf", b"2", b"3"]
        assert archive.getinfo("a").date_time[0] == 2026 and archive.getinfo("c").date_time[0] == 1980


@pytest.mark.parametrize(
    ("xml", "why"),
    [(b"", "ne se lit pas"), (b"<a>" * 300, "ne se lit pas"), (b"<!DOCTYPE a []><a/>", "entités")],
)
def test_xml_is_refused_in_words(xml: bytes, why: str) -> None:
    with pytest.raises(ClausegenError, match=why) as caught:
        parse_part(xml, "p.xml", WORDS)
    assert str(caught.value).startswith("x.docx : l'élément « p.xml » du fichier")
