from dataclasses import replace

import pytest

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.reports.text import diagnostic_line, summary


def test_a_line_an_editor_can_follow(constat: Diagnostic) -> None:
    assert diagnostic_line(constat) == (
        "a\u00a0b.yaml:12:5: erreur D101 Le lot n°\u00a01\u00a0: non. (CCP, art.\u00a0L.\u00a02113-12)"
    )


def test_places_may_be_missing(constat: Diagnostic) -> None:
    bare = replace(constat, fondements=(), ligne=None, colonne=None, niveau=Niveau.INFORMATION)
    assert diagnostic_line(bare).startswith("a\u00a0b.yaml: information D101 Le lot")
    assert diagnostic_line(replace(bare, fichier=None)).startswith("information D101 ")


def test_a_ground_already_said_is_not_repeated(constat: Diagnostic) -> None:
    said = replace(constat, message="Fermé (CCP, art. L.\u00a02113-12).")
    assert diagnostic_line(said).count("2113-12") == 1


def test_a_file_does_not_drive_the_terminal(constat: Diagnostic) -> None:
    line = diagnostic_line(replace(constat, message="a\x1b[31m\r\nb\u2028c"))
    assert line.isprintable() or "\u00a0" in line
    assert not set(line) & {"\x1b", "\r", "\n", "\u2028"}


@pytest.mark.parametrize(
    ("niveaux", "attendu"),
    [
        ([], "rien à signaler"),
        ([Niveau.ERREUR], "1 erreur"),
        ([Niveau.QUESTION, Niveau.ERREUR, Niveau.QUESTION], "1 erreur et 2 questions"),
        (list(Niveau) * 2, "2 erreurs, 2 avertissements, 2 questions et 2 informations"),
    ],
)
def test_summary(constat: Diagnostic, niveaux: list[Niveau], attendu: str) -> None:
    assert summary([replace(constat, niveau=niveau) for niveau in niveaux]) == attendu
