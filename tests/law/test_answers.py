from datetime import date
from decimal import Decimal

import pytest

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.law.answers import UnknownPathError, answer


@pytest.fixture
def ask(deliberate):
    decision = deliberate(jour=date(2026, 12, 15)).decision

    def run(chemin):
        return answer(decision, decision.diagnostics, chemin)

    return run


@pytest.mark.parametrize(
    ("chemin", "found"),
    [
        ("seuil.montant_ht", 216000),
        ("seuil.atteint", True),
        ("obligations.condition-sociale", "applicable"),
        ("obligations.condition-sociale.satisfaite", True),
        ("lots[0].dispositif", "clause"),
        ("lots[0].options.reserve-iae", "possible"),
        ("lots[0].options.clause.recommande", True),
        ("lots[0].heures", 420),
        ("lots[0].heures.volume_brut", Decimal("433.33")),
        ("lots[0].heures.parametres.cout_horaire", 36),
        ("lots[0].heures.periodes", []),
        ("lots[7].heures.volume", None),
        ("references_ccag.penalites", "16.1.5"),
        ("parties.cocontractant", "titulaire"),
        ("date_droit", date(2026, 12, 15)),
        ("erreur", []),
    ],
)
def test_answers(ask, chemin, found):
    assert ask(chemin) == found


def test_articles_of_derogations(ask):
    assert "14.1.2" in ask("derogations")


@pytest.mark.parametrize(
    "chemin", ["seuils.atteint", "seuil.atteind", "obligations.spasser", "lots[0].options.clauses"]
)
def test_a_path_to_nothing(ask, chemin):
    with pytest.raises(UnknownPathError, match="ne mène à rien"):
        ask(chemin)


def test_levels_give_codes_once_and_questions_give_keys():
    found = [
        Diagnostic("D102", Niveau.ERREUR, "a", "lots[1]"),
        Diagnostic("D101", Niveau.ERREUR, "b", "lots[0]"),
        Diagnostic("D102", Niveau.ERREUR, "c", "lots[0]"),
        Diagnostic("Q001", Niveau.QUESTION, "d", "duree_mois"),
        Diagnostic("Q004", Niveau.QUESTION, "e", "lots[0].mission_service_public"),
    ]
    assert answer(None, found, "erreur") == ["D101", "D102"]
    assert answer(None, found, "avertissement") == []
    assert answer(None, found, "question") == ["duree_mois"]
    assert answer(None, found, "seuil.atteint") is None
