import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausegen.description.load import load_path, load_text
from clausegen.description.marche import Marche
from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.diagnostics import Niveau, Position
from clausegen.errors import ClausegenError
from clausegen.files.modelkeys import elsewhere
from clausegen.files.yamltree import plain


def faults(lecture):
    return [(d.code, d.ligne, d.colonne, d.chemin) for d in lecture.diagnostics]


def test_every_key_of_the_contract_loads(complet, lire):
    lecture = lire(complet, nu=True)
    assert lecture.diagnostics == ()
    marche = lecture.marche
    assert marche.acheteur.siret == "21350238800019"
    assert marche.facilitateur.siret == "35600000000048"
    assert marche.facilitateur.telephone == "0299000000"
    assert marche.acheteur.adresse.code_postal == "35000"
    assert marche.acheteur.deliberation.numero == "12"
    assert marche.lieu_execution.departement == "35"
    assert marche.cpv == marche.lots[0].cpv == "77310000"
    assert marche.lots[0].cpv_secondaires == ("77340000",)
    assert marche.lots[0].valeur_estimee_ht == Decimal(480000)
    assert marche.lots[0].calibrage.part_main_oeuvre == Decimal("0.65")
    assert marche.lots[0].insertion.publics == ("iae",)
    assert marche.lots[1].heures.par_tranche.montant_ht == Decimal(100000)
    assert marche.insertion.publics == "ccag"
    assert marche.insertion.penalites.heure_non_realisee == "2 x smic"
    assert marche.insertion.penalites.document.montant == Decimal("50.50")
    assert marche.insertion.critere.sous_criteres[1].ponderation == Decimal(4)
    assert marche.date_lancement == date(2026, 12, 15)


def test_the_complete_sample_leaves_no_key_out(complet):
    """The models and the sample of the contract go together: a new key comes with its line in the sample."""
    written = {key for key in elsewhere(Marche) if f"{key}:" in complet}
    assert set(elsewhere(Marche)) - written == {"mois_apres"}


def test_only_two_keys_are_required(lire):
    lecture = lire("version: 1\nobjet: Espaces verts\n", nu=True)
    assert lecture.diagnostics == ()
    assert lecture.marche.lots is None
    assert faults(lire("reference: x\n", nu=True)) == [("F021", 1, 1, "version"), ("F021", 1, 1, "objet")]
    assert [c for c, *_ in faults(lire("version: 1\nobjet:\n", nu=True))] == ["F021"]


def test_three_misspelled_keys_and_a_wrong_date_are_four_findings(lire):
    text = """\
    version: 1
    objet: Espaces verts
    date_lancement: 15/12/2026
    acheteur:
      non: Ville
    lots:
      - numero: 1
        calibrage:
          effort_insertion: 0.05
        valeur_estime_ht: 3
    """
    lecture = lire(text, nu=True)
    assert lecture.marche is None
    assert faults(lecture) == [
        ("F033", 3, 17, "date_lancement"),
        ("F020", 5, 3, "acheteur.non"),
        ("F020", 9, 7, "lots[0].calibrage.effort_insertion"),
        ("F020", 10, 5, "lots[0].valeur_estime_ht"),
    ]
    day, nom, effort, valeur = (d.message for d in lecture.diagnostics)
    assert "2026-12-15" in day
    assert "`nom` ?" in nom
    assert effort.endswith("vouliez-vous dire `taux_effort` ?")
    assert "`valeur_estimee_ht` ?" in valeur
    assert {d.fichier for d in lecture.diagnostics} == {"marche.yaml"}
    assert {d.niveau for d in lecture.diagnostics} == {Niveau.ERREUR}


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("titre: x", "objet"),
        ("montant: 3", "valeur_estimee_ht"),
        ("siren: 213502388", "siret`, qui s'écrit dans `acheteur` ou `facilitateur"),
        ("departement: 35", "elle s'écrit dans `lieu_execution`"),
        ("effort_insertion: 0.05", "taux_effort`, qui s'écrit dans `lots[].calibrage"),
        ("taux_effort: 0.05", "elle s'écrit dans `lots[].calibrage`"),
        ("facilitateur: {nom: PLIE}", "structure"),
        ("lots: [{objet: x}]", "intitule"),
        ("duree: 48", "duree_mois"),
        ("acheteur: {Nom: x}", "nom"),
    ],
)
def test_the_key_that_was_meant(lire, text, suggestion):
    (found,) = lire(text).diagnostics
    assert found.code == "F020"
    assert suggestion in found.message


def test_absent_and_null_differ(lire):
    marche = lire("reference: null\ninsertion: {globalisation: ~, cadre: '…', publics_prioritaires: }").marche
    assert "reference" in marche.model_fields_set
    assert "nature" not in marche.model_fields_set
    assert marche.insertion.model_fields_set == {"globalisation", "cadre", "publics_prioritaires"}
    assert marche.insertion.globalisation is marche.insertion.cadre is None


