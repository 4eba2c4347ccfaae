"""The annex that the tenderer signs: volumes prefilled, totals that add up, lines of its own."""

import re

import pytest

CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000}


def test_volume_is_prefilled_and_firm(redige):
    pieces = redige([CLAUSE, CLAUSE | {"heures": 560}])
    for numero, heures in ((1, 420), (2, 560)):
        lot = pieces.lot("ae", f"Lot n° {numero}, Secteur {numero}")
        assert "Identification et volume, non modifiables" in lot
        assert "Le signataire déclare avoir lu l'article 12 du CCAP." in lot
        assert f"Le titulaire réalise au moins {heures} heures d'insertion" in lot
        assert f"Total {heures} heures" in lot
        assert {int(n) for n in re.findall(r"(\d+) heures", lot)} == {heures}
        assert "Date, nom et qualité : ……" in lot and "Correspondant opérationnel" in lot
    assert "Les indications préremplies ne sont pas modifiables." in pieces.corps("ae")
    assert "Annexe n° 3 à l'acte d'engagement" in pieces.corps("ae")


def test_lines_of_the_tenderer_are_no_fields(redige):
    pieces = redige([CLAUSE])
    assert "……" in pieces.corps("ae") and "[à compléter" not in pieces.corps("ae")
    assert not pieces.examen.textes["ae"].champs


def test_rank_and_third_parties_are_commented(redige):
    said = redige([CLAUSE]).notes("ae")
    assert "L'offre technique passe après les documents généraux" in said and "art. 4.1" in said
    assert "Aucune structure n'est imposée" in said


def test_periods_add_up(redige):
    text = redige([CLAUSE], duree_mois=48, reconductions=3).corps("ae")
    table = text.partition("Période Heures d'insertion")[2].partition("Total 420 heures")[0]
    assert sum(int(n) for n in re.findall(r"(\d+) heures", table)) == 420
    assert "ne sont dues que si le marché est reconduit" in text


def test_tranches_add_up_and_wait_for_their_confirmation(redige):
    tranches = [
        {"code": "TF", "type": "ferme", "montant_ht": 200000, "duree_mois": 12, "heures": 280},
        {"code": "TO1", "type": "optionnelle", "montant_ht": 100000, "duree_mois": 6, "heures": 140},
    ]
    text = redige([CLAUSE | {"tranches": tranches}]).corps("ae")
    assert "280 heures" in text and "140 heures" in text and "Total 420 heures" in text
    assert "ne sont dues qu'après l'affermissement" in text


def test_phases_of_a_partnership_know_no_option(redige):
    phases = [
        {"code": "travaux", "type": "phase", "heures": 300},
        {"code": "exploitation", "type": "phase", "heures": 120},
    ]
    pieces = redige([CLAUSE | {"tranches": phases}], contrat="marche-partenariat", ccag="aucun")
    text = pieces.corps("ae")
    assert "Annexe n° 3 au contrat" in text and "l'article 12 du contrat" in text
    assert "affermissement" not in text and "300 heures" in text


def test_ratio_of_a_framework(redige):
    ratio = {"par_tranche": {"heures": 35, "montant_ht": 50000, "a_partir_de_ht": 100000, "base": "facture"}}
    text = redige([CLAUSE | {"heures": ratio}], contrat="accord-cadre").corps("ae")
    assert "au moins 35 heures par tranche de 50 000 € HT facturés, sur la part qui excède 100 000 € HT" in text
    assert "Total 100 %" in text


def test_fixed_volume_of_a_framework_follows_the_orders(redige):
    text = redige([CLAUSE], contrat="accord-cadre", accord_cadre={"forme": "bons-de-commande"}).corps("ae")
    assert (
        "au moins 420 heures d'insertion, pour le montant maximum de l'accord-cadre et à proportion des commandes"
        in text
    )


def test_concession_is_signed_by_its_own_parties(redige):
    text = redige(
        [CLAUSE | {"valeur_estimee_ht": 6000000}],
        contrat="concession",
        procedure="concession",
        ccag="aucun",
        valeur_estimee_ht=6000000,
    ).corps("ae")
    assert "Le concessionnaire réalise au moins 420 heures" in text and "Annexe n° 3 au contrat" in text
    assert not re.search("CCAG|CCAP|acte d'engagement|titulaire", text)


