"""Why a contract carries no social condition: the case, the facts, where it is kept."""

import pytest

from tests.pieces.conftest import ACHETEUR, FACILITATEUR

FAITS = "La pose dure quatre jours ; elle est faite par deux techniciens habilités."
TRAVAUX = {"nature": "travaux", "ccag": "Travaux", "valeur_estimee_ht": 6000000, "duree_mois": 5}
CONCESSION = {"contrat": "concession", "procedure": "concession", "ccag": "aucun", "valeur_estimee_ht": 6000000}


def lot(motif, **facts):
    return {
        "dispositif": "aucun",
        "aucun_motif": motif,
        "aucun_justification": FAITS,
        "valeur_estimee_ht": 600000,
    } | facts


@pytest.mark.parametrize(
    ("motif", "case", "words", "changes"),
    [
        ("solution-disponible", "II, 1°", "solution immédiatement disponible", {}),
        ("lien-insuffisant", "II, 2°", "lien suffisant avec l'objet", {}),
        ("concurrence-ou-difficulte", "II, 3°", "restreindre la concurrence", {}),
        ("travaux-courts", "II, 4°", "durée inférieure à six mois", TRAVAUX),
    ],
)
def test_cases_of_a_market(redige, motif, case, words, changes):
    value = changes.get("valeur_estimee_ht", 600000)
    text = redige([lot(motif, valeur_estimee_ht=value)], **changes).corps("motivation")
    assert f"{case} de l'article L. 2112-2-1" in text and words in text
    assert FAITS in text, "the buyer's words, as they are"
    assert "article L. 2184-1" in text and "art. R. 2184-12" in text and "cinq ans au moins" in text
    assert "prise avant le lancement de la consultation" in text


@pytest.mark.parametrize(("motif", "case"), [("lien-insuffisant", "II, 1°"), ("concurrence-ou-difficulte", "II, 2°")])
def test_cases_of_a_concession(redige, motif, case):
    pieces = redige([lot(motif, valeur_estimee_ht=6000000)], **CONCESSION)
    text = pieces.corps("motivation")
    assert f"{case} de l'article L. 3114-2-1" in text and "par tout moyen approprié" in text
    assert "L. 2112-2-1" not in text and "R. 2184" not in text and "L'autorité concédante" in text
    assert "durée de conservation propre aux concessions" in pieces.notes("motivation")


@pytest.mark.parametrize("motif", ["solution-disponible", "travaux-courts"])
def test_a_case_closed_to_concessions_is_not_cited(redige, motif):
    pieces = redige([lot(motif, valeur_estimee_ht=6000000)], **CONCESSION)
    assert any(d.niveau == "erreur" for d in pieces.examen.diagnostics)
    if "motivation" in pieces.markdown:
        assert "Cas fermé à ce contrat" in pieces.corps("motivation")


def test_contracting_entity(redige):
    buyer = ACHETEUR | {"categorie": "entite-adjudicatrice"}
    text = redige([lot("lien-insuffisant")], acheteur=buyer).corps("motivation")
    assert "L'entité adjudicatrice indique ces motifs par tout moyen approprié" in text and "L. 2184-1" not in text


@pytest.mark.parametrize("motif", ["lien-insuffisant", "concurrence-ou-difficulte"])
def test_without_facts_each_of_them_is_asked(redige, motif):
    text = redige([lot(motif, aucun_justification=None)]).corps("motivation")
    asked = {
        "lien-insuffisant": ["Quelles prestations ont été examinées", "Pourquoi aucune considération sociale ne se"],
        "concurrence-ou-difficulte": ["Quels opérateurs ont été interrogés", "Quelles habilitations", "Quel coût"],
    }
    for question in asked[motif]:
        assert f"[à compléter : {question}" in text
    for other in (
        "Formation, apprentissage",
        "Emploi de personnes handicapées",
        "Égalité entre",
        "Conditions de travail",
    ):
        assert other in text


def test_short_works_need_no_more_than_their_length(redige):
    pieces = redige([lot("travaux-courts", valeur_estimee_ht=6000000, aucun_justification=None)], **TRAVAUX)
    text = pieces.corps("motivation")
    assert "5 mois" in text and "La durée établit le motif" in text and "Formation, apprentissage" not in text
    assert "reconductions comptent dans la durée est une lecture prudente" in pieces.notes("motivation")


def test_criterion_or_reservation_alone_first_calls_for_a_condition(redige):
    for dispositif in ("critere", "reserve-iae"):
        pieces = redige([{"dispositif": dispositif, "aucun_motif": "lien-insuffisant", "valeur_estimee_ht": 600000}])
        assert "n'est pas une condition d'exécution" in pieces.corps("motivation")
        assert "Ajouter d'abord une condition" in pieces.notes("motivation")


def test_nothing_to_explain(redige):
    below = [lot("lien-insuffisant", valeur_estimee_ht=90000)]
    assert "motivation" not in redige(below, valeur_estimee_ht=90000).markdown
    clause = [{"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 600000}]
    assert "motivation" not in redige(clause).markdown
    assert "motivation" not in redige([lot("lien-insuffisant")], date_lancement="2026-08-20").markdown
    assert "motivation" not in redige([lot("lien-insuffisant")], regime="defense-securite").markdown
    assert "motivation" not in redige([lot("lien-insuffisant")], regime="livre-v").markdown


def test_on_the_day_of_doubt_it_is_a_draft_that_cites_no_article(redige):
    pieces = redige([lot("lien-insuffisant")], date_lancement="2026-08-21", date_note="2026-08-10")
    text = pieces.corps("motivation")
    assert "Brouillon." in text and "jour de doute" in text
    assert "de l'article L. 2112-2-1" not in text and "en application de l'article L. 2112-2-1" not in text


def test_a_date_after_the_launch_is_pointed_out(redige):
    late = redige([lot("lien-insuffisant")], date_note="2026-12-20").notes("motivation")
    assert "postérieure au lancement" in late
    assert "postérieure au lancement" not in redige([lot("lien-insuffisant")]).notes("motivation")


def test_opinion_of_the_facilitator(redige):
    text = redige([lot("lien-insuffisant")], facilitateur=FACILITATEUR).corps("motivation")
    assert "a rendu son avis le 25 novembre 2026" in text
    asked = redige([lot("lien-insuffisant")], facilitateur=FACILITATEUR | {"avis_le": None}).corps("motivation")
    assert "[à compléter : Quand le facilitateur a-t-il rendu son avis ?]" in asked


def test_reservations_are_said_to_have_been_studied(redige):
    text = redige([lot("lien-insuffisant")]).corps("motivation")
    assert "Les réservations ouvertes par la loi ont été étudiées" in text
    assert text.count("Ouverte") == 4 and text.count("Fermée") == 1


def test_the_piece_does_not_say_what_the_facts_cover(redige):
    """What the buyer's own words deal with is for the reader to check: a comment, never a statement."""
    texts = redige([lot("concurrence-ou-difficulte")])
    assert "Ces faits portent sur" not in texts.corps("motivation")
    assert "opérateurs interrogés ; habilitations et contraintes ; coût" in texts.notes("motivation")
