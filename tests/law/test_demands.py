import pytest

from clausegen.law.demands import demands

NO_LOT = """
version: 1
objet: "Entretien"
nature: services
contrat: marche
ccag: aucun
procedure: adaptee
date_lancement: 2026-12-15
duree_mois: 24
lots: []
"""


@pytest.fixture
def asked(deliberate):
    """Return the keys that nobody gave, in the order of the questions."""

    def run(*changes, **other):
        papers = deliberate(*changes, **other)
        return [manquant.chemin for manquant in demands(papers.marche, papers.lots, papers.livre)]

    return run


def test_only_what_nobody_gave_is_asked(asked):
    found = asked()
    assert not {"nature", "contrat", "ccag", "procedure", "duree_mois", "lots", "acheteur.nom"} & set(found)
    assert {"acheteur.siret", "acheteur.adresse", "acheteur.profil_acheteur"} <= set(found)
    told = asked(("{nom: Ville,", "{nom: Ville, profil_acheteur: https://marches.ville.example,"))
    assert set(found) - set(told) == {"acheteur.profil_acheteur"}


def test_the_facilitator_is_only_asked_about_when_there_is_one(asked):
    assert {"facilitateur.courriel", "facilitateur.telephone", "facilitateur.type"} <= set(asked())
    assert "facilitateur.structure" not in asked()
    assert "facilitateur.structure" in asked(("{structure: PLIE}", "{type: plie}"))
    alone = asked(("facilitateur: {structure: PLIE}\n", ""))
    assert not [chemin for chemin in alone if chemin.startswith("facilitateur")]


def test_the_amounts_of_every_lot_stand_in_for_that_of_the_market(asked):
    silent = ("valeur_estimee_ht: 960000\n", "")
    assert "valeur_estimee_ht" not in asked(silent)
    assert "valeur_estimee_ht" in asked(silent, ("valeur_estimee_ht: 480000, dispositif: auto", "dispositif: auto"))


def test_a_market_described_without_a_lot_asks_for_its_lots(asked):
    assert {"lots", "valeur_estimee_ht", "acheteur.nom"} <= set(asked(text=NO_LOT))
    assert "lots" in asked(("lots: []\n", ""), text=NO_LOT)


@pytest.mark.parametrize(
    ("dispositif", "keys"),
    [
        ("clause", ["insertion.penalites.donnees"]),
        ("critere", ["insertion.critere.ponderation", "insertion.penalites.donnees"]),
        ("reserve-ess", ["insertion.penalites.proportion"]),
        ("aucun", []),
    ],
)
def test_each_dispositif_asks_for_what_its_pieces_print(asked, dispositif, keys):
    found = asked(("dispositif: clause", f"dispositif: {dispositif}"), ("dispositif: auto", "dispositif: aucun"))
    assert [chemin for chemin in found if chemin.startswith("insertion.")] == keys


def test_a_choice_that_the_market_tells_is_not_asked_for_its_lots(asked):
    change = ("facilitateur:", "insertion: {penalites: {donnees: 1000}}\nfacilitateur:")
    assert "insertion.penalites.donnees" not in asked(change)


def test_a_lot_left_open_asks_for_nothing_that_hangs_on_its_dispositif(asked):
    found = asked(("dispositif: clause", "dispositif: null"), ("dispositif: auto", "dispositif: aucun"))
    assert not [chemin for chemin in found if chemin.startswith("insertion.")]
