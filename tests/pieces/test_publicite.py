"""The notice: the same formulas as in the other pieces, and the codes of each lot."""

import re

import pytest

from tests.pieces.conftest import CRITERE

CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000}
ESS = {"mission_service_public": "accueil", "services_exclusivement_sociaux": True, "attribution_ess_3_ans": False}
CONDITION = ["BT-71", "BT-736", "BT-06", "BT-777", "BT-775", "OPT-060", "BT-70"]
CRITERION = ["BT-539", "BT-734", "BT-540", "BT-5421", "BT-541"]
RESERVED = ["BT-71", "BT-736", "BT-06", "BT-777", "BT-775"]
# The table of the specification, typed by hand: fields, BT-71, essential data.
CODES = {
    "clause": (CONDITION, "none", ["Clause sociale"]),
    "formation": (CONDITION, "none", ["Clause sociale"]),
    "critere": (RESERVED + CRITERION, "none", ["Critère social"]),
    "clause-et-critere": (CONDITION + CRITERION, "none", ["Clause sociale", "Critère social"]),
    "reserve-handicap": (RESERVED, "res-ws", ["Marché réservé"]),
    "reserve-iae": (RESERVED, "res-ws", ["Marché réservé"]),
    "reserve-handicap-iae": (RESERVED, "res-ws", ["Marché réservé"]),
    "reserve-penitentiaire": (RESERVED, "res-ws", ["Marché réservé"]),
    "reserve-ess": (RESERVED, "res-pub-ser", ["Marché réservé"]),
    "aucun": (["BT-71", "BT-736"], "none", ["Pas de considération sociale"]),
}


def lot(dispositif, **facts):
    base = {"dispositif": dispositif, "valeur_estimee_ht": 300000}
    if dispositif in ("clause", "clause-et-critere"):
        base["heures"] = 420
    if dispositif == "formation":
        base["heures"] = 300
    if dispositif == "reserve-ess":
        base |= ESS | {"cpv": "85312110"}
    return base | facts


def codes(pieces, numero=1):
    """Return field to value of a lot, as the piece prints them."""
    rows = [row for row in pieces.lignes("publicite") if len(row) == 3 and row[0] == f"Lot n° {numero}"]
    return {row[1].split(",")[0]: row[2] for row in rows}


@pytest.mark.parametrize("dispositif", CODES)
def test_codes_of_a_lot(redige, dispositif):
    pieces = redige([lot(dispositif), CLAUSE], insertion={"critere": CRITERE})
    fields, participation, decp = CODES[dispositif]
    rows = codes(pieces)
    assert list(rows) == fields
    assert rows["BT-71"].startswith(f"{participation} (") and rows["BT-736"] == "no (non)"
    assert rows.get("BT-06", "").startswith("soc-obj" if dispositif != "aucun" else "")
    values = pieces.corps("publicite").partition("Valeur exacte")[2].partition("Lot n° 2")[0]
    assert " et ".join(decp) in values
    assert list(pieces.examen.dossier.lots[0].avis.decp) == decp


def test_codes_agree_with_the_section_of_the_rules(redige):
    for dispositif in CODES:
        pieces = redige([lot(dispositif), CLAUSE], insertion={"critere": CRITERE})
        reserved = "est réservé, en application" in pieces.corps("rc")
        assert reserved is pieces.examen.dossier.lots[0].avis.reserve
        assert reserved is ("res-" in codes(pieces)["BT-71"])


def test_formulas_are_those_of_the_consultation_rules(redige):
    for dispositif in [d for d in CODES if d.startswith("reserve-")]:
        pieces = redige([lot(dispositif), CLAUSE])
        formula = re.search(r"Le lot n° 1 est réservé, .*?\.(?= (?:La|Le|Lot|Voir))", pieces.corps("rc"))[0]
        assert pieces.corps("publicite").count(formula) == 2, "in the mentions and under BT-777"


def test_added_condition_of_a_reserved_lot_is_coded_too(redige):
    pieces = redige([lot("reserve-iae", conditions_reserve=["Accompagnement"]), CLAUSE])
    assert list(codes(pieces)) == CONDITION
    assert "Marché réservé et Clause sociale" in pieces.corps("publicite")


def test_other_conditions_leave_the_objective_to_choose(redige):
    pieces = redige([lot("aucun", autres_conditions_sociales=["Égalité professionnelle"]), CLAUSE])
    rows = codes(pieces)
    assert list(rows) == CONDITION and "gen-eq" in rows["BT-775"]
    assert list(pieces.examen.dossier.lots[0].avis.decp) == ["Clause sociale"]


def test_condition_text_is_short_and_holds_no_criterion(redige):
    pieces = redige([lot("clause-et-critere"), CLAUSE], insertion={"critere": CRITERE})
    rows = codes(pieces)
    assert len(rows["BT-70"]) < 1000 and "notées" not in rows["BT-70"] and "420 heures" in rows["BT-70"]
    assert "Encadrement et tutorat (6 %) ; Formation (4 %)" in rows["BT-540"] and rows["BT-541"] == "10"


def test_prison_and_protected_programmes_are_left_to_check(redige):
    said = redige([lot("reserve-penitentiaire", etablissement_penitentiaire="x"), CLAUSE]).notes("publicite")
    assert "Aucun code n'est propre" in said and "programmes d'emplois protégés" in said


def test_design_contest_has_no_reserved_fields(redige):
    pieces = redige([CLAUSE, CLAUSE], procedure="concours", ccag="MOE")
    assert "BT-71" not in codes(pieces) and "BT-736" not in codes(pieces)
    assert "interdits dans l'avis de concours" in pieces.corps("publicite")


def test_without_notice_only_the_mention_and_the_essential_data(redige):
    text = redige([lot("reserve-iae", valeur_estimee_ht=50000)], procedure="sans-publicite", valeur_estimee_ht=50000)
    text = text.corps("publicite")
    assert "lettre de consultation ; celle d'une réservation y est obligatoire (art. R. 2113-7)" in text
    assert "BT-" not in text and "BOAMP" not in text and "Marché réservé" in text


@pytest.mark.parametrize(
    ("changes", "article"),
    [
        ({}, "R. 2113-7"),
        ({"regime": "defense-securite"}, "R. 2313-3"),
    ],
)
def test_mention_of_a_reservation_has_its_article(redige, changes, article):
    assert article in redige([lot("reserve-handicap"), CLAUSE], **changes).corps("publicite")


def test_social_economy_refers_to_both_articles(redige):
    text = redige([lot("reserve-ess"), CLAUSE]).corps("publicite")
    assert "R. 2113-8" in text and "articles L. 2113-15 et L. 2113-16" in text and "BR-0075-0001" not in text
    warned = redige([lot("reserve-ess", cpv="79710000"), CLAUSE]).corps("publicite")
    assert "BR-0075-0001" in warned


def test_concession(redige):
    text = redige(
        [lot("reserve-iae", valeur_estimee_ht=6000000)],
        contrat="concession",
        procedure="concession",
        ccag="aucun",
        valeur_estimee_ht=6000000,
    ).corps("publicite")
    assert "l'avis de concession" in text and "R. 3113-1" in text and "Concession réservée" in text
    assert "avant le début de l'exécution" in text and not re.search(r"[LR]\. 21", text)


def test_defence_publishes_no_essential_data(redige):
    text = redige([CLAUSE], regime="defense-securite").corps("publicite")
    assert "n'y sont pas soumis" in text and "Valeur exacte" not in text
