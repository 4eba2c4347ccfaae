"""The names of WordprocessingML, as lxml writes them, and the few things that all readers ask of an element."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from clausegen.writers.docx.oxml import R, W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off", "none")


def w(name: str) -> str:
    """Return the name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def local(node: etree._Element) -> str:
    """Return the name of an element of WordprocessingML without its namespace; empty for any other node."""
    tag = node.tag
    return tag[_LENGTH:] if isinstance(tag, str) and tag.startswith(_PREFIX) else ""


def value(node: etree._Element | None, default: str = "") -> str:
    """Return the value of an element such as `<w:numId w:val="3"/>`."""
    return default if node is None else node.get(VAL) or default


def number(node: etree._Element | None, default: int = 0) -> int:
    """Return the value of an element as a number; the default when it is none."""
    return integer(value(node), default)


def integer(text: str, default: int = 0) -> int:
    """Return a short text as a number; the default when it is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 11 else default


def on(node: etree._Element | None) -> bool:
    """Tell whether a switch such as `<w:tblHeader/>` is there and not turned off."""
    return node is not None and (node.get(VAL) or "1") not in _OFF


def day(node: etree._Element) -> str | None:
    """Return when a change or a comment was made; None when the file does not tell, whatever it writes then."""
    stamp = node.get(w("date")) or ""
    return stamp if len(stamp) >= len("2026-01-01") and stamp[:4].isdigit() and stamp[:4] > "0000" else None


def chosen(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the children that count of an `mc:AlternateContent`: those of its first choice, else of its fallback."""
    for name in ("Choice", "Fallback"):
        branch = node.find(f"{MC}{name}")
        if branch is not None and len(branch):
            yield from branch
            return


_PREFIX = f"{{{W}}}"
_LENGTH = len(_PREFIX)
VAL = w("val")
P, PPR, RPR, T = w("p"), w("pPr"), w("rPr"), w("t")
ALTERNATE = f"{MC}AlternateContent"
RID = f"{{{R}}}id"
