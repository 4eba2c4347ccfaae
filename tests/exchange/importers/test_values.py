"""Places, natures, names of buyers, labels: what single values mean."""

import pytest

from clausegen.exchange.importers.buyer import draw_buyer
from clausegen.exchange.importers.interface import AcheteurLu, AvisLu, Fait, Genre, LotLu
from clausegen.exchange.importers.place import draw_place
from clausegen.exchange.importers.sketch import Brouillon
from clausegen.exchange.importers.values import departement_of
from clausegen.exchange.importers.words import bare, translated, unknown


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("35000", "35"),
        ("01000", "01"),
        ("20000", "2A"),
        ("20200", "2B"),
        ("97400", "974"),
        ("99000", None),
        ("00100", None),
        ("B-1000", None),
        ("3500", None),
    ],
)
def test_departement_of_a_postcode(code, expected):
    assert departement_of(code) == expected


@pytest.mark.parametrize(
    ("nom", "expected"),
    [
        ("Ville de Rennes", ("autre-pouvoir-adjudicateur", "collectivite")),
        ("CHU de Caen", ("autre-pouvoir-adjudicateur", "etablissement-sante")),
        ("Ministère de l’Agriculture", ("autorite-centrale", "etat")),
        ("Colmar Habitat - OPH", ("autre-pouvoir-adjudicateur", "bailleur-social")),
        ("Université de Strasbourg", ("autre-pouvoir-adjudicateur", "etablissement-public-etat")),
        ("Sncf Réseau", (None, None)),
        ("Chutes et Cie", (None, None)),
    ],
)
def test_a_name_only_suggests(nom, expected, livre):
    brouillon = Brouillon()
    draw_buyer(brouillon, AcheteurLu(nom=Fait(nom, "/n")), livre.donnees["echanges/acheteurs"]["groupes"])
    assert (brouillon.valeur("acheteur.categorie"), brouillon.valeur("acheteur.type")) == expected
    assert all(c.nature == "à confirmer" for k, c in brouillon.champs.items() if k != "acheteur.nom")


@pytest.mark.parametrize(
    ("nuts", "postal", "expected"),
    [
        (["FRH03"], None, "35"),
        (["FRH03", "FRH03"], "35500", "35"),
        (["FRH03"], "75001", None),
        (["FRH03", "FRG04"], None, None),
        (["FRY4"], None, "974"),
        (["FR716"], "69003", "69"),
        (["DE212"], None, None),
        ([], "2A004", None),
    ],
)
def test_places_that_agree(nuts, postal, expected, livre):
    avis = AvisLu(format="x", genre=Genre.APPEL, code_postal=Fait(postal, "/p") if postal else None)
    avis.lots = [LotLu(nuts=[Fait(code, "/l")]) for code in nuts]
    brouillon = Brouillon()
    draw_place(brouillon, avis, livre.donnees["listes/nuts"]["departements"])
    assert brouillon.valeur("lieu_execution.departement") == expected


def test_labels():
    assert bare("Montant  (€ HT)") == "montant e ht" and bare("Maitrise d'œuvre") == "maitrise d oeuvre"
    assert translated("Appel d’offres ouvert", {"appel d offres ouvert": "x"}) == "x" and translated("y", {}) == ""
    assert unknown("INX 12", []) and unknown(" ", []) and unknown("N.C.", ["n c"]) and not unknown("3", ["nc"])


def test_every_departement_has_its_code(livre):
    known = set(livre.donnees["listes/nuts"]["departements"].values())
    assert len(known) == 101 and {"2A", "2B", "971", "972", "973", "974", "976"} <= known
