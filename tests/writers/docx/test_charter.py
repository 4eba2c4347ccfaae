"""A buyer's Word file dresses our documents: its look comes, what it could hide does not."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt
from lxml import etree

from clausegen.errors import ClausegenError
from clausegen.files import openxml
from clausegen.files.office import find_office
from clausegen.text.tree import Texte
from clausegen.writers.docx import charter
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Opened = Callable[[bytes], dict[str, etree._Element]]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ff89993d1d0000000049454e44ae426082"
)


def _charter(change: Callable[[docx.document.Document], None] | None = None) -> bytes:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].add_run("Ville de Rennes, direction des achats").add_picture(BytesIO(PIXEL), Cm(1))
    section.first_page_header.paragraphs[0].text = "Page de garde de la Ville"
    section.footer.paragraphs[0].text = "Hôtel de Ville"
    document.styles["Title"].font.name = "Comic Neue"
    document.styles["Heading 1"].font.size = Pt(17)
    document.styles.add_style("Tableau texte", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(7)
    document.styles.add_style("Encadre", WD_STYLE_TYPE.CHARACTER)
    document.add_paragraph("Texte du modèle, à ne pas reprendre.", style="List Bullet")
    if change is not None:
        change(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _edited(data: bytes, **changes: bytes | Callable[[bytes], bytes] | None) -> bytes:
    """Return a file some parts of which (`word/document.xml`…) are changed, added, or taken away."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change(parts[name]) if callable(change) else change
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def model() -> bytes:
    return _charter()


@pytest.fixture
def dressed(suite: Texte, model: bytes) -> bytes:
    return WRITER.write(suite, OptionsEcriture(modele=model))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _trees(data: bytes) -> dict[str, etree._Element]:
    return {name: etree.fromstring(part) for name, part in _parts(data).items() if name.endswith((".xml", ".rels"))}


def _style(data: bytes, name: str) -> etree._Element:
    found = [
        style
        for style in _trees(data)["word/styles.xml"].iter(f"{W}style")
        if style.find(f"{W}name").get(f"{W}val").casefold() == name.casefold()
    ]
    assert len(found) == 1
    return found[0]


def test_the_same_bytes_each_time(suite: Texte, model: bytes, dressed: bytes) -> None:
    assert WRITER.write(suite, OptionsEcriture(modele=model)) == dressed


def test_the_text_is_ours_and_none_of_the_model(suite: Texte, dressed: bytes) -> None:
    def text(data: bytes) -> list[str]:
        return [node.text or "" for node in _trees(data)["word/document.xml"].iter(f"{W}t")]

    assert text(dressed) == text(WRITER.write(suite, OptionsEcriture()))
    assert "à ne pas reprendre".encode() not in b"".join(_parts(dressed).values())


def test_header_footer_logo_and_first_page(dressed: bytes) -> None:
    document = docx.Document(BytesIO(dressed))
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Ville de Rennes, direction des achats"
    assert section.first_page_header.paragraphs[0].text == "Page de garde de la Ville"
    assert section.footer.paragraphs[0].text == "Hôtel de Ville"
    assert section.different_first_page_header_footer
    assert _parts(dressed)["word/media/image1.png"] == PIXEL


