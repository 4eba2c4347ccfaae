"""Faults planted one by one in the pieces of the examples: each is found, at the right words."""

from dataclasses import replace

import pytest

from clausegen.french.typography import plain, typography
from clausegen.proofreading.cases import extract
from clausegen.proofreading.context import context
from clausegen.proofreading.registry import controles, proofread

FAULTS = [
    ("R01", "espaces-verts", "ccap", "420 heures", "430 heures", 0, "430 heures"),
    ("R01", "espaces-verts", "ccap", "105 heures", "106 heures", 2, "106 heures"),
    ("R01", "espaces-verts", "rc", "420 heures au maximum", "480 heures au maximum", 0, "480 heures"),
    (
        "R01",
        "espaces-verts",
        "rc",
        "Lot n° 1 : le titulaire réalise au moins 420 heures",
        "Lot n° 1 : le titulaire réalise au moins quatre cent quatre-vingts heures",
        0,
        "quatre cent quatre-vingts heures",
    ),
    ("R01", "espaces-verts", "rc", "Lot n° 1 : le titulaire", "Lot n° 2 : le titulaire", 0, "420 heures"),
    ("R01", "espaces-verts", "ae", "au moins 420 heures", "au moins 240 heures", 0, "240 heures"),
    ("R01", "espaces-verts", "ae", "105 heures", "150 heures", 0, "150 heures"),
    ("R01", "espaces-verts", "publicite", "au moins 560 heures", "au moins 650 heures", 2, "650 heures"),
    (
        "R01",
        "espaces-verts",
        "mode-emploi",
        "reconduction n° 2, 140 heures",
        "reconduction n° 2, 104 heures",
        0,
        "104 heures",
    ),
    ("R01", "espaces-verts", "saisine", "560 heures", "56 heures", 0, "56 heures"),
    ("R01", "espaces-verts", "bilan", "105 heures", "115 heures", 1, "115 heures"),
    ("R01", "espaces-verts", "note", "560 heures", "570 heures", 0, "570 heures"),
    ("R01", "travaux-lots", "ccap", "315 heures", "325 heures", 0, "325 heures"),
    ("R01", "travaux-lots", "ccap", "525 heures", "535 heures", 0, "535 heures"),
    ("R01", "creches-concession", "rc", "4 200 heures", "4 500 heures", 1, "4 500 heures"),
    ("R01", "ecole-partenariat", "ccap", "7 000 heures", "7 100 heures", 0, "7 100 heures"),
    ("R01", "mobilier-penitentiaire", "rc", "140 heures", "180 heures", 1, "180 heures"),
    ("R01", "plateaux-repas-formation", "ccap", "450 heures de formation", "300 heures de formation", 0, "300 heures"),
    ("R01", "plateaux-repas-formation", "rc", "70 heures", "90 heures", 0, "90 heures"),
    ("R01", "informatique-par-commande", "ccap", "2 100 heures", "2 200 heures", 0, "2 200 heures"),
    ("R02", "espaces-verts", "ccap", "Lot n° 1, Agence centre", "Lot n° 2, Agence centre", 1, "Agence centre"),
    ("R02", "espaces-verts", "rc", "Les lots n° 1 et 2", "Les lots n° 1 et 3", 0, "lots n° 1 et 3"),
    ("R02", "nettoyage", "ae", "Lot n° 2", "Lot n° 7", 0, "Lot n° 7"),
    ("R02", "mats-industriels", "publicite", "Le lot n° 3", "Le lot n° 4", 0, "lot n° 4"),
    ("R02", "soutien-scolaire-reserve", "rc", "Pays Lauragais", "Pays Narbonnais", 0, "Pays Narbonnais"),
    ("R02", "travaux-lots", "ae", "Lot n° 1,", "Lot n° 2,", 1, None),
    ("R03", "informatique-par-commande", "rc", "35 heures par tranche", "30 heures par tranche", 1, "30 heures"),
    ("R03", "informatique-par-commande", "ccap", "50 000 € HT commandés", "60 000 € HT commandés", 0, "60 000 €"),
    ("R03", "informatique-par-commande", "ae", "HT commandés", "HT facturés", 1, "facturés"),
    ("R03", "traiteur-critere-reserve", "publicite", "14 heures par tranche", "15 heures par tranche", 0, "15 heures"),
    ("R03", "traiteur-critere-reserve", "mode-emploi", "20 000 € HT", "25 000 € HT", 0, "25 000 €"),
    ("R04", "espaces-verts", "ccap", "60 € par heure", "70 € par heure", 0, "70 €"),
    ("R04", "espaces-verts", "ccap", "pénalité forfaitaire de 150 €", "pénalité forfaitaire de 100 €", 0, "100 €"),
    ("R04", "espaces-verts", "ccap", "pénalité forfaitaire de 50 €", "pénalité forfaitaire de 75 €", 0, "75 €"),
    ("R04", "espaces-verts", "ccap", "pénalité de 1 000 €", "pénalité de 2 000 €", 0, "2 000 €"),
    ("R04", "espaces-verts", "ccap", "10 % du montant", "15 % du montant", 0, "15 %"),
    ("R04", "espaces-verts", "mode-emploi", "heure non réalisée, 60 €", "heure non réalisée, 40 €", 0, "40 €"),
    ("R04", "espaces-verts", "mode-emploi", "réunion, 150 €", "réunion, 200 €", 0, "200 €"),
    ("R04", "travaux-lots", "mode-emploi", "50 € par document", "55 € par document", 0, "55 €"),
    ("R04", "creches-concession", "ccap", "60 € par heure", "cinquante euros par heure", 0, "cinquante euros"),
    ("R04", "plateaux-repas-formation", "ccap", "500 € par manquement", "400 € par manquement", 0, None),
    (
        "R05",
        "espaces-verts",
        "ccap",
        "Dans les 15 jours de la notification",
        "Dans les 30 jours de la notification",
        0,
        "30 jours",
    ),
    (
        "R05",
        "espaces-verts",
        "ccap",
        "mise au point dans les 15 jours",
        "mise au point dans les vingt jours",
        0,
        "vingt jours",
    ),
    ("R05", "espaces-verts", "ccap", "5 jours ouvrés", "8 jours ouvrés", 0, "8 jours ouvrés"),
    ("R05", "espaces-verts", "ccap", "3 mois avant son terme", "2 mois avant son terme", 0, "2 mois"),
    ("R05", "espaces-verts", "ccap", "24 mois après", "36 mois après", 0, "36 mois"),
    ("R05", "espaces-verts", "ccap", "sans effet pendant 15 jours", "sans effet pendant 8 jours", 1, "8 jours"),
    ("R05", "espaces-verts", "convention", "préavis de 3 mois", "préavis de 6 mois", 0, "6 mois"),
    (
        "R05",
        "espaces-verts",
        "convention",
        "Dans les 15 jours de la notification du premier bon",
        "Dans les 20 jours de la notification du premier bon",
        0,
        "20 jours",
    ),
    ("R05", "espaces-verts", "convention", "avant le 15 du mois suivant", "avant le 10 du mois suivant", 0, "10"),
    (
        "R05",
        "espaces-verts",
        "mode-emploi",
        "Premier contact avec le facilitateur dans les 15 jours",
        "Premier contact avec le facilitateur dans les 10 jours",
        0,
        "10 jours",
    ),
    ("R05", "nettoyage", "convention", "24 mois après la fin", "12 mois après la fin", 0, "12 mois"),
    ("R05", "travaux-lots", "mode-emploi", "au moins 15 jours", "au moins 7 jours", 0, "7 jours"),
    ("R05", "maitrise-oeuvre-sans-facilitateur", "ccap", "dans les 30 jours", "dans les 15 jours", 0, "15 jours"),
    ("R06", "espaces-verts", "ccap", "clauses@exemple.fr", "clause@exemple.fr", 0, "clause@exemple.fr"),
    ("R06", "espaces-verts", "rc", "02 61 91 00 02", "02 61 91 00 12", 0, "02 61 91 00 12"),
    ("R06", "espaces-verts", "rc", "Rouen Habitat", "Le Havre Habitat", 0, "Le Havre Habitat"),
    ("R06", "espaces-verts", "ae", "2026-EV-041", "2025-EV-041", 0, "2025-EV-041"),
    (
        "R06",
        "espaces-verts",
        "ccap",
        "PLIE du bassin d'emploi (exemple)",
        "PLIE du bassin d'emplois (exemple)",
        0,
        "PLIE du bassin d'emplois (exemple",
    ),
    ("R07", "espaces-verts", "ccap", "105 heures", "150 heures", 0, "420 heures"),
    ("R07", "travaux-lots", "ccap", "315 heures", "415 heures", 0, "525 heures"),
    ("R07", "ecole-partenariat", "ae", "7 000 heures", "7 500 heures", 0, "7 700 heures"),
    ("R08", "espaces-verts", "publicite", "none (pas de réservation)", "res-ws (réservé)", 0, "res-ws"),
    ("R08", "mobilier-penitentiaire", "publicite", "res-ws", "none", 0, "none"),
    ("R08", "travaux-lots", "publicite", "Pas de considération sociale", "Clause sociale", 0, "Clause sociale"),
    (
        "R08",
        "traiteur-critere-reserve",
        "rc",
        "Critère d'attribution social",
        "Clause sociale d'insertion",
        0,
        "Clause sociale d'insertion",
    ),
    (
        "R08",
        "plateaux-repas-formation",
        "ccap",
        "Clause de formation",
        "Clause sociale d'insertion",
        0,
        "Clause sociale d'insertion",
    ),
    ("R08", "avant-aout-2026", "publicite", "soc-obj", "none", 0, "none"),
    ("R10", "espaces-verts", "ccap", "l'article 16.1 du CCAG-FCS", "l'article 16.1 du CCAG-TIC", 0, "CCAG-TIC"),
    (
        "R10",
        "travaux-lots",
        "ccap",
        "CCAG-Travaux, à la réunion",
        "CCAG-Travaux, MI et TIC, à la réunion",
        0,
        "CCAG-Travaux, MI et TIC",
    ),
    (
        "R10",
        "creches-concession",
        "ccap",
        "Le concessionnaire réalise une action",
        "Conformément au CCAG-FCS, le concessionnaire réalise une action",
        0,
        "CCAG-FCS",
    ),
    ("R10", "mats-industriels", "ccap", "3.6 du CCAG-MI", "3.6 du CCAG FCS", 0, "CCAG FCS"),
    (
        "R11",
        "espaces-verts",
        "ccap",
        "Le titulaire réalise une action d'insertion",
        None,
        0,
        "Clause sociale d'insertion",
    ),
    (
        "R11",
        "travaux-lots",
        "ccap",
        "réalise une action d'insertion",
        "respecte la clause",
        0,
        "Clause sociale d'insertion",
    ),
    ("R12", "espaces-verts", "ccap", "déroge aux articles 14.1.2", "applique les articles 14.1.2", 0, None),
    ("R12", "espaces-verts", "ccap", "déroge à l'article 16.1.5", None, 0, "par dérogation à l'article 16.1.5"),
    ("R12", "espaces-verts", "ccap", "comptent pendant 2 ans", "comptent pendant 4 ans", 0, None),
    ("R13", "espaces-verts", "ccap", "L'acheteur organise", "Le maître d'ouvrage organise", 0, "maître d'ouvrage"),
    ("R13", "travaux-lots", "ccap", "Le maître d'ouvrage organise", "L'acheteur organise", 0, "L'acheteur"),
    ("R13", "creches-concession", "rc", "Le concessionnaire réalise", "Le titulaire réalise", 0, "Le titulaire"),
    (
        "R13",
        "maitrise-oeuvre-sans-facilitateur",
        "ccap",
        "le maître d'œuvre prend contact",
        "le titulaire prend contact",
        0,
        "le titulaire",
    ),
    ("R14", "espaces-verts", "ccap", "60 € par heure", "deux fois le SMIC horaire par heure", 0, "SMIC"),
    ("R14", "travaux-lots", "ccap", "L'absence injustifiée du titulaire", None, 0, "Pénalités"),
    ("R14", "creches-concession", "ccap", "Le document, le justificatif", None, 0, "Pénalités"),
    ("R15", "espaces-verts", "ccap", "Aucune pénalité n'est due pour les heures", None, 0, "Pénalités"),
    ("R15", "mobilier-penitentiaire", "ccap", "Aucune pénalité n'est due pour les heures", None, 0, "Pénalités"),
    ("R16", "espaces-verts", "ccap", "60 € par heure", "20 € par heure", 0, "20 €"),
    ("R16", "travaux-lots", "mode-emploi", "heure non réalisée, 60 €", "heure non réalisée, 160 €", 0, "160 €"),
    ("R17", "espaces-verts", "rc", "réalise au moins 420 heures", "réalise au moins 42 heures", 0, "42 heures"),
    ("R20", "espaces-verts", "ccap", "L. 2112-2 et L. 2112-2-1", "L. 3114-2 et L. 2112-2-1", 0, "L. 3114-2"),
    ("R20", "creches-concession", "ccap", "L. 3114-2 et", "L. 2112-2 et", 0, "L. 2112-2"),
    ("R20", "creches-concession", "rc", "L. 3124-5", "L. 2152-7", 0, "L. 2152-7"),
    ("R20", "plateaux-repas-formation", "rc", "L. 2113-12", "L. 3113-1", 0, "L. 3113-1"),
    (
        "R23",
        "plateaux-repas-formation",
        "rc",
        "au moins 50 % de travailleurs handicapés dans",
        "des travailleurs handicapés dans",
        0,
        "Le lot n° 2 est réservé",
    ),
    (
        "R23",
        "plateaux-repas-formation",
        "publicite",
        " et aux structures équivalentes",
        "",
        0,
        "Le lot n° 2 est réservé",
    ),
    ("R23", "soutien-scolaire-reserve", "rc", "L. 2113-13 du code", "L. 2113-12 du code", 0, "Le lot n° 1 est réservé"),
    ("R23", "mobilier-penitentiaire", "rc", "Le lot n° 3 est réservé", None, 0, "document"),
    (
        "R23",
        "soutien-scolaire-reserve",
        "ccap",
        "au moins 50 % de travailleurs défavorisés.",
        "des travailleurs défavorisés.",
        1,
        "Le lot n° 2 est réservé",
    ),
    (
        "R24",
        "mobilier-penitentiaire",
        "rc",
        "l'article L. 2113-13-1",
        "les articles L. 2113-12 et L. 2113-13-1",
        0,
        "L. 2113-12",
    ),
    (
        "R25",
        "soutien-scolaire-reserve",
        "publicite",
        "des articles L. 2113-15 et L. 2113-16",
        "de l'article L. 2113-15",
        0,
        "L. 2113-15",
    ),
    ("R29", "traiteur-critere-reserve", "rc", "6 %", "5 %", 0, None),
    ("R29", "traiteur-critere-reserve", "rc", "il pèse 10 %", "il pèse 15 %", 0, "15 %"),
    ("R29", "creches-concession", "rc", "10 %", "12 %", 0, None),
    (
        "R35",
        "espaces-verts",
        "ccap",
        "sont responsables conjoints",
        "sont chacun responsables",
        0,
        "chacun responsables",
    ),
    (
        "R35",
        "nettoyage",
        "convention",
        "sont chacun responsables",
        "sont responsables conjoints, et",
        0,
        "responsables conjoints",
    ),
    ("R38", "espaces-verts", "ccap", "à l'article 12.2", "à l'article 4.2", 0, "4.2"),
    ("R38", "espaces-verts", "rc", "l'article 12 du CCAP", "l'article 13 du CCAP", 0, "13"),
    ("R38", "espaces-verts", "ccap", "volume de l'article 12.3", "volume de l'article 12.33", 0, "12.33"),
    ("R38", "traiteur-critere-reserve", "rc", "le critère de l'article 1.3", "le critère de l'article 1.9", 0, "1.9"),
    (
        "R39",
        "espaces-verts",
        "ccap",
        "Dans le mois précédant la fin de l'exécution du marché",
        "Dans le mois suivant la fin de l'exécution du marché",
        0,
        "suivant la fin de l'exécution du marché",
    ),
    ("R39", "travaux-lots", "mode-emploi", "dans le mois précédant la fin", "dans le mois suivant la fin", 0, None),
    ("R40", "espaces-verts", "convention", "Neutralité, impartialité et confidentialité", "Divers", 0, "document"),
    (
        "R40",
        "nettoyage",
        "convention",
        "La structure apporte son concours à titre gratuit",
        "L'acheteur verse 9 000 € par an à la structure",
        0,
        "9 000 €",
    ),
    (
        "R44",
        "espaces-verts",
        "ccap",
        "Les heures d'une reconduction ne sont exigibles",
        None,
        0,
        "Volume horaire d'insertion",
    ),
]
"""Rule, example, piece, words, what they become (None: the block is struck), which block, what is found (None: any)."""

