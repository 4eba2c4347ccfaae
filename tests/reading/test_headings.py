from __future__ import annotations

import pytest

from clausegen.reading.headings import Tape, is_bulleted, typed_heading, typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Article 12 – Pénalités", "12"),
        ("ARTICLE N° 4.2 : HEURES", "4.2"),
        ("Article 1er - Objet", "1"),
        ("Article IV", "IV"),
        ("Art. 7. Durée", "7"),
        ("12.3. Heures d'insertion", "12.3"),
        ("4.5.1 Suivi", "4.5.1"),
        ("4-2-1 Suivi", "4.2.1"),
        ("4.5.1 Actions d'insertion :", "4.5.1"),
        ("Article\u00a05\u00a0: Prix", "5"),
        ("Article 6 Sous-traitance", "6"),
    ],
)
def test_typed_numbers(text: str, number: str) -> None:
    assert typed_number(text) == typed_heading(text, lone=False)
    found = typed_number(text)
    assert found is not None and found.numero == number
    assert found.niveau == number.count(".") + 1


@pytest.mark.parametrize(
    "text",
    [
        "Article 3 du présent cahier",
        "Article 3 du CCAP, complété par ce qui suit.",
        "12.3 heures par semaine",
        "4.1 Les heures sont réalisées.",
        "2026 Rennes",
        "1 200 heures",
        "Les articles 3 et 4",
        "Article 5 Le titulaire réalise les heures prévues au tableau ci-après.",
        "Article 7 – " + "le titulaire s'engage à réaliser les heures " * 2 + ".",
        "4.1 Suivi " + "x" * 200,
    ],
)
def test_sentences_are_no_headings(text: str) -> None:
    assert typed_heading(text, lone=True) is None


def test_a_lone_number_needs_leave() -> None:
    assert typed_heading("3. Objet du marché", lone=True) == Tape("3", 1, article=False)
    assert typed_heading("3. Objet du marché", lone=False) is None
    assert typed_heading("3. Fournir :", lone=True) is None


def test_bullets() -> None:
    assert is_bulleted("– un point") and is_bulleted("\uf0b7 un point") and not is_bulleted("-5 %")
