"""Data on persons: what is written, asked for, or given a column."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.proofreading.privacy import _valid
from clausegen.reading.document import Bloc, Cellule, Document, Genre

CODES = ("R34", "R36")


def alone(text):
    return Document("essai.docx", (Bloc(1, Genre.PARAGRAPHE, text, text),))


def table(*headers):
    cells = [Bloc(i, Genre.CELLULE, h, h, cellule=Cellule(0, 0, i, h)) for i, h in enumerate(headers, 1)]
    return Document("suivi.docx", tuple(cells))


def test_no_fault_on_any_piece(exemples, lire):
    for exemple in exemples.values():
        for piece in exemple.pieces.values():
            assert lire(piece, CODES, dossier=exemple.dossier) == []
            assert lire(piece, CODES) == []


@pytest.mark.parametrize("nom", ["espaces-verts", "travaux-lots", "nettoyage"])
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("la date d'embauche, l'employeur", "la date de naissance, l'employeur", "date de naissance"),
        ("la date d'embauche, l'employeur", "le NIR, l'employeur", "NIR"),
        ("clauses@exemple.fr", "camille.martin@exemple.fr", "camille.martin@exemple.fr"),
    ],
)
def test_a_planted_fault_is_found(nom, old, new, words, exemples, lire, change):
    piece = exemples[nom].pieces["ccap"]
    if not any(old in b.texte.replace("\u2019", "'") for b in piece.blocs):
        pytest.skip("this clause has no such words")
    found = lire(change(piece, old, new), CODES, dossier=exemples[nom].dossier)
    assert [f[2] for f in found] == [words]


def test_the_columns_of_a_follow_up(lire):
    found = lire(table("Nom", "Prénom", "N° de sécurité sociale", "Date d'embauche", "Heures réalisées"), CODES)
    assert [f[2] for f in found] == ["Nom", "Prénom", "N° de sécurité sociale"]
    assert lire(table("Code", "Date d'embauche", "Type de contrat", "Heures réalisées"), CODES) == []
    assert lire(table("Nom", "Qualité", "Signature"), CODES) == []


@given(st.integers(min_value=10**12, max_value=4 * 10**12 - 1))
def test_the_key_of_a_number(number):
    key = 97 - number % 97
    assert _valid(f"{number}{key:02d}", f"{key:02d}")
    assert not _valid(f"{number}{key % 97 + 1:02d}", f"{key % 97 + 1:02d}")


@pytest.mark.parametrize(
    "text",
    [
        "SIRET 21350238800019 ; SIRET 213 502 388 00019 ; TVA FR12213502388.",
        "Téléphone 02 99 00 00 00, marché 2026-01-02-003, montant 1 234 567,89 €.",
        "IBAN FR76 3000 6000 0112 3456 7890 189.",
    ],
)
def test_another_number_is_no_person(text, lire):
    assert lire(alone(text), CODES) == []


def test_a_mailbox_of_a_service_is_right(lire):
    for box in (
        "clauses.sociales@exemple.fr",
        "plie@exemple.fr",
        "service.insertion@exemple.fr",
        "marches-publics@exemple.fr",
    ):
        assert lire(alone(f"Facilitateur de la clause d'insertion : {box}."), CODES) == []


def test_a_person_is_found_in_the_row_of_the_facilitator(lire):
    blocs = [
        Bloc(1, Genre.CELLULE, "Facilitateur", "", cellule=Cellule(0, 0, 0, "Facilitateur")),
        Bloc(2, Genre.CELLULE, "Courriel", "", cellule=Cellule(0, 0, 1, "Courriel")),
        Bloc(3, Genre.CELLULE, "PLIE", "", cellule=Cellule(0, 1, 0, "Facilitateur")),
        Bloc(4, Genre.CELLULE, "p.durand@exemple.fr", "", cellule=Cellule(0, 1, 1, "Courriel")),
    ]
    assert [f[2] for f in lire(Document("ccap.docx", tuple(blocs)), CODES)] == ["p.durand@exemple.fr"]
    other = tuple(replace(b, texte=b.texte.replace("p.durand", "contact")) for b in blocs)
    assert lire(Document("ccap.docx", other), CODES) == []