CRITERE = {
    "ponderation": 10,
    "sous_criteres": [{"intitule": "Tutorat", "ponderation": 7}, {"intitule": "Formation", "ponderation": 3}],
}


def test_criterion_adds_hours_that_bind(redige):
    text = redige([CLAUSE | {"dispositif": "clause-et-critere"}], insertion={"critere": CRITERE}).corps("ae")
    assert "qui pèse 10 %" in text and "Tutorat 7 % ……" in text and "Formation 3 % ……" in text
    assert "le soumissionnaire ajoute …… heures d'insertion, qui l'engagent au même titre" in text


def test_criterion_alone_leaves_the_volume_to_the_offer(redige):
    pieces = redige([{"dispositif": "critere", "valeur_estimee_ht": 600000}], insertion={"critere": CRITERE})
    text = pieces.corps("ae")
    assert "réalise une action d'insertion d'au moins …… heures d'insertion" in text and "Total ……" in text
    assert "TA Rennes" in pieces.notes("ae") and "TA Rennes" not in text


def reserve(dispositif, **facts):
    return {"dispositif": dispositif, "valeur_estimee_ht": 300000} | facts


@pytest.mark.parametrize(
    ("dispositif", "share"),
    [
        ("reserve-handicap", "les travailleurs handicapés forment …… % de l'effectif"),
        ("reserve-iae", "les travailleurs défavorisés forment …… % de l'effectif"),
        ("reserve-handicap-iae", "les travailleurs du régime invoqué forment …… % de l'effectif"),
        ("reserve-penitentiaire", "les personnes détenues forment …… % des personnes employées à la production"),
    ],
)
def test_reserved_lot_declares_its_share(redige, dispositif, share):
    lots = [reserve(dispositif, etablissement_penitentiaire="centre d'Essai"), CLAUSE]
    bare = redige(lots)
    assert share in bare.lot("ae", "Lot n° 1") and "maintient" not in bare.lot("ae", "Lot n° 1")
    assert "L'ajouter est conseillé, même sous le seuil" in bare.notes("ae")
    lots[0]["conditions_reserve"] = ["Accompagnement de chaque travailleur"]
    lot = redige(lots).lot("ae", "Lot n° 1")
    assert "maintient pendant toute l'exécution une proportion d'au moins 50 %" in lot
    assert "- Accompagnement de chaque travailleur" in lot


def test_hours_besides_a_reservation(redige):
    lot = redige([reserve("reserve-iae", heures_complementaires=100), CLAUSE]).lot("ae", "Lot n° 1")
    assert "réalise au moins 100 heures d'insertion, en plus de la réservation" in lot


def test_social_economy_declares_that_it_held_no_such_market(redige):
    facts = {
        "mission_service_public": "accueil",
        "services_exclusivement_sociaux": True,
        "attribution_ess_3_ans": False,
    }
    lot = redige([reserve("reserve-ess", cpv="85312110", **facts), CLAUSE]).lot("ae", "Lot n° 1")
    assert "aucun marché ne lui a été attribué au même titre dans les 3 années" in lot and "50 %" not in lot


def test_training_clause_has_its_form(redige):
    lot = {"dispositif": "formation", "heures": 300, "valeur_estimee_ht": 600000}
    text = redige([lot]).corps("ae")
    for row in ("Lieux d'accueil", "contacts", "Missions proposées", "accès"):
        assert row in text
    assert "au moins 300 heures de formation" in text and "Quel service académique suit les jeunes (MLDS) ?" in text


def test_a_lot_without_dispositif_has_no_section(redige):
    lots = [CLAUSE, {"dispositif": "aucun", "autres_conditions_sociales": ["Apprentis"], "valeur_estimee_ht": 100000}]
    text = redige(lots).corps("ae")
    assert "Lot n° 1" in text and "Lot n° 2" not in text


def test_a_bare_reservation_keeps_its_essential_tasks(redige):
    """The cahier has the holder do its essential tasks itself: the annexe does not say that there is no condition."""
    texts = redige([reserve("reserve-handicap"), CLAUSE])
    assert "Tâches essentielles désignées à l'article 12 du CCAP, sans autre condition" in texts.lot("ae", "Lot n° 1")
    assert "Néant" not in texts.lot("ae", "Lot n° 1")
