"""Real clauses: the faults known there are found, and nothing else; skipped without the data."""

import os
import re
from pathlib import Path

import pytest

from clausegen.reading.document import Bloc, Document, Genre

FOLDER = os.environ.get("CLAUSEGEN_DONNEES")
CODES = tuple("R09 R18 R19 R21 R22 R26 R27 R28 R30 R34 R36 R37 R41 R42 R43".split())
EXPECTED = {
    "ae_aquareel_2025_engagement_insertion.md": [],
    "ccap_21_BAM_048_clause_insertion.txt": [("R21", "Garantie Jeunes")],
    "ccap_aquareel_2025_clause_insertion.md": [
        ("R28", "exclusivement"),
        ("R21", "allocation spécifique de solidarité"),
        ("R21", "Garantie Jeunes"),
        ("R21", "Pôle emploi"),
        ("R37", "1.3.4"),
        ("R21", "établissement et service d'aide par le travail"),
        ("R37", "[1.3.7 Suivi de l'action d'insertion]"),
    ],
    "modele_clause_formation_statut_scolaire_2018.txt": [
        ("R37", "(nom de l'acheteur)"),
        ("R18", "article 38 de l'ordonnance n° 2015-899"),
        ("R37", "(à adapter)"),
    ],
    "parcours_solidaire_formation_faq_acheteur.txt": [("R37", "{% include faqs.html %}")],
}
ITEM = re.compile(r"^(?:[▫•-]|\d+(\.\d+)+\.? )")


def paragraphs(text):
    """Cut a text at its blank lines and at its items."""
    for chunk in re.split(r"\n\s*\n", text):
        current = ""
        for line in map(str.strip, chunk.split("\n")):
            if ITEM.match(line):
                yield current
                current = line
            else:
                current = f"{current} {line}".strip()
        yield current


def read(path):
    texts = [text for text in paragraphs(path.read_text(encoding="utf-8", errors="replace")) if text]
    return Document(path.name, tuple(Bloc(rang, Genre.PARAGRAPHE, text, text) for rang, text in enumerate(texts, 1)))


@pytest.mark.skipif(not FOLDER, reason="CLAUSEGEN_DONNEES names no folder of real data")
@pytest.mark.parametrize("nom", sorted(EXPECTED))
def test_real_clause(nom, lire):
    found = lire(read(Path(FOLDER) / "dce_reels" / nom), CODES)
    assert [(code, words) for code, _, words, _ in found] == EXPECTED[nom]
