"""Essential data: JSON of two schemas, XML, flat; a past market, whose dates and amounts are to be confirmed."""

import json
from decimal import Decimal

import pytest

from clausegen.errors import ClausegenError
from tests.exchange.importers.conftest import DECP, SIRET, decp, import_all, import_one


def test_a_market():
    lu = import_one(decp())
    assert lu["objet"] == "Gardiennage des bâtiments" and lu["reference"] == "2025-7" and lu["ccag"] == "FCS"
    assert lu["procedure"] == "appel-offres-ouvert" and lu["contrat"] == "accord-cadre" and lu["cpv"] == "79713000"
    assert lu["accord_cadre.forme"] == "bons-de-commande" and lu["duree_mois"] == 48 and lu["acheteur.siret"] == SIRET
    assert lu["valeur_estimee_ht"] == Decimal("575000.50") and lu.nature("valeur_estimee_ht") == "à confirmer"
    assert lu["nature"] == "services" and lu.nature("nature") == "à confirmer"
    assert lu["lieu_execution.departement"] == "35" and "date_lancement" not in lu.champs
    assert {"I001", "I004", "I005"} <= set(lu.codes)
    assert lu.champs["objet"].origine == "/marches/marche/0/objet"


def test_the_format_of_2019_and_its_faults():
    old = {
        "marches": [DECP | {"dureeMois": "NC", "acheteur.id": SIRET, "acheteur": None, "titulaires": [[[{"id": "1"}]]]}]
    }
    lu = import_one(json.dumps(old))
    assert "duree_mois" not in lu.champs and lu["acheteur.siret"] == SIRET


def test_flat_records():
    flat = [
        {
            "objet": "Peinture",
            "codecpv": "45442110",
            "acheteur_id": SIRET,
            "dureemois": 12,
            "considerationssociales": "Clause sociale, Critère social",
        }
    ]
    lu = import_one(json.dumps(flat))
    assert lu["cpv"] == "45442110" and lu["acheteur.siret"] == SIRET and lu["duree_mois"] == 12
    assert (
        "clause sociale" in lu.questions["lots[0].dispositif"]
        and "critère social" in lu.questions["lots[0].dispositif"]
    )


def test_xml_of_markets_and_concessions():
    found = import_all(
        "<marches><marche><id>1</id><objet>Voirie</objet><codeCPV>45233140-2</codeCPV><nature>Marché de défense ou de sécurité</nature></marche>"
        "<contrat-concession><id>2</id><objet>Crèche</objet><nature>Concession de service</nature><autoriteConcedante><id>1</id></autoriteConcedante><valeurGlobale>10.3</valeurGlobale></contrat-concession></marches>"
    )
    assert found[0]["regime"] == "defense-securite" and found[0]["cpv"] == "45233140"
    assert (
        found[1]["contrat"] == "concession"
        and found[1]["procedure"] == "concession"
        and found[1]["nature"] == "services"
    )
    assert found[1]["valeur_estimee_ht"] == Decimal("10.3")


@pytest.mark.parametrize("change", [{"procedure": "Procédure inventée"}, {"ccag": "CCAG inventé"}])
def test_an_unknown_label_is_told(change):
    lu = import_one(decp(**change))
    assert "I008" in lu.codes and next(iter(change)) in lu.questions


def test_no_social_consideration_asks_nothing():
    lu = import_one(decp(considerationsSociales={"considerationSociale": ["Pas de considération sociale"]}))
    assert not {"I004", "I005"} & set(lu.codes)


def test_a_modified_market_is_told():
    assert "I013" in import_one(decp(modifications=[{"modification": {"id": 1, "montant": 3}}])).codes


def test_without_market_is_refused():
    with pytest.raises(ClausegenError, match="aucun marché"):
        import_one('{"marches": []}')
