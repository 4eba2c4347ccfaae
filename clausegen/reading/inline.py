"""The words of a paragraph, wherever Word put them: runs, controls, links, fields, tracked changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from clausegen.reading.paragraph import INTACT, Controle, Etat, Paragraphe, Trace
from clausegen.reading.wordml import ALTERNATE, RPR, VAL, T, chosen, day, on, value, w
from clausegen.record import dataclass

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INSERTED, _STRUCK = (w("ins"), w("moveTo")), (w("del"), w("moveFrom"))
_TRANSPARENT = tuple(w(name) for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent"))
_FIXED = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "",
}
_DRAWN = tuple(w(name) for name in ("drawing", "pict", "object"))
_NO_COLOUR = ("", "auto", "FFFFFF")
# What Word's symbol fonts draw, for the signs that legal documents use.
_SYMBOLS = {0xA8: "☐", 0x6F: "☐", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xFC: "✓", 0xA7: "▪", 0xB7: "•", 0xE0: "→"}
_LONGEST_CODE = 200
_BLANKS = str.maketrans("\t\n\r", "   ")


@dataclass(slots=True)
class _Champ:
    """A field of Word being read: its code, then its result; whether what is read now of it is shown nowhere."""

    code: str = ""
    cache: bool = True


def etat_of(node: etree._Element, etat: Etat) -> Etat:
    """Return what a mark of revision does to the words that it holds; the same state for any other node."""
    if node.tag in _INSERTED:
        return Etat(_trace(node), etat.supprime)
    if node.tag in _STRUCK:
        return Etat(etat.insere, _trace(node))
    return etat


def struck(properties: etree._Element | None) -> Trace | None:
    """Return who struck what properties belong to (the end of a paragraph, a row); None when nobody did."""
    for name in _STRUCK if properties is not None else ():
        node = properties.find(name) if properties is not None else None
        if node is not None:
            return _trace(node)
    return None


def _trace(node: etree._Element) -> Trace:
    return Trace(node.get(w("author")) or "", day(node))


def control_of(sdt: etree._Element) -> Controle | None:
    """Return what a content control asks; None for one that has neither tag nor title."""
    properties = sdt.find(w("sdtPr"))
    if properties is None or is_gallery(sdt):
        return None
    chemin, question = value(properties.find(w("tag"))), value(properties.find(w("alias")))
    if not chemin and not question:
        return None
    return Controle(chemin, question, on(properties.find(w("showingPlcHdr"))))


def is_gallery(sdt: etree._Element, name: str = "") -> bool:
    """Tell whether a control holds a building block of Word, such as its table of contents."""
    gallery = sdt.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and name in value(gallery)


class Inline:
    """Reads the words of the paragraphs of one part, in order.

    Args:
        balanced: whether every field of the part that begins also ends; else a field is taken to end with its
            paragraph, so that no text is lost.
    """

    def __init__(self, *, balanced: bool) -> None:
        self._balanced = balanced
        self._fields: list[_Champ] = []
        self._hidden = 0
        self._open: dict[str, tuple[Paragraphe, int]] = {}
        self._seen: set[str] = set()
        self.boxes: list[tuple[etree._Element, Etat]] = []
        """Text boxes met in the paragraph, to be read after it."""
        self._into: Paragraphe | None = None
        self._waiting: list[str] = []
        self._signs: dict[object, Callable[[etree._Element], None]] = {
            w("fldChar"): self._field,
            w("instrText"): self._code,
            w("commentReference"): self._reference,
        }
        self._handlers: dict[object, Callable[[etree._Element, Etat], None]] = {
            w("r"): self._run,
            w("sdt"): self._control,
            w("fldSimple"): self._simple_field,
            f"{_MATH}oMath": self._formula,
            f"{_MATH}oMathPara": self._formula,
            **{tag: self._through for tag in (*_TRANSPARENT, *_INSERTED, *_STRUCK)},
            w("commentRangeStart"): self.mark,
            w("commentRangeEnd"): self.mark,
        }

    def read(self, node: etree._Element, into: Paragraphe, etat: Etat) -> None:
        """Add the words of a `w:p` to a paragraph."""
        if not self._balanced:
            self._fields.clear()
            self._hidden = 0
        self._into = into
        for identifier in self._waiting:
            self._open[identifier] = (into, into.longueur)
        self._waiting.clear()
        self._children(node, etat)

    def mark(self, node: etree._Element, _etat: Etat = INTACT) -> None:
        """Note where a comment's anchor begins or ends, be it between paragraphs."""
        identifier = node.get(w("id")) or ""
        if node.tag == w("commentRangeStart"):
            if self._into is None:
                self._waiting.append(identifier)
            else:
                self._open[identifier] = (self._into, self._into.longueur)
        elif identifier in self._open:
            self._anchor(identifier)

    def between(self) -> None:
        """Note that no paragraph is being read."""
        self._into = None

    def finish(self) -> None:
        """Anchor the comments whose end never came."""
        for identifier in list(self._open):
            self._anchor(identifier)

    def _anchor(self, identifier: str) -> None:
        begun, start = self._open.pop(identifier)
        if identifier in self._seen:
            return
        self._seen.add(identifier)
        into = self._into
        if begun is into or into is None or start < begun.longueur:
            # An anchor over several paragraphs is told on the first.
            begun.commentaires.append((start, begun.longueur, identifier))
        else:
            into.commentaires.append((0, into.longueur, identifier))

    def _children(self, nodes: Iterable[etree._Element], etat: Etat) -> None:
        for child in nodes:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child, etat)
            elif child.tag == ALTERNATE:
                self._children(chosen(child), etat)

    def _through(self, node: etree._Element, etat: Etat) -> None:
        self._children(node, etat_of(node, etat))

    def _control(self, node: etree._Element, etat: Etat) -> None:
        content = node.find(w("sdtContent"))
        into = self._into
        if content is None or into is None:
            return
        control, start = control_of(node), into.longueur
        self._children(content, etat)
        if control is not None:
            into.champs.append((start, into.longueur, control))

    def _simple_field(self, node: etree._Element, etat: Etat) -> None:
        if not _is_contents(node.get(w("instr")) or ""):
            self._children(node, etat)

    def _formula(self, node: etree._Element, etat: Etat) -> None:
        for part in node.iter(f"{_MATH}t"):
            self._say(part.text or "", part, etat)

    def _say(self, text: str, node: etree._Element, etat: Etat, *, surligne: bool = False) -> None:
        if not self._hidden and self._into is not None:
            self._into.say(text, node, etat, surligne=surligne)

    def _run(self, node: etree._Element, etat: Etat) -> None:
        surligne = _highlighted(node.find(RPR))
        self._run_children(node, etat, surligne)

    def _run_children(self, nodes: Iterable[etree._Element], etat: Etat, surligne: bool) -> None:
        for child in nodes:
            tag = child.tag
            text = _written(child)
            if text is not None:
                self._say(text, child, etat, surligne=surligne)
            elif tag in _DRAWN:
                self.boxes.extend((box, etat) for box in _boxes(child))
            elif tag == ALTERNATE:
                self._run_children(chosen(child), etat, surligne)
            elif tag in self._signs:
                self._signs[tag](child)

    def _code(self, node: etree._Element) -> None:
        if self._fields and len(self._fields[-1].code) < _LONGEST_CODE:
            self._fields[-1].code += node.text or ""

    def _field(self, node: etree._Element) -> None:
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(_Champ())
            self._hidden += 1
        elif self._fields and kind == "separate":
            current = self._fields[-1]
            if current.cache and not _is_contents(current.code):
                current.cache = False
                self._hidden -= 1
        elif self._fields and kind == "end":
            self._hidden -= self._fields.pop().cache

    def _reference(self, node: etree._Element) -> None:
        """A comment may have no anchor but the place of its mark."""
        identifier = node.get(w("id")) or ""
        if identifier not in self._seen and identifier not in self._open and self._into is not None:
            self._seen.add(identifier)
            self._into.commentaires.append((self._into.longueur, self._into.longueur, identifier))


