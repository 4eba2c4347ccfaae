"""The rules of proofreading: each has its file, its check, its cases; the cases hold."""

from dataclasses import replace

import pytest

from clausegen.errors import ClausegenError
from clausegen.proofreading.cases import document_of, run_cases
from clausegen.proofreading.context import context
from clausegen.proofreading.interface import Constat
from clausegen.proofreading.registry import cases_of, checks, concerns, controles, proofread
from clausegen.proofreading.rulefile import faults
from clausegen.reading.document import Genre

NO_FAULTY_TEXT = ("R22", "R31", "R33", "R42")
"""Their fault is in the market, in comments or in the file: their own tests plant it."""
ALL = tuple(f"R{number:02d}" for number in range(1, 45))


def test_every_rule_has_its_check_and_every_check_its_rule(livre):
    assert tuple(controle.code for controle in controles(livre)) == ALL
    assert sorted(checks()) == list(ALL)


def test_every_source_of_a_rule_exists(livre):
    known = {
        ident for key, content in livre.donnees.items() if key.startswith("sources/") for ident in content["sources"]
    }
    for controle in controles(livre):
        assert set(controle.source) <= known, controle.code


def test_every_case_holds(livre, exemples):
    tried = run_cases(livre, {name: one.dossier for name, one in exemples.items()})
    assert len(tried) == len(list(cases_of(livre)))
    assert [essai for essai in tried if not essai.tient] == []


def test_every_rule_keeps_a_good_and_a_bad_text(livre):
    for controle in controles(livre):
        expected = [bool(case["attendu"]) for code, case in cases_of(livre) if code == controle.code]
        assert False in expected, f"{controle.code} : aucun texte juste"
        if controle.code not in NO_FAULTY_TEXT:
            assert True in expected, f"{controle.code} : aucun texte fautif"


def test_a_rule_without_a_check_is_refused(livre):
    more = replace(livre, donnees={**livre.donnees, "relecture/R99": livre.donnees["relecture/R01"]})
    with pytest.raises(ClausegenError, match="R99"):
        controles(more)


def test_a_check_without_a_rule_is_refused(livre):
    fewer = replace(livre, donnees={key: value for key, value in livre.donnees.items() if key != "relecture/R01"})
    with pytest.raises(ClausegenError, match="R01"):
        controles(fewer)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("niveau", "grave", "niveau"), ("titre", None, "titre"), ("inconnue", 1, "inconnue"), ("cas", [], "cas")],
)
def test_a_broken_rule_is_refused_in_words(livre, key, value, said):
    broken = {**livre.donnees["relecture/R01"], key: value}
    with pytest.raises(ClausegenError, match=said):
        controles(replace(livre, donnees={**livre.donnees, "relecture/R01": broken}))


def test_findings_come_in_the_order_of_the_document(livre):
    case = {"nom": "ordre", "blocs": ["SIRET : 213 502 388 00018", "Le lot n° 1.", "SIRET : 213 502 388 00017"]}
    found = [constat for _, constat in proofread(context(document_of(case), livre), ("R06",))]
    assert [constat.bloc.rang for constat in found] == [1, 3]
    assert all(isinstance(constat, Constat) for constat in found)


def test_a_rule_reads_its_pieces_and_no_other(livre, exemples):
    rule = next(controle for controle in controles(livre) if controle.code == "R14")
    pieces = exemples["espaces-verts"].pieces
    assert concerns(rule, context(pieces["ccap"], livre))
    assert not concerns(rule, context(pieces["rc"], livre))
    assert not concerns(replace(rule, marche=True), context(pieces["ccap"], livre))


def test_the_blocks_of_a_case_are_read():
    blocs = document_of({"nom": "x", "blocs": ["# 1. Objet", "## Sans numéro", "- un", "| a | b |", "| 1 | 2 |"]}).blocs
    assert [bloc.numero for bloc in blocs[:2]] == ["1", None]
    assert blocs[2].genre is Genre.LISTE
    assert [bloc.cellule.entete for bloc in blocs[3:]] == ["a", "b", "a", "b"]
    assert [bloc.cellule.ligne for bloc in blocs[3:]] == [0, 0, 1, 1]


def test_the_day_and_the_ccag_are_worked_out(livre, exemples):
    one = exemples["espaces-verts"]
    known = context(one.pieces["ccap"], livre, dossier=one.dossier)
    assert known.jour == one.dossier.papers.decision.date_droit
    assert known.ccag == ("FCS",)
    alone = context(one.pieces["ccap"], livre)
    assert (alone.jour, alone.ccag) == (one.pieces["ccap"].date_droit, ("FCS",))
    concession = exemples["creches-concession"]
    assert context(concession.pieces["ccap"], livre, dossier=concession.dossier).ccag == ()


def test_the_shape_of_the_shipped_rules_is_that_of_the_model(livre):
    for key, content in livre.donnees.items():
        if key.startswith("relecture/"):
            assert faults(content) == "", key
