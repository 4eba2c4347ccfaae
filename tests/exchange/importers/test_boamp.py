"""The BOAMP: national forms in XML, the same within the API's JSON, eForms within it, lists of records."""

import json

import pytest

from clausegen.errors import ClausegenError
from tests.exchange.importers.conftest import fnsimple, import_all, import_one

LOTS = "<lots><lot><description>Nord</description><codeCPV><objetPrincipal><classPrincipale>45443000</classPrincipale></objetPrincipal></codeCPV></lot><lot><description>Sud</description></lot></lots>"


def record(**changes):
    donnees = {
        "FNSimple": {
            "organisme": {"nomOfficiel": "Ville de Vitré"},
            "initial": {
                "procedure": {"procedureAdapteeO": ""},
                "natureMarche": {
                    "intitule": "Réfection",
                    "natureMarche": {"travaux": ""},
                    "dureeMois": "6",
                    "reservationMarche": {"oui": ""},
                },
            },
        }
    }
    return {
        "idweb": "26-2",
        "objet": "Réfection",
        "dateparution": "2026-12-11",
        "criteres": ["sociaux"],
        "code_departement": ["35"],
        "nature": "APPEL_OFFRE",
        "donnees": json.dumps(donnees),
    } | changes


def test_the_simple_form():
    lu = import_one(fnsimple("<reservationMarche><non/></reservationMarche>", LOTS, social=""))
    assert lu["objet"] == "Réfection des façades" and lu["nature"] == "travaux" and lu["procedure"] == "adaptee"
    assert (
        lu["duree_mois"] == 6 and lu["lieu_execution.departement"] == "35" and lu["lieu_execution.commune"] == "VITRÉ"
    )
    assert lu["acheteur.type"] == "etablissement-sante" and lu.nature("acheteur.type") == "à confirmer"
    assert str(lu["date_lancement"]) == "2026-12-11" and lu.nature("date_lancement") == "à confirmer"
    assert [lu[f"lots[{n}].intitule"] for n in (0, 1)] == ["Nord", "Sud"]
    assert "BOAMP n° 26-1" in lu.texte and not {"I004", "I005"} & set(lu.codes)


def test_a_box_ticked_and_an_index_are_questions():
    lu = import_one(fnsimple("<reservationMarche><oui/></reservationMarche>"))
    assert {"I004", "I005"} <= set(lu.codes) and "lots[0].dispositif" in lu.questions


def test_an_award_dates_no_launch():
    assert "date_lancement" not in import_one(fnsimple(avis="ATTRIBUTION")).champs


def test_an_unknown_box_is_told():
    lu = import_one(fnsimple(procedure="<procedureInventee/>"))
    assert "procedure" not in lu.champs and "procedureInventee" in lu.questions["procedure"] and "I008" in lu.codes


def test_the_record_of_the_api():
    lu = import_one(json.dumps(record()))
    assert lu["objet"] == "Réfection" and lu["duree_mois"] == 6 and lu["acheteur.nom"] == "Ville de Vitré"
    assert lu.champs["objet"].origine == "/donnees#/FNSimple/initial/natureMarche/intitule"
    assert lu["lieu_execution.departement"] == "35" and lu.nature("lieu_execution.departement") == "à confirmer"
    assert {"I004", "I005"} <= set(lu.codes)


@pytest.mark.parametrize(
    "wrapped",
    [
        {"total_count": 2, "results": [record(), record(idweb="26-3")]},
        [record(), record()],
        {"records": [{"fields": record()}, {"record": {"fields": record()}}]},
    ],
)
def test_several_records(wrapped):
    assert len(import_all(json.dumps(wrapped))) == 2


def test_eforms_within_a_record():
    notice = {
        "EFORMS": {
            "ContractNotice": {
                "cac:ProcurementProject": {
                    "cbc:Name": {"@languageID": "FRA", "#text": "Transport"},
                    "cac:RequestedTenderTotal": {
                        "cbc:EstimatedOverallContractAmount": {"@currencyID": "EUR", "#text": "0"}
                    },
                },
                "cac:ProcurementProjectLot": [
                    {"cbc:ID": {"@schemeName": "Lot", "#text": "LOT-0001"}},
                    {"cbc:ID": {"#text": "LOT-0002"}},
                ],
            }
        }
    }
    lu = import_one(json.dumps(record(donnees=json.dumps(notice))))
    assert lu["objet"] == "Transport" and lu["lots[1].numero"] == 2 and "I002" in lu.codes


def test_the_adapted_form():
    lu = import_one(
        "<annonce><DONNEES><MAPA><organisme><acheteurPublic>Mairie de Vitré</acheteurPublic></organisme><initial><description><objet>Voirie</objet>"
        "<lieuExecution><cp>35500</cp><ville>Vitré</ville></lieuExecution></description><natureMarche><travaux/></natureMarche><duree><nbMois>8</nbMois></duree>"
        "<lots><lot><numLot>1</numLot><description>Chaussées</description><quantite>20 000 € HT</quantite></lot>"
        "<lot><numLot>2</numLot><description>Trottoirs</description><quantite>200 m</quantite></lot></lots>"
        "<autresInformations>Une clause sociale est prévue.</autresInformations></initial></MAPA></DONNEES></annonce>"
    )
    assert lu["objet"] == "Voirie" and lu["duree_mois"] == 8 and lu["lots[0].valeur_estimee_ht"] == 20000
    assert lu.nature("lots[0].valeur_estimee_ht") == "à confirmer" and "lots[1].valeur_estimee_ht" not in lu.champs
    assert lu["lieu_execution.commune"] == "Vitré" and "I006" in lu.codes


def test_a_delegation_is_a_concession():
    lu = import_one(
        "<DSP><initial><descriptionMarche><titreMarche>Crèche</titreMarche></descriptionMarche></initial></DSP>"
    )
    assert lu["contrat"] == "concession" and lu["procedure"] == "concession"


def test_the_form_of_before_2023():
    lu = import_one(
        "<DONNEES><IDENTITE><DENOMINATION>Ville de Vitré</DENOMINATION></IDENTITE><OBJET><TITRE_MARCHE>Nettoyage</TITRE_MARCHE><TYPE_MARCHE><SERVICES/></TYPE_MARCHE></OBJET>"
        "<CONDITION_PARTICIPATION><MARCHE_RESERVE_OUI><ATELIERS_PROTEGES/></MARCHE_RESERVE_OUI></CONDITION_PARTICIPATION></DONNEES>"
    )
    assert lu["objet"] == "Nettoyage" and lu["nature"] == "services" and "I004" in lu.codes


@pytest.mark.parametrize(
    "text",
    [
        "<annonce/>",
        "<DONNEES><AUTRE/></DONNEES>",
        '{"donnees": "x"}',
        '{"donnees": "{\\"AUTRE\\": 1}"}',
        '[{"donnees": "{}"}, 3]',
        '{"donnees": "{"}',
    ],
)
def test_other_forms_are_refused(text):
    with pytest.raises(ClausegenError):
        import_one(text)
