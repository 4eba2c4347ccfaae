from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.typography import plain
from clausegen.reports.github import rendre
from clausegen.reports.verification import Fichier, Verification
from tests.reports.formats import annotations

ROOT = Path("/projet").absolute()
ONE = Diagnostic("D101", Niveau.ERREUR, "100 % : a, b.", "lots[0]", str(ROOT / "m,a" / "b:c%.yaml"), 12, 5)


def report(*diagnostics, **options):
    fichier = Fichier(ONE.fichier, diagnostics, **options)
    return rendre(Verification((fichier,), disparus=0, racine=ROOT))


def test_an_annotation():
    line, *rest = report(ONE).splitlines()
    assert plain(line) == (
        "::error file=m%2Ca/b%3Ac%25.yaml,line=12,col=5,title=D101 %3A Dispositif interdit::100 %25 : a, b."
    )
    assert [plain(text) for text in rest] == ["1 fichier examiné : 1 erreur."]


def test_gravest_first_and_information_is_a_notice():
    levels = [Niveau.INFORMATION, Niveau.QUESTION, Niveau.AVERTISSEMENT, Niveau.ERREUR]
    found = annotations(report(*(replace(ONE, niveau=niveau, code="D105") for niveau in levels)))
    assert [kind for kind, _, _ in found] == ["error", "warning", "notice", "notice"]


def test_the_baseline_is_only_counted():
    text = report(connus=(ONE, ONE))
    assert annotations(text) == []
    assert [plain(line) for line in text.splitlines()] == [
        "1 fichier examiné : rien à signaler.",
        "2 constats de l'existant ne sont pas montrés.",
    ]


def test_a_place_may_be_missing():
    ((_, properties, _),) = annotations(report(replace(ONE, ligne=None, colonne=None, code="X999")))
    assert properties == {"file": "m,a/b:c%.yaml", "title": "X999"}
    elsewhere = replace(ONE, fichier=str(ROOT.parent / "ailleurs" / "a.yaml"))
    ((_, properties, _),) = annotations(report(elsewhere))
    assert properties["file"] == elsewhere.fichier


@given(st.text(max_size=60), st.text(st.characters(codec="utf-8", exclude_characters="\0/\\"), min_size=1, max_size=20))
def test_whatever_the_words(message, name):
    ((kind, properties, _),) = annotations(
        report(replace(ONE, message=f"x{message}", fichier=str(ROOT / f"x{name}.yaml")))
    )
    assert (kind, properties["line"], properties["file"]) == ("error", "12", f"x{name}.yaml")
