from dataclasses import replace
from datetime import date

import pytest

from clausegen.law.references import References, weakest
from clausegen.law.rulebook import rulebook

LIVRE = rulebook()
AUJOURD_HUI = date(2026, 12, 15)


def references(ccag="FCS", jour=AUJOURD_HUI, livre=LIVRE):
    return References(livre, jour, ccag)


def with_source(versions, **entry):
    """Return the law with one more source, `essai`, in a file that declares nothing in common."""
    content = {"titre": "Essai", "sources": {"essai": {"citation": "Essai, n° 1", "versions": versions} | entry}}
    return replace(LIVRE, donnees=LIVRE.donnees | {"sources/essai": content})


def test_an_article_of_a_code_is_cited_short_in_lists_and_in_full_in_sentences():
    found = references().get("ccp-l2113-12")
    assert found.id == "ccp-l2113-12"
    assert (found.citation, found.article) == ("CCP, art. L. 2113-12", "L. 2113-12")
    assert found.complement == "du code de la commande publique"
    assert found.longue == "article L. 2113-12 du code de la commande publique"
    assert "entreprises adaptées" in found.objet


def test_a_judgment_bears_no_article_and_is_cited_by_its_own_name():
    found = references().get("ce-364950")
    assert found.article is None
    assert found.complement == ""
    assert found.citation == found.longue
    assert found.citation.startswith("CE, ")


def test_a_text_with_a_name_of_its_own_is_written_out_in_sentences():
    found = references().get("ccag-travaux-20-1")
    assert (found.citation, found.longue) == ("CCAG-Travaux, art. 20.1", "article 20.1 du CCAG-Travaux")
    assert found.article is None


def test_a_source_of_which_little_is_told_is_cited_by_that():
    """A rule maker may know a decision by its number only."""
    dated = {date(2020, 1, 1): {"confiance": "usage", "verifie_le": date(2026, 11, 24)}}
    found = references(livre=with_source(dated)).get("essai")
    assert (found.citation, found.longue, found.objet, found.complement) == ("Essai, n° 1", "Essai, n° 1", "", "")
    found = references(livre=with_source(dated, article="7")).get("essai")
    assert (found.citation, found.longue) == ("Essai, n° 1", "article 7")


@pytest.mark.parametrize(
    ("jour", "depuis", "jusqu_au", "confiance"),
    [
        (date(2022, 12, 31), date(2021, 10, 8), date(2022, 12, 31), "non-verifie"),
        (date(2023, 1, 1), date(2023, 1, 1), date(2024, 6, 30), "source-secondaire"),
        (AUJOURD_HUI, date(2024, 7, 1), None, "texte-vu"),
        (None, date(2024, 7, 1), None, "texte-vu"),
    ],
)
def test_a_source_is_the_one_in_force_on_the_day_of_the_law(jour, depuis, jusqu_au, confiance):
    for ident in ("ccag-fcs-16-1", "ccag:clause", "ccag:penalites"):
        source = references(jour=jour).get(ident).source
        assert (source.en_vigueur_depuis, source.jusqu_au, source.confiance) == (depuis, jusqu_au, confiance), ident
        assert source.verifie_le == date(2026, 11, 24)


def test_a_source_cited_before_its_first_day_says_since_when_it_stands():
    source = references(jour=date(2018, 5, 5)).get("ccp-l2113-12").source
    assert source.en_vigueur_depuis > date(2018, 5, 5)


def test_a_source_without_any_version_is_refused():
    with pytest.raises(KeyError, match="source sans version"):
        references(livre=with_source({})).get("essai")


@pytest.mark.parametrize(
    ("ident", "ccag", "article"),
    [
        ("ccag:modalites", "Travaux", "20.1.2"),
        ("ccag:modalites", "MOE", "18.1.2"),
        ("ccag:plafond_penalites_retard", "FCS", "14.1.2"),
        ("ccag:reexamen", "TIC", "27"),
    ],
)
def test_an_article_of_the_ccag_of_the_market(ident, ccag, article):
    found = references(ccag).get(ident)
    assert found.id == ident
    assert (found.article, found.citation) == (article, f"CCAG-{ccag}, art. {article}")
    assert found.complement == f"du CCAG-{ccag}"
    assert found.longue == f"article {article} du CCAG-{ccag}"
    assert found.objet == "", "un article de CCAG ne se lit que par son numéro"


@pytest.mark.parametrize("ident", ["ccag:plafond_penalites_retard", "ccag:derogations", "ccag:environnement"])
def test_an_article_whose_history_was_not_recorded_bears_no_date(ident):
    """The dates that were checked are those of the insertion article: another one must not borrow them."""
    source = references().get(ident).source
    assert (source.en_vigueur_depuis, source.jusqu_au) == (None, None)
    assert source.confiance == "texte-vu"
    assert references(jour=date(2022, 6, 1)).get(ident).source.jusqu_au is None


def test_a_number_of_the_ccag_leads_back_to_its_article():
    found = references("Travaux").get_by_article("19.2.2")
    assert found == references("Travaux").get("ccag:plafond_penalites_retard")
    with pytest.raises(KeyError, match=r"14\.1\.2"):
        references("Travaux").get_by_article("14.1.2")


def test_a_source_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        references().get("ccp-l9999-9")
    with pytest.raises(KeyError):
        references().get("ccag:cautionnement")


def test_citations_stand_in_order_and_each_once():
    idents = ("ccp-l2113-13", "ccp-l2113-12", "ccp-l2113-13")
    assert references().citations(idents) == ("CCP, art. L. 2113-13", "CCP, art. L. 2113-12")


@pytest.mark.parametrize(
    ("confiances", "found"),
    [
        (("texte-vu", "source-secondaire"), "source-secondaire"),
        (("analyse", "texte-vu", "usage"), "analyse"),
        (("non-verifie", "texte-vu"), "non-verifie"),
        ((), "texte-vu"),
    ],
)
def test_a_rule_is_only_as_sure_as_its_least_sure_ground(confiances, found):
    assert weakest(confiances) == found
