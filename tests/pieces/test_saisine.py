"""The sheet sent before the launch: whom it reaches, what it tells, what it must not ask."""

import pytest

CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000}
FACILITATEUR = {
    "structure": "PLIE d'Essai",
    "type": "plie",
    "courriel": "clauses@exemple.fr",
    "telephone": "02 61 91 00 02",
}
FORMATION = {
    "dispositif": "formation",
    "heures": 300,
    "valeur_estimee_ht": 600000,
    "formation": {"service": "MLDS d'Essai", "courriel": "mlds@exemple.fr"},
}


@pytest.fixture
def saisine(redige):
    return lambda lots, **changes: redige(lots, documents=["saisine"], **changes)


def test_project_and_lots_are_told_with_their_terms(saisine):
    calibrage = {"secteur": "espaces-verts", "part_main_oeuvre": 0.65, "taux_effort": 0.05, "cout_horaire": 36}
    lots = [
        CLAUSE | {"perimetre": "Tonte et ramassage"},
        {"dispositif": "clause", "valeur_estimee_ht": 300000, "calibrage": calibrage, "reprise_personnel": True},
    ]
    pieces = saisine(lots, facilitateur=FACILITATEUR, duree_mois=36)
    text = pieces.corps("saisine")
    assert "Destinataire PLIE d'Essai, clauses@exemple.fr" in text
    for words in (
        "code CPV 77310000",
        "15 décembre 2026 ; 36 mois",
        "Marché, appel d'offres ouvert, CCAG-FCS",
    ):
        assert words in text
    assert "300 000 € HT 36 mois Clause sociale d'insertion 420 heures Volume de l'acheteur" in text
    assert "Main-d'œuvre 65 %, taux d'effort 5 %, coût horaire 36 €" in text
    assert "Lot n° 1, tâches ouvertes à l'insertion : Tonte et ramassage" in text
    assert "Lot n° 2 : reprise du personnel en place" in text
    assert "Dans les 4 semaines de la saisine" in text
    assert pieces.notes("saisine").count("sensible") == 1


def test_no_term_of_a_default_goes_unsaid(saisine):
    lot = {"dispositif": "clause", "valeur_estimee_ht": 600000, "calibrage": {"secteur": "espaces-verts"}}
    assert "valeur usuelle du secteur" in saisine([lot]).notes("saisine")


def test_without_a_facilitator_the_structure_is_to_be_found(saisine):
    pieces = saisine([CLAUSE])
    assert "Structure à identifier" in pieces.corps("saisine") and "fiche 5" in pieces.notes("saisine")


def test_an_internal_service_gives_its_visa(saisine):
    text = saisine([CLAUSE], facilitateur=FACILITATEUR | {"type": "interne"}).corps("saisine")
    assert "Demande de visa du facilitateur" in text and "Service PLIE d'Essai" in text
    assert "Visa (favorable, favorable avec réserves ou défavorable), date, nom et qualité ……" in text
    assert "porte ou finance" not in text


def test_training_alone_goes_to_the_academic_service(saisine):
    pieces = saisine([FORMATION], facilitateur=FACILITATEUR)
    text = pieces.corps("saisine")
    assert "Saisine du service de formation" in text and "Destinataire MLDS d'Essai, mlds@exemple.fr" in text
    assert "PLIE" not in text and "300 heures de formation" in text and "combien de jeunes" in text
    assert "modèle administratif" in pieces.notes("saisine") and "code de l'éducation" in pieces.notes("saisine")


def test_a_mixed_market_asks_both(saisine):
    text = saisine([CLAUSE, FORMATION], facilitateur=FACILITATEUR).corps("saisine")
    assert "Pour la formation, lot n° 2 MLDS d'Essai" in text and "Destinataire PLIE d'Essai" in text
    assert "Pour le lot n° 2 : les missions" in text and "Quelles modalités" in text


def test_nobody_is_asked_whom_to_favour(saisine):
    lots = [{"dispositif": "reserve-iae", "valeur_estimee_ht": 300000}, CLAUSE]
    pieces = saisine(lots, facilitateur=FACILITATEUR)
    text = pieces.corps("saisine")
    assert "ne recommande aucun candidat" in text and "en quel nombre" in text
    assert "Pour le lot n° 1 : l'offre de ces structures suffit-elle à une concurrence effective" in text
    assert "R. 2111-2" in pieces.notes("saisine")
    linked = saisine(lots, facilitateur=FACILITATEUR | {"gere_siae": True}).notes("saisine")
    assert "mesures de déport" in linked


def test_a_concession_cites_no_article_of_the_markets(saisine):
    lots = [CLAUSE | {"valeur_estimee_ht": 6000000}]
    facts = {"contrat": "concession", "procedure": "concession", "ccag": "aucun", "valeur_estimee_ht": 6000000}
    pieces = saisine(lots, facilitateur=FACILITATEUR, **facts)
    assert "Autorité concédante Ville d'Essai" in pieces.corps("saisine")
    assert "R. 2111-2" not in pieces.notes("saisine") and "CCAG" not in pieces.corps("saisine")


def test_framework_periods_and_ratio(saisine):
    ratio = {"par_tranche": {"heures": 35, "montant_ht": 50000, "a_partir_de_ht": 0, "base": "commande"}}
    lots = [CLAUSE | {"heures": ratio}, CLAUSE]
    text = saisine(lots, contrat="accord-cadre", duree_mois=48, reconductions=3).corps("saisine")
    assert "Montant maximum" in text and "35 heures par tranche de 50 000 € HT commandés" in text
    assert "Lot n° 2, périodes : période initiale, 105 heures" in text


def test_a_missing_fact_is_a_field_and_an_answer_is_not(saisine):
    pieces = saisine([{"dispositif": "auto"}], date_lancement=None, cpv=None, lieu_execution=None)
    text = pieces.corps("saisine")
    assert "[à compléter : Quand l'avis part-il" in text and "code CPV [à compléter" in text
    assert "[à compléter : Dans quelle commune" in text and "Contraintes d'accès" in text and "……" in text
