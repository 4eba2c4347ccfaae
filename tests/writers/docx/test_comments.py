from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import docx
import pytest
from lxml import etree

from clausegen.text.slots import Slots
from clausegen.text.tree import Commentaire, Texte
from clausegen.writers.docx.comments import Comments
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture, UnknownTokenError

Opened = Callable[[bytes], dict[str, etree._Element]]
Compose = Callable[..., Texte]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_word_processors_find_the_comments(suite: Texte) -> None:
    comments = list(docx.Document(BytesIO(WRITER.write(suite, OptionsEcriture()))).comments)
    assert [(c.author, c.initials, c.text) for c in comments] == [
        ("clausegen", "cg", "Choix de rédaction\u00a0: durée retenue.\nRègle x."),
        ("clausegen", "cg", "Fait manquant\u00a0: la date."),
    ]
    assert {c.timestamp.date() for c in comments if c.timestamp} == {date(2026, 11, 24)}


def test_anchors_hold_the_words_concerned_and_may_be_nested(suite: Texte, opened: Opened) -> None:
    document = opened(WRITER.write(suite, OptionsEcriture()))["word/document.xml"]
    words = {}
    for start in document.iter(f"{W}commentRangeStart"):
        number = start.get(f"{W}id")
        text, node = "", start.getnext()
        while node.tag != f"{W}commentRangeEnd" or node.get(f"{W}id") != number:
            text += "".join(node.itertext(f"{W}t"))
            node = node.getnext()
        words[number] = text
    assert words == {
        "0": "figé au [à compléter\u00a0: À quelle date\u202f?] au plus tard",
        "1": "[à compléter\u00a0: À quelle date\u202f?]",
    }
    references = [r.get(f"{W}id") for r in document.iter(f"{W}commentReference")]
    assert sorted(references) == ["0", "1"]


def test_without_a_date_comments_have_none(compose: Compose, opened: Opened) -> None:
    slots = Slots()
    start, end = slots.comment("À vérifier", "À vérifier : x.")
    data = WRITER.write(compose(f"{start}mot{end}\n", slots, jour=None), OptionsEcriture())
    (comment,) = opened(data)["word/comments.xml"]
    assert f"{W}date" not in comment.attrib


def test_an_anchor_may_run_over_two_paragraphs(compose: Compose, opened: Opened) -> None:
    slots = Slots()
    start, end = slots.comment("À vérifier", "À vérifier : x.")
    document = opened(WRITER.write(compose(f"a {start}b\n\nc{end} d\n", slots), OptionsEcriture()))["word/document.xml"]
    assert len(list(document.iter(f"{W}commentRangeEnd"))) == 1


def test_an_anchor_that_is_not_closed_stops_the_writing(compose: Compose) -> None:
    slots = Slots()
    start, _ = slots.comment("À vérifier", "À vérifier : x.")
    with pytest.raises(UnknownTokenError, match="commentaire"):
        WRITER.write(compose(f"a {start}b\n", slots), OptionsEcriture())


def test_an_anchor_that_was_not_opened_stops_the_writing() -> None:
    with pytest.raises(UnknownTokenError, match="commentaire"):
        Comments(None).close(Commentaire(0, "À vérifier", "x"))


def test_a_comment_printed_twice_is_two_comments() -> None:
    comments, one = Comments(None), Commentaire(0, "À vérifier", "x")
    marks = comments.open(one) + comments.close(one) + comments.open(one) + comments.close(one)
    assert marks.count('w:id="1"') == 3
