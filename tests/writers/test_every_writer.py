"""What holds for all formats: nothing is lost, nothing a person wrote is read as markup, the same bytes each time."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree, html

from clausegen.french.typography import plain
from clausegen.text.slots import Slots
from clausegen.text.tree import Texte, Token, read_already
from clausegen.writers.interface import POINTILLES, OptionsEcriture, UnknownTokenError
from clausegen.writers.registry import FORMATS, writer_for

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The PDF is the Word file laid out by another program: tests/writers/test_pdf.py.
WITHOUT_OFFICE = [name for name in FORMATS if name != "pdf"]
HOSTILE = [
    "<w:p/>",
    "**gras** et _italique_ et `code`",
    "# titre",
    "{{ marche.reference }} {% if x %}",
    "a | b",
    "[lien](http://exemple.fr)",
    "![image](x.png)",
    "]]> &amp; &lt; &#65;",
    "antislash \\ et \\* fin",
    "- tiret",
    "+ plus",
    "12. douze",
    "3) trois",
    ":::encadre",
    "{#ancre}",
    "> citation",
    "~~barré~~",
    "===",
    "<script>alert(1)</script>",
    "\x00nul\x1f et \ufffe",
]


def _words(name: str, data: bytes) -> str:
    """Return what a reader sees, spaces made plain."""
    if name == "html":
        page = html.fromstring(data)
        for style in page.iter("style"):
            style.text = ""
        return plain(page.text_content())
    if name != "docx":
        return plain(data.decode())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return plain("\n".join("".join(p.itertext(f"{W}t")) for p in root.iter(f"{W}p")))


@pytest.mark.parametrize("name", WITHOUT_OFFICE)
def test_every_token_is_printed(name: str, suite: Texte) -> None:
    words = " ".join(_words(name, writer_for(name).write(suite, OptionsEcriture())).replace("*", "").split())
    expected = [
        "Clause sociale",
        "Ville de Rennes & <Métropole>",
        "2, rue du Port",
        "[à compléter : Quel est le numéro SIRET de l'acheteur ?]",
        "Entrée en matière sur deux lignes, le 1er mars 2027.",
        "action d'insertion, voir l'article 13 et",
        "clé",
        "Périmètre",
        "1 200",
        "dedans",
        "suite du second",
        "quatre",
        "Détail",
        "Citation.",
        "À retenir.",
        "Voir l'article 12.",
        "Signature",
        "La directrice",
        "Sommaire",
    ]
    words = words.replace("\\<", "<").replace("\\>", ">")
    assert [text for text in expected if text not in words] == []


@pytest.mark.parametrize("name", WITHOUT_OFFICE)
def test_two_runs_give_the_same_bytes(name: str, suite: Texte) -> None:
    first = writer_for(name).write(suite, OptionsEcriture())
    assert first == writer_for(name).write(suite, OptionsEcriture())


@pytest.mark.parametrize("name", WITHOUT_OFFICE)
def test_the_published_version_has_neither_field_nor_comment(name: str, suite: Texte) -> None:
    data = writer_for(name).write(suite, OptionsEcriture(publiable=True))
    words = _words(name, data)
    assert "à compléter" not in words
    assert "Fait manquant" not in words
    assert POINTILLES in words
    if name == "docx":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            assert not [part for part in archive.namelist() if "comment" in part or "glossary" in part]
            assert b"<w:tag " not in archive.read("word/document.xml")


@pytest.mark.parametrize("name", WITHOUT_OFFICE)
@pytest.mark.parametrize("kind", ["image", "html_inline", "link_open"])
def test_an_unknown_token_among_words_stops_the_writing(name: str, kind: str, compose: Callable[..., Texte]) -> None:
    texte = compose("Un mot.\n")
    texte.tokens[1].children = [Token(kind, "", 0, content="x")]
    with pytest.raises(UnknownTokenError, match=kind):
        writer_for(name).write(texte, OptionsEcriture())


@pytest.mark.parametrize("name", WITHOUT_OFFICE)
def test_an_unknown_block_stops_the_writing(name: str, suite: Texte) -> None:
    texte = replace(suite, lecture=read_already((*suite.tokens, Token("fence", "code", 0))))
    with pytest.raises(UnknownTokenError, match="fence"):
        writer_for(name).write(texte, OptionsEcriture())


@pytest.mark.parametrize("name", ["docx", "html", "txt"])
@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_wrote_stays_plain(name: str, text: str, compose: Callable[..., Texte]) -> None:
    slots = Slots()
    mark = slots.fact(text)
    data = writer_for(name).write(compose(f"Avant {mark} après.\n", slots), OptionsEcriture())
    kept = plain(slots.faits[0])
    assert f"Avant {kept} après." in _words(name, data)


@pytest.mark.parametrize("name", WITHOUT_OFFICE)
def test_a_piece_without_anything_is_still_a_file(name: str, compose: Callable[..., Texte]) -> None:
    assert writer_for(name).write(compose(""), OptionsEcriture())
