"""Small whole numbers in words, for sentences that begin with one."""

from __future__ import annotations

_UNITS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def in_words(number: int) -> str:
    """Return a number from 0 to 99 in words (« quinze »), any other in figures.

    Source: rectified spelling of 1990, hyphens throughout.
    """
    if not 0 <= number < 100:
        return str(number)
    if number < 20:
        return _UNITS[number]
    tens, units = divmod(number, 10)
    if tens in (7, 9):
        tens, units = tens - 1, units + 10
    word = _TENS[tens]
    if units == 0:
        return f"{word}s" if number == 80 else word
    if units in (1, 11) and number not in (81, 91):
        return f"{word}-et-{_UNITS[units]}"
    return f"{word}-{_UNITS[units]}"
