"""What the properties of a file say of the draft that it was."""

from __future__ import annotations

from lxml import etree

from clausegen.files.openxml import OfficeFile
from clausegen.record import dataclass
from clausegen.writers.docx.projet import PROJET

_PEOPLE, _MANAGERS = ("creator", "lastModifiedBy"), ("Manager",)


@dataclass(frozen=True)
class Proprietes:
    """What a Word file says of itself.

    Args:
        personnalisees: custom properties.
        auteurs: names of people.
        projet: text of each block of the draft, when the file still carries it.
    """

    personnalisees: dict[str, str]
    auteurs: tuple[str, ...]
    projet: tuple[str, ...] | None


def read_properties(office: OfficeFile) -> Proprietes:
    """Return what a Word file says of itself."""
    roots = office.links("")
    paths = {link.genre: link.cible for link in roots.values() if not link.externe and link.cible in office.parts}
    custom: dict[str, str] = {}
    if "custom-properties" in paths:
        for node in office.tree(paths["custom-properties"]):
            name = node.get("name")
            if name:
                custom[name] = "".join(node.itertext())
    names: list[str] = []
    for genre, wanted in (("core-properties", _PEOPLE), ("extended-properties", _MANAGERS)):
        if genre in paths:
            root = office.tree(paths[genre])
            found = {etree.QName(node).localname: (node.text or "").strip() for node in root.iter(etree.Element)}
            names += [found[name] for name in wanted if found.get(name)]
    return Proprietes(custom, tuple(dict.fromkeys(names)), _projet(office))


def _projet(office: OfficeFile) -> tuple[str, ...] | None:
    for path in office.all_linked("customXml"):
        if PROJET.encode() in office.parts[path][:2000]:
            root = office.tree(path)
            if root.tag == f"{{{PROJET}}}projet":
                return tuple(node.text or "" for node in root.iterchildren(f"{{{PROJET}}}bloc"))
    return None
