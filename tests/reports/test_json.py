import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.law.decision import Decision
from clausegen.reports.json import decision_json, dumps, rendre
from clausegen.reports.verification import Fichier, Verification

KEYS = (
    "version marche date_droit regles seuil obligations lots parties references_ccag derogations valeurs_par_defaut "
    "sources diagnostics documents a_completer"
).split()
DIAGNOSTIC_KEYS = "code niveau message chemin fichier ligne colonne regle fondements".split()

PLAIN_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(exclude_characters="\u00a0\u202f")),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["a", "b", 'c"', "é\n"]), inner),
)


@given(PLAIN_JSON)
def test_any_plain_data_comes_back(data: Any) -> None:
    assert json.loads(dumps(data)) == data


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("216000.00"), "216000"),
        (Decimal("433.330"), "433.33"),
        (Decimal("1E+5"), "100000"),
        (Decimal("123456789012345678.01"), "123456789012345678.01"),
        (Decimal("-0.05"), "-0.05"),
        (0.5, "0.5"),
        (True, "true"),
        (date(2026, 12, 1), '"2026-12-01"'),
        (Niveau.ERREUR, '"erreur"'),
        ((), "[]"),
        ({}, "{}"),
        ("a\u00a0b\u202fc’", '"a b c’"'),
        ({"fichier": "a\u00a0b"}, '{\n  "fichier": "a\u00a0b"\n}'),
    ],
)
def test_scalars(value: Any, printed: str) -> None:
    assert dumps(value) == printed


def test_decision_has_every_key_in_order(decision: Decision, constat: Diagnostic) -> None:
    text = decision_json(decision, [constat])
    report = json.loads(text)
    assert list(report) == KEYS
    assert list(report["marche"]) == ["reference", "objet", "contrat", "ccag"]
    assert list(report["seuil"]) == ["categorie", "montant_ht", "valeur_retenue_ht", "atteint", "fondement"]
    assert list(report["obligations"][0]) == ["id", "statut", "satisfaite", "fondements", "motif", "regles"]
    assert list(report["lots"][0]) == ["numero", "dispositif", "choisi_par", "options", "heures", "obligations"]
    assert list(report["lots"][0]["options"][0]) == (
        ["dispositif", "statut", "recommande", "fondements", "motif", "conditions", "regles"]
    )
    assert list(report["diagnostics"][0]) == DIAGNOSTIC_KEYS
    assert list(report["documents"][0]) == ["id", "titre", "applicable", "motif", "lots"]
    assert list(report["a_completer"][0]) == ["chemin", "question", "documents"]
    assert list(report["valeurs_par_defaut"][0]) == ["chemin", "valeur", "origine", "confiance"]
    source = report["sources"]["CCP, art. L. 2113-12"]
    assert source == {
        "confiance": "analyse",
        "en_vigueur_depuis": "2019-04-01",
        "jusqu_au": None,
        "verifie_le": "2026-11-24",
    }
    assert report["date_droit"] == "2026-12-01"
    assert report["seuil"]["fondement"] == "CCP, annexe n° 2"
    assert report["seuil"]["valeur_retenue_ht"] == 960000
    assert '"valeur_retenue_ht": 960000,' in text
    assert report["diagnostics"][0]["fichier"] == "a\u00a0b.yaml"


def test_hours_show_what_their_method_has(decision: Decision) -> None:
    first, second, third = json.loads(decision_json(decision, []))["lots"]
    common = ["volume_brut", "unite", "methode", "parametres", "ratio_pour_100000"]
    assert list(first["heures"]) == ["volume", *common, "periodes"]
    assert first["heures"]["parametres"]["part_main_oeuvre"] == 0.65
    assert first["heures"]["ratio_pour_100000"] == 87.5
    assert list(second["heures"]) == ["volume", "volume_au_maximum", *common]
    assert second["heures"]["volume"] is None
    assert third["heures"] is None


def test_one_lot(decision: Decision) -> None:
    assert [lot["numero"] for lot in json.loads(decision_json(decision, [], 2))["lots"]] == [2]


def test_a_file_that_does_not_load_has_the_same_keys(constat: Diagnostic) -> None:
    report = json.loads(decision_json(None, [constat]))
    assert list(report) == KEYS
    assert report["diagnostics"][0]["code"] == "D101"
    filled = {key for key, value in report.items() if value not in (None, [], {})}
    assert filled == {"version", "diagnostics"}


def test_check(constat: Diagnostic) -> None:
    question = replace(constat, niveau=Niveau.QUESTION, ligne=None)
    fichiers = (Fichier("a.yaml", (constat, question)), Fichier("b.yaml", (), (constat,)))
    report = json.loads(rendre(Verification(fichiers)))
    assert list(report) == ["version", "fichiers", "bilan"]
    assert report["bilan"] == {"erreur": 1, "avertissement": 0, "question": 1, "information": 0}
    assert list(report["bilan"]) == ["erreur", "avertissement", "question", "information"]
    assert report["fichiers"][1] == {"fichier": "b.yaml", "diagnostics": []}
    compared = json.loads(rendre(Verification(fichiers, disparus=3)))
    assert compared.pop("existant") == {"connus": 1, "disparus": 3}
    assert compared == report
