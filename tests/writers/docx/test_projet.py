"""The draft's words travel inside the Word file, as Word expects such a part, and only in the version to review."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from lxml import etree

from clausegen.text.slots import Slots
from clausegen.text.tree import Champ, Texte
from clausegen.writers.blocks import gather
from clausegen.writers.docx.projet import PROJET, draft_lines, projet_part
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Opened = Callable[[bytes], dict[str, etree._Element]]
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_word_finds_the_part_and_its_name(suite: Texte, opened: Opened) -> None:
    parts = opened(WRITER.write(suite, OptionsEcriture()))
    links = {n.get("Type"): n.get("Target") for n in parts["word/_rels/document.xml.rels"]}
    assert links[f"{R}/customXml"] == "../customXml/item1.xml"
    (name,) = parts["customXml/_rels/item1.xml.rels"]
    assert (name.get("Type"), name.get("Target")) == (f"{R}/customXmlProps", "itemProps1.xml")
    assert PROJET in etree.tostring(parts["customXml/itemProps1.xml"]).decode()
    texts = [node.text for node in parts["customXml/item1.xml"]]
    assert texts == list(draft_lines(gather(suite.tokens))) and texts[0] == "Clause sociale"


def test_the_published_version_carries_none(suite: Texte) -> None:
    with zipfile.ZipFile(BytesIO(WRITER.write(suite, OptionsEcriture(publiable=True)))) as archive:
        assert not [name for name in archive.namelist() if name.startswith("customXml")]
        assert all(PROJET.encode() not in archive.read(name) for name in archive.namelist())


def test_fields_breaks_and_marks_are_written_as_they_show(compose: Callable[..., Texte]) -> None:
    slots = Slots()
    field, fact = slots.field(Champ("a", "Quel est l'objet ?")), slots.fact("un\ndeux")
    texte = compose(f"# T\n\n{fact} **gras** {field}\nsuite\n\n| |\n|---|\n| & <b> |\n", slots)
    assert list(draft_lines(gather(texte.tokens))) == [
        "T",
        "un\ndeux gras [à compléter\u00a0: Quel est l’objet\u202f?] suite",
        "& <b>",
    ]
    root = etree.fromstring(projet_part(draft_lines(gather(texte.tokens))).encode())
    assert [node.text for node in root] == list(draft_lines(gather(texte.tokens)))


def test_it_stays_small(suite: Texte) -> None:
    draft, published = (len(WRITER.write(suite, OptionsEcriture(publiable=p))) for p in (False, True))
    assert draft - published < 8000
