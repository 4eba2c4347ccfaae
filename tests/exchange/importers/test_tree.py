"""One tree for XML and JSON: names, texts, places."""

import pytest
from lxml import etree

from clausegen.errors import ClausegenError
from clausegen.exchange.importers.tree import ATTRIBUTS, PROFONDEUR, cleaned, from_json, from_xml


def xml(text):
    return from_xml(etree.fromstring(text))


def test_places_of_xml():
    root = xml('<a xmlns:c="urn:c"><c:b x="1">un</c:b><d/><c:b>deux<i>s</i> fois</c:b><!-- rien --></a>')
    assert [node.origine for node in root.nommes("b")] == ["/a/c:b[1]", "/a/c:b[2]"]
    assert root.nommes("b")[1].complet == "deuxs fois" and root.nommes("b")[0].attributs == {"x": "1"}
    assert root.un("d").complet == "" and root.un("absent") is None and root.complet == "un deuxs fois"
    assert root.un("d", "b").complet == "un", "the first that holds something wins"


def test_places_of_json():
    root = from_json(
        "racine", {"a:b": [{"@l": "fr", "#text": " un  mot "}, None], "c/d": {"e": ["1", ["2"]]}, "f": True}, "/x#"
    )
    assert [(n.origine, n.complet) for n in root.nommes("b")] == [("/x#/a:b/0", "un mot"), ("/x#/a:b/1", "")]
    assert [n.origine for n in root.tous("c/d".replace("/", "~"))] == []
    assert [(n.origine, n.complet) for n in root.sous("e")] == [("/x#/c~1d/e/0", "1"), ("/x#/c~1d/e/1/0", "2")]
    assert root.un("b").attributs == {"l": "fr"} and root.un("f").complet == "true"


def test_depth_is_bounded():
    deep = "<a>" * (PROFONDEUR + 2) + "</a>" * (PROFONDEUR + 2)
    with pytest.raises(ClausegenError, match="emboîte"):
        xml(deep)
    value = "x"
    for _ in range(PROFONDEUR + 2):
        value = [value]
    with pytest.raises(ClausegenError, match="emboîte"):
        from_json("a", value, "")


def test_texts_are_on_one_line():
    assert cleaned(" a\n\tb\x00c\u00a0d ") == "a b c d"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<p>Une <b>clause d'insertion</b></p><p>de 300&nbsp;heures</p>", "Une clause d'insertion de 300 heures"),
        ("Ligne<br/>suivante n<sup>o</sup> 2", "Ligne suivante no 2"),
        ("Fournitures &amp; services &eacute;t&eacute;", "Fournitures & services été"),
        ("a < b et b > a ; R&D ; <montant>", "a < b et b > a ; R&D ; <montant>"),
        ("P&T; Q&A;", "P&T; Q&A;"),
    ],
)
def test_the_marks_of_a_web_page_are_left_aside(text, clean):
    assert cleaned(text) == clean


def test_an_element_with_far_too_many_attributes_is_refused_at_once():
    def element(number):
        attributes = " ".join(f'x{n}="1"' for n in range(number))
        return etree.fromstring(f"<a {attributes}/>")

    assert len(from_xml(element(ATTRIBUTS)).attributs) == ATTRIBUTS
    with pytest.raises(ClausegenError, match="attributs"):
        from_xml(element(20_000))
