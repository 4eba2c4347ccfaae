from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from clausegen.text.slots import Slots
from clausegen.text.tree import Texte
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Opened = Callable[[bytes], dict[str, etree._Element]]
Compose = Callable[..., Texte]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _document(texte: Texte, opened: Opened) -> etree._Element:
    return opened(WRITER.write(texte, OptionsEcriture()))["word/document.xml"]


def _style(paragraph: etree._Element) -> str | None:
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def _styles(texte: Texte, opened: Opened) -> list[tuple[str | None, str]]:
    return [(_style(p), "".join(p.itertext(f"{W}t"))) for p in _document(texte, opened).iter(f"{W}p")]


def test_each_block_has_its_style(suite: Texte, opened: Opened) -> None:
    found = set(_styles(suite, opened))
    expected = {
        ("Title", "Clause sociale"),
        ("Heading1", "Objet"),
        ("Heading2", "Périmètre"),
        ("Heading3", "Détail"),
        ("Heading1SansNumero", "Signature"),
        ("CartoucheLibelle", "Acheteur"),
        ("TableauEnteteChiffres", "Heures"),
        ("TableauCentre", "1"),
        ("ListNumber", "premier"),
        ("ListContinue1", "suite du second"),
        ("Quote", "Citation."),
        ("Encadre", "À retenir."),
        ("SignaturePartie", "Pour l’acheteur"),
        ("SignatureZone", "Le maire"),
        ("TOC2", "12.1Périmètre"),
    }
    assert expected - found == set()


def test_what_introduces_a_table_or_a_list_stays_with_it(compose: Compose, opened: Opened) -> None:
    texte = compose("Les lots :\n\n- un\n\nPuis\n\n| A |\n|---|\n| b |\n\nRien.\n\nEt :\n\nrien.\n")
    styles = dict((text, style) for style, text in _styles(texte, opened))
    assert styles["Les lots\u00a0:"] == "TexteIntroductif"
    assert styles["Puis"] == "TexteIntroductif"
    assert styles["Rien."] == "ApresTableau"
    assert styles["Et\u00a0:"] == "BodyText"


def test_no_paragraph_is_empty_for_spacing(suite: Texte, opened: Opened) -> None:
    empty = [style for style, text in _styles(suite, opened) if not text]
    # The rule of Markdown is a border; a line of eight points closes the table that ends the document.
    assert empty == ["Filet", "Separateur"]


def test_two_tables_that_touch_are_kept_apart(compose: Compose, opened: Opened) -> None:
    texte = compose("| A |\n|---|\n| b |\n\n| C |\n|---|\n| d |\n\nFin.\n")
    body = _document(texte, opened).find(f"{W}body")
    assert [etree.QName(child).localname for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_only_styles_and_list_membership_stand_in_paragraphs(suite: Texte, opened: Opened) -> None:
    document = _document(suite, opened)
    names = {etree.QName(child).localname for p in document.iter(f"{W}pPr") for child in p}
    assert names == {"pStyle", "numPr"}
    assert {etree.QName(child).localname for r in document.iter(f"{W}rPr") for child in r} == {"rStyle"}


def test_bold_is_not_written_twice(compose: Compose, opened: Opened) -> None:
    document = _document(compose("| **A** |\n|---|\n| **b** |\n\n## **C**\n"), opened)
    bold = ["".join(r.itertext(f"{W}t")) for r in document.iter(f"{W}r") if r.find(f"{W}rPr") is not None]
    assert bold == ["b"]


def test_marks_are_combined_in_one_character_style(compose: Compose, opened: Opened) -> None:
    document = _document(compose("**a *b*** le 1er\n"), opened)
    runs = [
        (r.find(f"{W}rPr/{W}rStyle").get(f"{W}val") if r.find(f"{W}rPr") is not None else None, "".join(r.itertext()))
        for r in document.iter(f"{W}r")
    ]
    assert runs == [("Strong", "a "), ("StrongEmphasis", "b"), (None, " le 1"), ("Exposant", "er")]


def test_line_breaks_of_a_person_are_breaks(compose: Compose, opened: Opened) -> None:
    slots = Slots()
    mark = slots.fact("a\nb")
    assert len(list(_document(compose(f"{mark}\n", slots), opened).iter(f"{W}br"))) == 1


def test_an_empty_item_keeps_its_number(compose: Compose, opened: Opened) -> None:
    assert _styles(compose("1. a\n2.\n3. c\n"), opened) == [
        ("ListNumber", "a"),
        ("ListNumber", ""),
        ("ListNumber", "c"),
    ]
