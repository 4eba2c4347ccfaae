"""The frame of the yearly and final reports: totals only, under the workbook's own headings."""

import re
from pathlib import Path

import pytest
import yaml

CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000}
FACILITATEUR = {
    "structure": "PLIE d'Essai",
    "type": "plie",
    "courriel": "clauses@exemple.fr",
    "telephone": "02 61 91 00 02",
}
SUIVI = Path(__file__).resolve().parents[2] / "templates" / "suivi"
SYNTHESE = yaml.safe_load((SUIVI / "synthese.yaml").read_text(encoding="utf-8"))
LISTES = yaml.safe_load((SUIVI / "listes.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def bilan(redige):
    return lambda lots, **changes: redige(lots, documents=["bilan"], **changes)


def titles(bloc, *keys):
    by_key = {c["cle"]: c["titre"] for c in SYNTHESE[bloc]["colonnes"]}
    return [by_key[k] for k in keys]


def test_totals_bear_the_headings_of_the_workbook(bilan):
    rows = bilan([CLAUSE, CLAUSE]).lignes("bilan")
    assert titles("lots", "lot", "dues", "realisees", "restantes", "pourcentage", "etp") in rows
    assert titles("modalites", "modalite", "realisees", "pourcentage") in rows
    assert titles("entreprises", "entreprise", "realisees", "pourcentage") in rows
    first = {row[0] for row in rows}
    assert {*LISTES["modalites"].values(), SYNTHESE["modalites"]["autre"], SYNTHESE["entreprises"]["autre"]} <= first
    lot = {"dispositif": "reserve-iae", "valeur_estimee_ht": 600000}
    assert titles("effectifs", "lot", "mois", "proportion", "alertes") in bilan([lot]).lignes("bilan")


def test_cells_to_fill_are_no_fields(bilan):
    pieces = bilan([CLAUSE], facilitateur=FACILITATEUR)
    assert "……" in pieces.corps("bilan") and "[à compléter" not in pieces.corps("bilan")
    assert not pieces.examen.textes["bilan"].champs


def test_no_individual_case(bilan):
    pieces = bilan([CLAUSE], facilitateur=FACILITATEUR)
    text = pieces.corps("bilan")
    assert "aucun cas individuel" in text and "Un effectif inférieur à cinq est regroupé" in text
    assert "les critères ne se croisent pas" in text and "RGPD" in pieces.notes("bilan")
    assert not re.search(r"Code|Date d'embauche|P-\d|naissance|handicap", text)


def test_both_reports_and_their_dates(bilan):
    text = bilan([CLAUSE], insertion={"bilan_final": {"mois_apres": 3}}).corps("bilan")
    assert "Annuel / final" in text and "Le bilan annuel est remis dans le mois suivant" in text
    assert "Le bilan final est remis dans les 3 mois suivant la fin" in text
    assert "bilan annuel est remis" not in bilan([CLAUSE], duree_mois=12).corps("bilan")


def test_engagement_is_that_of_the_other_pieces(bilan):
    ratio = {"par_tranche": {"heures": 35, "montant_ht": 50000, "a_partir_de_ht": 0, "base": "commande"}}
    text = bilan([CLAUSE, CLAUSE | {"heures": ratio}], contrat="accord-cadre", duree_mois=48, reconductions=3).corps(
        "bilan"
    )
    assert "Lot n° 1, Secteur 1 420 heures au maximum du lot, à proportion des commandes" in text
    assert "35 heures par tranche de 50 000 € HT commandés" in text and "dues d'après les commandes" in text
    shown = text.partition("Période initiale (lot n° 1)")[2].partition("Lot n° 2")[0]
    assert sum(int(n) for n in re.findall(r"(\d+) heures", shown)) == 420


def test_globalisation_only_where_admitted(bilan):
    assert "Heures globalisées" in bilan([CLAUSE]).corps("bilan")
    assert "Heures globalisées" not in bilan([CLAUSE], insertion={"globalisation": False}).corps("bilan")


def test_reserved_lot_reports_its_share_and_support(bilan):
    lot = {"dispositif": "reserve-handicap", "valeur_estimee_ht": 600000}
    pieces = bilan([lot])
    text = pieces.corps("bilan")
    assert "d'au moins 50 %" in text and "Accompagnement social et professionnel" in text
    assert "Heures dues" not in text
    assert "n'ajoute aucune condition au lot réservé" in pieces.notes("bilan")
    held = bilan([lot | {"conditions_reserve": ["Un tuteur par équipe"]}]).corps("bilan")
    assert "Le contrat demande au moins 50 %" in held and "Un tuteur par équipe ……" in held


def test_training_has_its_crossed_report(bilan):
    service = {"service": "MLDS d'Essai", "courriel": "mlds@exemple.fr"}
    pieces = bilan([{"dispositif": "formation", "heures": 300, "valeur_estimee_ht": 600000, "formation": service}])
    text = pieces.corps("bilan")
    assert "Le bilan est croisé" in text and "Du service de formation : MLDS d'Essai" in text
    assert "300 heures de formation" in text and "modèle administratif" in pieces.notes("bilan")


def test_concession_feeds_its_yearly_report(bilan):
    lots = [CLAUSE | {"valeur_estimee_ht": 6000000}]
    facts = {"contrat": "concession", "procedure": "concession", "ccag": "aucun", "valeur_estimee_ht": 6000000}
    pieces = bilan(lots, **facts)
    text = pieces.corps("bilan")
    assert "rapport annuel du concessionnaire" in text and "avant le 1er juin" in text and "R. 3131-2" in text
    assert "R. 3131-3" in pieces.notes("bilan") and not re.search("CCAG|titulaire|du marché", text)


def test_other_conditions_are_reported(bilan):
    lots = [CLAUSE, {"dispositif": "aucun", "autres_conditions_sociales": ["Apprentis"], "valeur_estimee_ht": 100000}]
    assert "Lot n° 2, Secteur 2 Apprentis ……" in bilan(lots).corps("bilan")
