"""A damaged or hostile file gives a message or a document, never a traceback."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from clausegen.errors import ClausegenError
from clausegen.reading.anchors import Remark, comment
from clausegen.reading.docx import read_docx
from clausegen.reading.resolve import accept_all, reject_all
from clausegen.text.tree import Texte
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/comments.xml", "docProps/custom.xml")


@pytest.fixture(scope="module")
def piece(pieces: dict[str, dict[str, Texte]]) -> bytes:
    return WRITER.write(pieces["incomplet"]["ccap"], OptionsEcriture())


def _tried(data: bytes) -> str:
    try:
        document = read_docx(data, "x")
    except ClausegenError:
        return "refus"
    for bloc in document.blocs:
        assert all(0 <= c.debut <= c.fin <= len(bloc.texte) for c in (*bloc.champs, *bloc.commentaires))
        assert all(0 <= r.debut <= r.fin <= len(bloc.texte) for r in bloc.revisions)
    for use in (accept_all, reject_all, lambda d: comment(d, [Remark(1, 0, 3, "x")], "R", "R", None)):
        try:
            read_docx(use(data), "x")
        except ClausegenError:
            continue
    return "document"


def test_bytes_changed_anywhere(piece: bytes) -> None:
    chance = random.Random(7)
    found = set()
    for _ in range(150):
        data = bytearray(piece)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        found.add(_tried(bytes(data)))
    assert found == {"refus", "document"}


def _shuffled(xml: bytes, chance: random.Random) -> bytes:
    """Swap, drop or double elements and values: still XML now and then, no longer sense."""
    pieces = xml.replace(b">", b">\x00").split(b"\x00")
    for _ in range(chance.choice((1, 4, 12))):
        here, there = chance.randrange(2, len(pieces)), chance.randrange(2, len(pieces))
        kind = chance.randrange(4)
        if kind == 0:
            pieces[here] = pieces[here].replace(b'w:val="', b'w:val="-9')
        elif kind == 1 and pieces[here].endswith(b"/>"):
            pieces[here] = b""
        elif kind == 2 and pieces[here].endswith(b"/>"):
            pieces.insert(there, pieces[here])
        elif pieces[here].endswith(b"/>") and pieces[there].endswith(b"/>"):
            pieces[here], pieces[there] = pieces[there], pieces[here]
    return b"".join(pieces)


def test_parts_whose_xml_is_shuffled(piece: bytes, edited: Callable[..., bytes]) -> None:
    chance = random.Random(11)
    found = {_tried(edited(piece, **{chance.choice(PARTS): lambda part: _shuffled(part, chance)})) for _ in range(150)}
    assert found >= {"document"}


@pytest.mark.parametrize("part", [*PARTS, "word/_rels/document.xml.rels", "word/header1.xml", "customXml/item1.xml"])
def test_parts_that_are_missing_or_empty(piece: bytes, edited: Callable[..., bytes], part: str) -> None:
    with zipfile.ZipFile(BytesIO(piece)) as archive:
        assert part in archive.namelist()
    assert _tried(edited(piece, **{part: None})) == ("refus" if part == "word/document.xml" else "document")
    # Without the draft the piece still reads.
    assert _tried(edited(piece, **{part: b""})) == ("document" if part.startswith("customXml") else "refus")
    assert _tried(edited(piece, **{part: b"<x/>"})) == ("refus" if part == "word/document.xml" else "document")


def test_a_long_list_of_the_same_paragraph_is_read_in_time(fichier: Callable[..., bytes]) -> None:
    body = "<w:p><w:r><w:t>Oui</w:t></w:r></w:p>" * 20_000
    assert len(read_docx(fichier(body), "x").blocs) == 20_000
