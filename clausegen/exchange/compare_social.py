"""A lot of a notice against what was decided for it: reservation, clause, codes, criterion, hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.exchange.compare_words import about, number, texts
from clausegen.exchange.exporters.announced import Annonce, LotAnnonce
from clausegen.exchange.importers.interface import AvisLu, BesoinLu, Fait
from clausegen.exchange.importers.social import Mentions
from clausegen.language.unknown import Unknown
from clausegen.record import dataclass

_MENTION = "mention-reservation"
_WEIGHT = "insertion.critere.ponderation"


@dataclass(frozen=True)
class Regard:
    """What every comparison looks at.

    Args:
        avis: the notice.
        annonce: what the decision announces.
        mentions: the phrases that announce something in a text.
        table: `rules/publicite/controle`.
        code: whether the format of the notice carries codes for what is social.
        interdits: the fields that this kind of notice cannot carry.
    """

    avis: AvisLu
    annonce: Annonce
    mentions: Mentions
    table: dict[str, Any]
    code: bool
    interdits: tuple[str, ...]


def lot_findings(regard: Regard, lu: BesoinLu, lot: LotAnnonce, place: str) -> Iterator[Diagnostic]:
    """Yield what a notice and the decision say differently of a lot; nothing of one that is not decided.

    Args:
        regard: the notice and the decision.
        lu: the lot as the notice states it.
        lot: the lot as it was decided.
        place: where the lot stands in the notice.
    """
    if lot.dispositif is None:
        return
    yield from _participation(regard, lu, lot, place)
    yield from _conditions(regard, lu, lot, place)
    yield from _criteria(regard, lu, lot, place)
    yield from _hours(regard, lu, lot)


def _participation(regard: Regard, lu: BesoinLu, lot: LotAnnonce, place: str) -> Iterator[Diagnostic]:
    name, known = f"Lot n° {lot.numero}", regard.table["participation"]
    shared = lu.reserves or (regard.avis.reserves if lot.avis.reserve else [])
    sheltered = [fact for fact in lu.reserves if fact.precision in regard.table["execution"]]
    reserved = [fact for fact in shared if fact.precision not in regard.table["execution"]]
    for fact in sheltered:
        message = (
            f"{name} : l'avis réserve l'exécution à des programmes d'emplois protégés, ce que la décision ne prévoit "
            "pas : une clause d'insertion ou un lot réservé se code « non »."
        )
        yield Diagnostic("A006", Niveau.AVERTISSEMENT, message, fact.origine)
    if reserved and not lot.avis.reserve:
        yield _wrongly_reserved(regard, lot, reserved[0])
    elif reserved:
        families = {known[fact.precision] for fact in reserved if fact.precision in known}
        if families and not families & set(lot.avis.familles):
            message = f"{name} : l'avis réserve à d'autres structures que la décision ({reserved[0].valeur})."
            yield Diagnostic("A005", Niveau.ERREUR, message, reserved[0].origine, fondements=_grounds(regard, lot))
    elif lot.avis.reserve:
        yield from _unreserved(regard, lu, lot, place)


def _wrongly_reserved(regard: Regard, lot: LotAnnonce, fact: Fait) -> Diagnostic:
    if set(regard.table["conditions"]) & set(lot.avis.familles):
        message = (
            f"Lot n° {lot.numero} : la case « {box(regard, fact)} » est cochée pour une clause. La clause est une "
            "condition d'exécution, ouverte à tous les candidats ; la case ferme le lot aux autres. La décocher "
            "(« none » en BT-71)."
        )
        return Diagnostic("A002", Niveau.ERREUR, message, fact.origine)
    message = f"Lot n° {lot.numero} : l'avis annonce une réservation ({fact.valeur}), la décision n'en prévoit aucune."
    return Diagnostic("A001", Niveau.ERREUR, message, fact.origine)


def box(regard: Regard, fact: Fait) -> str:
    """Return how people call the box that a code of participation ticks."""
    names: dict[str, str] = regard.table["cases"]
    return names[regard.table["participation"].get(fact.precision, "reserve")]


def _unreserved(regard: Regard, lu: BesoinLu, lot: LotAnnonce, place: str) -> Iterator[Diagnostic]:
    """Tell that a notice is silent on a reserved lot, or says it in its texts only."""
    whole = texts(regard.avis)
    if len(regard.annonce.lots) > 1:
        whole = about(whole, lot.numero)  # the mention of another lot says nothing of this one
    said = regard.mentions.first("reserve", [*texts(lu), *whole])
    if said is None:
        message = f"Lot n° {lot.numero} : le lot est réservé, l'avis ne le mentionne pas."
        yield Diagnostic("A003", Niveau.ERREUR, message, place, fondements=_grounds(regard, lot))
    elif regard.code and "BT-71" not in regard.interdits:
        ligne = lot.ligne("BT-71")
        wanted = f" Écrire « {ligne.code} » en BT-71." if ligne is not None else ""
        message = f"Lot n° {lot.numero} : le texte annonce la réservation, le code ne la porte pas.{wanted}"
        yield Diagnostic("A004", Niveau.AVERTISSEMENT, message, said.fait.origine, fondements=_grounds(regard, lot))


def _conditions(regard: Regard, lu: BesoinLu, lot: LotAnnonce, place: str) -> Iterator[Diagnostic]:
    name, families = f"Lot n° {lot.numero}", set(lot.avis.familles)
    strategic = [fact for fact in lu.sociaux if fact.precision == regard.table["objectif"]]
    for fact in strategic:
        holder = fact.origine.rpartition("/")[0]
        if not any(t.origine.startswith(f"{holder}/") and regard.table["texte"] in t.origine for t in lu.textes):
            message = f"{name} : BT-06 annonce un objectif social, BT-777 (sa description) manque : il est obligatoire."
            yield Diagnostic("A012", Niveau.ERREUR, message, fact.origine)
    if not families:
        yield from _undecided_condition(regard, lu, lot)
        return
    if regard.code and strategic and not [fact for fact in lu.sociaux if fact not in strategic]:
        message = f"{name} : l'avis annonce un objectif social sans dire lequel (BT-775)."
        yield Diagnostic("A014", Niveau.AVERTISSEMENT, message, strategic[0].origine)
    if strategic or (not regard.code and (lu.sociaux or regard.avis.sociaux)):
        return
    said = regard.mentions.first("insertion", [*texts(lu), *texts(regard.avis)])
    if families & set(regard.table["conditions"]) and said is None:
        message = f"{name} : la décision prévoit une condition d'exécution sociale, l'avis n'en dit rien."
        yield Diagnostic("A010", Niveau.AVERTISSEMENT, message, place)
    elif regard.code and (said is not None or lu.reserves or regard.mentions.first("criteres", lu.criteres)):
        where = said.fait.origine if said is not None else place
        codes = " ; ".join(f"{row.champ} « {row.code} »" for row in lot.lignes if row.champ in regard.table["codes"])
        message = f"{name} : ce que l'avis annonce n'a pas son code. Codes attendus : {codes}."
        yield Diagnostic("A011", Niveau.AVERTISSEMENT, message, where)


def _undecided_condition(regard: Regard, lu: BesoinLu, lot: LotAnnonce) -> Iterator[Diagnostic]:
    """Tell that a notice announces something social of a lot for which nothing was decided."""
    name = f"Lot n° {lot.numero}"
    if lu.sociaux:
        message = f"{name} : l'avis annonce « {lu.sociaux[0].valeur} », la décision ne prévoit rien."
        yield Diagnostic("A013", Niveau.ERREUR, message, lu.sociaux[0].origine)
    elif said := regard.mentions.first("insertion", texts(lu)):
        message = f"{name} : le texte de l'avis semble annoncer une condition sociale, la décision n'en prévoit aucune."
        yield Diagnostic("A013", Niveau.AVERTISSEMENT, message, said.fait.origine)


def _criteria(regard: Regard, lu: BesoinLu, lot: LotAnnonce, place: str) -> Iterator[Diagnostic]:
    """Compare the social criterion; a notice that lists none leaves them to the rules of the consultation."""
    name, listed = f"Lot n° {lot.numero}", lu.criteres or regard.avis.criteres
    named = regard.mentions.first("criteres", listed)
    social = named.fait if named is not None else None
    if regard.table["critere"] not in lot.avis.familles:
        if social is not None:
            message = f"{name} : l'avis porte le critère « {social.valeur} », la décision n'en prévoit pas de social."
            yield Diagnostic("A022", Niveau.AVERTISSEMENT, message, social.origine)
        return
    if not listed:
        return
    if social is None:
        message = f"{name} : l'avis énumère des critères, le critère social décidé n'y est pas."
        # Without any weight, what is listed may only say that the criteria are elsewhere.
        weighed = any(number(fact.precision) is not None for fact in listed)
        niveau = Niveau.ERREUR if weighed else Niveau.AVERTISSEMENT
        yield Diagnostic("A020", niveau, message, listed[0].origine if lu.criteres else place)
        return
    wanted, written = lot.vue.choix[_WEIGHT].valeur, number(social.precision)
    if not isinstance(wanted, Unknown) and written is not None and written != wanted:
        message = f"{name} : l'avis donne au critère social un poids de {social.precision}, la décision de {wanted} %."
        yield Diagnostic("A021", Niveau.ERREUR, message, social.origine)


def _hours(regard: Regard, lu: BesoinLu, lot: LotAnnonce) -> Iterator[Diagnostic]:
    heures = lot.vue.heures
    found = regard.mentions.hours(lu.textes)
    if found is None or heures is None or heures.volume is None or found[0] == heures.volume:
        return
    message = f"Lot n° {lot.numero} : l'avis annonce {found[0]} heures d'insertion, la décision {heures.volume}."
    yield Diagnostic("A015", Niveau.ERREUR, message, found[1].fait.origine)


def _grounds(regard: Regard, lot: LotAnnonce) -> tuple[str, ...]:
    """Return the articles that call for the mention of a reservation."""
    decision = regard.annonce.dossier.papers.decision
    decided = next(entry for entry in decision.lots if entry.numero == lot.numero)
    return next((duty.fondements for duty in decided.obligations if duty.id == _MENTION), ())