def test_what_a_model_leaves_blank_asks(lire):
    marche = lire("facilitateur: {siret: '…', courriel: '', structure: ' ... ', financeurs: ['…', FSE+]}").marche
    assert (marche.facilitateur.siret, marche.facilitateur.courriel, marche.facilitateur.structure) == (
        None,
        None,
        None,
    )
    assert marche.facilitateur.financeurs == ("FSE+",)
    assert lire("version: 1\nobjet: '…'", nu=True).marche is None


def test_a_lot_without_number_has_its_rank(lire):
    lecture = lire("lots:\n  - intitule: a\n  - {numero: 7}\n  - {numero: null}\n")
    assert [lot.numero for lot in lecture.marche.lots] == [1, 7, 3]
    assert lecture.diagnostics == ()
    assert lire("lots: []").marche.lots == ()


def test_json_says_the_same(complet, lire, vocabulaire):
    yaml_read = lire(complet, nu=True)
    text = json.dumps(plain(yaml_read.arbre), default=lambda v: float(v) if isinstance(v, Decimal) else str(v))
    assert load_text(text, "marche.json", vocabulaire).marche == yaml_read.marche


def test_places_for_other_rooms(complet, lire):
    lecture = lire(complet, nu=True)
    line = complet.splitlines().index("    heures: 420") + 1
    assert lecture.position("lots[0].heures") == Position(line, 5)
    assert lecture.position("lots[0].absente.encore") == lecture.position("lots[0]")
    assert lecture.position("facilitateur.absente") == lecture.position("facilitateur")
    assert lecture.position("absente") == Position(1, 1)
    assert lire("a: [").position("objet") is None


def test_faults_of_writing_and_of_form_come_together(lire):
    lecture = lire("nature: travail\nnature: services\nccag: XX\n")
    assert [c for c, *_ in faults(lecture)] == ["F022", "F005", "F022"]
    assert lecture.marche is None
    lecture = lire("reference: a\nreference: b\n")
    assert [c for c, *_ in faults(lecture)] == ["F005"]
    assert lecture.marche is None


def test_files(tmp_path: Path, vocabulaire):
    path = tmp_path / "marché.yaml"
    path.write_bytes("\ufeffversion: 1\r\nobjet: Été\r\n".encode())
    lecture = load_path(path, vocabulaire)
    assert lecture.marche.objet == "Été"
    path.write_bytes("version: 1\nobjet: Été\n".encode("cp1252"))
    lecture = load_path(path, vocabulaire)
    assert faults(lecture) == [("F001", 2, 8, None)]
    assert lecture.diagnostics[0].fichier == str(path)
    path.write_bytes(b"a: 1\n" * 400_000)
    assert [c for c, *_ in faults(load_path(path, vocabulaire))] == ["F008"]
    path.write_bytes(b"")
    assert [c for c, *_ in faults(load_path(path, vocabulaire))] == ["F010"]


def test_unreadable_files_stop_the_call(tmp_path: Path, vocabulaire):
    for path in (tmp_path, tmp_path / "absent.yaml", Path("x\0y")):
        with pytest.raises(ClausegenError, match="«"):
            load_path(path, vocabulaire)


def test_without_a_vocabulary_any_identifier_is_taken():
    lecture = load_text("version: 1\nobjet: x\ninsertion: {publics: [nouveau-public]}", "m", VocabulaireOuvert())
    assert lecture.marche.insertion.publics == ("nouveau-public",)
    lecture = load_text("version: 1\nobjet: x\ninsertion: {publics: [Nouveau public]}", "m", VocabulaireOuvert())
    assert [d.code for d in lecture.diagnostics] == ["F022"]


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_a_description_or_findings(text):
    lecture = load_text(text, "f", VocabulaireOuvert())
    assert (lecture.marche is None) == any(d.niveau is Niveau.ERREUR for d in lecture.diagnostics)


KEYS = sorted(elsewhere(Marche))
SCALARS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["auto", "ccag", "toutes", "5 %", "2 x smic", "2026-12-15", "1.200", "…", "", "\x07", "\U0001f333"]
    ),
    st.integers(-5, 10**20),
    st.floats(),
    st.booleans(),
    st.none(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8))
@settings(max_examples=400, deadline=None)
def test_any_values_give_a_description_or_placed_findings(data):
    lecture = load_text(json.dumps({"version": 1, "objet": "x", **data}), "f", VocabulaireOuvert())
    for found in lecture.diagnostics:
        assert found.ligne
        assert found.colonne
        assert "Input should" not in found.message
    assert lecture.marche is not None or lecture.diagnostics


def test_what_contradicts_itself_is_told_beside_the_faults_of_form(lire):
    found = lire("natur: services\nlots: [{numero: 1}, {numero: 1}]").diagnostics
    assert [d.code for d in found] == ["F020", "C001"]
