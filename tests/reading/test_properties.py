from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
from docx.document import Document as Word

from clausegen.reading.docx import read_docx
from clausegen.text.tree import Texte
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture


def test_the_published_version_says_which_piece_it_is_but_carries_no_draft(pieces: dict[str, dict[str, Texte]]) -> None:
    texte = pieces["nettoyage"]["ccap"]
    document = read_docx(WRITER.write(texte, OptionsEcriture(publiable=True)), "x")
    assert (document.piece, document.projet) == ("ccap", None)
    assert not any(bloc.champs or bloc.commentaires for bloc in document.blocs)


def test_names_of_people() -> None:
    word: Word = docx.Document()
    word.core_properties.author, word.core_properties.last_modified_by = "Jeanne", "Paul"
    word.add_paragraph("x")
    buffer = BytesIO()
    word.save(buffer)
    document = read_docx(buffer.getvalue(), "x")
    assert (document.auteurs, document.piece, document.projet) == (("Jeanne", "Paul"), None, None)


def test_another_part_of_the_same_kind_is_no_draft(
    pieces: dict[str, dict[str, Texte]], edited: Callable[..., bytes]
) -> None:
    data = WRITER.write(pieces["nettoyage"]["rc"], OptionsEcriture())
    assert read_docx(data, "x").projet
    other = edited(data, **{"customXml/item1.xml": b"<sources/>"})
    assert read_docx(other, "x").projet is None
