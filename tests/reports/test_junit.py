from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.typography import plain
from clausegen.reports.junit import CLEAN, rendre
from clausegen.reports.verification import Fichier, Verification
from tests.reports.formats import junit

ROOT = Path("/projet").absolute()
FILE = str(ROOT / "m" / "a.yaml")
ONE = Diagnostic("D101", Niveau.ERREUR, "Le lot n° 1 : non <&>.", "lots[0]", FILE, 12, 5)
WARNED = replace(ONE, code="C005", niveau=Niveau.AVERTISSEMENT)
ASKED = replace(ONE, code="Q003", niveau=Niveau.QUESTION)


def report(*diagnostics, strict=False, connus=()):
    return junit(rendre(Verification((Fichier(FILE, diagnostics, connus),), strict=strict, racine=ROOT)))


def cases(root):
    return {case.get("name").split("\u00a0")[0]: case for case in root.iter("testcase")}


def test_a_clean_file_is_a_passed_case():
    root = report(connus=(ONE,))
    (suite,) = root
    assert (suite.get("name"), suite.get("file")) == ("m/a.yaml", "m/a.yaml")
    (case,) = suite
    assert (case.get("name"), case.get("classname"), len(case)) == (CLEAN, "m/a.yaml", 0)


def test_one_case_a_code_and_one_failure_a_case():
    root = report(ONE, replace(ONE, chemin="lots[1]", ligne=30), ASKED)
    found = cases(root)
    assert list(found) == ["D101", "Q003"]
    (failure,) = found["D101"]
    assert failure.tag == "failure"
    assert plain(failure.get("message")) == "Le lot n° 1 : non <&>. (et 1 autre)"
    assert [line.split(": ")[0] for line in failure.text.splitlines()] == [f"{FILE}:12:5", f"{FILE}:30:5"]
    (output,) = found["Q003"]
    assert output.tag == "system-out" and "question Q003" in output.text
    assert plain(found["D101"].get("name")) == "D101 : Dispositif interdit"


def test_warnings_fail_when_asked():
    assert cases(report(WARNED))["C005"][0].tag == "system-out"
    assert cases(report(WARNED, strict=True))["C005"][0].tag == "failure"
    assert cases(report(ASKED, strict=True))["Q003"][0].tag == "system-out"


def test_one_code_at_two_levels():
    (case,) = cases(report(ONE, replace(ONE, niveau=Niveau.INFORMATION))).values()
    assert [child.tag for child in case] == ["failure", "system-out"]


def test_a_file_that_was_not_checked_is_an_error():
    root = report(replace(ONE, code="E001", ligne=None, colonne=None))
    assert (root.get("errors"), root.get("failures")) == ("1", "0")


@given(st.text(max_size=60))
def test_whatever_the_words(message):
    root = report(replace(ONE, message=f"x{message}", chemin=message), replace(ONE, code="X999"))
    assert root.get("tests") == "2"


def test_what_xml_cannot_hold_is_replaced():
    root = report(replace(ONE, message="a\x00\x0b\ud800\ufffe\U0001f600b"))
    assert root.find(".//failure").get("message") == "a\ufffd\ufffd\ufffd\ufffd\U0001f600b"
