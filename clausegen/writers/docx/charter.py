"""A buyer's Word file, opened with care: which of its parts can dress our documents, and nothing else of it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from posixpath import dirname, join, normpath

from lxml import etree

from clausegen.errors import ClausegenError
from clausegen.writers.docx.oxml import R, W

LARGEST, LARGEST_PART, LARGEST_UNZIPPED = 20_000_000, 20_000_000, 60_000_000
MOST_PARTS, HIGHEST_RATIO = 500, 200
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_SPACES = {"w": W, "r": R}
_MAIN = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")


@dataclass(frozen=True, slots=True)
class Lien:
    """A relationship: last word of its type, target (a part, or an address when it is `externe`)."""

    genre: str
    cible: str
    externe: bool


@dataclass(frozen=True)
class Charte:
    """The parts of a Word file.

    Args:
        parts: content by path.
        types: content type by path, or by extension after a dot.
        document: path of the main part.
    """

    parts: dict[str, bytes]
    types: dict[str, str]
    document: str

    def links(self, source: str) -> dict[str, Lien]:
        """Return the relationships of a part, by id."""
        path = join(dirname(source), "_rels", f"{source.rpartition('/')[2]}.rels")
        return _links(self.parts[path], path, source) if path in self.parts else {}

    def linked(self, genre: str) -> str | None:
        """Return the part that the main part is linked to by a kind of relationship; None without one."""
        found = [k.cible for k in self.links(self.document).values() if k.genre == genre and not k.externe]
        return found[0] if found and found[0] in self.parts else None

    def tree(self, path: str) -> etree._Element:
        """Return a part, parsed anew: the caller may change it."""
        return _parse(self.parts[path], path)

    def content_type(self, path: str) -> str:
        """Return the type of a part; empty when the file does not tell."""
        return self.types.get(path) or self.types.get(f".{path.rpartition('.')[2].lower()}", "")


def refusal(why: str) -> ClausegenError:
    """Return the refusal of a model."""
    return ClausegenError(f"--modele : {why}")


@lru_cache(maxsize=1)
def read_charter(content: bytes) -> Charte:
    """Open a Word file.

    Args:
        content: its bytes.

    Raises:
        ClausegenError: it is not a Word document, or is too large, or holds macros or what XML should not.
    """
    parts = _unzipped(content)
    if "[Content_Types].xml" not in parts:
        raise refusal("le fichier n'est pas un document Word (.docx).")
    types = _content_types(parts["[Content_Types].xml"])
    if any("macro" in t.lower() or "vbaproject" in t.lower() for t in types.values()) or any(
        name.lower().endswith("vbaproject.bin") for name in parts
    ):
        raise refusal("le modèle contient des macros. Enregistrez-le comme « Document Word (.docx) ».")
    roots = _links(parts["_rels/.rels"], "_rels/.rels", "") if "_rels/.rels" in parts else {}
    document = next((link.cible for link in roots.values() if link.genre == "officeDocument"), "")
    charte = Charte(parts, types, document)
    if document not in parts or not charte.content_type(document).endswith(_MAIN):
        raise refusal("le fichier n'est pas un document Word (.docx).")
    if charte.tree(document).tag != f"{{{W}}}document":
        raise refusal("le modèle est au format « Open XML strict ». Enregistrez-le comme « Document Word (.docx) ».")
    if charte.linked("styles") is None:
        raise refusal("le modèle n'a pas de styles. Enregistrez-le de nouveau depuis Word ou LibreOffice.")
    return charte


def _unzipped(content: bytes) -> dict[str, bytes]:
    if len(content) > LARGEST:
        raise refusal(f"le modèle dépasse {LARGEST // 1_000_000} Mo.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries)
            return {entry.filename: _read(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise refusal("le fichier n'est pas un document Word (.docx), ou il est abîmé.") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_PARTS:
        raise refusal(f"le modèle contient plus de {MOST_PARTS} éléments.")
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise refusal("le modèle contient deux éléments du même nom : il est abîmé.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal("le modèle est protégé par un mot de passe.")
    if sum(entry.file_size for entry in entries) > LARGEST_UNZIPPED:
        raise refusal("le modèle est démesuré une fois décompressé.")
    for entry in entries:
        swollen = entry.file_size > 1_000_000 and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
        if entry.file_size > LARGEST_PART or swollen:
            raise refusal(f"l'élément « {entry.filename} » du modèle est démesuré une fois décompressé.")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read an entry, without trusting the size that it announces."""
    try:
        with archive.open(entry) as file:
            content = file.read(entry.file_size + 1)
    except Exception as error:
        # Each way of compressing has its own errors.
        raise refusal(f"l'élément « {entry.filename} » du modèle est abîmé.") from error
    if len(content) != entry.file_size:
        raise refusal(f"l'élément « {entry.filename} » du modèle est abîmé.")
    return content


def _parse(content: bytes, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refusal(f"l'élément « {path} » du modèle ne se lit pas.") from error
    if root.getroottree().docinfo.doctype or next(root.iter(etree.Entity), None) is not None:
        raise refusal(f"l'élément « {path} » du modèle déclare des entités XML : il est refusé.")
    return root


def _content_types(content: bytes) -> dict[str, str]:
    types: dict[str, str] = {}
    for node in _parse(content, "[Content_Types].xml"):
        kind = node.get("ContentType") or ""
        if node.tag == f"{_TYPES}Override":
            types[(node.get("PartName") or "").lstrip("/")] = kind
        elif node.tag == f"{_TYPES}Default":
            types[f".{(node.get('Extension') or '').lower()}"] = kind
    return types


def _links(content: bytes, path: str, source: str) -> dict[str, Lien]:
    found: dict[str, Lien] = {}
    for node in _parse(content, path).iter(_RELATIONSHIPS):
        target, outside = node.get("Target") or "", node.get("TargetMode") == "External"
        if not outside:
            target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(source), target))
        found[node.get("Id") or ""] = Lien((node.get("Type") or "").rpartition("/")[2], target, outside)
    return found


def qualified(name: str) -> str:
    """Return the name of an element or attribute, such as `w:sectPr`, as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
