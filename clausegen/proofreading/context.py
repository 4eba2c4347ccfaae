"""What is known while a document is proofread, worked out once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from clausegen.dossier.dossier import Dossier
from clausegen.law.parties import ccag_in_force
from clausegen.law.references import References
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.interface import Contexte
from clausegen.proofreading.sigles import sigles
from clausegen.reading.document import Document
from clausegen.regex import late

_OWN = late(r"\bcomplète|\bdéroge|\bréfère|\bsoumis|\brégi|\bapplicable|\bapprouvé", re.IGNORECASE)


def context(
    document: Document,
    livre: Rulebook,
    jour: date | None = None,
    dossier: Dossier | None = None,
    autres: Mapping[str, Document] | None = None,
) -> Contexte:
    """Work out what the checks are given.

    Args:
        document: the document.
        livre: the law.
        jour: the day of the law; None for the market's, else the one with which the document was drafted, else the
            newest.
        dossier: the figures of the market; None without a description.
        autres: the pieces of the market as clausegen drafts them, by id; the one that is proofread may be among them.
    """
    day = jour or (dossier.papers.decision.date_droit if dossier is not None else None) or document.date_droit
    named: tuple[str, ...]
    if dossier is not None:
        own = ccag_in_force(dossier.papers.marche, livre, day)
        named = (own,) if own else ()
    else:
        named = _named(document, livre)
    references = References(livre, day, named[0] if len(named) == 1 else None)
    return Contexte(document, livre, day, references, document.piece, dossier, dict(autres or {}), ccag=named)


def _named(document: Document, livre: Rulebook) -> tuple[str, ...]:
    """Return the CCAG that a text refers to in its own name, else every one that it names."""
    own: dict[str, None] = {}
    seen: dict[str, int] = {}
    for bloc in document.corps():
        found = sigles(bloc.texte, livre)
        for ident, _, _ in found:
            seen[ident] = seen.get(ident, 0) + 1
        if _OWN.search(bloc.texte):
            own |= dict.fromkeys(ident for ident, _, _ in found)
    if len(seen) <= 1 or not own:
        return tuple(seen)
    return tuple(own)
