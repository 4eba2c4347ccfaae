from datetime import date

import pytest

from clausegen.law.catalogue import catalogue, find
from clausegen.law.rulebook import rulebook
from clausegen.law.sheets import sheet

DAY = date(2026, 12, 15)


@pytest.fixture
def show():
    def run(name, jour=DAY):
        livre = rulebook()
        return sheet(find(catalogue(livre, jour), name), livre, jour)

    return run


@pytest.mark.parametrize("ident", [e.id for e in catalogue(rulebook(), DAY)])
def test_every_entry_has_a_sheet(show, ident):
    fiche = show(ident)
    assert fiche.entree.id == ident
    assert fiche.versions
    assert sum(version.en_vigueur for version in fiche.versions) <= 1
    assert (rulebook().dossier / fiche.fichier.removeprefix("rules/")).is_file()
    assert all(resultat.tient for resultat in fiche.cas)


def test_a_rule_with_its_history(show):
    fiche = show("condition-sociale")
    assert [v.depuis for v in fiche.versions] == [date(2019, 4, 1), date(2026, 8, 21), date(2026, 8, 22)]
    assert [v.en_vigueur for v in fiche.versions] == [False, False, True]
    newest = fiche.versions[-1]
    assert newest.contenu["toutes"][0]["si"] == "regime != 'defense-securite'"
    assert newest.contenu["toutes"][0]["fondements"] == ["CCP, art. L. 2312-1"]
    assert newest.contenu["satisfaite"] == [{"si": "marche.condition"}]
    assert "CCP, art. L. 2112-2-1" in [ground.citation for ground in newest.fondements]
    assert fiche.ecartee_par == ("obligations/condition-sociale-concession",)
    assert len(fiche.cas) == 11


def test_nested_conditions(show):
    (group,) = show("dispositifs/aucun").versions[-1].contenu["toutes"]
    assert group["motif"].startswith("L'obligation s'applique")
    assert group["une_de"][-1]["toutes"][1] == {"si": "nature == 'travaux'"}


def test_grounds_are_read_on_the_day_of_their_version(show):
    old = show("condition-sociale").versions[0].fondements[0]
    assert (old.citation, old.source.jusqu_au) == ("CCP, art. L. 2112-2", date(2026, 8, 21))


def test_an_exception_names_what_it_sets_aside(show):
    assert show("clause-livre-v").ecarte == ("dispositifs/clause", "dispositifs/clause-concession")


def test_a_threshold_shows_every_value(show):
    fiche = show("europeen-travaux")
    assert [v.contenu["valeur"] for v in fiche.versions][-1] == 5404000
    assert fiche.versions[-1].jusqu_au == date(2027, 12, 31)
    assert fiche.contenu == {"unite": "euros-ht"}
    assert fiche.note


def test_a_ccag_shows_its_articles(show):
    fiche = show("MOE")
    assert fiche.contenu["articles"]["penalites"] == "18.1.5"
    assert [v.depuis for v in fiche.versions if v.en_vigueur] == [date(2024, 7, 1)]


def test_a_source_shows_where_it_is_used(show):
    fiche = show("ccp-l2113-12")
    assert fiche.fichier == "rules/sources/ccp.yaml"
    assert fiche.contenu["citation"] == "CCP, art. L. 2113-12"
    assert "dispositifs/reserve-handicap" in fiche.employee_par
    assert "seuils/europeen-travaux" in show("ccp-annexe-2").employee_par


def test_a_table_without_dates(show):
    fiche = show("calibrage/parametres")
    assert fiche.contenu["arrondi"]["multiple"] == 35
    assert fiche.versions[0].depuis is None
    assert [r.obtenu for r in fiche.cas] == [35, 36, 30]
