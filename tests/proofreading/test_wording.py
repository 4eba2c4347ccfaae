"""Words that a clause should not hold: found in every piece that they are planted in, and nowhere else."""

from dataclasses import replace
from datetime import date

import pytest

from clausegen.diagnostics import Niveau
from clausegen.reading.document import Bloc, Document, Genre

CODES = ("R18", "R21", "R26", "R27", "R28", "R30", "R43")
PLANTED = [
    (
        "R18",
        "Cette condition est prévue par l'article 14 du code des marchés publics.",
        "article 14 du code des marchés publics",
    ),
    ("R18", "Le CCAG-FCS approuvé par l’arrêté du 19 janvier 2009 s’applique.", "arrêté du 19 janvier 2009"),
    ("R21", "Les personnes inscrites à Pôle\u00a0emploi sont éligibles.", "Pôle emploi"),
    ("R21", "LES PERSONNES INSCRITES A POLE EMPLOI SONT ELIGIBLES.", "POLE EMPLOI"),
    ("R21", "Une copie est adressée à la DIRECCTE.", "DIRECCTE"),
    ("R21", "Le titulaire peut recourir à une ETTA.", "ETTA"),
    (
        "R26",
        "Les heures sont réalisées par des demandeurs d\u2019emploi de la commune.",
        "demandeurs d'emploi de la commune",
    ),
    (
        "R26",
        "Le titulaire confie ces tâches à des entreprises implantées sur le territoire.",
        "entreprises implantées sur le territoire",
    ),
    (
        "R27",
        "Le titulaire fait appel à l'entreprise d'insertion Les Ateliers du Lac.",
        "entreprise d'insertion Les Ateliers du Lac",
    ),
    ("R28", "Les publics relèvent exclusivement des catégories ci-dessus.", "exclusivement"),
    (
        "R30",
        "Un sous-critère de 5 points note la politique sociale de l'entreprise.",
        "politique sociale de l'entreprise",
    ),
    ("R43", "Le quota est apprécié par le clauseur.", "quota"),
    ("R43", "Le titulaire s\u2019efforce de réaliser les heures.", "s'efforce"),
]


def planted(document, sentence):
    """Put a sentence in the middle of a piece."""
    middle = len(document.blocs) // 2
    blocs = [*document.blocs[:middle], Bloc(0, Genre.PARAGRAPHE, sentence, sentence), *document.blocs[middle:]]
    return replace(document, blocs=tuple(replace(b, rang=rang) for rang, b in enumerate(blocs, 1)))


def alone(text, **more):
    return Document("essai.docx", (Bloc(1, Genre.PARAGRAPHE, text, text),), **more)


def test_no_fault_on_any_piece(exemples, lire):
    for exemple in exemples.values():
        for piece in exemple.pieces.values():
            for dossier in (exemple.dossier, None):
                assert lire(piece, CODES, dossier=dossier) == [], (exemple.nom, piece.piece)


@pytest.mark.parametrize(("code", "sentence", "words"), PLANTED, ids=[p[2] for p in PLANTED])
@pytest.mark.parametrize("nom", ["espaces-verts", "travaux-lots", "nettoyage", "mats-industriels"])
@pytest.mark.parametrize("piece", ["ccap", "rc", "ae"])
def test_a_planted_fault_is_found_alone(nom, piece, code, sentence, words, exemples, lire):
    exemple = exemples[nom]
    found = lire(planted(exemple.pieces[piece], sentence), CODES, dossier=exemple.dossier)
    assert (code, words) in [(f[0], f[2]) for f in found]
    assert {f[0] for f in found} == {code}


@pytest.mark.parametrize(
    "text",
    [
        "France Travail (anciennement Pôle emploi) propose des candidats.",
        "France Travail (ex Pôle emploi), la DREETS (ex-DIRECCTE).",
        "L'ancienne Garantie jeunes est remplacée par le contrat d'engagement jeune.",
        "Pôle emploi, devenu France Travail le 1er janvier 2024.",
        "Le mot « Pôle emploi » s'entend de France Travail.",
        "Le code de la commande publique a remplacé l'ordonnance n° 2015-899.",
        "Les habitants des quartiers prioritaires de la politique de la ville sont éligibles.",
        "Aucune préférence locale n'est admise : ni habitants de la commune, ni entreprises du territoire.",
        "La globalisation vaut pour les entreprises du bassin d'emploi.",
        "Le titulaire recourt à une entreprise d'insertion (EI), à un GEIQ, à un ESAT ou à une EATT.",
        "Recours à la sous-traitance avec une Entreprise adaptée ou un Atelier et chantier d'insertion.",
        "Les pièces sont remises uniquement par voie électronique.",
        "Critères d'éloignement : bénéficiaires de l'obligation d'emploi.",
        "Les clients du titulaire ; une amende pénale ; un aide-soignant.",
    ],
)
def test_a_right_passage_is_left_alone(text, lire):
    assert lire(alone(text), CODES, jour=date(2026, 9, 1)) == []


def test_a_name_depends_on_the_day(lire):
    text = "L'établissement et service d'aide par le travail et Pôle emploi."
    assert lire(alone(text), CODES, jour=date(2023, 6, 1)) == []
    assert len(lire(alone(text), CODES, jour=date(2024, 1, 1))) == 2


def test_an_unverified_date_only_warns(lire):
    [found] = lire(alone("Les jeunes en Garantie jeunes."), CODES)
    assert found[1] is Niveau.AVERTISSEMENT and "à vérifier" in found[3]


def test_a_criterion_is_recognised_by_its_table(lire):
    from clausegen.reading.document import Cellule

    blocs = (
        Bloc(1, Genre.CELLULE, "Critère", "Critère", cellule=Cellule(0, 0, 0, "Critère")),
        Bloc(2, Genre.CELLULE, "Démarche RSE", "Démarche RSE", cellule=Cellule(0, 1, 0, "Critère")),
        Bloc(3, Genre.PARAGRAPHE, "L'acheteur a une démarche RSE.", "", niveau=None),
    )
    assert [f[2] for f in lire(Document("rc.docx", blocs), ("R30",))] == ["Démarche RSE"]


def test_the_facilitator_may_be_named(exemples, lire):
    exemple = exemples["nettoyage"]
    host = str(exemple.dossier.marche.facilitateur.structure)
    sentence = f"Le titulaire peut faire appel à la structure {host}."
    assert lire(planted(exemple.pieces["ccap"], sentence), ("R27",), dossier=exemple.dossier) == []
