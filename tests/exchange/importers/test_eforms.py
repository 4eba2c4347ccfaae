"""eForms: codes into words, amounts, durations, lots; whatever the namespace, the same description."""

from decimal import Decimal

import pytest

from clausegen.errors import ClausegenError
from tests.exchange.importers.conftest import SIRET, UBL, amount, eforms, eforms_lot, import_one

FRAMEWORK = '<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">{}</cbc:ContractingSystemTypeCode></cac:ContractingSystem>'
RESERVED = '<cac:TendererQualificationRequest><cac:SpecificTendererRequirement><cbc:TendererRequirementTypeCode listName="{}">{}</cbc:TendererRequirementTypeCode></cac:SpecificTendererRequirement></cac:TendererQualificationRequest>'
MONTHS = '<cac:PlannedPeriod><cbc:DurationMeasure unitCode="{}">{}</cbc:DurationMeasure></cac:PlannedPeriod>'
MAXIMUM = (
    "<cac:RequestedTenderTotal><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
    '<efbc:FrameworkMaximumAmount currencyID="EUR">{}</efbc:FrameworkMaximumAmount></efext:EformsExtension>'
    "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    '<cbc:EstimatedOverallContractAmount currencyID="EUR">{}</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>'
)


def test_what_is_written_is_read_with_its_place():
    lu = import_one(eforms(projet=amount("960000.00")))
    assert lu["objet"] == "Entretien des espaces verts"
    assert lu["reference"] == "2026-EV-041" and lu["nature"] == "services" and lu["cpv"] == "77310000"
    assert str(lu["date_lancement"]) == "2026-12-15"
    assert lu["valeur_estimee_ht"] == 960000 and lu["acheteur.siret"] == SIRET
    assert lu["acheteur.nom"] == "Ville de Rennes", "the first organization is not the buyer"
    assert lu["lieu_execution.departement"] == "35" and lu.nature("lieu_execution.departement") == "déduit"
    assert lu["acheteur.type"] == "collectivite" and lu.nature("acheteur.type") == "à confirmer"
    assert lu["procedure"] == "appel-offres-ouvert" and lu.nature("procedure") == "lu"
    assert lu.champs["objet"].origine == "/ContractNotice/cac:ProcurementProject/cbc:Name[2]"
    assert "ccag" in lu.questions and "ccag: …" in lu.texte
    assert lu.lecture.marche.lots[0].numero == 1


def test_the_namespace_does_not_count():
    ours, theirs = eforms(), eforms(ubl="urn:boamp:names:specification:ubl:schema:xsd:")
    assert UBL not in theirs
    assert import_one(ours).texte == import_one(theirs).texte


@pytest.mark.parametrize("value", ["0", "1", "0.00", "1.00"])
def test_zero_and_one_are_unknown_amounts(value):
    lu = import_one(eforms(projet=amount(value)))
    assert "valeur_estimee_ht" not in lu.champs and "valeur_estimee_ht" in lu.questions and "I002" in lu.codes


def test_another_currency_is_not_euros():
    lu = import_one(eforms(projet=amount("960000", "CHF")))
    assert "valeur_estimee_ht" not in lu.champs and "I003" in lu.codes


def test_the_maximum_of_a_framework_comes_before_its_estimate():
    lot = eforms_lot(process=FRAMEWORK.format("fa-wo-rc"))
    lu = import_one(eforms(lot, projet=MAXIMUM.format("900000", "700000")))
    assert lu["contrat"] == "accord-cadre" and lu["valeur_estimee_ht"] == 900000
    assert lu["accord_cadre.forme"] == "bons-de-commande" and lu.nature("accord_cadre.forme") == "à confirmer"
    alone = import_one(eforms(lot, projet=amount("700000")))
    assert alone["valeur_estimee_ht"] == 700000 and alone.nature("valeur_estimee_ht") == "à confirmer"


def test_a_code_and_a_text_that_contradict_leave_the_contract_open():
    lot = eforms_lot(
        process=FRAMEWORK.format("none"), body="<cbc:Description>Accord-cadre à bons de commande</cbc:Description>"
    )
    lu = import_one(eforms(lot))
    assert "contrat" not in lu.champs and "I007" in lu.codes and "Contradiction" in lu.questions["contrat"]
    assert import_one(eforms(eforms_lot(process=FRAMEWORK.format("none"))))["contrat"] == "marche"


@pytest.mark.parametrize(
    ("unit", "number", "months", "nature"),
    [
        ("MONTH", "48", 48, "lu"),
        ("YEAR", "4", 48, "déduit"),
        ("DAY", "730", 24, "déduit"),
        ("DAY", "100", 4, "à confirmer"),
        ("WEEK", "10", 3, "à confirmer"),
    ],
)
def test_units_of_durations(unit, number, months, nature):
    lu = import_one(eforms(eforms_lot(body=MONTHS.format(unit, number))))
    assert lu["duree_mois"] == months and lu.nature("duree_mois") == nature


