import pytest

from clausegen.law.cases import run_cases
from clausegen.law.rulebook import rulebook

RESULTS = list(run_cases(rulebook()))


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.fichier}: {r.nom}")
def test_the_rule_answers_as_its_file_says(result):
    assert result.obtenu == result.attendu


def test_every_rule_that_concludes_carries_cases():
    livre = rulebook()
    files = {r.fichier for r in RESULTS}
    assert {f"{folder}/{ident}" for folder, rules in livre.regles.items() for ident in rules} <= files
    assert len(RESULTS) > 150
