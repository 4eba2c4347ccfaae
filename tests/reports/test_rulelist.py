import json
from datetime import date
from decimal import Decimal

import pytest

from clausegen.law.cases import Resultat
from clausegen.law.catalogue import Entree
from clausegen.reports.labels import DEGRES, GENRES
from clausegen.reports.rulelist import failure, list_text, outcome_json, outcome_text, value
from clausegen.reports.text import printable

HELD = Resultat("obligations/x", "tient", {"statut": "applicable"}, {"statut": "applicable"})
FAILS = Resultat(
    "obligations/x",
    "échoue",
    {"statut": "applicable", "satisfaite": True},
    {"statut": "applicable", "satisfaite": None},
)


def entry(**changes):
    base = {
        "id": "obligations/x",
        "court": "x",
        "genre": "obligation",
        "titre": "Titre\x1b[31m de l'essai",
        "etat": "en-vigueur",
        "depuis": date(2026, 8, 22),
        "jusqu_au": None,
        "confiance": "non-verifie",
        "verifiee_le": date(2026, 11, 24),
    }
    return Entree(**{**base, **changes})


def test_columns_are_aligned_and_nothing_is_cut():
    long = entry(id="obligations/un-nom-bien-plus-long", titre="Titre " * 40)
    head, first, second = list_text([entry(), long]).splitlines()
    for word, cell in (("confiance", "non vérifié"), ("vérifiée le", "2026-11-24")):
        assert first.index(cell) == second.index(cell) == head.index(word)
    assert second.endswith(("Titre " * 40).strip())
    assert "\x1b" not in first


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"etat": "a-venir"}, "le 2026-08-22 seulement"),
        ({"etat": "terminee", "jusqu_au": date(2027, 12, 31)}, "jusqu'au 2027-12-31"),
        ({"etat": None, "depuis": None, "verifiee_le": None, "confiance": None}, "  -  "),
        ({"a_reverifier": ("raison une", "raison deux")}, "[à revérifier : raison une ; raison deux]"),
    ],
)
def test_states_are_told(changes, words):
    line = list_text([entry(**changes)]).splitlines()[1].replace("\u00a0", " ").replace("\u202f", " ")
    assert words in line


def test_a_failure_only_shows_what_differs():
    assert failure(FAILS) == "Cas « échoue » : `satisfaite` : attendu true, obtenu rien."
    bare = Resultat("seuils/x", "un jour", 216000, 221000)
    assert failure(bare) == "Cas « un jour » : attendu 216 000, obtenu 221 000."
    unread = Resultat("cas/x", "illisible", {"erreur": []}, {"erreur": ["F020"], "description": ["La clé…"]})
    assert failure(unread).endswith("attendu [], obtenu [F020] ; description : [La clé…].")


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (None, "rien"),
        (False, "false"),
        (Decimal("433.33"), "433,33"),
        ([1, None], "[1, rien]"),
        ({"a": True}, "a true"),
        (date(2026, 8, 22), "2026-08-22"),
        ("", "« »"),
    ],
)
def test_values(found, text):
    assert value(found) == text


def test_counts_agree():
    assert outcome_text([HELD], []).replace("\u00a0", " ") == "1 cas, 1 tient."
    content = json.loads(outcome_json([HELD, FAILS], []))
    assert (content["cas"], content["tiennent"]) == (2, 1)
    assert content["echecs"][0]["nom"] == "échoue"


def test_every_kind_and_degree_has_a_name():
    from clausegen.law.catalogue import AUTRE
    from clausegen.law.catalogue import GENRES as KINDS
    from clausegen.law.rule import CONFIANCES

    assert set(GENRES) == {*KINDS.values(), AUTRE}
    assert set(DEGRES) == set(CONFIANCES)
    assert all(printable(name) == name for name in (*GENRES.values(), *DEGRES.values()))
