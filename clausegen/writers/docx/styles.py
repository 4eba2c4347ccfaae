"""The styles part: only the styles that a document uses, and what they build on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from clausegen.writers.docx.look import BODY, FONT, Style
from clausegen.writers.docx.oxml import HEAD, W, element, ordered, val
from clausegen.writers.docx.stylesheet import STYLES

_ALWAYS = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList")


def character_style(names: Iterable[str]) -> str | None:
    """Return the id of the style that combines bold, italics and superscript; None for plain text."""
    return "".join(names) or None


@cache
def styles_part(used: frozenset[str]) -> str:
    """Return the styles part.

    Args:
        used: ids of the styles that the document's parts name.
    """
    content = "".join(style_xml(identifier) for identifier in needed_styles(used))
    return f'{HEAD}<w:styles xmlns:w="{W}">{_defaults()}{_latent()}{content}</w:styles>'


def needed_styles(used: Iterable[str]) -> list[str]:
    """Return the ids of some styles and of those that they build on, in the order of the stylesheet."""
    needed = set(_ALWAYS)
    waiting = list(used)
    while waiting:
        style = STYLES[waiting.pop()]
        if style.id not in needed:
            needed.add(style.id)
            waiting.extend(name for name in (style.based_on, style.next) if name)
    return [identifier for identifier in STYLES if identifier in needed]


def _defaults() -> str:
    fonts = element("w:rFonts", {f"w:{script}": FONT for script in ("ascii", "hAnsi", "eastAsia", "cs")})
    language = element("w:lang", {"w:val": "fr-FR", "w:eastAsia": "fr-FR", "w:bidi": "ar-SA"})
    run = ordered("w:rPr", {"rFonts": fonts, "sz": val("sz", BODY), "szCs": val("szCs", BODY), "lang": language})
    return (
        f"<w:docDefaults><w:rPrDefault>{run}</w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


def _latent() -> str:
    # Without it Word shows all its own styles beside ours.
    return element(
        "w:latentStyles",
        {
            "w:defLockedState": 0,
            "w:defUIPriority": 99,
            "w:defSemiHidden": 1,
            "w:defUnhideWhenUsed": 1,
            "w:defQFormat": 0,
            "w:count": 376,
        },
    )


@cache
def style_xml(identifier: str) -> str:
    """Return one style."""
    style = STYLES[identifier]
    attributes: dict[str, object] = {"w:type": style.kind}
    if style.default:
        attributes["w:default"] = 1
    if style.custom:
        attributes["w:customStyle"] = 1
    attributes["w:styleId"] = style.id
    return element("w:style", attributes, _style_content(style))


def _style_content(style: Style) -> str:
    parts = [val("name", style.name)]
    if style.based_on:
        parts.append(val("basedOn", style.based_on))
    if style.next:
        parts.append(val("next", style.next))
    parts.append(val("uiPriority", 99 if style.priority is None else style.priority))
    if style.priority is None:
        parts.append("<w:semiHidden/><w:unhideWhenUsed/>")
    elif style.priority < 50 and style.kind != "table":
        parts.append("<w:qFormat/>")
    parts.append(_properties("w:pPr", style.paragraph))
    parts.append(_properties("w:rPr", style.run))
    parts.append(style.raw)
    return "".join(parts)


def _properties(tag: str, properties: Mapping[str, Mapping[str, object] | str]) -> str:
    return ordered(tag, {name: _property(name, attributes) for name, attributes in properties.items()})


def _property(name: str, attributes: Mapping[str, object] | str) -> str:
    if isinstance(attributes, str):
        return attributes
    return element(f"w:{name}", {f"w:{key}": value for key, value in attributes.items()})