def _is_contents(code: str) -> bool:
    return code.split(maxsplit=1)[:1] == ["TOC"]


def _written(node: etree._Element) -> str | None:
    """Return the words of a child of a run; None for what holds none."""
    tag = node.tag
    if tag in (T, w("delText")):
        return _words(node)
    if tag == w("sym"):
        return _symbol(node.get(w("char")) or "")
    return _FIXED.get(tag)


def _words(node: etree._Element) -> str:
    text = node.text or ""
    if node.get(_XML_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    return text.translate(_BLANKS) if "\n" in text or "\t" in text or "\r" in text else text


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    # Symbol fonts sit in the private area of Unicode.
    return _SYMBOLS.get(point & 0xFF, "•") if 0xF000 <= point <= 0xF0FF or point < 0x100 else "•"


def _highlighted(properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    highlight = properties.find(w("highlight"))
    if highlight is not None:
        return (highlight.get(VAL) or "none") != "none"
    shading = properties.find(w("shd"))
    return shading is not None and (shading.get(w("fill")) or "").upper().replace("AUTO", "auto") not in _NO_COLOUR


def _boxes(node: etree._Element) -> Iterator[etree._Element]:
    for child in chosen(node) if node.tag == ALTERNATE else node:
        if child.tag == w("txbxContent"):
            yield child
        else:
            yield from _boxes(child)
