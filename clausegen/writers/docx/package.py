"""The Word file as a package: parts, their types and relationships, zipped the same way every time."""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from posixpath import relpath

from clausegen.record import dataclass
from clausegen.writers.docx.oxml import HEAD, R, element
from clausegen.writers.docx.zipping import zipped

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"

_TYPES = {
    "officeDocument": f"{_WORDML}.document.main+xml",
    "styles": f"{_WORDML}.styles+xml",
    "settings": f"{_WORDML}.settings+xml",
    "numbering": f"{_WORDML}.numbering+xml",
    "fontTable": f"{_WORDML}.fontTable+xml",
    "header": f"{_WORDML}.header+xml",
    "footer": f"{_WORDML}.footer+xml",
    "comments": f"{_WORDML}.comments+xml",
    "glossaryDocument": f"{_WORDML}.document.glossary+xml",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
    "extended-properties": f"{_OFFICE}.extended-properties+xml",
    "custom-properties": f"{_OFFICE}.custom-properties+xml",
    "customXml": "application/xml",
    "customXmlProps": f"{_OFFICE}.customXmlProperties+xml",
}


@dataclass(slots=True)
class Package:
    """Parts in the order in which they are added, and the relationships between them."""

    _parts: dict[str, str | bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _outside: set[str] = field(default_factory=set)

    def reserve(self, source: str, kind: str, target: str, content_type: str = "") -> str:
        """Declare a part to come and return the id of the relationship to it.

        Args:
            source: the part that refers to it; empty for the package itself.
            kind: last word of the relationship's type, such as `styles`.
            target: path of the part in the package.
            content_type: type of the part, when its kind does not tell.
        """
        links = self._links.setdefault(source, [])
        links.append((kind, target))
        self._types[target] = content_type or _TYPES[kind]
        return f"rId{len(links)}"

    def add(self, source: str, kind: str, target: str, content: str | bytes, content_type: str = "") -> str:
        """Add a part and return the id of the relationship to it."""
        self.fill(target, content)
        return self.reserve(source, kind, target, content_type)

    def point(self, source: str, kind: str, address: str) -> str:
        """Add a relationship to an address outside the package and return its id."""
        links = self._links.setdefault(source, [])
        links.append((kind, address))
        self._outside.add(address)
        return f"rId{len(links)}"

    def fill(self, target: str, content: str | bytes) -> None:
        """Give a declared part its content."""
        self._parts[target] = content

    def zipped(self) -> bytes:
        """Return the file."""
        files: dict[str, str | bytes] = {"[Content_Types].xml": _content_types(tuple(self._types.items()))}
        for source, links in self._links.items():
            files[_relationships_path(source)] = _relationships(source, tuple(links), frozenset(self._outside))
        files.update(self._parts)
        return zipped({name: c.encode() if isinstance(c, str) else c for name, c in files.items()})


# Pieces that hold the same parts say the same of them.
@lru_cache(maxsize=64)
def _content_types(types: tuple[tuple[str, str], ...]) -> str:
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    overrides = "".join(
        element("Override", {"PartName": f"/{target}", "ContentType": content_type}) for target, content_type in types
    )
    return f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relationships_path(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


@lru_cache(maxsize=512)
def _path(target: str, folder: str, *, outside: bool) -> str:
    """Return a target as the parts of a folder refer to it."""
    return target if outside or not folder else relpath(target, folder)


@lru_cache(maxsize=64)
def _relationships(source: str, links: tuple[tuple[str, str], ...], outside: frozenset[str]) -> str:
    folder = source.rpartition("/")[0]
    content = ""
    for position, (kind, target) in enumerate(links, 1):
        base = f"{_PACKAGE}/relationships/metadata" if kind == "core-properties" else R
        path = _path(target, folder, outside=target in outside)
        attributes: dict[str, object] = {"Id": f"rId{position}", "Type": f"{base}/{kind}", "Target": path}
        if target in outside:
            attributes["TargetMode"] = "External"
        content += element("Relationship", attributes)
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'
