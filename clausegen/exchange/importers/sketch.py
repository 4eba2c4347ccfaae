"""A description being drawn from facts: values with their origin, questions, findings."""

from __future__ import annotations

from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.exchange.importers.interface import Fait, Nature, Releve


class Brouillon:
    """Gathers what an import yields; the last value given to a key wins."""

    def __init__(self) -> None:
        self.champs: dict[str, Releve] = {}
        self.questions: dict[str, list[str]] = {}
        self.constats: list[Diagnostic] = []

    def lire(self, chemin: str, valeur: Any, fait: Fait, explication: str = "") -> None:
        """Keep a value as the file states it; a fact that is not sure is to be confirmed."""
        nature = Nature.LU if fait.sur else Nature.A_CONFIRMER
        self.champs[chemin] = Releve(chemin, valeur, fait.origine, nature, explication)

    def deduire(self, chemin: str, valeur: Any, fait: Fait, explication: str) -> None:
        """Keep a value that follows from what the file states."""
        self.champs[chemin] = Releve(chemin, valeur, fait.origine, Nature.DEDUIT, explication)

    def confirmer(self, chemin: str, valeur: Any, fait: Fait, explication: str) -> None:
        """Keep a likely value, for a person to confirm."""
        self.champs[chemin] = Releve(chemin, valeur, fait.origine, Nature.A_CONFIRMER, explication)

    def demander(self, chemin: str, question: str) -> None:
        """Ask; several questions on one key add up."""
        asked = self.questions.setdefault(chemin, [])
        if question not in asked:
            asked.append(question)

    def constater(self, code: str, niveau: Niveau, message: str, chemin: str | None = None) -> None:
        """Tell what was ignored, ambiguous, unknown or contradictory; the same thing only once."""
        found = Diagnostic(code, niveau, message, chemin)
        if found not in self.constats:
            self.constats.append(found)

    def valeur(self, chemin: str) -> Any:
        """Return the value of a key; None when it has none."""
        found = self.champs.get(chemin)
        return None if found is None else found.valeur

    def retirer(self, chemin: str) -> Releve | None:
        """Take a value back."""
        return self.champs.pop(chemin, None)
