"""Articles of the CCAG and of codes: the wrong ones are found at their number, the right ones are left alone."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.diagnostics import Niveau
from clausegen.french.typography import plain
from clausegen.law.rulebook import rulebook
from clausegen.proofreading.ccagarticles import ccag_citations
from clausegen.proofreading.codearticles import code_citations
from clausegen.reading.document import Bloc, Cellule, Document, Genre

CODES = ("R09", "R19")
ROOTS = {"FCS": "16", "PI": "16", "TIC": "16", "MI": "17", "MOE": "18", "Travaux": "20"}
LIVRE = rulebook()
CODES_DATA = LIVRE.donnees["relecture/R19"]["donnees"]


def bloc(text, rang=1, **more):
    return Bloc(rang, more.pop("genre", Genre.PARAGRAPHE), text, text, **more)


def document(*texts):
    return Document("essai.docx", tuple(bloc(text, rang) for rang, text in enumerate(texts, 1)))


def test_no_fault_on_any_piece(exemples, lire):
    read = 0
    for exemple in exemples.values():
        for piece in exemple.pieces.values():
            for dossier in (exemple.dossier, None):
                assert lire(piece, CODES, dossier=dossier) == []
                read += 1
    assert read > 200


def test_the_number_of_another_ccag_is_found_in_every_clause(exemples, lire, change):
    tried = 0
    for exemple in exemples.values():
        if "ccap" not in exemple.pieces or exemple.dossier.ccag is None:
            continue
        own = exemple.dossier.marche.ccag
        piece = exemple.pieces["ccap"]
        text = "\n".join(plain(b.texte) for b in piece.blocs)
        for rest in sorted(set(re.findall(rf"article {ROOTS[own]}\.(1(?:\.\d)*) du CCAG", text))):
            other = next(r for r in ("20", "17") if r != ROOTS[own])
            wrong = change(piece, f"article {ROOTS[own]}.{rest} du CCAG", f"article {other}.{rest} du CCAG")
            [found] = lire(wrong, CODES, dossier=exemple.dossier)
            assert found[0] == "R09" and found[2] == f"{other}.{rest}"
            assert f"{ROOTS[own]}.{rest}" in found[3], "the message gives the right number"
            tried += 1
    assert tried > 20


def test_the_name_of_another_ccag_is_found(exemples, lire, change):
    piece = exemples["travaux-lots"].pieces["ccap"]
    wrong = change(piece, "article 20.1.4.1 du CCAG-Travaux", "article 20.1.4.1 du CCAG-FCS")
    assert [(f[0], f[2]) for f in lire(wrong, CODES)] == [("R09", "20.1.4.1")]


@pytest.mark.parametrize(
    "typed",
    [
        "l'article 16.1.6 du CCAG-FCS",
        "l\u2019article\u00a016.1.6 du CCAG\u2011FCS",
        "l'art. 16.1.6 du C.C.A.G. FCS",
        "L'ARTICLE 16.1.6 DU CCAG-FCS",
        "l'article 16.1.6 (pénalités) du CCAG FCS",
        "l'article 16.1.6, du CCAG-Fournitures courantes et services",
        "le CCAG-FCS, article 16.1.6,",
        "le CCAG-FCS (art. 16.1.6)",
        "les articles 16.1.5 et 16.1.6 du CCAG-FCS",
        "les articles 16.1.4.2 à 16.1.4.5 et 16.1.6 du CCAG-FCS",
        "les articles 16.1.6 du CCAG-FCS, TIC et PI",
    ],
)
def test_however_it_is_typed(typed, lire):
    assert [f[2] for f in lire(document(f"La clause d'insertion suit {typed} en tout point."), ("R09",))] == ["16.1.6"]


def test_a_number_that_exists_in_one_of_the_ccag_named_only(lire):
    found = lire(document("L'insertion suit l'article 16.1.2 du CCAG-FCS et du CCAG-MI."), ("R09",))
    assert [f[2] for f in found] == ["16.1.2"] and "17.1.2" in found[0][3]


def test_a_column_of_a_table_names_the_ccag(lire):
    header, cell = "Article du CCAG-Travaux auquel il est dérogé", "Article 16.1.5"
    blocs = (
        bloc("Clause d'insertion : dérogations", 1, genre=Genre.ARTICLE, niveau=1),
        bloc(header, 2, genre=Genre.CELLULE, cellule=Cellule(0, 0, 0, header)),
        bloc(cell, 3, genre=Genre.CELLULE, cellule=Cellule(0, 1, 0, header)),
    )
    assert [f[2] for f in lire(Document("d.docx", blocs), ("R09",))] == ["16.1.5"]


def test_before_the_ccag_of_2021_nothing_is_said(lire):
    assert (
        lire(document("La clause d'insertion suit l'article 16.1.6 du CCAG-FCS."), ("R09",), jour=date(2020, 5, 4))
        == []
    )


@given(st.sampled_from(sorted(ROOTS)), st.sampled_from(LIVRE.donnees["relecture/R09"]["donnees"]["arbre"]))
def test_every_number_of_the_tree_is_read_and_right(ccag, rest):
    number = ROOTS[ccag] + (f".{rest}" if rest else "")
    [found] = ccag_citations(bloc(f"Conformément à l'article {number} du CCAG-{ccag}, le titulaire agit."), LIVRE)
    assert (found.numero, found.ccag) == (number, (ccag,))


def test_an_abridged_list_is_completed():
    found = list(ccag_citations(bloc("Selon les articles 16.1.4.2 à 5, 3.6 et 41 du CCAG-FCS."), LIVRE))
    assert [c.numero for c in found] == ["16.1.4.2", "16.1.4.5", "3.6", "41"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "articles L. 2112-2 et L. 2112-2-1 du code de la commande publique",
            [("L. 2112-2", "ccp"), ("L. 2112-2-1", "ccp")],
        ),
        ("article L2113-12 du CCP", [("L. 2113-12", "ccp")]),
        ("art. L.2113\u201112 du Code de la Commande Publique", [("L. 2113-12", "ccp")]),
        ("articles L. 2113-15 et -16 du code de la commande publique", [("L. 2113-15", "ccp"), ("L. 2113-16", "ccp")]),
        ("l'article L5212-\n13 du code du travail", [("L. 5212-13", "ct")]),
        ("l'article L 5132-4 du même code", [("L. 5132-4", None)]),
        ("l'article L. 313-7 du code de l'éducation", [("L. 313-7", "autre")]),
        ("l'article 16.1 du CCAG-FCS, lot A. 12", []),
    ],
)
def test_articles_of_codes_are_read(text, numbers):
    assert [(c.numero, c.code) for c in code_citations(bloc(text), CODES_DATA)] == numbers


@pytest.mark.parametrize(("old", "new"), [("2112-2", "4112-2"), ("2112-2", "2112-22"), ("2193-4", "7193-4")])
def test_a_mistyped_article_is_found_in_every_clause(old, new, exemples, lire, change):
    tried = 0
    for exemple in exemples.values():
        piece = exemple.pieces.get("ccap")
        if piece is None or not any(re.search(rf"L. {old}(?!-)", plain(b.texte)) for b in piece.blocs):
            continue
        wrong = change(piece, f"L. {old}", f"L. {new}")
        found = [f for f in lire(wrong, ("R19",), dossier=exemple.dossier)]
        assert any(f"L. {new}" in f[2] for f in found), exemple.nom
        tried += 1
    assert tried > 5


def test_an_article_is_dated(lire):
    text = "Condition prévue par l'article L. 2112-2-1 du code de la commande publique."
    [found] = lire(document(text), ("R19",), jour=date(2026, 8, 20))
    assert found[:3] == ("R19", Niveau.ERREUR, "L. 2112-2-1") and "22 août 2026" in found[3]
    assert lire(document(text), ("R19",), jour=date(2026, 8, 22)) == []
    assert lire(document(text), ("R19",)) == []


def test_an_article_given_to_the_wrong_code(lire):
    found = lire(document("Les lots réservés de l'article L. 2113-12 du code du travail."), ("R19",))
    assert [f[2] for f in found] == ["L. 2113-12"] and "commande publique" in found[0][3]
