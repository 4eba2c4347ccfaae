from typing import Any

from clausegen.assistant import savedfile
from clausegen.assistant.session import Session
from clausegen.description.load import load_text
from clausegen.law.openwords import open_words

FILE = """\
# yaml-language-server: $schema=../schema.json
# Dossier suivi par Claude.
version: 1
objet: "Entretien # n° 2"   # vu avec le service
nature: services
# à confirmer par la direction
date_lancement: 2026-12-15
reference: 1.10
acheteur:
  nom: Ville de Rennes      # nom officiel
  siret: 21350238800019
  groupement_commandes: false
lots:
  - numero: 1
    intitule: |
      # pas une remarque
      suite
    dispositif: auto  # proposition
# fin
"""


def taken(texte: str, livre: Any, script: Any) -> savedfile.Reprise:
    lecture = load_text(texte, "marche.yaml", open_words(livre))
    assert lecture.marche is not None, lecture.diagnostics
    return savedfile.take_up(lecture, texte, script)


def test_values_and_remarks_of_a_person_survive(livre: Any, script: Any) -> None:
    reprise = taken(FILE, livre, script)
    session = Session(livre, reprise.valeurs)
    text = savedfile.text(session, reprise)
    assert text.splitlines()[0] == "# yaml-language-server: $schema=../schema.json"
    for remark in ("Dossier suivi par Claude.", "vu avec le service", "à confirmer par la direction", "nom officiel"):
        assert text.count(remark) == 1, remark
    assert "# fin" in text and text.count("proposition") == 1
    before = load_text(FILE, "a", open_words(livre)).marche
    assert load_text(text, "b", open_words(livre)).marche == before
    assert str(reprise.valeurs["reference"]) == "1.10", "a text keeps its writing"
    assert reprise.valeurs["acheteur"]["groupement_commandes"] is False


def test_taking_up_again_changes_nothing(livre: Any, script: Any) -> None:
    reprise = taken(FILE, livre, script)
    first = savedfile.text(Session(livre, reprise.valeurs), reprise)
    again = taken(first, livre, script)
    second = savedfile.text(Session(livre, again.valeurs), again)
    assert second == first
    assert again.commentaires == reprise.commentaires


def test_open_questions_are_written_and_not_taken_for_remarks(livre: Any, script: Any) -> None:
    session = Session(livre, {"objet": "x", "lots": [{"numero": 1}], "facilitateur": {}})
    text = savedfile.text(session, savedfile.Reprise())
    assert "# nature: …  # S'agit-il de travaux, de fournitures ou de services ?" in text
    again = taken(text, livre, script)
    assert (again.commentaires, again.entete) == ({}, ())
    assert again.valeurs == {"objet": "x", "lots": [{"numero": 1}], "facilitateur": {}}
