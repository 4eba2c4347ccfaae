"""Short ways to a decision from a description written in the test."""

from datetime import date
from textwrap import dedent

import pytest

from clausegen.description.load import load_text
from clausegen.law.decide import decide
from clausegen.law.findings import Finder
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook

BASE = """
version: 1
objet: "Entretien des espaces verts"
reference: "2026-EV-041"
nature: services
contrat: accord-cadre
ccag: FCS
procedure: appel-offres-ouvert
date_lancement: 2026-12-15
valeur_estimee_ht: 960000
duree_mois: 48
cpv: "77310000"
acheteur: {nom: Ville, categorie: autre-pouvoir-adjudicateur, type: collectivite, achats_annuels_ht: 82000000}
facilitateur: {structure: PLIE}
lots:
  - {numero: 1, intitule: Nord, valeur_estimee_ht: 480000, dispositif: clause, calibrage: {secteur: espaces-verts, part_main_oeuvre: 0.65, taux_effort: 0.05, cout_horaire: 36}}
  - {numero: 2, intitule: Sud, valeur_estimee_ht: 480000, dispositif: auto}
"""


@pytest.fixture
def deliberate():
    """Decide a description given as YAML, or as replacements in the base one."""

    def run(*changes: tuple[str, str], text: str = BASE, jour: date | None = None):
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        livre = rulebook()
        lecture = load_text(dedent(text), "essai.yaml", open_words(livre))
        assert lecture.marche is not None, lecture.diagnostics
        finder = Finder("essai.yaml", lecture.position)
        return decide(lecture.marche, livre, jour or lecture.marche.date_lancement, finder)

    return run
