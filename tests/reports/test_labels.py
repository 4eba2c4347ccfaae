from clausegen.diagnostics import Niveau
from clausegen.reports.labels import DISPOSITIFS, NIVEAUX, OBLIGATIONS, label


def test_every_identifier_of_the_contract_has_a_name() -> None:
    assert set(DISPOSITIFS) == {
        *("clause", "critere", "clause-et-critere", "reserve-handicap", "reserve-iae", "reserve-handicap-iae"),
        *("reserve-penitentiaire", "reserve-ess", "formation", "aucun"),
    }
    assert len(OBLIGATIONS) == 7
    assert set(NIVEAUX) == set(Niveau)


def test_an_unknown_identifier_names_itself() -> None:
    assert label(DISPOSITIFS, "nouveau") == "nouveau"
