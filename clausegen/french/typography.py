"""French typography: no-break spaces and curly apostrophes, put in place of the plain ones that people type.

Only characters that are already there change, one for one: nothing is added, nothing is removed. Places are found
on the plain form of the text, so that `typography` is idempotent and never alters the `plain` form, by construction.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausegen.regex import late

INSECABLE = "\u00a0"
FINE_INSECABLE = "\u202f"
APOSTROPHE = "\u2019"

_UNITES = (
    r"heures?|h|jours?|semaines?|mois|années?|ans?|euros?|lots?|points?|personnes?|minutes?|centimes?"
    r"|km|m²|m³|m2|m3|kg|tonnes?"
)

# A number in groups: 1 to 3 digits then groups of exactly 3. A SIRET (« 213 502 388 00019 »), a phone number or
# what follows another number is not one, hence the guards on both sides.
_MILLIERS = late(
    r"[1-9](?<![\w+,.\-/]\d)(?<!\d \d)\d{0,2}(?: \d{3})+(?![\w\-/]| \d|[,.]\d+ \d)",
)

# Both patterns begin with the space itself, which lets the engine skip to it: this runs on every text of a batch.
_FINES = late(r" (?=[;!?])")
_LARGES = late(
    # « :--- » and « ::: » are Markdown, not punctuation.
    r" (?:(?=[%‰€»]|:(?![-:]))"
    r"|(?<=[«°] )(?:(?<=« )|(?<=[nN]° ))"
    r"|(?<=\. )(?:(?<=\b[aA]rt\. )|(?=\*{0,2}\d)(?:(?<=\b[LRDA]\. )|(?<=\bLO\. )))"
    r"|(?=\d|premier\b|(?:LO|[LRDA])\. ?\*?\d)(?:(?<=\b[aA]rticle )|(?<=\b[aA]rticles ))"
    rf"|(?<=\d )(?=(?:{_UNITES})\b))"
)

_WORDS = late(r"\S+")
_ADDRESSES = ("://", "www.", "@")
# After a letter, before another word, an opening mark, or the end: a run of text may stop at « l' » before bold words.
_APOSTROPHES = late(r"'(?<=[^\W\d_]')(?=[\w«\"*\[(]|\Z)")


def plain_spaces(text: str) -> str:
    """Return the text with ordinary spaces, apostrophes untouched: what JSON holds."""
    # Searches for one character cost far less than a translation table.
    return text.replace(INSECABLE, " ").replace(FINE_INSECABLE, " ")


def plain(text: str) -> str:
    """Return the text with ordinary spaces and straight apostrophes, to compare two texts."""
    return plain_spaces(text).replace(APOSTROPHE, "'")


def typography(text: str) -> str:
    """Return the text with French no-break spaces and curly apostrophes; idempotent.

    Args:
        text: a run of prose. Web and e-mail addresses, times, decimals, SIRET and phone numbers are left as they are.

    Returns:
        A text of the same length, whose `plain` form is that of the argument.
    """
    model = plain(text)
    if " " not in model and "'" not in model:
        return text
    characters = list(text)
    for found in _MILLIERS.finditer(model):
        start, end = found.span()
        characters[start:end] = found.group().replace(" ", FINE_INSECABLE)
    for found in _FINES.finditer(model):
        characters[found.start()] = FINE_INSECABLE
    for found in _LARGES.finditer(model):
        characters[found.start()] = INSECABLE
    if "'" in model:
        for place in _curly_places(model):
            characters[place] = APOSTROPHE
    return "".join(characters)


def _curly_places(model: str) -> Iterator[int]:
    """Yield where an apostrophe becomes curly: web and e-mail addresses keep their own characters."""
    addresses: list[tuple[int, int]] = []
    if any(mark in model for mark in _ADDRESSES):
        words = _WORDS.finditer(model)
        addresses = [word.span() for word in words if any(mark in word.group() for mark in _ADDRESSES)]
    for found in _APOSTROPHES.finditer(model):
        if not any(start <= found.start() < end for start, end in addresses):
            yield found.start()
