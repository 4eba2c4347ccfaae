"""What a notice announces against what the decision says: every difference, each at its place in the notice."""

from __future__ import annotations

from collections.abc import Iterator

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.exchange.compare_market import market_findings, need_findings, paired, place_of
from clausegen.exchange.compare_social import Regard, box, lot_findings
from clausegen.exchange.compare_words import texts
from clausegen.exchange.exporters.announced import Annonce, told
from clausegen.exchange.importers.interface import AvisLu
from clausegen.exchange.importers.social import Mentions
from clausegen.french.grammar import enumeration

_EFORMS = "eForms"


def compare(avis: AvisLu, annonce: Annonce) -> tuple[Diagnostic, ...]:
    """Compare a notice to a decision.

    Args:
        avis: the notice, as its importer states it.
        annonce: what the decision announces.

    Returns:
        The differences; the `chemin` of each is a place in the notice, as its importer names places.
    """
    donnees = annonce.dossier.papers.livre.donnees
    closed = annonce.table("eforms")["interdits"].get(told(annonce.marche.procedure), ())
    mentions = Mentions(donnees["echanges/mentions"])
    regard = Regard(avis, annonce, mentions, annonce.table("controle"), _EFORMS in avis.format, tuple(closed))
    found = [*market_findings(avis, annonce)]
    pairs, faults = paired(avis, annonce)
    found += faults
    for lu, lot in pairs:
        place = place_of(lu) or place_of(avis)
        found += need_findings(lu, lot, annonce.marche)
        found += lot_findings(regard, lu, lot, place)
    found += _of_whole(regard)
    if undecided := [lot.numero for _, lot in pairs if lot.dispositif is None]:
        who = f"Lots n° {enumeration([str(n) for n in undecided])}" if len(undecided) > 1 else f"Lot n° {undecided[0]}"
        message = f"{who} : dispositif à décider, ce que l'avis en annonce n'est pas comparé."
        found.append(Diagnostic("A051", Niveau.QUESTION, message, place_of(avis)))
    return tuple(dict.fromkeys(found))


def _of_whole(regard: Regard) -> Iterator[Diagnostic]:
    """Yield what a notice announces of the market without saying of which lot, when no lot carries it."""
    avis, lots = regard.avis, regard.annonce.lots
    if not lots or any(lot.dispositif is None for lot in lots) or not avis.lots:
        return
    participation = [fact for fact in avis.reserves if fact.precision not in regard.table["execution"]]
    if participation and not any(lot.avis.reserve for lot in lots):
        clause = any(set(regard.table["conditions"]) & set(lot.avis.familles) for lot in lots)
        words = (
            f"la case « {box(regard, participation[0])} » est cochée pour une clause, qui est une condition "
            "d'exécution ouverte à tous les candidats. La décocher"
            if clause
            else f"l'avis annonce une réservation ({participation[0].valeur}), la décision n'en prévoit aucune"
        )
        code = "A002" if clause else "A001"
        yield Diagnostic(code, Niveau.ERREUR, f"Ensemble du marché : {words}.", participation[0].origine)
    if any(lot.avis.familles for lot in lots):
        return
    found = None if avis.sociaux else regard.mentions.first("insertion", texts(avis))
    said = avis.sociaux[0] if avis.sociaux else None if found is None else found.fait
    if said is not None:
        message = "Ensemble du marché : l'avis annonce une considération sociale, la décision n'en prévoit aucune."
        yield Diagnostic("A013", Niveau.ERREUR if avis.sociaux else Niveau.AVERTISSEMENT, message, said.origine)