@pytest.mark.parametrize(("unit", "number"), [("MONTH", "0"), ("MONTH", "99999"), ("MINUTE", "5"), ("MONTH", "douze")])
def test_durations_that_are_none(unit, number):
    lu = import_one(eforms(eforms_lot(body=MONTHS.format(unit, number))))
    assert "duree_mois" not in lu.champs and "duree_mois" in lu.questions


def test_dates_count_as_a_duration():
    body = "<cac:PlannedPeriod><cbc:StartDate>2027-01-01+01:00</cbc:StartDate><cbc:EndDate>{}</cbc:EndDate></cac:PlannedPeriod>"
    exact = import_one(eforms(eforms_lot(body=body.format("2028-12-31"))))
    assert exact["duree_mois"] == 24 and exact.nature("duree_mois") == "déduit"
    rounded = import_one(eforms(eforms_lot(body=body.format("2028-12-15"))))
    assert rounded["duree_mois"] == 24 and rounded.nature("duree_mois") == "à confirmer"


def test_renewals_are_counted_only_when_the_text_leaves_no_doubt():
    body = (
        MONTHS.format("MONTH", "12")
        + "<cac:ContractExtension><cbc:MaximumNumberNumeric>3</cbc:MaximumNumberNumeric>{}</cac:ContractExtension>"
    )
    text = "<cac:Renewal><cac:Period><cbc:Description>{}</cbc:Description></cac:Period></cac:Renewal>"
    silent = import_one(eforms(eforms_lot(body=body.format(""))))
    assert "duree_mois" not in silent.champs and "48 mois" in silent.questions["duree_mois"]
    assert silent["reconductions"] == 3
    told = import_one(
        eforms(
            eforms_lot(body=body.format(text.format("La durée maximale, toutes périodes confondues, est de 48 mois")))
        )
    )
    assert told["duree_mois"] == 48 and told.nature("duree_mois") == "déduit"


def test_lots_keep_their_numbers_titles_and_own_facts():
    lots = eforms_lot(2, amount("400000")) + eforms_lot(5, amount("300000") + MONTHS.format("MONTH", "36"))
    lu = import_one(eforms(lots, projet=amount("900000")))
    assert [lu[f"lots[{n}].numero"] for n in (0, 1)] == [2, 5]
    assert lu["lots[1].intitule"] == "Secteur 5" and lu["lots[0].valeur_estimee_ht"] == 400000
    assert lu["valeur_estimee_ht"] == 900000 and lu["lots[1].duree_mois"] == 36


def test_lots_that_cost_more_than_the_market_are_told():
    lu = import_one(eforms(eforms_lot(1, amount("400000")) + eforms_lot(2, amount("300000")), projet=amount("500000")))
    assert "valeur_estimee_ht" not in lu.champs and "I007" in lu.codes
    assert lu["lots[0].valeur_estimee_ht"] == 400000 and "Contradiction" in lu.questions["valeur_estimee_ht"]


def test_two_lots_of_the_same_number_are_ranked():
    lu = import_one(eforms(eforms_lot(1) + eforms_lot(1)))
    assert [lu[f"lots[{n}].numero"] for n in (0, 1)] == [1, 2] and "I011" in lu.codes


@pytest.mark.parametrize(("code", "asked"), [("res-ws", True), ("res-pub-ser", True), ("none", False)])
def test_a_reservation_is_a_question_and_never_a_device(code, asked):
    lu = import_one(eforms(eforms_lot(termes=RESERVED.format("reserved-procurement", code))))
    assert not any("dispositif" in chemin for chemin in lu.champs)
    assert ("I004" in lu.codes) is asked and ("lots[0].dispositif" in lu.questions) is asked
    assert (
        import_one(eforms(eforms_lot(termes=RESERVED.format("selection-criteria-source", code)))).codes.count("I004")
        == 0
    )


def test_social_objectives_and_hours_are_proposed_in_a_comment():
    body = (
        '<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName="strategic-procurement">soc-obj</cbc:ProcurementTypeCode>'
        "<cbc:ProcurementType>Clause sociale : 1 420 heures d'insertion au moins.</cbc:ProcurementType></cac:ProcurementAdditionalType>"
    )
    lu = import_one(eforms(eforms_lot(body=body)))
    assert {"I005", "I006"} <= set(lu.codes)
    assert "1420 heures" in lu.questions["lots[0].heures"] and "lots[0].heures" not in lu.champs
    assert lu.lecture.marche.lots[0].heures is None and lu.lecture.marche.lots[0].dispositif is None
    two = body.replace("au moins", "par an, soit 5 680 heures d'insertion")
    assert "lots[0].heures" not in import_one(eforms(eforms_lot(body=two))).questions