def test_margins_are_the_model_s_and_tables_fill_them(dressed: bytes) -> None:
    section = docx.Document(BytesIO(dressed)).sections[0]
    assert (round(section.left_margin.cm, 1), round(section.right_margin.cm, 1)) == (3.0, 2.0)
    width = (section.page_width - section.left_margin - section.right_margin) // 635
    for table in _trees(dressed)["word/document.xml"].iter(f"{W}tbl"):
        total = sum(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol"))
        assert total == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
        assert abs(total - width) <= 1


def test_styles_are_the_model_s_and_ours_only_where_it_has_none(dressed: bytes) -> None:
    title = _style(dressed, "Title")
    assert title.find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == "Comic Neue"
    assert _style(dressed, "heading 1").find(f"{W}rPr/{W}sz").get(f"{W}val") == "34"
    assert _style(dressed, "Tableau texte").find(f"{W}rPr/{W}sz").get(f"{W}val") == "14"
    assert _style(dressed, "Tableau clausegen").get(f"{W}styleId") == "TableauClausegen"
    # The model has a character style of this id: our paragraph style takes another.
    assert _style(dressed, "Encadré").get(f"{W}styleId") == "clausegenEncadre"


def test_every_style_named_exists_once_and_is_of_its_kind(dressed: bytes) -> None:
    trees = _trees(dressed)
    styles = list(trees["word/styles.xml"].iter(f"{W}style"))
    kinds = {style.get(f"{W}styleId"): style.get(f"{W}type") for style in styles}
    names = [style.find(f"{W}name").get(f"{W}val").casefold() for style in styles]
    assert len(kinds) == len(styles) == len(set(names))
    for name, tree in trees.items():
        if name.startswith("word/") and "glossary" not in name:
            for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
                for node in tree.iter(f"{W}{tag}"):
                    assert kinds[node.get(f"{W}val")] == kind, (name, node.get(f"{W}val"))
    for style in styles:
        for tag in ("basedOn", "next", "link"):
            for node in style.iter(f"{W}{tag}"):
                assert node.get(f"{W}val") in kinds


def test_a_french_model_keeps_its_own_ids(suite: Texte, model: bytes) -> None:
    def french(part: bytes) -> bytes:
        return (
            part.replace(b'"Title"', b'"Titre"')
            .replace(b'w:val="Titre"/>', b'w:val="Title"/>', 1)
            .replace(b'"Heading1"', b'"Titre1"')
        )

    written = WRITER.write(suite, OptionsEcriture(modele=_edited(model, **{"word/styles.xml": french})))
    assert _style(written, "heading 1").get(f"{W}styleId") == "Titre1"
    trees = _trees(written)
    assert {"Titre1"} <= {node.get(f"{W}val") for node in trees["word/document.xml"].iter(f"{W}pStyle")}
    linked = [node.get(f"{W}val") for node in trees["word/numbering.xml"].iter(f"{W}pStyle")]
    assert linked == ["Titre1", "Heading2", "Heading3"]
    assert "Heading1" not in {node.get(f"{W}val") for node in trees["word/styles.xml"].iter(f"{W}basedOn")}


def test_articles_keep_our_numbers_and_lists_are_ours(dressed: bytes) -> None:
    numbered = {}
    for style in _trees(dressed)["word/styles.xml"].iter(f"{W}style"):
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            numbered[style.get(f"{W}styleId")] = number.get(f"{W}val")
    assert {k: v for k, v in numbered.items() if v != "0"} == {"Heading1": "1", "Heading2": "1", "Heading3": "1"}


def test_every_relationship_leads_to_a_part_and_every_part_has_a_type(dressed: bytes) -> None:
    parts, trees = _parts(dressed), _trees(dressed)
    linked = set()
    for name, root in trees.items():
        if name.endswith(".rels"):
            folder = dirname(dirname(name))
            linked |= {normpath(join(folder, n.get("Target"))) for n in root if n.get("TargetMode") != "External"}
            source = normpath(join(folder, name.rpartition("/")[2].removesuffix(".rels")))
            if source in trees:
                known = {node.get("Id") for node in root}
                used = {v for n in trees[source].iter() for k, v in n.attrib.items() if k.startswith(R)}
                assert used <= known
    assert linked == {name for name in parts if not name.endswith(".rels") and name != "[Content_Types].xml"}
    typed = {node.get("PartName") for node in trees["[Content_Types].xml"] if node.get("PartName")}
    assert typed == {f"/{name}" for name in linked}
    assert "word/theme/theme1.xml" in linked


def test_nothing_personal_of_the_model_comes_along(suite: Texte) -> None:
    def sign(document: docx.document.Document) -> None:
        document.core_properties.author = "Jeanne Secret"
        document.core_properties.comments = "Secret"

    written = WRITER.write(suite, OptionsEcriture(modele=_charter(sign)))
    assert b"Secret" not in b"".join(_parts(written).values())


def test_a_model_without_header_leaves_ours(suite: Texte) -> None:
    buffer = BytesIO()
    docx.Document().save(buffer)
    written = docx.Document(BytesIO(WRITER.write(suite, OptionsEcriture(modele=buffer.getvalue()))))
    assert written.sections[0].header.paragraphs[0].text.startswith("2026-014")
    assert written.sections[0].footer.paragraphs[0].text.startswith("Page")


def test_even_pages_and_headers_of_former_sections(suite: Texte) -> None:
    def two_sections(document: docx.document.Document) -> None:
        document.settings.odd_and_even_pages_header_footer = True
        document.sections[0].even_page_header.paragraphs[0].text = "Pages paires"
        document.add_section()

    written = docx.Document(BytesIO(WRITER.write(suite, OptionsEcriture(modele=_charter(two_sections)))))
    assert written.settings.odd_and_even_pages_header_footer
    assert written.sections[0].even_page_header.paragraphs[0].text == "Pages paires"
    assert len(written.sections) == 1


def _refused(data: bytes, suite: Texte) -> str:
    with pytest.raises(ClausegenError) as caught:
        WRITER.write(suite, OptionsEcriture(modele=data))
    message = str(caught.value)
    assert message.startswith("--modele : ")
    return message


def _header_with(model: bytes, inner: bytes) -> bytes:
    return _edited(model, **{"word/header1.xml": lambda part: part.replace(b"</w:p>", inner + b"</w:p>", 1)})


@pytest.mark.parametrize("data", [b"", b"PK", b"pas un zip" * 100])
def test_what_is_no_zip_is_refused(data: bytes, suite: Texte) -> None:
    assert "n'est pas un document Word" in _refused(data, suite)


def test_what_is_cut_short_is_refused(model: bytes, suite: Texte) -> None:
    for length in range(100, len(model), len(model) // 12):
        _refused(model[:length], suite)


def test_a_damaged_entry_is_refused(model: bytes, suite: Texte) -> None:
    with zipfile.ZipFile(BytesIO(model)) as archive:
        start = archive.getinfo("word/styles.xml").header_offset + 100
    assert "abîmé" in _refused(model[:start] + bytes(50) + model[start + 50 :], suite)


def test_another_office_file_is_refused(model: bytes, suite: Texte) -> None:
    def sheet(part: bytes) -> bytes:
        return part.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")

    assert "n'est pas un document Word" in _refused(_edited(model, **{"[Content_Types].xml": sheet}), suite)


def test_macros_are_refused(model: bytes, suite: Texte) -> None:
    def enabled(part: bytes) -> bytes:
        kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return part.replace(kind, b"application/vnd.ms-word.document.macroEnabled.main+xml")

    assert "macros" in _refused(_edited(model, **{"[Content_Types].xml": enabled}), suite)
    assert "macros" in _refused(_edited(model, **{"word/vbaProject.bin": b"x"}), suite)


@pytest.mark.parametrize("part", ["word/styles.xml", "word/document.xml", "word/header1.xml", "_rels/.rels"])
@pytest.mark.parametrize("subset", ['<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">', ""])
def test_entities_are_refused(model: bytes, suite: Texte, part: str, subset: str) -> None:
    def declare(content: bytes) -> bytes:
        body = content[content.index(b"?>") + 2 :]
        return f"<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE x [{subset}]>".encode() + body

    assert "entités" in _refused(_edited(model, **{part: declare}), suite)


def test_sizes_are_bounded(model: bytes, suite: Texte, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "démesuré" in _refused(_edited(model, **{"word/bombe.xml": bytes(5_000_000)}), suite)
    for name, value in (("MOST_PARTS", 3), ("LARGEST_PART", 1000), ("LARGEST_UNZIPPED", 5000), ("LARGEST", 1000)):
        with monkeypatch.context() as patch:
            patch.setattr(openxml, name, value)
            charter.read_charter.cache_clear()
            _refused(model, suite)


def test_two_entries_of_one_name_are_refused(model: bytes, suite: Texte) -> None:
    buffer = BytesIO(model)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("WORD/styles.xml", b"<x/>")
    assert "même nom" in _refused(buffer.getvalue(), suite)


def test_fields_that_fetch_files_are_refused(model: bytes, suite: Texte) -> None:
    field = b'<w:r><w:instrText> INCLUDEPICTURE "http://exemple.invalid/a.png" </w:instrText></w:r>'
    assert "champ" in _refused(_header_with(model, field), suite)
    assert "champ" in _refused(_header_with(model, b'<w:fldSimple w:instr="DDEAUTO x"/>'), suite)


def test_objects_and_linked_images_are_refused(model: bytes, suite: Texte) -> None:
    def link(part: bytes) -> bytes:
        target = b'Target="media/image1.png"'
        assert target in part
        return part.replace(target, b'Target="http://exemple.invalid/i.png" TargetMode="External"')

    assert "image" in _refused(_edited(model, **{"word/_rels/header1.xml.rels": link}), suite)

    def ole(part: bytes) -> bytes:
        return part.replace(b"relationships/image", b"relationships/oleObject")

    assert "objet" in _refused(_edited(model, **{"word/_rels/header1.xml.rels": ole}), suite)


def test_marks_of_revision_would_name_people(model: bytes, suite: Texte) -> None:
    revision = b'<w:ins w:id="1" w:author="Jeanne Secret"><w:r><w:t>x</w:t></w:r></w:ins>'
    assert "révision" in _refused(_header_with(model, revision), suite)


def test_a_page_too_narrow_and_a_missing_header_are_refused(model: bytes, suite: Texte) -> None:
    def narrow(document: docx.document.Document) -> None:
        document.sections[0].left_margin = Cm(15)

    assert "largeur" in _refused(_charter(narrow), suite)
    assert "en-tête" in _refused(_edited(model, **{"word/header1.xml": None}), suite)


def test_a_link_of_the_header_stays_a_link(model: bytes, suite: Texte) -> None:
    def add(part: bytes) -> bytes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link = f'<Relationship Id="rId77" Type="{kind}" Target="https://exemple.invalid/" TargetMode="External"/>'
        return part.replace(b"</Relationships>", link.encode() + b"</Relationships>")

    inner = b'<w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId77"/>'
    linked = _edited(_header_with(model, inner), **{"word/_rels/header1.xml.rels": add})
    trees = _trees(WRITER.write(suite, OptionsEcriture(modele=linked)))
    outside = [n for n in trees["word/_rels/header1.xml.rels"] if n.get("TargetMode") == "External"]
    assert [n.get("Target") for n in outside] == ["https://exemple.invalid/"]


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not here")
def test_libreoffice_opens_it_and_shows_the_header(dressed: bytes, tmp_path: Path) -> None:
    source = tmp_path / "piece.docx"
    source.write_bytes(dressed)
    profile = (tmp_path / "profil").as_uri()
    command = [str(find_office()), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "odt"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "piece.odt") as archive:
        styles = archive.read("styles.xml").decode()
        names = archive.namelist()
    assert "direction des achats" in styles and "Page de garde de la Ville" in styles
    assert any(name.startswith("Pictures/") for name in names)
