"""Search of a CPV code by everyday words, or by its first digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clausegen.assistant.questions import Choix
from clausegen.files.nearest import folded
from clausegen.law.rulebook import Rulebook

_MOST = 9
_SMALL = frozenset("de du des la le les et a au aux d l un une pour en sur dans avec".split())


def propose(texte: str, livre: Rulebook) -> tuple[Choix, ...]:
    """Return the codes that words or first digits bring to mind, the nearest first.

    Args:
        texte: « espaces verts », « tonte », or « 7731 ».
        livre: the law, which holds the usual codes with buyers' words, and the whole list.
    """
    usual: Mapping[str, str] = livre.donnees["conversation/cpv"]["codes"]
    digits = re.sub(r"[\s.]", "", texte)
    if digits.isdigit():
        known = [code for code in livre.donnees["listes/cpv-2008"]["codes"].split() if code.startswith(digits)]
        named = [code for code in usual if code.startswith(digits)]
        return tuple(Choix(code, usual.get(code, "")) for code in dict.fromkeys([*named, *known]))[:_MOST]
    wanted = _words(texte)
    if not wanted:
        return ()
    scored = [(_score(wanted, str(words)), -rank, str(code), str(words)) for rank, (code, words) in _ranked(usual)]
    best = max((row[0] for row in scored), default=0)
    kept = sorted((row for row in scored if row[0] and row[0] * 2 > best), reverse=True)
    return tuple(Choix(code, words) for _, _, code, words in kept)[:_MOST]


def by_nature(choix: tuple[Choix, ...], nature: Any, livre: Rulebook) -> tuple[Choix, ...]:
    """Return codes with those of a nature of services, works or supplies first, in the same order otherwise.

    Args:
        choix: the codes.
        nature: what is bought, None while it is not known.
        livre: the law, which holds the nature of each division.
    """
    divisions = livre.donnees["echanges/natures-cpv"]["divisions"]
    spans = [(row["de"], row["a"]) for row in divisions if row["nature"] == nature]
    return tuple(sorted(choix, key=lambda code: not any(low <= code.valeur[:2] <= high for low, high in spans)))


def _ranked(usual: Mapping[str, str]) -> list[tuple[int, tuple[str, Any]]]:
    return list(enumerate(usual.items()))


def _words(texte: str) -> list[str]:
    words = folded(re.sub(r"[^\w'’-]+", " ", texte)[:200]).split("-")
    return [_stem(word) for word in words if word and word not in _SMALL]


def _stem(word: str) -> str:
    return word.rstrip("sx") if len(word) > 3 else word


def _score(wanted: list[str], words: str) -> int:
    """Count the words found: a whole word weighs more than a part, the code's own subject more than its bracket."""
    own, _, beside = words.partition("(")
    first, second = _words(own), _words(beside)
    return sum(
        max(4 * (word in first), 3 * (word in second), 2 * _part(word, first), _part(word, second)) for word in wanted
    )


def _part(word: str, words: list[str]) -> bool:
    return any(known.startswith(word) or (len(known) > 4 and word.startswith(known)) for known in words)
