import pytest

from clausegen.description.style import style_findings
from clausegen.law.rulebook import rulebook

MOTS = rulebook().donnees["codes/style"]["mots"]


def found(*texts):
    return [(d.code, d.chemin) for d in style_findings(texts, MOTS)]


@pytest.mark.parametrize(
    ("chemin", "text", "code"),
    [
        ("objet", "ENTRETIEN DES ESPACES VERTS", "S001"),
        ("lots[3].intitule", "NETTOYAGE DES LOCAUX", "S001"),
        ("lots[0].conditions_reserve[1]", "MAINTENIR LES EMPLOIS", "S001"),
        ("facilitateur.telephone", "à compléter", "S002"),
        ("facilitateur.telephone", "A COMPLETER", "S002"),
        ("acheteur.nom", "Ville de XXX", "S002"),
        ("lots[0].perimetre", "TODO : demander au service", "S002"),
        ("insertion.cadre", "Convention n° [...] du département", "S002"),
        ("acheteur.representant.nom", "[à définir]", "S002"),
        ("acheteur.adresse.voie", "?", "S002"),
        ("facilitateur.courriel", "camille.martin@exemple.fr", "S003"),
        ("facilitateur.referent.courriel", "Jean-Luc.Le-Gall@exemple.fr", "S003"),
        ("facilitateur.relais[0].courriel", "anne_durand@exemple.fr", "S003"),
        ("reference", "Marché", "S005"),
        ("reference", "0000", "S005"),
        ("reference", "--/--", "S005"),
        ("programme[0].reference", "n°", "S005"),
    ],
)
def test_what_is_found(chemin, text, code):
    assert found((chemin, text)) == [(code, chemin)]


@pytest.mark.parametrize(
    ("chemin", "text"),
    [
        ("objet", "Entretien des espaces verts"),
        ("objet", "MAPA"),
        ("objet", "2026-AO-041-EV"),
        ("acheteur.nom", "CHU DE RENNES ET DU PAYS"),
        ("objet", "…"),
        ("facilitateur.telephone", ""),
        ("objet", "Fourniture de vêtements de taille XXXL"),
        ("objet", "Vidéo de todomobile"),
        ("lots[0].perimetre", "Tâches à définir avec le facilitateur"),
        ("facilitateur.courriel", "clauses@exemple.fr"),
        ("facilitateur.courriel", "clauses.sociales@exemple.fr"),
        ("facilitateur.courriel", "service.achats@exemple.fr"),
        ("facilitateur.courriel", "plie.rennes@exemple.fr"),
        ("acheteur.courriel", "camille.martin@exemple.fr"),
        ("reference", "2026-EV-041"),
        ("reference", "7"),
        ("reference", "É12"),
    ],
)
def test_what_is_left_alone(chemin, text):
    assert found((chemin, text)) == []


def test_a_placeholder_says_nothing_else():
    assert found(("reference", "XXX"), ("objet", "OBJET À COMPLÉTER")) == [("S002", "reference"), ("S002", "objet")]


def test_titles_of_lots_are_compared_whatever_their_capitals():
    lots = [("lots[0].intitule", "Secteur nord"), ("lots[1].intitule", "Sud"), ("lots[2].intitule", "SECTEUR-NORD ")]
    (finding,) = style_findings(lots, MOTS)
    assert (finding.code, finding.chemin) == ("S004", "lots[2].intitule")
    assert "`lots[0].intitule`" in finding.message


def test_a_message_quotes_one_short_line():
    (finding,) = style_findings([("objet", "TOUT EN\nCAPITALES " * 50)], MOTS)
    assert "\n" not in finding.message and len(finding.message) < 200
