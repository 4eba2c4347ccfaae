"""The cases of proofreading are run with those of the law, at their place in their file."""

import shutil
from pathlib import Path

import pytest

from clausegen.law.cases import place
from clausegen.law.datafiles import check_rules
from clausegen.law.rulebook import rulebook
from clausegen.proofreading.registry import cases_of
from clausegen.workflow.rulecases import every_case

RULES = Path(__file__).resolve().parents[2] / "rules"
FILE = Path("relecture") / "R37.yaml"


def test_every_case_that_needs_no_market_is_there() -> None:
    recueil = every_case(rulebook())
    ours = [e for e in recueil.epreuves if e.fichier.startswith("relecture/")]
    kept = {code for code, case in cases_of(rulebook()) if "marche" not in case}
    assert {e.fichier for e in ours} == {f"relecture/{code}" for code in kept}
    assert len(recueil.epreuves) > 2 * len(ours) > 300
    assert [r for r in (e.run() for e in recueil.about("relecture/R37")) if not r.tient] == []


@pytest.mark.parametrize(
    ("old", "new", "obtenu"),
    [
        ('["X{3,}", "TODO"', '["X{4,}", "TODO"', ["{{ reference }}", "TODO"]),
        ("niveau: erreur", "niveau: grave", "La règle de relecture R37 ne se lit pas : la valeur de « niveau »"),
    ],
)
def test_a_case_that_fails_is_placed(tmp_path: Path, old: str, new: str, obtenu: object) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(RULES, copy)
    text = (copy / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (copy / FILE).write_text(text.replace(old, new), encoding="utf-8")
    livre = check_rules(copy).livre
    assert livre is not None
    failing = [r for r in (e.run() for e in every_case(livre).about("accolades, xxx")) if not r.tient]
    (one,) = failing
    assert one.obtenu == obtenu if isinstance(obtenu, list) else str(one.obtenu).startswith(str(obtenu))
    found = place(one, livre, "non")
    assert (found.fichier or "").endswith("relecture/R37.yaml")
    assert text.splitlines()[(found.ligne or 0) - 1].lstrip().startswith('- {nom: "accolades')
