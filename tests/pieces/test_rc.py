"""The consultation rules: what each dispositif calls for, word for word where the formula is fixed."""

import re

import pytest

from tests.pieces.conftest import ACHETEUR, CRITERE, FACILITATEUR

CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000}
RESERVE = {
    "reserve-handicap": "Le lot n° 1 est réservé, en application de l'article L. 2113-12 du code de la commande publique, aux "
    "entreprises adaptées, aux établissements et services d'accompagnement par le travail et aux structures équivalentes, "
    "lorsqu'ils emploient au moins 50 % de travailleurs handicapés dans les conditions de cet article.",
    "reserve-iae": "Le lot n° 1 est réservé, en application de l'article L. 2113-13 du code de la commande publique, aux "
    "structures d'insertion par l'activité économique mentionnées à l'article L. 5132-4 du code du travail et aux structures "
    "équivalentes, lorsqu'elles emploient au moins 50 % de travailleurs défavorisés.",
    "reserve-handicap-iae": "en application des articles L. 2113-12, L. 2113-13 et L. 2113-14 du code de la commande publique",
    "reserve-penitentiaire": "en application de l'article L. 2113-13-1 du code de la commande publique",
    "reserve-ess": "en application des articles L. 2113-15 et L. 2113-16 du code de la commande publique",
}
FAITS = {
    "reserve-penitentiaire": {"etablissement_penitentiaire": "centre pénitentiaire d'Essai"},
    "reserve-ess": {
        "mission_service_public": "accueil de jeunes enfants",
        "services_exclusivement_sociaux": True,
        "attribution_ess_3_ans": False,
        "cpv": "85312110",
    },
}


def reserve(dispositif, **facts):
    return {"dispositif": dispositif, "valeur_estimee_ht": 300000} | FAITS.get(dispositif, {}) | facts


def test_clause_is_a_condition_that_is_not_scored(redige):
    text = redige([CLAUSE, CLAUSE | {"heures": 560}]).corps("rc")
    assert "Toute réserve sur la clause sociale d'insertion rend l'offre irrégulière." in text
    assert "condition d'exécution du marché, prévue en application des articles L. 2112-2 et L. 2112-2-1" in text
    assert "Elle n'est pas notée" in text and "Aucun mémoire n'est demandé" in text
    assert "l'article 12 du CCAP" in text and "annexe n° 3 à l'acte d'engagement" in text
    assert "article R. 2152-2" in text and "tous les soumissionnaires concernés" in text
    assert "article R. 2151-10" in text
    assert "Lot n° 1 : le titulaire réalise au moins 420 heures d'insertion." in text
    assert "Lot n° 2 : le titulaire réalise au moins 560 heures d'insertion." in text
    assert "Critère" not in text and "réservé" not in text and "formation sous statut" not in text


def test_the_reach_of_a_reservation_of_the_clause_is_left_to_the_lawyer(redige):
    assert "rende l'offre irrégulière est une analyse" in redige([CLAUSE]).notes("rc")


def test_numbers_start_where_the_buyer_says(redige):
    assert "7.1 Objet" in redige([CLAUSE]).corps("rc")
    assert "1.1 Objet" in redige([CLAUSE], pieces=None).corps("rc")


def test_an_unknown_place_in_the_ccap_is_a_field(redige):
    text = redige([CLAUSE], pieces=None).corps("rc")
    assert "l'article [à compléter : Quel numéro l'article d'insertion porte-t-il dans le cahier ?] du CCAP" in text


def test_no_article_before_its_day(redige):
    for day in ("2026-08-20", "2026-08-21"):
        text = redige([CLAUSE], date_lancement=day).corps("rc")
        assert "L. 2112-2-1" not in text and "L. 2112-2 " in text


def test_criterion_with_the_clause(redige):
    pieces = redige([CLAUSE | {"dispositif": "clause-et-critere"}], insertion={"critere": CRITERE})
    text = pieces.corps("rc")
    assert "articles L. 2152-7 et R. 2152-7 du code de la commande publique" in text
    assert "Il pèse 10 % dans la note" in text
    weights = [int(n) for n in re.findall(r"(?:tutorat|Formation) +(\d+) %", text)]
    assert sum(weights) == 10
    assert "le volume minimal de la clause n'est pas noté" in text.lower()
    assert "Jusqu'à combien d'heures au-delà du minimum" in text
    assert "deviennent contractuels, y compris au-delà du minimum" in text
    assert "plafonne" in pieces.notes("rc") and "caractéristiques environnementales" in pieces.notes("rc")
    assert not re.search(r"\bRSE\b|OETH|effectif de l'entreprise", text)


