"""Essential data: the exact values of the schema, only what the description knows, the rest listed."""

import json

import pytest

from clausegen.errors import ClausegenError
from clausegen.workflow.notices import exporter

CLAUSE = {"dispositif": "clause", "heures": 420}
KNOWN = {
    "id": "E-1",
    "acheteur": {"id": "21350238800019"},
    "nature": "Marché",
    "objet": "Entretien des espaces verts",
    "codeCPV": "77310000",
    "ccag": "Fournitures courantes et services",
    "procedure": "Appel d'offres ouvert",
    "dureeMois": 24,
    "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
}


def records(export, kind="marche"):
    content = json.loads(export.texte)
    assert list(content) == ["marches"] and list(content["marches"]) == [kind]
    return content["marches"][kind]


def test_single_lot_is_the_market(marches):
    assert records(marches.exporter("decp", [CLAUSE])) == [KNOWN]


def test_each_lot_is_a_record_without_an_invented_number(marches):
    export = marches.exporter("decp", [CLAUSE, {"dispositif": "reserve-iae", "cpv": "90911200", "duree_mois": 12}])
    first, second = records(export)
    assert "id" not in first and first["objet"] == "Entretien des espaces verts - Lot n° 1 : Secteur 1"
    assert (second["codeCPV"], second["dureeMois"]) == ("90911200", 12)
    assert second["considerationsSociales"] == {"considerationSociale": ["Marché réservé"]}
    listed = next(d.message for d in export.constats if d.code == "A112")
    assert "lots n° 1 et 2" in listed and "identifiant du marché" in listed


def test_framework_tranches_and_place(marches):
    lot = CLAUSE | {"tranches": [{"code": "TF", "type": "ferme", "heures": 420}]}
    export = marches.exporter(
        "decp",
        [lot],
        contrat="accord-cadre",
        accord_cadre={"forme": "mixte"},
        lieu_execution={"departement": "2A", "commune": "Ajaccio"},
    )
    found = records(export)[0]
    assert found["techniques"] == {"technique": ["Accord-cadre"]}
    assert found["modalitesExecution"]["modaliteExecution"] == ["Tranches", "Bons de commande", "Marchés subséquents"]
    assert found["lieuExecution"] == {"code": "2A", "typeCode": "Code département"}


def test_nothing_is_guessed(marches):
    gone = dict.fromkeys(("reference", "nature", "ccag", "procedure", "duree_mois", "cpv", "acheteur", "contrat"))
    export = marches.exporter("decp", [{"dispositif": "auto"}], **gone)
    assert records(export) == [{"objet": "Entretien des espaces verts"}]
    assert [str(d.niveau) for d in export.constats if d.code == "A104"] == ["question"]
    assert "considérations sociales" in next(d.message for d in export.constats if d.code == "A112")


def test_too_long_an_identifier_or_object_is_left_out(marches):
    export = marches.exporter("decp", [CLAUSE], reference="2026-EV-041-SECTEURS", objet="Entretien " * 150)
    found = records(export)[0]
    assert "id" not in found and "objet" not in found


def test_concession(marches):
    changes = {"contrat": "concession", "procedure": "concession", "ccag": "aucun", "valeur_estimee_ht": 6000000}
    reserved = {"dispositif": "reserve-iae", "valeur_estimee_ht": 6000000}
    found = records(marches.exporter("decp", [reserved], **changes), "contrat-concession")[0]
    assert found["considerationsSociales"] == {"considerationSociale": ["Concession réservée"]}
    assert found["autoriteConcedante"] == {"id": "21350238800019"}
    assert not {"nature", "procedure", "codeCPV", "ccag", "acheteur"} & set(found)
    works = records(marches.exporter("decp", [reserved], **changes, nature="travaux"), "contrat-concession")[0]
    assert works["nature"] == "Concession de travaux"


@pytest.mark.parametrize(("regime", "why"), [("defense-securite", "défense"), ("livre-v", "livre V")])
def test_markets_without_essential_data_are_refused_in_words(marches, regime, why):
    with pytest.raises(ClausegenError, match=why):
        marches.exporter("decp", [CLAUSE], regime=regime)


def test_small_market_is_told_to_be_free_of_the_duty(marches):
    export = marches.exporter("decp", [CLAUSE | {"valeur_estimee_ht": 30000}], valeur_estimee_ht=30000)
    assert "A113" in {d.code for d in export.constats}
    assert "A113" not in {d.code for d in marches.exporter("decp", [CLAUSE]).constats}


def validator(donnees):
    jsonschema = pytest.importorskip("jsonschema")
    content = json.loads((donnees / "decp/schema_decp_v2.0.4.json").read_text(encoding="utf-8"))
    return content, jsonschema.Draft7Validator(content)


def test_examples_hold_no_fault_but_what_is_missing(donnees, exemples):
    _, schema = validator(donnees)
    missing = 0
    for examen in exemples():
        faults = list(schema.iter_errors(json.loads(exporter(examen, "decp").texte)))
        assert {fault.validator for fault in faults} == {"required"}, faults
        missing += len(faults)
    assert missing > 0


def test_a_record_completed_by_the_award_is_valid(donnees, marches):
    _, schema = validator(donnees)
    export = marches.exporter(
        "decp", [CLAUSE], contrat="accord-cadre", accord_cadre={"forme": "mixte"}, lieu_execution={"departement": "35"}
    )
    content = json.loads(export.texte)
    content["marches"]["marche"][0] |= {
        "marcheInnovant": False,
        "offresRecues": 3,
        "attributionAvance": False,
        "typeGroupementOperateurs": "Pas de groupement",
        "dateNotification": "2027-03-01",
        "datePublicationDonnees": "2027-03-15",
        "montant": 590000,
        "typesPrix": {"typePrix": ["Définitif révisable"]},
        "formePrix": "Unitaire",
        "sousTraitanceDeclaree": False,
        "titulaires": [{"titulaire": {"id": "00000000000000", "typeIdentifiant": "SIRET"}}],
        "considerationsEnvironnementales": {"considerationEnvironnementale": ["Clause environnementale"]},
    }
    assert not list(schema.iter_errors(content))


@pytest.mark.parametrize("kind", ["marche", "contrat-concession"])
def test_listed_fields_are_those_the_schema_requires(donnees, exemples, kind):
    content, _ = validator(donnees)
    table = exemples()[0].dossier.papers.livre.donnees["publicite/decp-champs"]["champs"][kind]
    assert list(table) == content["definitions"][kind]["required"]
