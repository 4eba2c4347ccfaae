"""TED R2.0.9: the form in French, its boxes, its lots."""

import pytest

from clausegen.errors import ClausegenError
from tests.exchange.importers.conftest import SIRET, import_one, ted

LOT = '<OBJECT_DESCR ITEM="{n}"><TITLE><P>Secteur {n}</P></TITLE><LOT_NO>{no}</LOT_NO><CPV_ADDITIONAL><CPV_CODE CODE="90911200"/></CPV_ADDITIONAL><CPV_ADDITIONAL><CPV_CODE CODE="90911300"/></CPV_ADDITIONAL><n2021:NUTS CODE="FRH03"/><DURATION TYPE="MONTH">12</DURATION>{more}</OBJECT_DESCR>'


def test_the_french_form_is_read():
    lu = import_one(ted(objet='<VAL_ESTIMATED_TOTAL CURRENCY="EUR">300000</VAL_ESTIMATED_TOTAL><NO_LOT_DIVISION/>'))
    assert lu["objet"] == "Nettoyage des écoles n1" and lu["nature"] == "services" and lu["cpv"] == "90910000"
    assert str(lu["date_lancement"]) == "2021-04-16" and lu["valeur_estimee_ht"] == 300000
    assert lu["duree_mois"] == 24 and lu["reconductions"] == 0
    assert lu["acheteur.siret"] == SIRET and lu["acheteur.type"] == "collectivite"
    assert "acheteur.courriel" not in lu.champs and "acheteur.profil_acheteur" not in lu.champs
    assert lu["contrat"] == "marche" and lu.nature("contrat") == "à confirmer"
    assert "000001-2021" in lu.texte and "21 avril 2021" in lu.texte


def test_lots():
    lots = LOT.format(n=1, no="01", more='<VAL_OBJECT CURRENCY="EUR">1</VAL_OBJECT>') + LOT.format(
        n=2, no="Lot 2 -", more=""
    )
    lu = import_one(ted(lots=lots, procedure="<PT_RESTRICTED/><FRAMEWORK><SEVERAL_OPERATORS/></FRAMEWORK>"))
    assert [lu[f"lots[{n}].numero"] for n in (0, 1)] == [1, 2] and lu["lots[0].intitule"] == "Secteur 1"
    assert lu["lots[0].cpv"] == "90911200" and lu.nature("lots[0].cpv") == "à confirmer"
    assert lu["lots[0].cpv_secondaires"] == ["90911300"]
    assert lu["contrat"] == "accord-cadre" and lu["accord_cadre.attributaires"] == "multi"
    assert lu["procedure"] == "appel-offres-restreint" and "I002" in lu.codes
    assert lu["lieu_execution.departement"] == "35" and lu["duree_mois"] == 12


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("F05", {"acheteur.categorie": "entite-adjudicatrice"}),
        ("F12", {"procedure": "concours"}),
        ("F24", {"procedure": "concession", "contrat": "concession"}),
    ],
)
def test_what_a_form_means(form, expected):
    lu = import_one(ted(form))
    assert {chemin: lu[chemin] for chemin in expected} == expected


@pytest.mark.parametrize(
    ("form", "notice"),
    [
        ("F01", '<NOTICE TYPE="PRI_ONLY"/>'),
        ("F03", ""),
        ("F06", ""),
        ("F21", '<NOTICE TYPE="AWARD_CONTRACT"/>'),
        ("F25", ""),
    ],
)
def test_awards_and_prior_information_date_no_launch(form, notice):
    lu = import_one(ted(form, notice=notice))
    assert "date_lancement" not in lu.champs and "I001" in lu.codes


def test_negotiation_under_the_light_regime_is_asked():
    lu = import_one(ted("F21", procedure="<PT_INVOLVING_NEGOTIATION/>"))
    assert "procedure" not in lu.champs and "procédure adaptée" in lu.questions["procedure"]
    assert import_one(ted("F21")).nature("procedure") == "à confirmer"


def test_a_reservation_of_the_whole_market_is_asked_of_each_lot():
    lots = LOT.format(n=1, no="1", more="") + LOT.format(n=2, no="2", more="")
    lu = import_one(ted(lots=lots, lefti="<RESTRICTED_SHELTERED_WORKSHOP/>"))
    assert lu.codes.count("I004") == 1
    assert "ateliers protégés" in lu.questions["lots[0].dispositif"] and "lots[1].dispositif" in lu.questions
    assert not any("dispositif" in chemin for chemin in lu.champs)


def test_the_text_of_the_conditions_is_a_hint():
    lu = import_one(
        ted(
            lefti="<PERFORMANCE_CONDITIONS><P>Le marché comporte une clause d'insertion de 420 heures.</P></PERFORMANCE_CONDITIONS>"
        )
    )
    assert "clause d'insertion" in lu.questions["lots[0].dispositif"] and "420 heures" in lu.questions["lots[0].heures"]


def test_the_court_and_the_dynamic_system():
    review = "<ADDRESS_REVIEW_BODY><OFFICIALNAME>{}</OFFICIALNAME></ADDRESS_REVIEW_BODY>"
    lu = import_one(ted(info=review.format("Tribunal administratif de Rennes"), procedure="<PT_RESTRICTED/><DPS/>"))
    assert lu["acheteur.tribunal"] == "Tribunal administratif de Rennes" and "I008" in lu.codes
    assert "acheteur.tribunal" not in import_one(ted(info=review.format("Comité de règlement amiable"))).champs


def test_an_older_version_is_refused():
    with pytest.raises(ClausegenError, match=r"R2\.0\.9"):
        import_one('<TED_EXPORT VERSION="R2.0.8.S03.E01"><FORM_SECTION><CONTRACT/></FORM_SECTION></TED_EXPORT>')
