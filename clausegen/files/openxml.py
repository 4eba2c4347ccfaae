"""An Office file opened with care: bounds on everything, no entity, and words for what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from posixpath import dirname, join, normpath

from lxml import etree

from clausegen.errors import ClausegenError
from clausegen.record import dataclass

LARGEST, LARGEST_PART, LARGEST_UNZIPPED = 20_000_000, 20_000_000, 60_000_000
MOST_PARTS, HIGHEST_RATIO = 500, 200
TYPES_PART = "[Content_Types].xml"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# The first date that a zip file can hold: no clock reaches a document.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Words:
    """How refusals speak of the file.

    Args:
        nom: a masculine noun without its article, such as « modèle ».
        devant: what begins each message, such as « --modele ».
    """

    nom: str
    devant: str

    def refusal(self, why: str) -> ClausegenError:
        """Return a refusal."""
        return ClausegenError(f"{self.devant} : {why}")


@dataclass(frozen=True, slots=True)
class Lien:
    """A relationship: last word of its type, target (a part, or an address when it is `externe`)."""

    genre: str
    cible: str
    externe: bool


@dataclass(frozen=True)
class OfficeFile:
    """The parts of an Office file.

    Args:
        parts: content by path.
        types: content type by path, or by extension after a dot.
        document: path of the main part; empty when the file names none.
        words: how its refusals speak of it.
    """

    parts: dict[str, bytes]
    types: dict[str, str]
    document: str
    words: Words

    def links(self, source: str) -> dict[str, Lien]:
        """Return the relationships of a part, by id."""
        path = links_path(source)
        return _links(self.parts[path], path, source, self.words) if path in self.parts else {}

    def all_linked(self, genre: str) -> list[str]:
        """Return the parts that the main part is linked to by a kind of relationship."""
        found = [k.cible for k in self.links(self.document).values() if k.genre == genre and not k.externe]
        return [path for path in found if path in self.parts]

    def linked(self, genre: str) -> str | None:
        """Return the part that the main part is linked to by a kind of relationship; None without one."""
        return next(iter(self.all_linked(genre)), None)

    def tree(self, path: str) -> etree._Element:
        """Return a part, parsed anew: the caller may change it."""
        return parse_part(self.parts[path], path, self.words)

    def content_type(self, path: str) -> str:
        """Return the type of a part; empty when the file does not tell."""
        return self.types.get(path) or self.types.get(f".{path.rpartition('.')[2].lower()}", "")

    def has_macros(self) -> bool:
        """Tell whether the file carries macros."""
        if any("macro" in kind.lower() or "vbaproject" in kind.lower() for kind in self.types.values()):
            return True
        return any(name.lower().endswith("vbaproject.bin") for name in self.parts)


def open_office(content: bytes, words: Words) -> OfficeFile:
    """Open an Office file.

    Args:
        content: its bytes.
        words: how refusals speak of it.

    Raises:
        ClausegenError: it is no Office file, or is protected, damaged or too large, or holds what XML should not.
    """
    parts = _unzipped(content, words)
    if TYPES_PART not in parts:
        raise words.refusal("le fichier n'est pas un document Word (.docx).")
    types = _content_types(parts[TYPES_PART], words)
    roots = _links(parts["_rels/.rels"], "_rels/.rels", "", words) if "_rels/.rels" in parts else {}
    document = next((link.cible for link in roots.values() if link.genre == "officeDocument"), "")
    return OfficeFile(parts, types, document, words)


def links_path(source: str) -> str:
    """Return the path of the part that holds the relationships of another; of the package when it is empty."""
    return join(dirname(source), "_rels", f"{source.rpartition('/')[2]}.rels")


def parse_part(content: bytes, path: str, words: Words) -> etree._Element:
    """Parse a part.

    Raises:
        ClausegenError: it is not XML, nests too deep, or declares entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise words.refusal(f"l'élément « {path} » du {words.nom} ne se lit pas.") from error
    if root.getroottree().docinfo.doctype or next(root.iter(etree.Entity), None) is not None:
        raise words.refusal(f"l'élément « {path} » du {words.nom} déclare des entités XML : il est refusé.")
    return root


