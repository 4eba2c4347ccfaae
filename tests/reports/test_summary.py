from dataclasses import replace

import pytest

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.typography import plain
from clausegen.reports.summary import ROWS, rendre, table
from clausegen.reports.verification import Fichier, Verification


def test_findings_then_a_table_then_the_count(constat: Diagnostic) -> None:
    warned = replace(constat, niveau=Niveau.AVERTISSEMENT)
    fichiers = (Fichier("a.yaml", (constat, warned)), Fichier("b.yaml", ()), Fichier("c.yaml", (constat,)))
    first, second, shown, last = rendre(Verification(fichiers)).split("\n\n")
    assert [len(first.splitlines()), len(second.splitlines())] == [2, 1]
    assert shown.splitlines() == [
        "fichier                 erreurs  avertissements  questions  informations",
        "------------------------------------------------------------------------",
        "a.yaml                        1               1          0             0",
        "c.yaml                        1               0          0             0",
        "1 fichier sans constat        0               0          0             0",
        "------------------------------------------------------------------------",
        "total                         2               1          0             0",
    ]
    assert plain(last) == "3 fichiers examinés : 2 erreurs et 1 avertissement."


def test_no_file_is_not_a_success_that_is_told() -> None:
    assert rendre(Verification(())) == "0 fichier examiné."


def test_one_file_has_no_table() -> None:
    assert plain(rendre(Verification((Fichier("a.yaml", ()),)))) == "1 fichier examiné : rien à signaler."


def test_a_terminal_too_narrow_for_columns_gets_a_list(constat: Diagnostic) -> None:
    lines = [plain(line) for line in table([Fichier("a.yaml", (constat,)), Fichier("b : c.yaml", ())], 40)]
    assert lines == ["- a.yaml : 1 erreur", "- 1 fichier sans constat : rien", "- total : 1 erreur"]


@pytest.mark.parametrize("largeur", [60, 80, 200, None])
def test_a_table_fits_its_terminal(constat: Diagnostic, largeur: int | None) -> None:
    names = [f"marches/un-dossier-au-nom-vraiment-interminable/sous-dossier/{n}/marche.yaml" for n in range(3)]
    lines = table([Fichier(name, (constat,)) for name in names], largeur)
    assert len({len(line) for line in lines}) == 1
    if largeur is None or largeur == 200:
        assert all(name in line for name, line in zip(names, lines[2:5], strict=True))
    else:
        assert len(lines[0]) <= max(largeur, 60)
        assert all(line.startswith("…") and f"{n}/marche.yaml " in line for n, line in enumerate(lines[2:5]))


def test_hundreds_of_files_do_not_hide_those_to_correct(constat: Diagnostic) -> None:
    asked = replace(constat, niveau=Niveau.QUESTION)
    fichiers = [Fichier(f"{n}.yaml", (asked, asked)) for n in range(ROWS)]
    assert len(table(fichiers, None)) == ROWS + 4
    lines = table([*fichiers, Fichier("propre.yaml", ()), Fichier("faux.yaml", (constat,))], None)
    assert len(lines) == 6
    assert lines[2].startswith("faux.yaml ")
    assert lines[3].split() == [*f"{ROWS + 1} fichiers sans erreur ni avertissement".split(), "0", "0", "60", "0"]
    assert lines[-1].split() == ["total", "1", "0", "60", "0"]


def test_a_name_does_not_drive_the_terminal(constat: Diagnostic) -> None:
    text = rendre(Verification((Fichier("a\x1b[31m\n.yaml", (constat,)), Fichier("b", ()))))
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("connus", "disparus", "attendu"),
    [
        (0, 0, []),
        (1, 0, ["1 constat de l'existant n'est pas montré."]),
        (
            2,
            3,
            [
                "2 constats de l'existant ne sont pas montrés.",
                "3 constats de l'existant ont disparu : mettez le fichier à jour.",
            ],
        ),
        (0, 1, ["1 constat de l'existant a disparu : mettez le fichier à jour."]),
    ],
)
def test_the_baseline_is_summed_up(constat: Diagnostic, connus: int, disparus: int, attendu: list[str]) -> None:
    verification = Verification((Fichier("a.yaml", (), (constat,) * connus),), disparus=disparus)
    assert plain(rendre(verification)).splitlines() == ["1 fichier examiné : rien à signaler.", *attendu]
