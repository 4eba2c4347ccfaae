from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from clausegen.reading.document import Genre
from clausegen.reading.docx import read_docx
from clausegen.reading.tokens import read_texte
from clausegen.text.tree import Texte
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize("exemple", sorted(path.parent.name for path in EXAMPLES.glob("*/marche.yaml")))
def test_a_piece_and_its_word_file_are_the_same_document(pieces: dict[str, dict[str, Texte]], exemple: str) -> None:
    assert pieces[exemple]
    for nom, texte in pieces[exemple].items():
        direct = read_texte(texte, nom)
        word = read_docx(WRITER.write(texte, OptionsEcriture()), nom)
        assert tuple(replace(bloc, attache=None) for bloc in word.blocs) == direct.blocs
        assert replace(word, blocs=direct.blocs, projet=None) == direct
        assert word.projet == tuple(bloc.texte for bloc in direct.corps())


def test_an_example_holds_each_kind_of_block(pieces: dict[str, dict[str, Texte]]) -> None:
    blocs = [b for textes in pieces.values() for nom, t in textes.items() for b in read_texte(t, nom).blocs]
    assert {b.genre for b in blocs} == set(Genre) - {Genre.NOTE}
    assert [b for b in blocs if b.champs and b.commentaires]
    assert {b.numero.count(".") for b in blocs if b.numero} == {0, 1}
    assert [b for b in blocs if b.cellule and b.cellule.entete and b.cellule.entete != b.texte]


def test_ranks_follow_one_another(pieces: dict[str, dict[str, Texte]]) -> None:
    for nom, texte in pieces["nettoyage"].items():
        document = read_texte(texte, nom)
        assert [bloc.rang for bloc in document.blocs] == list(range(1, len(document.blocs) + 1))
        assert document.piece == nom


def test_a_field_is_empty_and_stands_on_its_question(pieces: dict[str, dict[str, Texte]]) -> None:
    (bloc,) = [b for b in read_texte(pieces["voyages-sans-clause"]["note"], "n").blocs if b.champs]
    (champ,) = bloc.champs
    assert champ.vide and champ.chemin == "date_note"
    assert bloc.texte[champ.debut : champ.fin].startswith("[à compléter\u00a0: ")


def test_a_buyer_s_look_changes_nothing(pieces: dict[str, dict[str, Texte]]) -> None:
    buffer = BytesIO()
    docx.Document().save(buffer)
    texte = pieces["espaces-verts"]["ccap"]
    dressed = read_docx(WRITER.write(texte, OptionsEcriture(modele=buffer.getvalue())), "x")
    assert tuple(replace(bloc, attache=None) for bloc in dressed.corps()) == read_texte(texte, "x").corps()
    assert [b.numero for b in dressed.blocs if b.niveau == 1] == ["12", "20"]