MINE = tuple(f"R{n:02d}" for n in (*range(1, 9), *range(10, 18), 20, 23, 24, 25, 29, 31, 32, 33, 35, 38, 39, 40, 44))


def planted(document, old, new, rank, *, typed):
    """Return a copy with one fault: with the spaces of a person (`typed`) or those of clausegen."""
    holding = [n for n, bloc in enumerate(document.blocs) if old in plain(bloc.texte)]
    assert len(holding) > rank, f"« {old} » ne figure pas dans {document.nom}"
    index = holding[rank]
    if new is None:
        return replace(document, blocs=document.blocs[:index] + document.blocs[index + 1 :])
    text = plain(document.blocs[index].texte).replace(old, new, 1)
    bloc = replace(document.blocs[index], texte=text if typed else typography(text), champs=(), commentaires=())
    return replace(document, blocs=(*document.blocs[:index], bloc, *document.blocs[index + 1 :]))


@pytest.mark.parametrize(("code", "name", "piece", "old", "new", "rank", "words"), FAULTS)
def test_a_planted_fault_is_found(livre, exemples, code, name, piece, old, new, rank, words):
    one = exemples[name]
    for typed in (True, False):
        document = planted(one.pieces[piece], old, new, rank, typed=typed)
        found = proofread(context(document, livre, dossier=one.dossier, autres=one.pieces), (code,))
        extracts = [extract(constat) for _, constat in found]
        assert extracts if words is None else words in extracts
        for _, constat in found:
            assert constat.message.endswith((".", "».")), constat.message
            if constat.bloc is not None:
                assert 0 <= constat.debut <= constat.fin <= len(constat.bloc.texte)