def test_criterion_alone_without_weights_asks_for_them(redige):
    pieces = redige([{"dispositif": "critere", "valeur_estimee_ht": 600000}])
    text = pieces.corps("rc")
    assert "[à compléter : Quel pourcentage le critère d'insertion pèse-t-il ?] %" in text
    assert "[à compléter : Quels sont les sous-critères" in text
    assert "Toute réserve" not in text
    assert "encadrement et tutorat ; accompagnement" in pieces.notes("rc")


def test_weights_of_a_lot_that_do_not_add_up_are_asked_again(redige):
    lots = [
        {"dispositif": "critere", "insertion": {"critere": {"ponderation": 5}}, "valeur_estimee_ht": 300000},
        {"dispositif": "critere", "valeur_estimee_ht": 300000},
    ]
    text = redige(lots, insertion={"critere": CRITERE}).corps("rc")
    first = text.partition("Pour le lot n° 1, il pèse 5 %")[2].partition("Pour le lot n° 2, il pèse 10 %")
    assert "Quels sont les sous-critères" in first[0] and "tutorat 6 %" in first[2]


def test_a_written_weight_is_a_choice_in_an_adapted_procedure(redige):
    lots = [{"dispositif": "critere", "valeur_estimee_ht": 600000}]
    said = redige(lots, insertion={"critere": CRITERE}, procedure="adaptee").notes("rc")
    assert "n'est imposée qu'en procédure formalisée" in said


@pytest.mark.parametrize("dispositif", RESERVE)
def test_reserved_lot(redige, dispositif):
    pieces = redige([reserve(dispositif), CLAUSE | {"heures": 200}])
    text = pieces.corps("rc")
    assert RESERVE[dispositif] in text
    assert ("50 %" in text) is (dispositif != "reserve-ess")
    section = text.partition("Lot réservé Le lot")[2].partition("Questions des candidats")[0]
    assert section and ("équivalente" in section) is (dispositif != "reserve-penitentiaire")
    assert "n'est pas retenue" in section and "chaque membre remplit la condition" in section
    assert "DC2 remplit le cadre C2" in section
    assert "choix à valider" in pieces.notes("rc")
    for proof, kinds in {
        "le contrat d'objectifs valant agrément": ("reserve-handicap", "reserve-handicap-iae"),
        "l'autorisation de l'établissement": ("reserve-handicap", "reserve-handicap-iae"),
        "la convention conclue avec l'État": ("reserve-iae", "reserve-handicap-iae"),
        "ses statuts ou son agrément": ("reserve-ess",),
        "aucun marché ne lui a été attribué au même titre dans les 3 années": ("reserve-ess",),
        "un document de l'administration pénitentiaire": ("reserve-penitentiaire",),
    }.items():
        assert (proof in section) is (dispositif in kinds), proof


def test_prison_lot_counts_those_who_produce(redige):
    text = redige([reserve("reserve-penitentiaire"), CLAUSE]).corps("rc")
    assert "s'apprécie sur les personnes employées à la production" in text
    assert "articles L. 412-10 à L. 412-18 du code pénitentiaire" in text and "centre pénitentiaire d'Essai" in text
    missing = redige([reserve("reserve-penitentiaire", etablissement_penitentiaire=None), CLAUSE]).corps("rc")
    assert "[à compléter : Dans quel établissement pénitentiaire la production a-t-elle lieu ?]" in missing


def test_the_name_of_the_day(redige):
    text = redige([reserve("reserve-handicap"), CLAUSE], date_lancement="2023-05-02").corps("rc")
    assert "établissements et services d'aide par le travail" in text and "accompagnement par le travail" not in text


@pytest.mark.parametrize(
    ("dispositif", "article"),
    [("reserve-handicap", "L. 3113-1"), ("reserve-iae", "L. 3113-2"), ("reserve-penitentiaire", "L. 3113-2-1")],
)
def test_reserved_concession(redige, dispositif, article):
    text = redige(
        [reserve(dispositif, valeur_estimee_ht=6000000)],
        contrat="concession",
        procedure="concession",
        ccag="aucun",
        valeur_estimee_ht=6000000,
    ).corps("rc")
    assert f"La concession est réservée, en application de l'article {article} du code de la commande publique" in text
    assert not re.search(r"L\. 2113|L\. 2112|CCAG|CCAP|acheteur public|R\. 2151", text)
    assert "l'annexe n° 3 au contrat" in text and "Les questions sont posées à l'autorité concédante" in text


