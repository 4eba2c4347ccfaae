import pytest

from clausegen.french.numbers import in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (15, "quinze"),
        (20, "vingt"),
        (21, "vingt-et-un"),
        (30, "trente"),
        (45, "quarante-cinq"),
        (60, "soixante"),
        (71, "soixante-et-onze"),
        (75, "soixante-quinze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (100, "100"),
        (-1, "-1"),
    ],
)
def test_in_words(number, words):
    assert in_words(number) == words


def test_every_small_number_has_its_own_words():
    assert len({in_words(n) for n in range(100)}) == 100
