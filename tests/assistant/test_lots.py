import pytest

from clausegen.assistant.lots import LotDit, aside, listed, parse_line, parse_list, parse_number


@pytest.mark.parametrize(
    ("line", "lot"),
    [
        ("Nord ; 480 000", LotDit("Nord", "480 000")),
        ("Nord", LotDit("Nord")),
        ("Lot 1 : Nord ; 480 000 €", LotDit("Nord", "480 000 €")),
        ("2. Sud;10", LotDit("Sud", "10")),
        ("n° 3 - Est", LotDit("Est")),
        ("Gros œuvre ; charpente ; 10", LotDit("Gros œuvre ; charpente", "10")),
        ("Nord\t480000", LotDit("Nord", "480000")),
        ("100 % bio ; 5", LotDit("100 % bio", "5")),
        (";", LotDit("")),
        ("Lot 1\tMairie\t450 000,00 €\t36 mois\t90911200", LotDit("Mairie", "450 000,00 €")),
        ("3\tÉcoles\t90919300-2\t200 000 €", LotDit("Écoles", "200 000 €")),
        ("1 ; Mairie ; 450 000", LotDit("Mairie", "450 000")),
        ("2\tPiscine", LotDit("Piscine")),
    ],
)
def test_a_line_is_a_title_and_an_amount(line: str, lot: LotDit) -> None:
    assert parse_line(line) == lot


def test_a_pasted_list_leaves_blank_lines_aside() -> None:
    assert [lot.intitule for lot in parse_list("A ; 1\n\n  \nB")] == ["A", "B"]
    assert listed("A ; 1") and listed("a\nb") and not listed("2")


@pytest.mark.parametrize(("said", "number"), [("3", 3), ("3 lots", 3), ("un seul", 1), ("non alloti", 1), (" 12 ", 12)])
def test_a_number_of_lots(said: str, number: int) -> None:
    assert parse_number(said, 200) == number


@pytest.mark.parametrize("said", ["0", "201", "2,5", "-1", "plusieurs", "9999999"])
def test_what_is_no_number_of_lots(said: str) -> None:
    with pytest.raises(ValueError, match="attendu"):
        parse_number(said, 200)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("N° lot\tIntitulé\tMontant HT", True),
        ("Total\t\t1 200 000", True),
        ("TOTAL HT ; 12", True),
        ("Lot ; 480 000", False),
        ("Nord", False),
        ("Total", True),
    ],
)
def test_headings_and_totals_of_a_table_are_no_lots(line: str, left: bool) -> None:
    assert aside(line) is left
    assert [lot.intitule for lot in parse_list(f"{line}\nA ; 1")][-1] == "A"
    assert len(parse_list(f"{line}\nA ; 1")) == 2 - left
