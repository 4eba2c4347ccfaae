"""A notice against the facts of the description: procedure, nature, codes, dates, lots, amounts, durations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from clausegen.description.identifiers import read_siret
from clausegen.description.vocabulary import LIBELLES
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.dossier.view import View
from clausegen.exchange.exporters.announced import Annonce, LotAnnonce, told
from clausegen.exchange.importers.durations import read_duration
from clausegen.exchange.importers.interface import AvisLu, BesoinLu, Fait, Genre, LotLu, Nature
from clausegen.exchange.importers.sketch import Brouillon
from clausegen.exchange.importers.values import read_amount, read_date
from clausegen.exchange.importers.words import bare
from clausegen.french.amounts import euros
from clausegen.french.dates import en_lettres

_DIGITS = re.compile(r"[0-9]{1,4}")
_CPV, _SIREN = 8, 9
_WORDS = {"la procédure": "procedure", "la nature": "nature", "le type de contrat": "contrat"}


def market_findings(avis: AvisLu, annonce: Annonce) -> Iterator[Diagnostic]:
    """Yield what a notice and the description say differently of the whole market."""
    marche = annonce.marche
    rows = (
        ("A041", Niveau.ERREUR, "la procédure", avis.procedure, told(marche.procedure)),
        ("A043", Niveau.AVERTISSEMENT, "la nature", avis.nature, told(marche.nature)),
        ("A043", Niveau.AVERTISSEMENT, "le type de contrat", avis.contrat, _contract(marche)),
    )
    for code, niveau, what, fact, wanted in rows:
        if fact is not None and fact.valeur and fact.sur and wanted and fact.valeur != wanted:
            labels = LIBELLES[_WORDS[what]]
            said, expected = labels.get(fact.valeur, fact.valeur), labels.get(wanted, wanted)
            message = f"{what[0].upper()}{what[1:]} de l'avis est « {said} », la description dit « {expected} »."
            yield Diagnostic(code, niveau, message, fact.origine)
    yield from _cpv("Le marché", avis.cpv, told(marche.cpv))
    yield from _launch(avis, marche)
    yield from _buyer(avis, marche)
    # A single lot is the whole market: it is compared as a lot.
    if len(avis.lots) > 1:
        yield from _amounts("Le marché", avis, marche.valeur_estimee_ht)
    if avis.lots and not any(lot.duree or lot.fin for lot in avis.lots):
        yield from _duration("Le marché", avis, marche.duree_mois, None, marche)


def _buyer(avis: AvisLu, marche: View) -> Iterator[Diagnostic]:
    """Compare the bodies, whose number is the first nine digits of a SIRET: two offices of one buyer are alike."""
    fact, wanted = avis.acheteur.siret, told(marche.acheteur.siret)
    if fact is None or not wanted:
        return
    try:
        written = read_siret(fact.valeur)
    except ValueError:
        return
    if written[:_SIREN] != wanted[:_SIREN]:
        message = f"L'acheteur a le SIRET {written} dans l'avis, {wanted} dans la description : est-ce le bon avis ?"
        yield Diagnostic("A045", Niveau.AVERTISSEMENT, message, fact.origine)


def _contract(marche: View) -> str:
    """Return the contract as notices name it: they know no partnership."""
    contrat = told(marche.contrat)
    return "" if contrat == "marche-partenariat" else contrat


def _cpv(who: str, fact: Fait | None, wanted: str) -> Iterator[Diagnostic]:
    if fact is None or not fact.sur or not wanted:
        return
    written = fact.valeur.strip()[:_CPV]
    if written != wanted:
        message = f"{who} porte le code CPV {written} dans l'avis, {wanted} dans la description."
        yield Diagnostic("A040", Niveau.AVERTISSEMENT, message, fact.origine)


def _launch(avis: AvisLu, marche: View) -> Iterator[Diagnostic]:
    """Compare the day of sending, which only a call to competition has; the law that applies depends on it."""
    wanted = marche.date_lancement
    if avis.genre is not Genre.APPEL or avis.envoi is None or not isinstance(wanted, date):
        return
    sent = read_date(Brouillon(), "date_lancement", avis.envoi)
    if sent is not None and sent != wanted:
        message = (
            f"L'avis est daté du {en_lettres(sent)}, la description lance la consultation le {en_lettres(wanted)} : "
            f"cette date choisit le droit applicable. Corriger `date_lancement`, ou voir --date {sent.isoformat()}."
        )
        yield Diagnostic("A042", Niveau.AVERTISSEMENT, message, avis.envoi.origine)


def paired(avis: AvisLu, annonce: Annonce) -> tuple[list[tuple[BesoinLu, LotAnnonce]], list[Diagnostic]]:
    """Return each lot of the notice with that of the decision, and those that have no counterpart.

    A notice without lots is its own single lot; two single lots go together whatever their numbers.
    """
    lots = list(annonce.lots)
    written: list[BesoinLu] = [*avis.lots] or [avis]
    if len(written) == 1 and len(lots) == 1:
        return [(written[0], lots[0])], []
    by_number = {lot.numero: lot for lot in lots}
    pairs: list[tuple[BesoinLu, LotAnnonce]] = []
    faults: list[Diagnostic] = []
    seen: set[int] = set()
    for lu, numero in zip(avis.lots, lot_numbers(avis), strict=True):
        if numero not in by_number:
            message = f"L'avis a un lot n° {numero} que la description n'a pas (lots : {_list(by_number)})."
            faults.append(Diagnostic("A031", Niveau.ERREUR, message, place_of(lu)))
        elif numero in seen:
            faults.append(Diagnostic("A031", Niveau.ERREUR, f"L'avis a deux lots n° {numero}.", place_of(lu)))
        else:
            seen.add(numero)
            pairs.append((lu, by_number[numero]))
    for numero in by_number:
        if numero not in seen:
            message = f"Le lot n° {numero} de la description n'est pas dans l'avis."
            faults.append(Diagnostic("A030", Niveau.ERREUR, message, place_of(avis)))
    return pairs, faults


def lot_numbers(avis: AvisLu) -> list[int]:
    """Return the numbers of the lots: « LOT-0002 » is 2; their ranks as soon as one of them bears none."""
    found = [_DIGITS.search(lot.numero.valeur) if lot.numero is not None else None for lot in avis.lots]
    numbers = [int(match[0]) if match else 0 for match in found]
    return numbers if all(numbers) else [*range(1, len(numbers) + 1)]


def _list(numbers: dict[int, LotAnnonce]) -> str:
    return ", ".join(str(number) for number in numbers) or "aucun"


def place_of(lu: BesoinLu) -> str:
    """Return where a market or a lot begins in the notice, as far as one of its facts tells."""
    facts = (getattr(lu, "numero", None), lu.intitule, lu.description, lu.cpv)
    return next((fact.origine for fact in facts if fact is not None), "")


def need_findings(lu: BesoinLu, lot: LotAnnonce, marche: View) -> Iterator[Diagnostic]:
    """Yield what differs of the need of a lot: its title, its code, its amount, its duration."""
    name, titre = f"Le lot n° {lot.numero}", told(lot.vue.intitule)
    if isinstance(lu, LotLu):
        yield from _cpv(name, lu.cpv, told(lot.vue.cpv))
        if lu.intitule is not None and titre and not _same_title(lu.intitule.valeur, titre):
            message = f"{name} s'intitule « {lu.intitule.valeur} » dans l'avis, « {titre} » dans la description."
            yield Diagnostic("A032", Niveau.AVERTISSEMENT, message, lu.intitule.origine)
    yield from _amounts(name, lu, lot.vue.montant_ht)
    yield from _duration(name, lu, lot.vue.duree_mois, lot.vue.duree_ferme_mois, marche)


def _same_title(written: str, wanted: str) -> bool:
    """Tell whether two titles say the same; notices often put the number before, or the object."""
    first, second = bare(written), bare(wanted)
    return not first or not second or first in second or second in first


def _amounts(name: str, lu: BesoinLu, wanted: object) -> Iterator[Diagnostic]:
    written = {amount: fact for fact in (lu.valeur, lu.maximum) if (amount := _amount(fact)) is not None and fact}
    if not written or not isinstance(wanted, int | Decimal) or any(amount == wanted for amount in written):
        return
    amount, fact = next(iter(written.items()))
    message = f"{name} vaut {euros(amount)} HT dans l'avis, {euros(wanted)} HT dans la description."
    yield Diagnostic("A033", Niveau.AVERTISSEMENT, message, fact.origine)


def _amount(fact: Fait | None) -> Decimal | None:
    return None if fact is None else read_amount(Brouillon(), fact, "valeur_estimee_ht", machine=True)


def _duration(name: str, lu: BesoinLu, wanted: object, ferme: object, marche: View) -> Iterator[Diagnostic]:
    """Compare durations; a notice may tell the first period alone, or all of them."""
    stated = read_duration(replace(lu, reconductions=None, reconduction_texte=None))
    written, fact = stated.mois, stated.fait
    if written is None or fact is None or stated.nature is Nature.A_CONFIRMER or not isinstance(wanted, int):
        return
    periods = marche.reconductions + 1 if isinstance(marche.reconductions, int) else 1
    if written not in (wanted, ferme) and written * periods != wanted and read_duration(lu).mois != wanted:
        message = f"{name} dure {written} mois dans l'avis, {wanted} dans la description (reconductions comprises)."
        yield Diagnostic("A044", Niveau.AVERTISSEMENT, message, fact.origine)
