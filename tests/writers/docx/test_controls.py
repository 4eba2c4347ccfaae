from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from clausegen.text.slots import Slots
from clausegen.text.tree import Champ, Texte
from clausegen.writers.docx.controls import Controls, shorten
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Opened = Callable[[bytes], dict[str, etree._Element]]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _value(node: etree._Element, path: str) -> str | None:
    found = node.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def _controls(parts: dict[str, etree._Element]) -> list[etree._Element]:
    return [s for s in parts["word/document.xml"].iter(f"{W}sdt") if s.find(f"{W}sdtPr/{W}tag") is not None]


def test_a_field_is_a_control_with_title_tag_and_placeholder(suite: Texte, opened: Opened) -> None:
    parts = opened(WRITER.write(suite, OptionsEcriture()))
    first, second = _controls(parts)
    assert _value(first, "sdtPr/alias") == "Quel est le numéro SIRET de l'acheteur ?"
    assert [_value(one, "sdtPr/tag") for one in (first, second)] == ["acheteur.siret", "date_note"]
    assert first.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    assert "".join(second.itertext(f"{W}t")) == "[à compléter\u00a0: À quelle date\u202f?]"
    assert _value(second, "sdtContent/r/rPr/rStyle") == "PlaceholderText"


def test_ids_are_unique(suite: Texte, opened: Opened) -> None:
    ids = [_value(one, "sdtPr/id") for one in _controls(opened(WRITER.write(suite, OptionsEcriture())))]
    assert len(set(ids)) == len(ids) == 2


def test_each_placeholder_is_in_the_glossary_with_its_text_and_style(suite: Texte, opened: Opened) -> None:
    parts = opened(WRITER.write(suite, OptionsEcriture()))
    glossary = {
        _value(part, "docPartPr/name"): "".join(part.itertext(f"{W}t"))
        for part in parts["word/glossary/document.xml"].iter(f"{W}docPart")
        if part.find(f"{W}docPartPr") is not None
    }
    for control in _controls(parts):
        assert glossary[_value(control, "sdtPr/placeholder/docPart")] == "".join(control.itertext(f"{W}t"))
    styles = {s.get(f"{W}styleId") for s in parts["word/glossary/styles.xml"].iter(f"{W}style")}
    assert "PlaceholderText" in styles


def test_the_same_question_shares_its_placeholder(compose: Callable[..., Texte], opened: Opened) -> None:
    slots = Slots()
    first, second = (slots.field(Champ(chemin, "Quand ?")) for chemin in ("a", "b"))
    parts = opened(WRITER.write(compose(f"{first} {second}\n", slots), OptionsEcriture()))
    assert len(list(parts["word/glossary/document.xml"].iter(f"{W}docPartPr"))) == 1
    assert len(_controls(parts)) == 2


def test_an_answer_in_bold_words_will_be_bold() -> None:
    assert '<w:sdtPr><w:rPr><w:rStyle w:val="Strong"/></w:rPr>' in Controls().control(Champ("a", "Quoi ?"), "Strong")


def test_titles_too_long_for_word_are_cut_between_words() -> None:
    cut = shorten("Quelle est la date prévisionnelle de lancement de la consultation du marché ?")
    assert len(cut) <= 64
    assert cut == "Quelle est la date prévisionnelle de lancement de la…"
    assert len(shorten("a" * 80)) == 64
