"""The buyer's styles in the place of ours: which of them answers to each of ours, and ours that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from clausegen.writers.docx.charter import Charte, qualified
from clausegen.writers.docx.look import Style
from clausegen.writers.docx.oxml import HEAD, W
from clausegen.writers.docx.styles import needed_styles, style_xml
from clausegen.writers.docx.stylesheet import STYLES

_NAMED = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val=")([^"]+)(")')
_STYLE, _VAL, _ID = qualified("w:style"), qualified("w:val"), qualified("w:styleId")
_NUMBERED = {"Heading1": 0, "Heading2": 1, "Heading3": 2}
_BEFORE_NUMBER = frozenset(
    qualified(f"w:{name}") for name in "pStyle keepNext keepLines pageBreakBefore framePr widowControl".split()
)


def renamed(xml: str, names: Mapping[str, str]) -> str:
    """Return XML of ours in which each style is called by its id in the buyer's file."""
    return _NAMED.sub(lambda found: f"{found[1]}{names.get(found[2], found[2])}{found[3]}", xml)


def dressed(charte: Charte, used: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Return the buyer's styles part, completed, and the id that each of our styles has there.

    Args:
        charte: the buyer's file.
        used: ids of our styles that the document names.
    """
    path = charte.linked("styles")
    assert path is not None
    root = charte.tree(path)
    wanted = needed_styles(used)
    names, missing = _matched(root, wanted)
    _clean(root, {names[ours]: level for ours, level in _NUMBERED.items() if ours in names})
    _speak_french(root)
    taken = {(name.get(_VAL) or "").casefold() for name in root.iter(qualified("w:name"))}
    for ours in missing:
        root.append(_added(STYLES[ours], names, taken))
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    return f"{HEAD}{etree.tostring(root, encoding='unicode')}", names


def _matched(root: etree._Element, wanted: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Match our styles with the buyer's by name, then by id, then by default; the others keep a free id."""
    by_name: dict[tuple[str, str], str] = {}
    defaults: dict[str, str] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for style in root.iter(_STYLE):
        kind, ident = style.get(qualified("w:type")) or "paragraph", style.get(_ID) or ""
        name = style.find(qualified("w:name"))
        kinds[ident] = (kind, "" if name is None else (name.get(_VAL) or "").casefold())
        by_name.setdefault((kind, kinds[ident][1]), ident)
        if style.get(qualified("w:default")) in ("1", "true", "on"):
            defaults[kind] = ident
    names: dict[str, str] = {}
    missing: list[str] = []
    for ours in wanted:
        style_of_ours = STYLES[ours]
        found = by_name.get((style_of_ours.kind, style_of_ours.name.casefold()))
        if found is None and style_of_ours.default:
            found = defaults.get(style_of_ours.kind)
        if found is None and kinds.get(ours, ("", ""))[0] == style_of_ours.kind and not style_of_ours.custom:
            found = ours
        if found is None:
            missing.append(ours)
            found = ours
            while found in kinds:
                found = f"clausegen{found}"
        names[ours] = found
    return names, missing


def _clean(root: etree._Element, numbered: Mapping[str, int]) -> None:
    """Take the buyer's lists away, which stay in its file, and link its headings to the list of articles."""
    for tag in ("w:rsid", "w:numPr", "w:pPrChange", "w:rPrChange", "w:tblPrChange"):
        for node in list(root.iter(qualified(tag))):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
    for style in root.iter(_STYLE):
        level = numbered.get(style.get(_ID) or "")
        if level is not None:
            _number(style, level)


def _number(style: etree._Element, level: int) -> None:
    properties = style.find(qualified("w:pPr"))
    if properties is None:
        properties = etree.Element(qualified("w:pPr"))
        run = style.find(qualified("w:rPr"))
        position = len(style) if run is None else style.index(run)
        style.insert(position, properties)
    number = etree.Element(qualified("w:numPr"))
    etree.SubElement(number, qualified("w:ilvl")).set(_VAL, str(level))
    etree.SubElement(number, qualified("w:numId")).set(_VAL, "1")
    properties.insert(sum(child.tag in _BEFORE_NUMBER for child in properties), number)


def _speak_french(root: etree._Element) -> None:
    """Make French the language of the text, as that of our own documents is."""
    run = root.find(f"{qualified('w:docDefaults')}/{qualified('w:rPrDefault')}/{qualified('w:rPr')}")
    language = None if run is None else run.find(qualified("w:lang"))
    if language is not None:
        language.set(_VAL, "fr-FR")


def _added(style: Style, names: Mapping[str, str], taken: set[str]) -> etree._Element:
    """Return a style of ours, under a name that the buyer's file does not use for something else."""
    xml = renamed(style_xml(style.id), names).replace(f'w:styleId="{style.id}"', f'w:styleId="{names[style.id]}"', 1)
    node = next(iter(etree.fromstring(f'<w:x xmlns:w="{W}">{xml}</w:x>')))
    name = node.find(qualified("w:name"))
    if name is not None and style.name.casefold() in taken:
        name.set(_VAL, f"{style.name} (clausegen)")
        node.set(qualified("w:customStyle"), "1")
    return node
