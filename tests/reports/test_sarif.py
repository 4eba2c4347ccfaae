import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen import __version__
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.typography import plain
from clausegen.reports.sarif import FINGERPRINT, rendre
from clausegen.reports.verification import Fichier, Verification
from tests.reports.formats import sarif

ROOT = Path("/projet").absolute()
ONE = Diagnostic(
    *("D101", Niveau.ERREUR, "Le lot n° 1 : non.", "lots[0]", str(ROOT / "a b%é.yaml"), 12, 5, "regle"),
    ("CCP, art. L. 2113-12",),
)


def run(*diagnostics, connus=(), code=0, nom=None):
    fichier = Fichier(nom or (diagnostics or connus)[0].fichier, tuple(diagnostics), tuple(connus))
    return sarif(rendre(Verification((fichier,), code, racine=ROOT)))


def test_a_result():
    (result,) = run(ONE, code=1)["results"]
    assert (result["ruleId"], result["level"], plain(result["message"]["text"])) == ("D101", "error", ONE.message)
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b%25%C3%A9.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 12, "startColumn": 5}
    assert result["properties"] == {
        "niveau": "erreur",
        "chemin": "lots[0]",
        "regle": "regle",
        "fondements": ["CCP, art. L. 2113-12"],
    }
    assert "suppressions" not in result


def test_the_tool_and_its_rules():
    found = run(ONE, replace(ONE, code="Q003", niveau=Niveau.QUESTION), code=1)
    driver = found["tool"]["driver"]
    assert (driver["name"], driver["version"], found["columnKind"]) == ("clausegen", __version__, "unicodeCodePoints")
    assert [rule["id"] for rule in driver["rules"]] == ["D101", "Q003"]
    rule = driver["rules"][0]
    assert rule["shortDescription"]["text"] == "Dispositif interdit"
    assert "Que faire" in rule["help"]["text"] and "**Que faire" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "helpUri" not in rule and "informationUri" not in driver
    assert found["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


@pytest.mark.parametrize(
    ("niveau", "level"),
    [
        (Niveau.ERREUR, "error"),
        (Niveau.AVERTISSEMENT, "warning"),
        (Niveau.QUESTION, "note"),
        (Niveau.INFORMATION, "note"),
    ],
)
def test_levels(niveau, level):
    assert run(replace(ONE, niveau=niveau))["results"][0]["level"] == level


def test_the_rule_takes_the_gravest_level():
    found = run(replace(ONE, niveau=Niveau.INFORMATION), ONE)
    assert found["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "error"}


def fingerprints(*diagnostics):
    return [result["partialFingerprints"][FINGERPRINT] for result in run(*diagnostics)["results"]]


def test_a_fingerprint_outlives_lines_and_nothing_else():
    (before,) = fingerprints(ONE)
    assert fingerprints(replace(ONE, ligne=99, colonne=1)) == [before]
    for other in (
        replace(ONE, code="D102"),
        replace(ONE, chemin="lots[1]"),
        replace(ONE, message="Autre."),
        replace(ONE, fichier=str(ROOT / "b.yaml")),
    ):
        assert fingerprints(other) != [before]
    assert fingerprints(ONE, ONE)[0] == before


def test_the_baseline_is_suppressed():
    new, old = run(replace(ONE, chemin="lots[1]"), connus=[ONE])["results"]
    assert "suppressions" not in new
    assert old["suppressions"][0]["kind"] == "external"


def test_a_file_elsewhere_has_a_whole_uri_and_one_without_place_starts_at_its_first_line():
    elsewhere = replace(ONE, fichier=str(ROOT.parent / "autre" / "a.yaml"), ligne=None, colonne=None)
    place = run(elsewhere)["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].startswith("file:///")
    assert "uriBaseId" not in place["artifactLocation"]
    assert place["region"] == {"startLine": 1}


@pytest.mark.parametrize("code", [2, 3])
def test_a_run_that_could_not_be_carried_out(code):
    unread = replace(ONE, code="E001", ligne=None, colonne=None)
    assert run(unread, code=code)["invocations"][0] == {"executionSuccessful": False, "exitCode": code}


def test_nothing_found():
    found = run(nom=str(ROOT / "a.yaml"))
    assert (found["results"], found["tool"]["driver"]["rules"]) == ([], [])


def test_an_unknown_code_has_a_bare_rule():
    assert run(replace(ONE, code="X999"))["tool"]["driver"]["rules"] == [
        {"id": "X999", "defaultConfiguration": {"level": "error"}}
    ]


@given(st.text(max_size=40), st.text(st.characters(codec="utf-8", exclude_characters="\0/\\"), min_size=1, max_size=20))
def test_whatever_the_words(message, name):
    found = run(replace(ONE, message=message, fichier=str(ROOT / f"x{name}.yaml"), chemin=message))
    assert json.dumps(found)
