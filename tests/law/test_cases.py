import re
import shutil
from datetime import date

import pytest

from clausegen.law.cases import Epreuve, collect, own_cases, place, run_cases
from clausegen.law.rulebook import read_rules, rulebook

RECUEIL = collect(rulebook())
RESULTS = [epreuve.run() for epreuve in RECUEIL.epreuves]
EUROPEAN = sorted(key for key in rulebook().donnees if key.startswith("seuils/europeen-"))


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.fichier}: {r.nom}")
def test_the_rule_answers_as_its_file_says(result):
    assert result.obtenu == result.attendu


def test_every_rule_that_concludes_carries_cases():
    livre = rulebook()
    files = {r.fichier for r in RESULTS}
    assert {f"{folder}/{ident}" for folder, rules in livre.regles.items() for ident in rules} <= files
    assert len(RESULTS) > 800
    assert len([r for r in RESULTS if r.fichier.startswith("cas/")]) > 400


def test_files_of_cases_are_sound():
    assert RECUEIL.diagnostics == ()
    assert {r.fichier for r in RESULTS if r.fichier.startswith("cas/")} == {
        f"cas/{name}" for name in ("seuils", "dates", "contrats", "dispositifs", "heures", "motifs", "ccag")
    }


def test_two_cases_of_a_file_never_share_a_name():
    names = [(r.fichier, r.nom) for r in RESULTS if r.fichier.startswith("cas/")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("key", EUROPEAN)
def test_each_period_of_a_threshold_is_tried_to_the_euro(key):
    """Below, at and above, on the first day of each period since the code."""
    text = (rulebook().dossier / "cas" / "seuils.yaml").read_text(encoding="utf-8")
    categories = rulebook().donnees["seuils/categories"]["categories"]
    categorie = next(row["categorie"] for row in categories if row["seuil"] == key.removeprefix("seuils/"))
    for first, version in rulebook().donnees[key]["versions"].items():
        if version != "fin" and first >= date(2019, 4, 1):
            for valeur in (version["valeur"] - 1, version["valeur"], version["valeur"] + 1):
                reached = str(valeur >= version["valeur"]).lower()
                assert f"[{first}, {valeur}, {categorie}, {version['valeur']}, {reached}, " in text


def test_scales_run_their_own_cases():
    assert len(own_cases(rulebook(), "calibrage/bareme-formation")) == 6
    assert [r.obtenu for r in own_cases(rulebook(), "calibrage/parametres")] == [35, 36, 30]


def test_a_text_chooses_cases_whatever_its_case_and_accents():
    found = {r.fichier for r in run_cases(rulebook(), "RÉSERVATION COMMUNE")}
    assert found == {"cas/dates"}
    assert {e.fichier for e in RECUEIL.about("seuils/spaser")} == {"seuils/spaser"}
    assert RECUEIL.about("aucun cas ne s'appelle ainsi") == ()


def test_a_rule_that_cannot_be_applied_fails_its_case():
    def broken():
        raise KeyError("secteurs")

    result = Epreuve("obligations/x", "un cas", (), {"statut": "applicable"}, broken).run()
    assert not result.tient
    assert "KeyError" in result.obtenu


def test_a_changed_rule_fails_at_the_line_of_its_case(tmp_path):
    copy = tmp_path / "rules"
    shutil.copytree(rulebook().dossier, copy)
    path = copy / "seuils" / "spaser.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("valeur: 50000000", "valeur: 60000000"), encoding="utf-8")
    livre = read_rules(copy).livre
    failing = [r for r in run_cases(livre, "spaser") if not r.tient]
    assert [(r.attendu, r.obtenu) for r in failing] == [(50000000, 60000000)]
    finding = place(failing[0], livre, "message")
    line = path.read_text(encoding="utf-8").splitlines()[finding.ligne - 1]
    assert (finding.code, finding.fichier) == ("L004", f"{copy}/seuils/spaser.yaml")
    assert re.search(r"le: 2023-01-01, attendu: 50000000", line)
