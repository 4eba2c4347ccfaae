"""The buyer's page: its headers, footers, logo, margins, theme and fonts, copied without what they could hide."""

from __future__ import annotations

import re

from lxml import etree

from clausegen.record import dataclass
from clausegen.writers.docx.charter import Charte, Lien, qualified, refusal
from clausegen.writers.docx.oxml import HEAD, R, W, escape
from clausegen.writers.docx.package import Package
from clausegen.writers.docx.parts import PAGE
from clausegen.writers.docx.widths import TEXT_WIDTH

_IMAGES = {"png", "jpeg", "jpg", "gif", "bmp", "tiff", "tif", "emf", "x-emf", "wmf", "x-wmf", "svg+xml"}
_EXTENSIONS = {"jpg": "jpeg", "x-emf": "emf", "x-wmf": "wmf", "svg+xml": "svg", "tif": "tiff"}
_OFFICE_RELID = "{urn:schemas-microsoft-com:office:office}relid"
_FETCHING = re.compile(
    r"\b(?:INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DDE|DDEAUTO|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
_DROPPED = tuple(
    "bookmarkStart bookmarkEnd numPr proofErr pPrChange rPrChange tblPrChange trPrChange tcPrChange".split()
)
_REVISIONS = tuple(f"w:{name}" for name in "ins del moveFrom moveTo".split())
_KEPT_OF_PAGE = ("pgSz", "pgMar", "pgBorders", "titlePg", "docGrid")
_ORDER = ("pgSz", "pgMar", "pgBorders", "cols", "titlePg", "docGrid")
_COLUMNS = '<w:cols w:space="709"/>'
_SETTINGS = ("evenAndOddHeaders", "mirrorMargins", "gutterAtTop", "clrSchemeMapping")
_LEAST_WIDTH = 4000
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"


@dataclass(frozen=True)
class Section:
    """The last section of the buyer's file.

    Args:
        page: its properties, headers and footers left out.
        largeur: room of the text.
        entetes: parts by kind (`header`, `footer`) and page (`default`, `first`, `even`).
    """

    page: str
    largeur: int
    entetes: dict[tuple[str, str], str]


def section_of(charte: Charte) -> Section:
    """Return the last section of a file, with the headers that it takes from those before it.

    Raises:
        ClausegenError: the page is too narrow for our tables, or a header is missing.
    """
    links = charte.links(charte.document)
    entetes: dict[tuple[str, str], str] = {}
    last: etree._Element | None = None
    for section in charte.tree(charte.document).iter(qualified("w:sectPr")):
        parent = section.getparent()
        if parent is not None and parent.tag == qualified("w:sectPrChange"):
            continue
        last = section
        for kind in ("header", "footer"):
            for node in last.iterchildren(qualified(f"w:{kind}Reference")):
                link = links.get(node.get(qualified("r:id")) or "")
                if link is None or link.externe or link.cible not in charte.parts:
                    raise refusal("un en-tête ou un pied de page du modèle manque : le fichier est abîmé.")
                entetes[kind, node.get(qualified("w:type")) or "default"] = link.cible
    page = {} if last is None else {etree.QName(node).localname: node for node in last if isinstance(node.tag, str)}
    if "pgSz" not in page or "pgMar" not in page:
        return Section(PAGE, TEXT_WIDTH, entetes)
    written = {name: _bare(page[name]) for name in _KEPT_OF_PAGE if name in page} | {"cols": _COLUMNS}
    return Section(
        "".join(written[name] for name in _ORDER if name in written), _width(page["pgSz"], page["pgMar"]), entetes
    )


def _width(size: etree._Element, margins: etree._Element) -> int:
    try:
        width = int(size.get(qualified("w:w")) or 11906)
        taken = sum(int(margins.get(qualified(f"w:{side}")) or 0) for side in ("left", "right", "gutter"))
    except ValueError as error:
        raise refusal("les marges du modèle ne se lisent pas.") from error
    if width - taken < _LEAST_WIDTH:
        raise refusal("la page du modèle ne laisse pas assez de largeur au texte.")
    return width - taken


def _bare(node: etree._Element) -> str:
    """Return an element of WordprocessingML without namespaces declared again."""
    attributes = "".join(
        f' w:{etree.QName(name).localname}="{escape(value)}"'
        for name, value in sorted((str(k), str(v)) for k, v in node.attrib.items())
        if etree.QName(name).namespace == W and not etree.QName(name).localname.startswith("rsid")
    )
    inner = "".join(_bare(child) for child in node if isinstance(child.tag, str))
    tag = f"w:{etree.QName(node).localname}"
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def settings_of(charte: Charte) -> dict[str, str]:
    """Return the settings on which headers, margins and theme colours depend."""
    path = charte.linked("settings")
    if path is None:
        return {}
    root = charte.tree(path)
    found = {name: root.find(qualified(f"w:{name}")) for name in _SETTINGS}
    return {name: _bare(node) for name, node in found.items() if node is not None}


class Copy:
    """Copies parts of the buyer's file into a package, under names of ours.

    Args:
        charte: the buyer's file.
        package: ours.
    """

    def __init__(self, charte: Charte, package: Package) -> None:
        self._charte = charte
        self._package = package
        self._images: dict[str, str] = {}

    def header(self, source: str, kind: str, path: str, number: int) -> str:
        """Copy a header or footer and return the id of the relationship to it."""
        target = f"word/{kind}{number}.xml"
        return self._package.add(source, kind, target, self._xml(path, target))

    def theme(self, source: str) -> None:
        """Copy the theme, on which fonts and colours of styles may depend."""
        path = self._charte.linked("theme")
        if path is not None:
            target = "word/theme/theme1.xml"
            self._package.add(source, "theme", target, self._xml(path, target), _THEME)

    def fonts(self) -> str | None:
        """Return the font table without the fonts themselves; None when there is none."""
        path = self._charte.linked("fontTable")
        if path is None:
            return None
        root = self._charte.tree(path)
        for name in ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"):
            _remove(root, name)
        return f"{HEAD}{etree.tostring(root, encoding='unicode')}"

    def _xml(self, path: str, target: str) -> str:
        root = self._charte.tree(path)
        for name in _DROPPED:
            _remove(root, name)
        if next(root.iter(*map(qualified, _REVISIONS)), None) is not None:
            raise refusal(f"« {path} » contient des marques de révision : acceptez-les ou refusez-les dans le modèle.")
        for node in root.iter(qualified("w:instrText"), qualified("w:fldSimple")):
            if _FETCHING.search(node.text or node.get(qualified("w:instr")) or ""):
                raise refusal(f"« {path} » contient un champ qui va chercher un autre fichier : retirez-le du modèle.")
        links = self._charte.links(path)
        known: dict[str, str] = {}
        for node in root.iter(etree.Element):
            for name, value in list(node.attrib.items()):
                named = etree.QName(name)
                if named.namespace == W and named.localname.startswith("rsid"):
                    del node.attrib[name]
                elif named.namespace == R or name == _OFFICE_RELID:
                    if value not in known:
                        known[value] = self._linked(path, target, links.get(value))
                    node.set(name, known[value])
        return f"{HEAD}{etree.tostring(root, encoding='unicode')}"

    def _linked(self, path: str, target: str, link: Lien | None) -> str:
        """Copy what a part of the page refers to: an image of the file, or the address of a link."""
        if link is not None and link.genre == "hyperlink" and link.cible.startswith(("http:", "https:", "mailto:")):
            return self._package.point(target, "hyperlink", link.cible)
        if link is None or link.genre != "image" or link.externe or link.cible not in self._charte.parts:
            raise refusal(
                f"« {path} » contient un objet qui n'est pas une image du fichier (objet incorporé, graphique, image "
                "liée) : remplacez-le par une image."
            )
        family, _, kind = self._charte.content_type(link.cible).partition("/")
        if family != "image" or kind not in _IMAGES:
            raise refusal(f"l'image « {link.cible} » du modèle n'est pas d'un format admis.")
        if link.cible not in self._images:
            number = len(self._images) + 1
            self._images[link.cible] = f"word/media/image{number}.{_EXTENSIONS.get(kind, kind)}"
        content = self._charte.parts[link.cible]
        return self._package.add(target, "image", self._images[link.cible], content, f"{family}/{kind}")


def _remove(root: etree._Element, name: str) -> None:
    for node in list(root.iter(qualified(f"w:{name}"))):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