def rewritten(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    """Return a file some of whose parts are changed or added; the others keep their bytes and their order.

    Args:
        content: a file that `open_office` accepted.
        changes: new content by path.
    """
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = set()
        for entry in source.infolist():
            names.add(entry.filename)
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.compress_type = zipfile.ZIP_DEFLATED if entry.compress_type else zipfile.ZIP_STORED
            copy.create_system, copy.external_attr = entry.create_system, entry.external_attr
            new = changes.get(entry.filename)
            target.writestr(copy, source.read(entry) if new is None else new)
        for name in changes:
            if name not in names:
                added = zipfile.ZipInfo(name, _EPOCH)
                added.compress_type, added.create_system, added.external_attr = zipfile.ZIP_DEFLATED, 0, 0
                target.writestr(added, changes[name])
    return buffer.getvalue()


def _unzipped(content: bytes, words: Words) -> dict[str, bytes]:
    if len(content) > LARGEST:
        raise words.refusal(f"le {words.nom} dépasse {LARGEST // 1_000_000} Mo.")
    if content.startswith(_OLE):
        raise words.refusal(
            "le fichier est protégé par un mot de passe ou à l'ancien format Word (.doc). Ouvrez-le et "
            "enregistrez-le, sans mot de passe, comme « Document Word (.docx) »."
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries, words)
            return {entry.filename: _read(archive, entry, words) for entry in entries}
    except ClausegenError:
        raise
    except Exception as error:
        # A damaged archive fails in as many ways as it has fields: zip, text, size, date.
        raise words.refusal("le fichier n'est pas un document Word (.docx), ou il est abîmé.") from error


def _check_entries(entries: list[zipfile.ZipInfo], words: Words) -> None:
    nom = words.nom
    if len(entries) > MOST_PARTS:
        raise words.refusal(f"le {nom} contient plus de {MOST_PARTS} éléments.")
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise words.refusal(f"le {nom} contient deux éléments du même nom : il est abîmé.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise words.refusal(f"le {nom} est protégé par un mot de passe.")
    if sum(entry.file_size for entry in entries) > LARGEST_UNZIPPED:
        raise words.refusal(f"le {nom} est démesuré une fois décompressé.")
    for entry in entries:
        swollen = entry.file_size > 1_000_000 and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
        if entry.file_size > LARGEST_PART or swollen:
            raise words.refusal(f"l'élément « {entry.filename} » du {nom} est démesuré une fois décompressé.")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, words: Words) -> bytes:
    """Read an entry, without trusting the size that it announces."""
    try:
        with archive.open(entry) as file:
            content = file.read(entry.file_size + 1)
    except Exception as error:
        # Each way of compressing has its own errors.
        raise words.refusal(f"l'élément « {entry.filename} » du {words.nom} est abîmé.") from error
    if len(content) != entry.file_size:
        raise words.refusal(f"l'élément « {entry.filename} » du {words.nom} est abîmé.")
    return content


def _content_types(content: bytes, words: Words) -> dict[str, str]:
    types: dict[str, str] = {}
    for node in parse_part(content, TYPES_PART, words):
        kind = node.get("ContentType") or ""
        if node.tag == f"{_TYPES}Override":
            types[(node.get("PartName") or "").lstrip("/")] = kind
        elif node.tag == f"{_TYPES}Default":
            types[f".{(node.get('Extension') or '').lower()}"] = kind
    return types


def _links(content: bytes, path: str, source: str, words: Words) -> dict[str, Lien]:
    found: dict[str, Lien] = {}
    for node in parse_part(content, path, words).iter(_RELATIONSHIPS):
        target, outside = node.get("Target") or "", node.get("TargetMode") == "External"
        if not outside:
            target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(source), target))
        found[node.get("Id") or ""] = Lien((node.get("Type") or "").rpartition("/")[2], target, outside)
    return found
