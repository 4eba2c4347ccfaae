"""Markets of every kind, and what each format exports of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clausegen.exchange.exporters.interface import Export
from clausegen.workflow.examine import Examen, examiner
from clausegen.workflow.notices import exporter

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*/marche.yaml"))
ACHETEUR = {"nom": "Ville d'Essai", "categorie": "autre-pouvoir-adjudicateur", "siret": "21350238800019"}
CRITERE = {
    "ponderation": 12.5,
    "sous_criteres": [
        {"intitule": "Encadrement & tutorat <interne>", "ponderation": 6.5, "elements": "Tuteurs"},
        {"intitule": "Formation", "ponderation": 6, "elements": "Plan"},
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
    "valeur_estimee_ht": 600000,
    "duree_mois": 24,
    "cpv": "77310000",
    "pieces": {"ccap": {"article": 12}},
    "acheteur": ACHETEUR,
}


class Marches:
    """Writes descriptions and exports them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "marche.json"

    def ecrire(self, lots: list[dict[str, Any]], **changes: Any) -> Path:
        """Write a market over the common one; None takes a key away."""
        full = [
            {"numero": n, "intitule": f"Secteur {n}", "valeur_estimee_ht": 300000} | lot
            for n, lot in enumerate(lots, 1)
        ]
        marche = MARCHE | {"lots": full} | changes
        self._path.write_text(json.dumps({k: v for k, v in marche.items() if v is not None}), encoding="utf-8")
        return self._path

    def examen(self, lots: list[dict[str, Any]], **changes: Any) -> Examen:
        """Examine it."""
        examen = examiner(self.ecrire(lots, **changes))
        assert examen.dossier is not None, examen.diagnostics
        return examen

    def exporter(self, format_: str, lots: list[dict[str, Any]], **changes: Any) -> Export:
        """Export it."""
        return exporter(self.examen(lots, **changes), format_)


@pytest.fixture
def marches(tmp_path: Path) -> Marches:
    return Marches(tmp_path)


@pytest.fixture(scope="session")
def donnees() -> Path:
    """Return the folder of real notices and official schemas, which the project does not hold."""
    folder = os.environ.get("CLAUSEGEN_DONNEES")
    if not folder:
        pytest.skip("CLAUSEGEN_DONNEES ne désigne aucun dossier de données réelles")
    return Path(folder)


@pytest.fixture(scope="session")
def exemples() -> Callable[[], list[Examen]]:
    """Return every example, examined once."""
    found: list[Examen] = []

    def read() -> list[Examen]:
        if not found:
            found.extend(examiner(path) for path in EXAMPLES)
        return found

    return read
