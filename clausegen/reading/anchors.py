"""Comments put on the right words of a copy of a Word file; the rest of the file stays as it is."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from datetime import date

from lxml import etree

from clausegen.files.openxml import rewritten
from clausegen.reading.anchor_parts import CommentsPart
from clausegen.reading.docx import Lecteur
from clausegen.reading.package import main_part, open_docx
from clausegen.reading.paragraph import Atome, Paragraphe
from clausegen.reading.resolve import HEAD
from clausegen.reading.wordml import PPR, RPR, P, T, w
from clausegen.record import dataclass

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RUN, _SDT = w("r"), w("sdt")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment to put in a file.

    Args:
        rang: rank of the block that it is on; None for the document as a whole: it then goes on the title.
        debut: first character of the words concerned.
        fin: character after the last; the whole block when it is not after `debut`.
        texte: the comment; each line makes a paragraph.
    """

    rang: int | None
    debut: int
    fin: int
    texte: str


def comment(
    content: bytes,
    remarks: Sequence[Remark],
    auteur: str,
    initiales: str,
    jour: date | None,
    nom: str = "document",
) -> bytes:
    """Return a Word file with comments on the words concerned; those that it has already stay.

    Args:
        content: its bytes.
        remarks: the comments, on blocks that `read_docx` numbered.
        auteur: who signs them.
        initiales: how Word abridges the author.
        jour: their date; None to give none.
        nom: how the user named the file.

    Raises:
        ClausegenError: it is no Word document, or is protected, damaged or too large.
    """
    if not remarks:
        return content
    office = open_docx(content, nom, strict=False)
    root = main_part(office)
    reader = Lecteur.of(office, root, foreign=False)
    part = CommentsPart(office, root, auteur, initiales, jour)
    title = reader.titre()
    placed: dict[Paragraphe, list[tuple[int, int, int]]] = {}
    alone: list[tuple[etree._Element, int]] = []
    for remark in remarks:
        identifier = part.add(remark.texte)
        target, start, end = _target(remark, reader, title)
        if target is None:
            alone.append((_first_paragraph(root), identifier))
        elif (outer := _around_box(target.node)) is not None:
            alone.append((outer, identifier))
        else:
            placed.setdefault(target, []).append((start, end, identifier))
    for paragraph, marks in placed.items():
        _anchor(paragraph, marks, part)
    for node, identifier in alone:
        _on_empty(node, identifier, part)
    changes = {office.document: HEAD + etree.tostring(root, encoding="UTF-8"), **part.changes()}
    return rewritten(content, changes)


def _target(remark: Remark, reader: Lecteur, title: Paragraphe | None) -> tuple[Paragraphe | None, int, int]:
    """Return the paragraph that a remark is on, and the words concerned there."""
    rank = remark.rang or 0
    target = reader.paragraphes[rank - 1] if 0 < rank <= len(reader.paragraphes) else None
    if target is None or target.node not in reader.places:
        # Word takes no comment in a header, a footer or a note.
        return title, 0, 0 if title is None else title.longueur
    start = min(max(remark.debut, 0), target.longueur)
    end = min(remark.fin, target.longueur)
    return (target, start, end) if start < end else (target, 0, target.longueur)


def _anchor(paragraph: Paragraphe, marks: list[tuple[int, int, int]], part: CommentsPart) -> None:
    """Put the anchors of some comments in a paragraph."""
    cuts = sorted({place for start, end, _ in marks for place in (start, end)})
    atoms = _cut([a for a in paragraph.atomes if a.node is not None and a.etat.supprime is None], cuts)
    atoms = [atom for atom in atoms if _run_of(atom) is not None]
    # The widest first: comments that begin together then nest.
    for start, end, identifier in sorted(marks, key=lambda one: (one[0], -one[1], one[2])):
        inside = [atom for atom in atoms if atom.debut < end and atom.fin > start]
        if not inside:
            _on_empty(paragraph.node, identifier, part)
            continue
        first, last = _holder(inside[0]), _holder(inside[-1])
        first.addprevious(etree.Element(w("commentRangeStart"), {w("id"): str(identifier)}))
        _after(last, _closing(identifier, part))


def _closing(identifier: int, part: CommentsPart) -> list[etree._Element]:
    return [etree.Element(w("commentRangeEnd"), {w("id"): str(identifier)}), part.reference(identifier)]


