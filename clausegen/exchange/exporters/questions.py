"""What an export leaves open: lots that nothing decides yet, and facts that its texts lack."""

from __future__ import annotations

from collections.abc import Iterator

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.exchange.exporters.announced import Annonce


def open_questions(annonce: Annonce, *, textes: bool = True) -> Iterator[Diagnostic]:
    """Yield the questions, each once.

    Args:
        annonce: the market.
        textes: whether the export holds the texts of the piece.
    """
    if not annonce.lots:
        message = "La description n'a pas de lot : aucun code n'est écrit. Quels sont les lots du marché ?"
        yield Diagnostic("A104", Niveau.QUESTION, message, "lots")
    for lot in annonce.lots:
        if lot.dispositif is None:
            asked = " ".join(lot.questions()) or "Quel dispositif ce lot porte-t-il ?"
            message = f"Lot n° {lot.numero} : dispositif à préciser, aucun code n'est écrit. {asked}"
            yield Diagnostic("A104", Niveau.QUESTION, message, f"{lot.vue.chemin}.dispositif")
    seen: dict[str, str] = {}
    for lot in annonce.lots if textes else ():
        for champ in (*lot.manquants, *(champ for ligne in lot.lignes for champ in ligne.manquants)):
            seen.setdefault(champ.chemin, champ.question)
    for chemin, question in seen.items():
        message = f"{question} Le texte exporté porte « [à compléter] » à cet endroit."
        yield Diagnostic("A105", Niveau.QUESTION, message, chemin)
