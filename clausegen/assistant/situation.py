"""Where the conversation stands: what the values say once they are read and decided, as a file would be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clausegen.assistant.values import Valeurs, given
from clausegen.description.consistency import contradictions
from clausegen.description.marche import Marche
from clausegen.description.misnomers import USAGES
from clausegen.description.readers import VERSION
from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.files.validation import validate
from clausegen.files.yamltree import Arbre
from clausegen.law.decide import decide
from clausegen.law.findings import NOT_RETAINED, Finder
from clausegen.law.papers import Deliberation
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass

_OBJET = "Marché à décrire"
"""Stands for the subject until it is told: nothing is decided on it."""


@dataclass(frozen=True, slots=True)
class Situation:
    """The values, read and decided.

    Args:
        marche: the description.
        papiers: the decision, with its working papers.
        contradictions: what does not hold together, at level `erreur`.
    """

    marche: Marche
    papiers: Deliberation
    contradictions: tuple[Diagnostic, ...]

    def demandes(self, valeurs: Valeurs) -> tuple[tuple[str, str], ...]:
        """Return the keys that the decision asks for, with their questions; options not retained ask nothing."""
        return tuple(
            (d.chemin, d.message)
            for d in self.papiers.decision.diagnostics
            if d.niveau is Niveau.QUESTION and d.chemin and d.code != NOT_RETAINED and not given(valeurs, d.chemin)
        )


def read(valeurs: Mapping[str, Any], vocab: VocabulaireOuvert) -> tuple[Marche | None, list[Diagnostic]]:
    """Read values as the file would be: the same readers, the same refusals."""
    whole: Any = {"version": VERSION, "objet": _OBJET, **{k: v for k, v in valeurs.items() if v is not None}}
    return validate(Marche, Arbre("", whole), whole, contexte={"vocabulaire": vocab}, usages=USAGES)


def situate(marche: Marche, livre: Rulebook) -> Situation:
    """Decide a description, and see what contradicts itself in it."""
    papers = decide(marche, livre, marche.date_lancement, Finder())
    found = tuple(d for d in contradictions(marche) if d.niveau is Niveau.ERREUR)
    return Situation(marche, papers, found)
