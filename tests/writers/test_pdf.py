"""The PDF: the Word file, laid out by LibreOffice when it is there."""

from __future__ import annotations

import re

import pytest

from clausegen.errors import ClausegenError
from clausegen.files import office
from clausegen.text.tree import Texte
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.pdf import settled
from clausegen.writers.registry import writer_for

needs_office = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed")


@needs_office
def test_a_tagged_file_the_same_twice(suite: Texte) -> None:
    first, second = (writer_for("pdf").write(suite, OptionsEcriture()) for _ in range(2))
    assert first.startswith(b"%PDF-") and b"/MarkInfo<</Marked true>>" in first.replace(b" <<", b"<<")
    assert first == second
    assert b"(D:20261124000000" in first


@needs_office
def test_comments_are_annotations_but_in_the_version_to_publish(suite: Texte) -> None:
    annotation = re.compile(rb"/Subtype ?/Text\b")
    assert annotation.search(writer_for("pdf").write(suite, OptionsEcriture()))
    assert not annotation.search(writer_for("pdf").write(suite, OptionsEcriture(publiable=True)))


def test_without_libreoffice_the_call_is_refused(suite: Texte, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(ClausegenError, match="demande LibreOffice, qui est introuvable"):
        writer_for("pdf").write(suite, OptionsEcriture())


def test_clock_and_identity_leave_without_moving_anything() -> None:
    raw = b"%PDF\n/CreationDate(D:20261125001948Z')\nxref\ntrailer\n<</ID [ <" + b"A1" * 16 + b">\n<" + b"B2" * 16
    raw += b"> ]\n/DocChecksum /" + b"C3" * 16 + b"\n>>\n"
    other = raw.replace(b"20261125001948", b"20271125001948").replace(b"A1", b"D4")
    assert settled(raw, "20261201000000") == settled(other, "20261201000000")
    assert len(settled(raw, "20261201000000")) == len(raw)
    assert b"(D:20261201000000Z')" in settled(raw, "20261201000000")
