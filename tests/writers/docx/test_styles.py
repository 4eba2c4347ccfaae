from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from clausegen.text.tree import Texte
from clausegen.writers.docx.look import FIELD_FILL, FIELD_INK, GREY, INK, PANEL
from clausegen.writers.docx.oxml import escape
from clausegen.writers.docx.styles import styles_part
from clausegen.writers.docx.stylesheet import STYLES
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

Opened = Callable[[bytes], dict[str, etree._Element]]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(ink: str, paper: str) -> float:
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_is_legible_on_its_background() -> None:
    pairs = [(INK, "FFFFFF"), (INK, PANEL), (GREY, "FFFFFF"), (FIELD_INK, FIELD_FILL)]
    assert min(_contrast(ink, paper) for ink, paper in pairs) > 7


def test_only_used_styles_are_written_with_what_they_build_on(suite: Texte, opened: Opened) -> None:
    parts = opened(WRITER.write(suite, OptionsEcriture()))
    written = {s.get(f"{W}styleId") for s in parts["word/styles.xml"].iter(f"{W}style")}
    named = {
        node.get(f"{W}val")
        for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/comments.xml")
        for node in parts[name].iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    named |= {s.get(f"{W}val") for s in parts["word/styles.xml"].iter(f"{W}basedOn", f"{W}next")}
    assert named <= written
    headings = {"Heading1", "Heading2", "Heading3"}
    assert written - named <= {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", *headings}


def test_every_style_can_be_written() -> None:
    root = etree.fromstring(styles_part(frozenset(STYLES)).encode())
    names = [style.find(f"{W}name").get(f"{W}val") for style in root.iter(f"{W}style")]
    assert len(names) == len(set(names)) == len(STYLES)


def test_the_language_is_french_by_default(suite: Texte, opened: Opened) -> None:
    styles = opened(WRITER.write(suite, OptionsEcriture()))["word/styles.xml"]
    language = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}val") == "fr-FR"


def test_there_are_two_sizes_of_running_text() -> None:
    running = [
        s for s in STYLES.values() if s.kind == "paragraph" and not s.id.startswith(("Title", "Heading", "TOCH"))
    ]
    sizes = {str(s.run["sz"]) for s in running if "sz" in s.run and s.id != "Separateur"}
    assert sizes == {"{'val': 19}"}


def test_what_xml_forbids_is_left_out_and_the_rest_escaped() -> None:
    assert escape('a\x00\x1f\ufffe\ud800 <&>" é\U0001f600') == "a &lt;&amp;&gt;&quot; é\U0001f600"
