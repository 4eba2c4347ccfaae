"""A piece as people give it back: words changed directly or as tracked changes, fields filled, passages pasted, notes."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from lxml import etree

from clausegen.french.typography import plain

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WHO = {f"{{{_W}}}author": "Jeanne", f"{{{_W}}}date": "2026-11-26T10:00:00Z"}
Edit = Callable[[Any], None]


def _q(name: str) -> str:
    return f"{{{_W}}}{name}"


def edited(data: bytes, *edits: Edit) -> bytes:
    """Return a Word file after each edit of its main part."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    for edit in edits:
        edit(root)
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def typed(old: str, new: str) -> Edit:
    """Words typed over others, without tracking."""

    def edit(root: Any) -> None:
        texts = list(_paragraph(root, old).iter(_q("t")))
        start = plain("".join(text.text for text in texts)).index(old)
        end, place, word = start + len(old), 0, new
        for text in texts:
            here, length = text.text, len(text.text)
            low, high = max(start - place, 0), min(end - place, length)
            if low < high:
                text.text, word = here[:low] + word + here[high:], ""
            place += length

    return edit


def tracked(old: str, new: str) -> Edit:
    """Words replaced with the tracking of changes on: they stay pending."""

    def edit(root: Any) -> None:
        text = _text(root, old)
        run = text.getparent()
        start = plain(text.text).index(old)
        after = text.text[start + len(old) :]
        struck = _run(text.text[start : start + len(old)], "delText")
        text.text = text.text[:start]
        added = [_marked("ins", _run(new), 902)] if new else []
        following = [_marked("del", struck, 901), *added, _run(after)]
        for element in reversed(following):
            run.addnext(element)

    return edit


def pasted(anchor: str, *words: str) -> Edit:
    """Paragraphs brought from another document, with its own look, after the one that holds some words."""

    def edit(root: Any) -> None:
        place = _paragraph(root, anchor)
        for text in reversed(words):
            paragraph = etree.Element(_q("p"), {_q("rsidR"): "00AB12CD"})
            properties = etree.SubElement(paragraph, _q("pPr"))
            etree.SubElement(properties, _q("pStyle"), {_q("val"): "StyleVenuDAilleurs"})
            # Word cuts what is pasted into several runs.
            paragraph.extend([_run(text[:9]), _run(text[9:])])
            place.addnext(paragraph)

    return edit


def struck(anchor: str) -> Edit:
    """A paragraph deleted with the tracking of changes on."""

    def edit(root: Any) -> None:
        paragraph = _paragraph(root, anchor)
        properties = paragraph.find(_q("pPr"))
        if properties is None:
            properties = etree.Element(_q("pPr"))
            paragraph.insert(0, properties)
        mark = etree.SubElement(properties, _q("rPr"))
        etree.SubElement(mark, _q("del"), {_q("id"): "903", **_WHO})
        for run in paragraph.findall(_q("r")):
            for text in run.findall(_q("t")):
                text.tag = _q("delText")
            holder = etree.Element(_q("del"), {_q("id"): "904", **_WHO})
            run.addprevious(holder)
            holder.append(run)

    return edit


def gone(anchor: str) -> Edit:
    """A paragraph deleted without tracking."""
    return lambda root: _drop(_paragraph(root, anchor))


def filled(tag: str, answer: str) -> Edit:
    """An answer typed into a field."""

    def edit(root: Any) -> None:
        for control in root.iter(_q("sdt")):
            properties = control.find(_q("sdtPr"))
            found = properties.find(_q("tag"))
            if found is not None and found.get(_q("val")) == tag:
                _drop(properties.find(_q("showingPlcHdr")))
                run = next(control.find(_q("sdtContent")).iter(_q("r")))
                _drop(run.find(_q("rPr")))
                run.find(_q("t")).text = answer
                return
        raise AssertionError(f"no field {tag!r}")

    return edit


def _drop(element: Any) -> None:
    element.getparent().remove(element)


def _paragraph(root: Any, words: str) -> Any:
    for paragraph in root.iter(_q("p")):
        if words in plain("".join(text.text or "" for text in paragraph.iter(_q("t")))):
            return paragraph
    raise AssertionError(f"{words!r} stands nowhere")


def _text(root: Any, words: str) -> Any:
    return next(text for text in _paragraph(root, words).iter(_q("t")) if words in plain(text.text))


def _run(words: str, kind: str = "t") -> Any:
    run = etree.Element(_q("r"))
    text = etree.SubElement(run, _q(kind), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = words
    return run


def _marked(kind: str, run: Any, ident: int) -> Any:
    mark = etree.Element(_q(kind), {_q("id"): str(ident), **_WHO})
    mark.append(run)
    return mark
