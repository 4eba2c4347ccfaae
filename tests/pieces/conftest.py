"""Markets of every kind, and what the pieces of the consultation say of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clausegen.french.typography import plain
from clausegen.workflow.draft import rediger
from clausegen.workflow.examine import Examen, examiner

NOTES = "\n[^1]: "
CONSULTATION = ("rc", "ae", "publicite", "motivation")
ACHETEUR = {
    "nom": "Ville d'Essai",
    "categorie": "autre-pouvoir-adjudicateur",
    "courriel": "marches@exemple.fr",
    "profil_acheteur": "https://profil.exemple.fr",
    "representant": {"nom": "Une personne", "qualite": "la personne habilitée à signer"},
}
FACILITATEUR = {
    "structure": "PLIE d'Essai",
    "type": "plie",
    "courriel": "clauses@exemple.fr",
    "telephone": "02 61 91 00 02",
    "accord_le": "2026-11-20",
    "avis_le": "2026-11-25",
    "referent": {"nom": "Une Référente", "courriel": "une.referente@exemple.fr"},
}
CRITERE = {
    "ponderation": 10,
    "sous_criteres": [
        {"intitule": "Encadrement et tutorat", "ponderation": 6, "elements": "Tuteurs et temps affecté"},
        {"intitule": "Formation", "ponderation": 4, "elements": "Plan de formation"},
    ],
}
MARCHE = {
    "version": 1,
    "reference": "E-1",
    "objet": "Entretien des espaces verts",
    "nature": "services",
    "contrat": "marche",
    "ccag": "FCS",
    "procedure": "appel-offres-ouvert",
    "date_lancement": "2026-12-15",
    "date_note": "2026-12-01",
    "valeur_estimee_ht": 600000,
    "duree_mois": 24,
    "cpv": "77310000",
    "pieces": {"ccap": {"article": 12}, "rc": {"article": 7}, "ae": {"annexe": 3}},
}


@dataclass(frozen=True)
class Pieces:
    """The pieces of one market in Markdown, and the same without its marks."""

    examen: Examen
    markdown: dict[str, str]

    def corps(self, piece: str) -> str:
        """Return the piece on one line, without its comments and its tables' bars."""
        return _words(self.markdown[piece].partition(NOTES)[0])

    def notes(self, piece: str) -> str:
        """Return the comments."""
        return _words(self.markdown[piece].partition(NOTES)[2])

    def lot(self, piece: str, titre: str) -> str:
        """Return a lot's section."""
        sections = self.markdown[piece].partition(NOTES)[0].split("\n## ")
        return _words(next(part for part in sections if titre in plain(part.split("\n", 1)[0])))

    def lignes(self, piece: str) -> list[list[str]]:
        """Return the rows of every table."""
        rows = [line for line in self.markdown[piece].splitlines() if line.startswith("| ")]
        return [[_words(cell) for cell in line.strip("| ").split(" | ")] for line in rows]


def _words(text: str) -> str:
    text = re.sub(r"\[\^\d+\]|\*\*|^#+ ", "", plain(text), flags=re.MULTILINE)
    return re.sub(r"[\s|]+", " ", text).strip()


@pytest.fixture
def redige(tmp_path: Path) -> Callable[..., Pieces]:
    """Draft pieces of a market: `redige(lots, key=value…)` over the common one; None takes a key away.

    `documents` names the pieces; those of the consultation when it is not given.
    """

    def run(lots: list[dict[str, Any]], documents: Sequence[str] = CONSULTATION, **changes: Any) -> Pieces:
        full = [{"numero": n, "intitule": f"Secteur {n}"} | lot for n, lot in enumerate(lots, 1)]
        marche = MARCHE | {"acheteur": ACHETEUR, "lots": full} | changes
        path = tmp_path / "marche.json"
        path.write_text(json.dumps({k: v for k, v in marche.items() if v is not None}), encoding="utf-8")
        examen = examiner(path)
        assert examen.decision is not None, examen.diagnostics
        found = rediger(examen, formats=["md"], documents=list(documents), malgre_erreurs=True)
        return Pieces(examen, {p.id: p.contenu.decode() for p in found.pieces})

    return run
