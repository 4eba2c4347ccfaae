"""The convention and the note: what they share with the clause, and what a lawyer's reading corrected."""

import pytest

FACILITATEUR = {
    "structure": "PLIE d'Essai",
    "type": "plie",
    "courriel": "clauses@exemple.fr",
    "territoire": "bassin d'Essai",
    "conservation_mois": 24,
    "financeurs": ["FSE+"],
    "logiciel": "tableur partagé",
    "convention": {"donnees_personnelles": "responsables-conjoints", "participation_financiere_ht": 0},
}
CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000, "perimetre": "Tonte et ramassage"}


@pytest.fixture
def pieces(redige):
    def run(lots=(CLAUSE,), **changes):
        changes = {"facilitateur": FACILITATEUR} | changes
        return redige(list(lots), documents=["ccap", "convention", "note"], **changes)

    return run


def test_delays_and_words_are_those_of_the_clause(pieces):
    found = pieces(contrat="accord-cadre", accord_cadre={"forme": "mixte", "attributaires": "mono"})
    for words in (
        "de la notification du premier bon de commande ou du premier marché subséquent",
        "dans les 15 jours de cette réponse",
        "conservent les données qui désignent une personne, même par un code, 24 mois après la fin du marché",
    ):
        assert words in found.corps("ccap") and words in found.corps("convention"), words
    assert "420 heures, volume indicatif, exigible au prorata des commandes" in found.corps("convention")
    assert "premier bon de commande ou du premier marché subséquent" in found.corps("note")


def test_an_unknown_tie_with_a_structure_is_asked(pieces):
    assert "[à compléter : La structure porte-t-elle ou finance-t-elle" in pieces().corps("convention")
    denied = pieces(facilitateur=FACILITATEUR | {"gere_siae": False}).corps("convention")
    assert "La structure déclare ne porter ni financer" in denied and "porte-t-elle" not in denied


def test_the_tools_own_figures_are_choices(pieces):
    found = pieces()
    assert found.notes("convention").count("aucun texte ne l") >= 6
    assert "EUR-Lex" in found.notes("convention")
    for letters in ("cinq ans", "vingt-quatre heures", "deux mois"):
        assert letters not in found.corps("convention")
    assert "règlement (UE) 2016/679 du 27 avril 2016" in found.corps("convention")
    assert "sexe, âge, résidence en quartier prioritaire" in found.corps("convention")
    assert "financeurs de la structure (FSE+)" in found.corps("convention")


def test_a_report_speaks_of_shared_hours_only_when_they_are_admitted(pieces):
    shared = "heures globalisées avec d'autres marchés"
    assert shared in pieces().corps("convention")
    assert shared not in pieces(insertion={"globalisation": False}).corps("convention")


def test_the_programme_does_not_repeat_the_market(pieces):
    row = {"objet": "Voirie", "heures": 500, "date_lancement": "2027-03-01"}
    found = pieces(programme=[row | {"reference": "E-1"}, row | {"reference": "E-2"}])
    assert "E-2 Voirie 500 heures" in found.corps("convention")
    assert "E-1 Voirie" not in found.corps("convention")


def test_no_convention_no_signature_and_no_notice_period(pieces):
    running = FACILITATEUR | {"convention": {"rediger": False}}
    note = pieces(facilitateur=running).corps("note")
    assert "Signer la convention" not in note and "Préavis" not in note
    assert "Vérifier que la convention en cours couvre ce marché" in note
    assert "Signer la convention" in pieces().corps("note") and "Préavis" in pieces().corps("note")


def test_the_note_names_reasons_delays_and_other_conditions(pieces):
    lots = [
        CLAUSE,
        {"dispositif": "aucun", "autres_conditions_sociales": ["égalité"], "valeur_estimee_ht": 1000},
        {"dispositif": "aucun", "aucun_justification": "Aucune main-d'œuvre sur le site.", "valeur_estimee_ht": 1000},
    ]
    note = pieces(lots, valeur_estimee_ht=400000).corps("note")
    assert "Lot n° 2, Secteur 2 Autres conditions sociales d'exécution" in note
    assert "sont écrites au CCAP pour le lot n° 2" in note
    assert "Lot n° 3, faits donnés pour l'absence de condition : Aucune main-d'œuvre sur le site." in note
    assert "CCP, code de la commande publique" in note
    assert "Personnes-mois à 151,67 heures" in note
    assert "Constat de carence 15 jours" in note and "Réponse à une difficulté signalée 15 jours" in note


def test_references_that_share_date_and_mark_share_a_row(pieces):
    rows = [row for row in pieces().lignes("note") if len(row) == 4 and row[3] == "24 novembre 2026"]
    assert len({tuple(row[1:]) for row in rows}) == len(rows) > 5
    assert any("L. 2112-2, L. 2112-2-1" in row[0] for row in rows)
