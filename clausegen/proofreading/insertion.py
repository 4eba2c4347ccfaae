"""The insertion article of a document, which may be one of many in somebody else's CCAP."""

from __future__ import annotations

import re

from clausegen.proofreading.interface import Contexte
from clausegen.proofreading.places import Place, places

KEY = "relecture/R11"


def insertion_places(contexte: Contexte) -> tuple[Place, ...]:
    """Return the blocks that speak of insertion: all of a clausegen piece, else the articles whose title says so.

    Args:
        contexte: the document. A text without any heading is read whole if it names insertion at all, or if its
            market is given.
    """
    every = places(contexte.document)
    if contexte.piece is not None:
        return every
    title = re.compile(contexte.livre.donnees[KEY]["donnees"]["titre"], re.IGNORECASE)
    inside = tuple(place for place in every if place.under(title))
    if inside or any(place.titres for place in every):
        return inside
    return every if contexte.dossier is not None or any(title.search(place.texte) for place in every) else ()