def test_a_social_criterion_asks_for_its_weight():
    criterion = "<cac:AwardingTerms><cac:AwardingCriterion><cac:SubordinateAwardingCriterion><cbc:Name>{}</cbc:Name></cac:SubordinateAwardingCriterion></cac:AwardingCriterion></cac:AwardingTerms>"
    lu = import_one(eforms(eforms_lot(termes=criterion.format("Performance en matière d'insertion"))))
    assert "lots[0].insertion.critere.ponderation" in lu.questions
    assert (
        "lots[0].insertion.critere.ponderation"
        not in import_one(eforms(eforms_lot(termes=criterion.format("Valeur technique")))).questions
    )


def test_nature_against_the_cpv_code():
    lu = import_one(eforms(cpv="45210000"))
    assert "I007" in lu.codes and lu["nature"] == "services"
    deduced = import_one(eforms(nature="", cpv="45210000"))
    assert deduced["nature"] == "travaux" and deduced.nature("nature") == "à confirmer"


def test_a_code_that_does_not_exist_is_left_out():
    lu = import_one(eforms(cpv="77310001"))
    assert "cpv" not in lu.champs and "I009" in lu.codes and "cpv" in lu.questions


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"subtype": "23"}, {"procedure": "concours"}),
        ({"subtype": "19", "domain": "32014L0023"}, {"procedure": "concession", "contrat": "concession"}),
        ({"domain": "32009L0081"}, {"regime": "defense-securite"}),
        ({"domain": "32014L0025"}, {"acheteur.categorie": "entite-adjudicatrice"}),
        ({"statut": "cga"}, {"acheteur.categorie": "autorite-centrale", "acheteur.type": "etat"}),
        ({"procedure": "comp-dial"}, {"procedure": "dialogue-competitif"}),
    ],
)
def test_what_directives_subtypes_and_codes_mean(options, expected):
    lu = import_one(eforms(**options))
    assert {chemin: lu[chemin] for chemin in expected} == expected


def test_open_under_the_light_regime_is_to_be_confirmed():
    assert import_one(eforms(subtype="20")).nature("procedure") == "à confirmer"
    other = import_one(eforms(subtype="20", procedure="oth-single"))
    assert "procedure" not in other.champs and "procédure adaptée" in other.questions["procedure"]


def test_a_status_that_goes_against_the_name_is_told():
    assert "I007" in import_one(eforms(statut="cga")).codes
    assert "I007" not in import_one(eforms(statut="la")).codes


@pytest.mark.parametrize(
    "options",
    [
        {"subtype": "29", "root": "ContractAwardNotice"},
        {"subtype": "4", "root": "PriorInformationNotice"},
        {"extra": "<efac:Changes><efac:ChangedNoticeIdentifier/></efac:Changes>"},
    ],
)
def test_only_a_call_dates_the_launch(options):
    lu = import_one(eforms(**options))
    assert "date_lancement" not in lu.champs and "I001" in lu.codes


def test_amounts_stay_decimal():
    assert import_one(eforms(projet=amount("43798333.30")))["valeur_estimee_ht"] == Decimal("43798333.30")


def test_the_court_and_the_dynamic_system():
    appeal = "<cac:AppealTerms><cac:AppealReceiverParty><cac:PartyIdentification><cbc:ID>ORG-0002</cbc:ID></cac:PartyIdentification></cac:AppealReceiverParty></cac:AppealTerms>"
    system = FRAMEWORK.format("dps-list").replace("framework-agreement", "dps-usage")
    lu = import_one(eforms(eforms_lot(termes=appeal, process=system)))
    assert lu["acheteur.tribunal"] == "Tribunal administratif" and "I008" in lu.codes
    assert "acheteur.tribunal" not in import_one(eforms()).champs


def test_a_notice_without_market_is_refused():
    with pytest.raises(ClausegenError, match="ni marché ni lot"):
        import_one("<ContractNotice/>")


def test_a_contact_point_is_its_organization():
    company = "</efac:Company></efac:Organization>\n    </efac:Organizations>"
    point = "<efac:TouchPoint><cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification></efac:TouchPoint>"
    notice = eforms().replace(company, company.replace("</efac:Organization>", f"{point}</efac:Organization>"))
    notice = notice.replace(
        "<cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001", "<cac:Party><cac:PartyIdentification><cbc:ID>TPO-0001"
    )
    found = import_one(notice)
    assert found["acheteur.nom"] == "Ville de Rennes" and found["acheteur.siret"] == "21350238800019"
