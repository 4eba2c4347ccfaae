"""The CCAG that a text names, in whatever way people write them."""

from __future__ import annotations

import re
from functools import cache

from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.quantities import comparable

KEY = "relecture/R10"


def sigles(text: str, livre: Rulebook) -> tuple[tuple[str, int, int], ...]:
    """Return the CCAG named in a text, as (id, first character, character after the last), enumerations included.

    Args:
        text: any text: « CCAG-FCS, TIC et PI » names three.
        livre: its rule R10 holds the ways to write each.
    """
    if not names_ccag(text):
        return ()
    words: dict[str, list[str]] = livre.donnees[KEY]["donnees"]["sigles"]
    pattern, one = _patterns(tuple((ident, tuple(names)) for ident, names in words.items()))
    found: list[tuple[str, int, int]] = []
    for match in pattern.finditer(comparable(text)):
        for name in one.finditer(match["noms"]):
            ident = next(i for i, names in words.items() if re.fullmatch("|".join(names), name.group(), re.IGNORECASE))
            start = match.start("noms") + name.start()
            first = match.start() if not found or found[-1][2] < match.start() else start
            found.append((ident, first, start + len(name.group())))
    return tuple(found)


def names_ccag(text: str) -> bool:
    """Tell whether a text says « CCAG », with points or not: most say nothing of it."""
    return "ccag" in text.lower().replace(".", "")


@cache
def _patterns(words: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = "|".join(sorted((n for _, names in words for n in names), key=len, reverse=True))
    one = rf"(?:{name})\b"
    link = r"(?:, ?(?:et |ou )?| et | ou | / ?|/)(?:(?:au |le |du |aux )?C\.?C\.?A\.?G\.?[- /]*)?"
    head = r"\bC\.?C\.?A\.?G\.?s?(?: ?[-/–‑] ?| (?:des marchés (?:publics )?(?:de |d')|de |d')?)"
    return re.compile(rf"{head}(?P<noms>{one}(?:{link}{one})*)", re.IGNORECASE), re.compile(one, re.IGNORECASE)