def test_concession_with_a_clause(redige):
    pieces = redige(
        [CLAUSE | {"valeur_estimee_ht": 6000000}],
        contrat="concession",
        procedure="concession",
        ccag="aucun",
        valeur_estimee_ht=6000000,
    )
    text = pieces.corps("rc")
    assert "articles L. 3114-2 et L. 3114-2-1" in text and "article L. 3124-3" in text
    assert "Le concessionnaire réalise au moins 420 heures d'insertion" in text and "l'article 12 du contrat" in text
    assert not re.search(r"L\. 21|R\. 21|CCAP", text)


def test_partnership_names_the_contract(redige):
    text = redige([CLAUSE], contrat="marche-partenariat", procedure="dialogue-competitif", ccag="aucun").corps("rc")
    assert "l'article 12 du contrat" in text and "CCAP" not in text and "article L. 2152-2" in text


def test_defence_and_book_five_cite_their_own_law(redige):
    text = redige([reserve("reserve-handicap"), CLAUSE], regime="defense-securite").corps("rc")
    assert "articles L. 2312-1-1 et R. 2312-4" in text and "L. 2113-12" in text
    assert not re.search(r"L\. 2112|L\. 2113-13|L\. 2152|R\. 2152", text)
    assert not re.search(r"[LR]\. \d", redige([CLAUSE], regime="livre-v").corps("rc"))


def test_training_clause(redige):
    lot = {
        "dispositif": "formation",
        "heures": 300,
        "valeur_estimee_ht": 600000,
        "formation": {"service": "MLDS d'Essai", "courriel": "mlds@exemple.fr"},
    }
    pieces = redige([lot])
    text = pieces.corps("rc")
    assert "300 heures de formation" in text and "MLDS d'Essai, mlds@exemple.fr" in text
    assert "L'offre sans fiche entreprise est irrégulière" in text
    assert "code de l'éducation" in pieces.notes("rc")


def test_facilitator_is_for_every_candidate(redige):
    pieces = redige([CLAUSE], facilitateur=FACILITATEUR)
    text = pieces.corps("rc")
    assert "Tout candidat" in text and "clauses@exemple.fr" in text and "02 61 91 00 02" in text
    assert "la même information" in text and "Il n'a accès à aucune offre" in text
    assert "https://profil.exemple.fr" in text
    assert "referente" not in text, "the generic mailbox only"


def test_without_facilitator_questions_go_to_the_buyer(redige):
    text = redige([CLAUSE], acheteur=ACHETEUR | {"profil_acheteur": None}).corps("rc")
    assert "Aucun facilitateur n'est désigné" in text and "Les questions sont posées à l'acheteur" in text
    assert "[à compléter : Où les candidats posent-ils leurs questions" in text


def test_without_notice_it_is_a_letter(redige):
    text = redige(
        [reserve("reserve-iae", valeur_estimee_ht=50000)], procedure="sans-publicite", valeur_estimee_ht=50000
    )
    assert "Lettre de consultation : considérations sociales" in text.corps("rc")
    assert "Le marché est réservé, en application de l'article L. 2113-13" in text.corps("rc")
    assert "à l'adresse marches@exemple.fr" in text.corps("rc")


def test_one_piece_for_a_mixed_market(redige):
    lots = [
        CLAUSE | {"valeur_estimee_ht": 200000},
        reserve("reserve-iae", valeur_estimee_ht=200000),
        {"dispositif": "aucun", "autres_conditions_sociales": ["Dix apprentis"], "valeur_estimee_ht": 100000},
        {"dispositif": "aucun", "valeur_estimee_ht": 100000},
    ]
    text = redige(lots).corps("rc")
    assert "Lot n° 3, Secteur 3 Autres conditions sociales d'exécution" in text
    assert "Le lot n° 3 comporte d'autres conditions sociales d'exécution" in text
    assert "Lot n° 4, Secteur 4 Sans objet Sans objet" in text
    assert "Le lot n° 1 comporte une clause" in text and "Le lot n° 2 est réservé" in text