@pytest.mark.parametrize("decrit", [True, False], ids=["decrit", "seul"])
def test_an_untouched_piece_has_no_fault(livre, exemples, decrit):
    for one in exemples.values():
        for piece, document in one.pieces.items():
            autres = one.pieces if decrit else None
            contexte = context(document, livre, dossier=one.dossier if decrit else None, autres=autres)
            found = [(c.code, extract(f), f.message) for c, f in proofread(contexte, MINE)]
            assert found == [], (one.nom, piece)


def test_a_piece_with_ten_faults_shows_the_ten_and_nothing_else(livre, exemples):
    one = exemples["espaces-verts"]
    faults = [
        ("Lot n° 1, Agence centre", "Lot n° 2, Agence centre", 2, "R02", "Agence centre"),
        ("560 heures", "650 heures", 0, "R01", "650 heures"),
        ("Dans les 15 jours de la notification", "Dans les 45 jours de la notification", 0, "R05", "45 jours"),
        ("60 € par heure", "80 € par heure", 0, "R04", "80 €"),
        ("clauses@exemple.fr", "clause@exemple.fr", 0, "R06", "clause@exemple.fr"),
        ("l'article 16.1 du CCAG-FCS", "l'article 16.1 du CCAG-TIC", 0, "R10", "CCAG-TIC"),
        ("L'acheteur organise une réunion", "Le maître d'ouvrage organise une réunion", 0, "R13", "maître d'ouvrage"),
        ("Aucune pénalité n'est due", None, 0, "R15", "Pénalités"),
        ("volume de l'article 12.3", "volume de l'article 14.3", 0, "R38", "14.3"),
        ("Dans le mois précédant la fin", "Dans le mois suivant la fin", 0, "R39", None),
    ]
    document = one.pieces["ccap"]
    for old, new, rank, _, _ in faults:
        document = planted(document, old, new, rank, typed=True)
    contexte = context(document, livre, dossier=one.dossier, autres=one.pieces)
    found = {(controle.code, extract(constat)) for controle, constat in proofread(contexte, MINE)}
    for *_, code, words in faults:
        assert any(c == code and words in (None, w) for c, w in found), (code, words, found)
    # The wrong total of a table, and hours under another lot, are told too: same faults, other words.
    extra = {(c, w) for c, w in found if not any(c == code and words in (None, w) for *_, code, words in faults)}
    assert {code for code, _ in extra} <= {"R01", "R07"}, extra


def test_a_level_is_that_of_its_rule(livre):
    levels = {controle.code: controle.niveau.value for controle in controles(livre)}
    warned = {code for code in MINE if levels[code] == "avertissement"}
    assert warned == {"R16", "R17", "R32", "R33"}
    assert {levels[code] for code in MINE} == {"erreur", "avertissement"}