def _after(node: etree._Element, added: Iterable[etree._Element]) -> None:
    """Insert nodes after another and after the ends of comments that already stand there."""
    place = node
    following = place.getnext()
    while following is not None and (
        following.tag == w("commentRangeEnd") or following.find(w("commentReference")) is not None
    ):
        place, following = following, following.getnext()
    for one in added:
        place.addnext(one)
        place = one


def _on_empty(paragraph: etree._Element, identifier: int, part: CommentsPart) -> None:
    """Put a comment on a paragraph as a whole, at its beginning."""
    place = 1 if paragraph.find(PPR) is not None else 0
    start = etree.Element(w("commentRangeStart"), {w("id"): str(identifier)})
    for node in (start, *_closing(identifier, part)):
        paragraph.insert(place, node)
        place += 1


def _around_box(node: etree._Element) -> etree._Element | None:
    """Return the paragraph that a text box hangs from, where Word takes comments; None outside a box."""
    outer = None
    for above in node.iterancestors(w("txbxContent"), P):
        if above.tag == P:
            outer = above
    return outer


def _first_paragraph(root: etree._Element) -> etree._Element:
    """Return the first paragraph of the body, made when there is none."""
    found = next(root.iter(P), None)
    if found is None:
        found = etree.Element(P)
        body = root.find(w("body"))
        if body is None:
            body = etree.SubElement(root, w("body"))
        body.insert(0, found)
    return found


def _run_of(atom: Atome) -> etree._Element | None:
    """Return the run that holds some words; None for those of a formula."""
    node = atom.node
    while node is not None and node.tag != P:
        if node.tag == _RUN:
            return node
        node = node.getparent()
    return None


def _holder(atom: Atome) -> etree._Element:
    """Return what an anchor must stand beside: the run, else the control around it, which an answer replaces."""
    run = _run_of(atom)
    assert run is not None
    found, node = run, run.getparent()
    while node is not None and node.tag != P:
        if node.tag == _SDT:
            found = node
        node = node.getparent()
    return found


def _cut(atoms: list[Atome], cuts: list[int]) -> list[Atome]:
    """Split runs so that each place where an anchor begins or ends falls between two of them."""
    found: list[Atome] = []
    waiting = list(cuts)
    for atom in atoms:
        while waiting and waiting[0] < atom.debut:
            waiting.pop(0)
        if waiting and waiting[0] == atom.debut:
            _split_before(atom)
            waiting.pop(0)
        rest = atom
        while waiting and rest.debut < waiting[0] < rest.fin:
            rest, before = _split_inside(rest, waiting.pop(0)), rest
            found.append(before)
        found.append(rest)
    if waiting and atoms:
        _split_after(atoms[-1])
    return found


def _split_before(atom: Atome) -> None:
    run = _run_of(atom)
    if run is not None and atom.node is not None and atom.node.getparent() is run:
        place = run.index(atom.node)
        if any(child.tag != RPR for child in run[:place]):
            _break(run, place)


def _split_after(atom: Atome) -> None:
    run = _run_of(atom)
    if run is not None and atom.node is not None and atom.node.getparent() is run:
        place = run.index(atom.node) + 1
        if place < len(run):
            _break(run, place)


def _split_inside(atom: Atome, place: int) -> Atome:
    """Split some words in two runs and return the second."""
    node, run = atom.node, _run_of(atom)
    words = atom.texte
    cut = place - atom.debut
    if node is None or run is None or node.tag != T or node.getparent() is not run:
        return Atome(place, words[cut:], node, atom.etat, atom.surligne)
    second = copy.copy(node)
    node.text, second.text = words[:cut], words[cut:]
    for one in (node, second):
        one.set(_XML_SPACE, "preserve")
    node.addnext(second)
    _break(run, run.index(second))
    atom.texte = words[:cut]
    return Atome(place, words[cut:], second, atom.etat, atom.surligne)


def _break(run: etree._Element, place: int) -> None:
    """Move the children of a run from a place on into a run of the same look that follows it."""
    other = etree.Element(_RUN, dict(run.attrib))
    properties = run.find(RPR)
    if properties is not None:
        other.append(copy.deepcopy(properties))
    other.extend(run[place:])
    run.addnext(other)
