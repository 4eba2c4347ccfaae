"""Headings whose number is typed: « Article 12 – Pénalités », « 12.3. Heures », « 4.5.1 Suivi »."""

from __future__ import annotations

import re

from clausegen.record import dataclass

LONGEST = 160
"""Characters that a heading may hold when nothing but its number tells that it is one."""
_FIGURES = r"\d{1,3}(?:[.\-]\d{1,3}){0,4}"
_ARTICLE = re.compile(
    rf"\s*(?:article|art\.)\s*(?:n\s?[°º]\s*)?({_FIGURES}|[IVXL]{{1,6}})(?:\s?er)?"
    r"\s*(?:[–—:\-.]+\s*(?P<titre>\S.*)?|\s(?P<suite>[A-ZÉÈÀÂÊÎÔÇ].*))?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(rf"\s*({_FIGURES})\s*(?:[.)]|[–—\-](?=\s))?\s+(?P<titre>\S.*)", re.DOTALL)
_BULLET = re.compile(r"\s*[–—•▪▫◦●○■□➢➔✓\-*\uf0b7\uf0a7\uf0d8\uf0fc]\s")
_ENDS = (".", ";", ",")


@dataclass(frozen=True, slots=True)
class Tape:
    """A typed number.

    Args:
        numero: such as « 12.3 ».
        niveau: how many numbers it is made of.
        article: whether the word « article » comes before it.
    """

    numero: str
    niveau: int
    article: bool


def typed_number(text: str) -> Tape | None:
    """Return the number at the start of a heading; None without one.

    Args:
        text: words of a paragraph known to be a heading.
    """
    found = _ARTICLE.match(text)
    if found is not None:
        return _typed(found[1], article=True)
    numbered = _NUMBERED.match(text)
    return None if numbered is None else _typed(numbered[1], article=False)


def typed_heading(text: str, *, lone: bool) -> Tape | None:
    """Return the number of a paragraph that no style tells to be a heading, but that reads like one.

    Args:
        text: its words.
        lone: whether a single number (« 3. Objet ») makes a heading: a list is numbered that way too.
    """
    if len(text) > LONGEST or text.count("\t") > 2:
        return None
    found = _ARTICLE.fullmatch(text)
    if found is not None:
        suite = found["suite"]
        if suite is not None and (not suite[0].isupper() or suite.rstrip().endswith(_ENDS)):
            return None
        return None if _is_sentence(found["titre"] or "") else _typed(found[1], article=True)
    numbered = _NUMBERED.fullmatch(text)
    if numbered is None or numbered["titre"].rstrip().endswith(_ENDS) or not numbered["titre"][0].isupper():
        return None
    tape = _typed(numbered[1], article=False)
    # « 1. Fournir : » opens an item of a list as often as an article.
    return tape if tape.niveau > 1 or (lone and not text.rstrip().endswith(":")) else None


def is_bulleted(text: str) -> bool:
    """Tell whether a paragraph begins with a typed bullet."""
    return _BULLET.match(text) is not None


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", ";", ",")) and len(text) > LONGEST // 2


def _typed(numero: str, *, article: bool) -> Tape:
    numero = numero.replace("-", ".")
    return Tape(numero if numero[0].isdigit() else numero.upper(), numero.count(".") + 1, article)
