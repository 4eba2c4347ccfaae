"""The words of a description, read by the rules that also concern free texts, before any piece is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from clausegen.law.references import References
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.interface import Constat, Contexte, Controle
from clausegen.proofreading.registry import family_checks, read_controles
from clausegen.reading.document import Bloc, Document, Genre

_NAME = "description"
FAMILIES = ("form", "privacy", "references", "wording")
"""Modules of the rules that read free texts: the others are not loaded for a description."""


def free_text_findings(
    strings: Iterable[tuple[str, str]], livre: Rulebook, jour: date | None
) -> list[tuple[str, Controle, Constat]]:
    """Return what the rules say of the free texts of a description.

    Args:
        strings: key path (`lots[0].intitule`) and text of each; one that is repeated is read each time.
        livre: the law.
        jour: the day of the law; None for the newest.

    Returns:
        The key path, the rule and its finding (its places are those of the text), text by text, rule by rule.
    """
    checks = {code: check for name in FAMILIES for code, check in family_checks(name).items()}
    rules = [controle for controle in read_controles(livre) if controle.description and not controle.marche]
    references = References(livre, jour, None)
    found: list[tuple[str, Controle, Constat]] = []
    for chemin, text in strings:
        bloc = Bloc(1, Genre.PARAGRAPHE, text, text)
        contexte = Contexte(Document(_NAME, (bloc,)), livre, jour, references)
        for controle in rules:
            constats = dict.fromkeys(checks[controle.code](contexte, controle))
            found.extend((chemin, controle, constat) for constat in sorted(constats, key=lambda c: c.debut))
    return found
