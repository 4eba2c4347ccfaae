from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from clausegen.reading.docx import read_docx
from clausegen.reading.resolve import accept_all, reject_all

Fichier = Callable[..., bytes]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WHO = 'w:id="1" w:author="J"'
REVISIONS = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "delText",
    "rPrChange",
    "pPrChange",
    "trPrChange",
    "cellIns",
    "cellDel",
)


def r(text: str, kind: str = "t", look: str = "") -> str:
    return f'<w:r>{look}<w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def ins(text: str) -> str:
    return f"<w:ins {WHO}>{r(text)}</w:ins>"


def gone(text: str) -> str:
    return f"<w:del {WHO}>{r(text, 'delText')}</w:del>"


def p(content: str, end: str = "", extra: str = "") -> str:
    mark = f"<w:rPr><w:{end} {WHO}/></w:rPr>" if end else ""
    return f"<w:p><w:pPr>{extra}{mark}</w:pPr>{content}</w:p>"


def _body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    assert not [node for name in REVISIONS for node in root.iter(W + name)]
    return root.find(f"{W}body")


def _texts(data: bytes) -> list[str]:
    return ["".join(node.itertext(f"{W}t")) for node in _body(data).iter(f"{W}p")]


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (p(r("a ") + gone("b") + ins("c")), ["a c"], ["a b"]),
        (p(r("a"), "del") + p(r("b")), ["ab"], ["a", "b"]),
        (p(r("a"), "ins") + p(r("b")), ["a", "b"], ["ab"]),
        (p(gone("a"), "del") + p(r("b")), ["b"], ["a", "b"]),
        (p(ins("a"), "ins") + p(r("b")), ["a", "b"], ["b"]),
        (p(r("a"), "del") + p(gone("b"), "del") + p(r("c")), ["ac"], ["a", "b", "c"]),
        (p(f"<w:ins {WHO}>{r('x')}{gone('y')}</w:ins>"), ["x"], [""]),
        (
            p(f"<w:moveFrom {WHO}>{r('m')}</w:moveFrom>{r('a')}") + p(f"<w:moveTo {WHO}>{r('m')}</w:moveTo>"),
            ["a", "m"],
            ["ma", ""],
        ),
        ("<w:tbl><w:tr><w:tc>" + p(gone("seul"), "del") + "</w:tc></w:tr></w:tbl>", [""], ["seul"]),
    ],
)
def test_words_and_ends_of_paragraphs(fichier: Fichier, body: str, accepted: list[str], rejected: list[str]) -> None:
    assert _texts(accept_all(fichier(body))) == accepted
    assert _texts(reject_all(fichier(body))) == rejected


def test_rows_cells_and_tables(fichier: Fichier) -> None:
    def row(text: str, mark: str = "", cell: str = "") -> str:
        extra = f"<w:tc><w:tcPr><w:{cell} {WHO}/></w:tcPr>{p(r('e'))}</w:tc>" if cell else ""
        state = f"<w:trPr><w:{mark} {WHO}/></w:trPr>" if mark else ""
        return f"<w:tr>{state}<w:tc>{p(r(text))}</w:tc>{extra}</w:tr>"

    table = f"<w:tbl>{row('a')}{row('b', 'del')}{row('c', 'ins')}{row('d', cell='cellDel')}</w:tbl>"
    alone = f"<w:tbl>{row('z', 'ins')}</w:tbl>"
    assert _texts(accept_all(fichier(table + alone))) == ["a", "c", "d", "z"]
    data = reject_all(fichier(table + alone))
    assert _texts(data) == ["a", "b", "d", "e"]
    assert len(_body(data).findall(f"{W}tbl")) == 1


def test_looks_are_kept_or_given_back(fichier: Fichier) -> None:
    run = f"<w:rPr><w:b/><w:rPrChange {WHO}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>"
    change = f'<w:pStyle w:val="Neuf"/>{{}}<w:pPrChange {WHO}><w:pPr><w:pStyle w:val="Vieux"/></w:pPr></w:pPrChange>'
    mark = f"<w:rPr><w:ins {WHO}/></w:rPr>"
    body = f"<w:p><w:pPr>{change.format(mark)}</w:pPr>{r('a', look=run)}</w:p>" + p(r("b"))
    accepted, rejected = _body(accept_all(fichier(body))), _body(reject_all(fichier(body)))
    assert [n.get(f"{W}val") for n in accepted.iter(f"{W}pStyle")] == ["Neuf"]
    assert accepted.find(f".//{W}r/{W}rPr/{W}b") is not None and accepted.find(f".//{W}i") is None
    assert [n.get(f"{W}val") for n in rejected.iter(f"{W}pStyle")] == ["Vieux"]
    assert rejected.find(f".//{W}r/{W}rPr/{W}i") is not None and rejected.find(f".//{W}b") is None


def test_comments_stay(fichier: Fichier) -> None:
    anchor = '<w:commentRangeStart w:id="4"/>' + r("x", "delText") + '<w:commentRangeEnd w:id="4"/>'
    body = p(f'<w:del {WHO}>{anchor}<w:r><w:commentReference w:id="4"/></w:r></w:del>' + r("y"))
    found = _body(accept_all(fichier(body)))
    marks = [etree.QName(n).localname for n in found.iter() if (n.get(f"{W}id") or "") == "4"]
    assert marks == ["commentRangeStart", "commentRangeEnd", "commentReference"]


def test_a_file_without_changes_is_given_back_as_it_is(fichier: Fichier) -> None:
    data = fichier(p(r("a")))
    assert accept_all(data) == data == reject_all(data)


def test_headers_are_resolved_too(fichier: Fichier) -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>'
    data = fichier(p(r("a")) + section, {"header1": p(gone("b") + ins("c"))})
    assert [b.texte for b in read_docx(accept_all(data), "x").blocs] == ["a", "c"]
    assert [b.texte for b in read_docx(reject_all(data), "x").blocs] == ["a", "b"]


_WORDS = st.lists(st.tuples(st.sampled_from((r, ins, gone)), st.sampled_from(("un ", "deux ", "trois "))), max_size=4)
_PARAGRAPHS = st.lists(st.tuples(_WORDS, st.sampled_from(("", "", "del"))), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paragraphs=_PARAGRAPHS)
def test_what_is_read_is_what_word_would_accept(
    fichier: Fichier, paragraphs: list[tuple[list[tuple[Callable[[str], str], str]], str]]
) -> None:
    data = fichier("".join(p("".join(make(word) for make, word in words), end) for words, end in paragraphs))
    here = [b.texte for b in read_docx(data, "x").blocs if b.texte.strip()]
    assert here == [b.texte for b in read_docx(accept_all(data), "x").blocs]
    before = [line for b in read_docx(data, "x").blocs for line in b.avant.split("\n") if line.strip()]
    assert before == [b.texte for b in read_docx(reject_all(data), "x").blocs]
