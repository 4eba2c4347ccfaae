from textwrap import dedent

import pytest

from clausegen.law.marketcases import market_cases, run_market
from clausegen.law.rulebook import Rulebook, rulebook

MODEL = """
titre: Essai
modeles:
  base:
    version: 1
    objet: Entretien
    nature: services
    contrat: marche
    ccag: aucun
    valeur_estimee_ht: 300000
    cpv: "77310000"
    acheteur: {categorie: autre-pouvoir-adjudicateur}
    lots: [{dispositif: clause, heures: 105}]
"""


@pytest.fixture
def read(tmp_path):
    def run(text):
        folder = tmp_path / "cas"
        folder.mkdir(exist_ok=True)
        (folder / "essai.yaml").write_text(MODEL + dedent(text), encoding="utf-8")
        law = rulebook()
        return market_cases(
            Rulebook(law.regles, law.donnees, law.empreinte, law.version, dossier=tmp_path, nom="copie")
        )

    return run


def answers(essais):
    return [run_market(essai, rulebook()) for essai in essais]


def test_a_table_gives_a_case_a_line(read):
    essais, faults = read("""
    tableaux:
      - nom: Seuil
        modele: base
        marche: {nature: fournitures}
        donne: [le, valeur_estimee_ht, "lots[0].heures"]
        attendu: [seuil.atteint, "lots[0].heures.volume"]
        lignes:
          - [2026-12-15, 215999, 70, false, 70]
          - [2026-12-15, 216000, 105, true, 105]
    """)
    assert faults == []
    assert [e.nom for e in essais] == ["Seuil (2026-12-15, 215999, 70)", "Seuil (2026-12-15, 216000, 105)"]
    assert answers(essais) == [e.attendu for e in essais]
    assert essais[0].description["nature"] == "fournitures"
    assert essais[0].description["date_lancement"] == "2026-12-15"


def test_a_case_changes_its_model_and_leaves_it_whole(read):
    essais, faults = read("""
    cas:
      - nom: sans valeur
        le: 2026-12-15
        modele: base
        marche: {valeur_estimee_ht: null, "lots[1]": {numero: 2, dispositif: critere}, pieces.ccap.article: 12}
        attendu: {seuil.atteint: null, "lots[1].dispositif": critere}
      - {nom: modèle nu, le: null, modele: base, attendu: {date_droit: null, "lots[1].dispositif": null}}
    """)
    assert faults == []
    assert essais[0].description["pieces"] == {"ccap": {"article": "12"}}
    assert "date_lancement" not in essais[1].description
    assert answers(essais) == [e.attendu for e in essais]


def test_a_market_without_model(read):
    essais, _ = read("""
    cas:
      - {nom: presque vide, le: 2026-12-15, marche: {version: 1, objet: Entretien}, attendu: {seuil.categorie: null}}
    """)
    assert answers(essais) == [{"seuil.categorie": None}]


def test_a_market_that_cannot_be_read_says_why_unless_it_is_expected(read):
    essais, _ = read("""
    cas:
      - {nom: faute, le: 2026-12-15, modele: base, marche: {natur: services}, attendu: {seuil.atteint: true}}
      - {nom: attendue, le: 2026-12-15, modele: base, marche: {natur: services}, attendu: {erreur: [F020]}}
    """)
    first, second = answers(essais)
    assert "natur" in first["description"][0]
    assert second == {"erreur": ["F020"]}


def test_a_path_that_leads_nowhere_never_holds(read):
    essais, _ = read("""
    cas:
      - {nom: faute, le: 2026-12-15, modele: base, attendu: {seuil.ateint: null, obligations.condition-social: null}}
    """)
    for said in answers(essais)[0].values():
        assert "ne mène à rien" in said


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "cas:\n  - {nom: x, le: 2026-12-15, modele: bas, attendu: {erreur: []}}\n",
            15,
            "vouliez-vous dire « base » ?",
        ),
        ("cas:\n  - {nom: x, le: 2026-12-15, attendus: {erreur: []}}\n", 15, "vouliez-vous dire `attendu` ?"),
        (
            "tableaux:\n  - nom: x\n    donne: [le]\n    attendu: [erreur]\n    lignes:\n      - [2026-12-15]\n",
            15,
            "la ligne 1 a 1 cases, 2 sont attendues : le, erreur",
        ),
        ("cas: [\n", 15, ""),
    ],
)
def test_faults_of_a_file_of_cases_are_placed(read, text, line, words):
    _, faults = read(text)
    assert faults
    assert faults[0].fichier == "copie/cas/essai.yaml"
    assert faults[0].ligne == line
    assert any(words in d.message for d in faults)
