"""What a Word file needs beside its text to hold comments: their part, its relationship and type, their styles."""

from __future__ import annotations

from datetime import date
from posixpath import dirname, join, relpath

from lxml import etree

from clausegen.files.openxml import TYPES_PART, OfficeFile, links_path, parse_part
from clausegen.reading.resolve import HEAD
from clausegen.reading.wordml import integer, value, w
from clausegen.writers.docx.oxml import R, W, paragraph, text_run
from clausegen.writers.docx.styles import style_xml

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_STYLES = {"annotation reference": "CommentReference", "annotation text": "CommentText"}
_MARKS = tuple(w(name) for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))


class CommentsPart:
    """The comments of a file: those that it has, and those to add.

    Args:
        office: the file.
        root: its main part.
        auteur: who signs the new ones.
        initiales: how Word abridges the author.
        jour: their date; None to give none.
    """

    def __init__(
        self, office: OfficeFile, root: etree._Element, auteur: str, initiales: str, jour: date | None
    ) -> None:
        self._office = office
        self._signature = {w("author"): auteur, w("initials"): initiales}
        if jour is not None:
            self._signature[w("date")] = f"{jour.isoformat()}T00:00:00Z"
        path = office.linked("comments")
        self._new = path is None
        self._path = path or _free(office, join(dirname(office.document), "comments"))
        self._root = etree.Element(w("comments"), nsmap={"w": W}) if path is None else office.tree(path)
        used = [integer(node.get(w("id")) or "-1", -1) for node in root.iter(*_MARKS)]
        used += [integer(node.get(w("id")) or "-1", -1) for node in self._root.iterchildren(w("comment"))]
        self._next = max((*used, -1)) + 1
        self._styles_path = office.linked("styles")
        self._styles = None if self._styles_path is None else office.tree(self._styles_path)
        self._added_styles = False
        self._mark_style, self._text_style = self._style("annotation reference"), self._style("annotation text")

    def add(self, text: str) -> int:
        """Add a comment and return its id."""
        identifier, self._next = self._next, self._next + 1
        node = etree.SubElement(self._root, w("comment"), {w("id"): str(identifier), **self._signature})
        first, *others = [line for line in text.split("\n") if line.strip()] or [""]
        mark = f'<w:r><w:rPr><w:rStyle w:val="{self._mark_style}"/></w:rPr><w:annotationRef/></w:r>'
        content = paragraph(self._text_style, mark + text_run(first))
        content += "".join(paragraph(self._text_style, text_run(line)) for line in others)
        node.extend(etree.fromstring(f'<w:x xmlns:w="{W}">{content}</w:x>'))
        return identifier

    def reference(self, identifier: int) -> etree._Element:
        """Return the run that refers to a comment."""
        run = etree.Element(w("r"))
        etree.SubElement(etree.SubElement(run, w("rPr")), w("rStyle"), {w("val"): self._mark_style})
        etree.SubElement(run, w("commentReference"), {w("id"): str(identifier)})
        return run

    def changes(self) -> dict[str, bytes]:
        """Return the parts to change or add, by path."""
        found = {self._path: _written(self._root)}
        if self._added_styles and self._styles is not None and self._styles_path is not None:
            found[self._styles_path] = _written(self._styles)
        if self._new:
            found[TYPES_PART] = self._types()
            links = links_path(self._office.document)
            found[links] = self._links(links)
        return found

    def _style(self, name: str) -> str:
        """Return the id of a style of comments in this file, added when it lacks it."""
        identifier = _STYLES[name]
        if self._styles is None:
            return identifier
        taken = set()
        for style in self._styles.iterchildren(w("style")):
            taken.add(style.get(w("styleId")))
            if value(style.find(w("name"))).casefold() == name:
                return style.get(w("styleId")) or identifier
        if identifier in taken:
            return identifier
        node = etree.fromstring(f'<w:x xmlns:w="{W}">{style_xml(identifier)}</w:x>')[0]
        based = node.find(w("basedOn"))
        if based is not None and value(based) not in taken:
            node.remove(based)
        self._styles.append(node)
        self._added_styles = True
        return identifier

    def _types(self) -> bytes:
        root = parse_part(self._office.parts[TYPES_PART], TYPES_PART, self._office.words)
        etree.SubElement(
            root, f"{{{_PACKAGE}/content-types}}Override", {"PartName": f"/{self._path}", "ContentType": _TYPE}
        )
        return _written(root)

    def _links(self, path: str) -> bytes:
        space = f"{_PACKAGE}/relationships"
        if path in self._office.parts:
            root = parse_part(self._office.parts[path], path, self._office.words)
        else:
            root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
        taken = {node.get("Id") for node in root}
        rank = next(n for n in range(1, len(taken) + 2) if f"rIdComments{n}" not in taken)
        target = relpath(self._path, dirname(self._office.document) or ".")
        attributes = {"Id": f"rIdComments{rank}", "Type": f"{R}/comments", "Target": target}
        etree.SubElement(root, f"{{{space}}}Relationship", attributes)
        return _written(root)


def _free(office: OfficeFile, base: str) -> str:
    """Return a path that no part has, however its capitals are written."""
    taken = {path.casefold() for path in office.parts}
    rank = 1
    path = f"{base}.xml"
    while path.casefold() in taken:
        rank += 1
        path = f"{base}{rank}.xml"
    return path


def _written(root: etree._Element) -> bytes:
    return HEAD + bytes(etree.tostring(root, encoding="UTF-8"))
