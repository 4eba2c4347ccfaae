"""The sheet for the company: nothing that binds, nothing promised, and the figures of the clause."""

import re

import pytest

CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000}
FACILITATEUR = {
    "structure": "PLIE d'Essai",
    "type": "plie",
    "courriel": "clauses@exemple.fr",
    "telephone": "02 61 91 00 02",
    "referent": {"nom": "Une Référente", "courriel": "une.referente@exemple.fr"},
}


@pytest.fixture
def mode(redige):
    return lambda lots, **changes: redige(lots, documents=["mode-emploi"], **changes)


def test_it_has_no_contractual_value(mode):
    text = mode([CLAUSE], facilitateur=FACILITATEUR).corps("mode-emploi")
    assert "sans valeur contractuelle ; le CCAP prévaut (article 12 du CCAP)" in text
    assert "Ensemble du marché Clause sociale d'insertion 420 heures Fin de l'exécution" in text


def test_it_promises_no_candidate_and_names_no_person(mode):
    text = mode([CLAUSE], facilitateur=FACILITATEUR).corps("mode-emploi")
    assert "aucun interlocuteur ne garantit de candidature" in text
    assert "clauses@exemple.fr" in text and "referente" not in text and "Référente" not in text


def test_figures_are_those_of_the_description(mode):
    insertion = {
        "contact_jours": 8,
        "reunion_mise_au_point_jours": 21,
        "validation_jours_ouvres": 4,
        "transmission": "mensuelle",
        "jour_transmission": 10,
        "penalites": {
            "heure_non_realisee": 45,
            "absence_reunion": 120,
            "document": {"montant": 30, "par": "jour"},
            "mise_en_demeure_jours": 12,
        },
    }
    text = mode([CLAUSE], insertion=insertion, facilitateur=FACILITATEUR).corps("mode-emploi")
    for words in (
        "dans les 8 jours de la notification",
        "dans les 21 jours de la notification",
        "dans les 4 jours ouvrés",
        "Périodicité mensuelle, avant le 10 du mois suivant",
        "laisse au moins 12 jours",
        "heure non réalisée, 45 €",
        "réunion, 120 €",
        "tardif, 30 € par jour",
    ):
        assert words in text
    assert {int(n) for n in re.findall(r"(\d+) €", text)} == {45, 120, 30}


def test_lots_that_differ_keep_their_own_figures(mode):
    other = CLAUSE | {"insertion": {"penalites": {"heure_non_realisee": 40}}}
    text = mode([CLAUSE, other]).corps("mode-emploi")
    assert "60 € (lot n° 1) ; 40 € (lot n° 2)" in text


def test_eligibility_goes_to_whoever_checks_it(mode):
    with_one = mode([CLAUSE], facilitateur=FACILITATEUR).corps("mode-emploi")
    assert "au seul facilitateur" in with_one
    without = mode([CLAUSE])
    assert "transmet avant la prise de poste à l'acheteur une attestation d'éligibilité, sans motif" in without.corps(
        "mode-emploi"
    )
    assert "[à compléter : Quelle est la fonction du correspondant" in without.corps("mode-emploi")
    assert "TA Rennes" in without.notes("mode-emploi") and "TA Rennes" not in without.corps("mode-emploi")


def test_directories_are_to_be_checked(mode):
    pieces = mode([CLAUSE])
    assert "sans recommandation : Marché de l'inclusion" in pieces.corps("mode-emploi")
    assert "n'imposent aucune entreprise" in pieces.notes("mode-emploi")


def test_reserved_lot_tells_its_share(mode):
    lot = {"dispositif": "reserve-handicap", "valeur_estimee_ht": 600000}
    bare = mode([lot]).corps("mode-emploi")
    assert "vérifiée à la candidature : au moins 50 %" in bare and "Premier contact" not in bare and "60 €" not in bare
    lot |= {"conditions_reserve": ["Un tuteur par équipe"]}
    text = mode([lot], insertion={"penalites": {"proportion": 500}}).corps("mode-emploi")
    assert "Au moins 50 % de travailleurs handicapés, pendant toute l'exécution ; Un tuteur par équipe" in text
    assert "Pénalité de 500 €" in text


def test_hours_besides_a_reservation_have_their_calendar(mode):
    lot = {"dispositif": "reserve-iae", "valeur_estimee_ht": 600000, "heures_complementaires": 100}
    text = mode([lot]).corps("mode-emploi")
    assert "100 heures d'insertion en plus" in text and "Premier contact" in text


def test_training_names_its_service(mode):
    service = {"service": "MLDS d'Essai", "courriel": "mlds@exemple.fr"}
    pieces = mode([{"dispositif": "formation", "heures": 300, "valeur_estimee_ht": 600000, "formation": service}])
    text = pieces.corps("mode-emploi")
    assert "Formation MLDS d'Essai, mlds@exemple.fr" in text and "300 heures de formation" in text
    assert "avant l'arrivée du jeune" in text and "code de l'éducation" in pieces.notes("mode-emploi")


def test_hours_of_the_offer(mode):
    text = mode([{"dispositif": "critere", "valeur_estimee_ht": 600000}]).corps("mode-emploi")
    assert "Les heures de l'offre, à l'acte d'engagement" in text and "Premier contact" in text


def test_optional_parts_bind_only_once_engaged(mode):
    periods = mode([CLAUSE], duree_mois=48, reconductions=3).corps("mode-emploi")
    assert (
        "Terme de chaque période engagée" in periods and "Une reconduction engage ses heures si elle a lieu." in periods
    )
    tranches = [
        {"code": "TF", "type": "ferme", "montant_ht": 200000, "duree_mois": 12, "heures": 280},
        {"code": "TO1", "type": "optionnelle", "montant_ht": 100000, "duree_mois": 6, "heures": 140},
    ]
    text = mode([CLAUSE | {"tranches": tranches}]).corps("mode-emploi")
    assert "Terme de chaque tranche affermie" in text and "280 heures" in text and "140 heures" in text


def test_concession_has_its_words(mode):
    lots = [CLAUSE | {"valeur_estimee_ht": 6000000}]
    facts = {"contrat": "concession", "procedure": "concession", "ccag": "aucun", "valeur_estimee_ht": 6000000}
    text = mode(lots, **facts).corps("mode-emploi")
    assert (
        "le contrat prévaut" in text
        and "Déclarés avant leur intervention ; le concessionnaire reste responsable" in text
    )
    assert not re.search("CCAG|CCAP|titulaire|acte d'engagement|marché", text.replace("Marché de l'inclusion", ""))


@pytest.mark.parametrize(
    ("changes", "term"),
    [
        ({}, "La réservation, vérifiée à la candidature : au moins 50 % À la candidature"),
        (
            {"conditions_reserve": ["Un tuteur pour huit personnes."]},
            "; Un tuteur pour huit personnes Pendant l'exécution",
        ),
    ],
)
def test_a_reservation_is_due_when_the_cahier_says_so(mode, changes, term):
    lot = {"dispositif": "reserve-handicap", "valeur_estimee_ht": 100000} | changes
    assert term in mode([lot, CLAUSE]).corps("mode-emploi")


def test_training_hours_are_due_within_the_firm_period(mode):
    lot = {"dispositif": "formation", "heures": 300, "valeur_estimee_ht": 600000}
    assert "300 heures de formation Terme de la période ferme" in mode([lot]).corps("mode-emploi")
