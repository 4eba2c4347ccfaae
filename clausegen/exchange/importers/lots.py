"""The lots: numbers, titles, codes, durations, amounts; a market without lots has one."""

from __future__ import annotations

import re

from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.diagnostics import Niveau
from clausegen.exchange.importers.durations import Duree, read_duration
from clausegen.exchange.importers.interface import AvisLu, Fait, Genre, LotLu, Nature
from clausegen.exchange.importers.market import INTITULE, draw_cpv, draw_text, keep_amount, pick_amount
from clausegen.exchange.importers.sketch import Brouillon

_MOST = 500
"""Lots that a notice may have: beyond, the description could not be read back."""


def draw_lots(brouillon: Brouillon, avis: AvisLu, vocab: VocabulaireOuvert) -> None:
    """Fill in the keys of `lots`, and what the market has from them: its duration and its renewals."""
    if not avis.lots:
        where = avis.intitule or Fait("", "/")
        avis.lots = [LotLu(numero=Fait("1", where.origine, "l'avis ne décrit aucun lot", sur=False))]
    if len(avis.lots) > _MOST:
        message = f"L'avis compte {len(avis.lots)} lots : seuls les {_MOST} premiers sont repris."
        brouillon.constater("I011", Niveau.AVERTISSEMENT, message, "lots")
        del avis.lots[_MOST:]
    _numbers(brouillon, avis)
    for rank, lot in enumerate(avis.lots):
        _lot(brouillon, avis, lot, f"lots[{rank}]", vocab)
    _durations(brouillon, avis)


def _numbers(brouillon: Brouillon, avis: AvisLu) -> None:
    """Number the lots as the notice does when its numbers are numbers, each once; else by rank, and say so."""
    read = [re.search(r"[0-9]{1,4}", lot.numero.valeur) if lot.numero else None for lot in avis.lots]
    numbers = [int(match[0]) if match else 0 for match in read]
    kept = all(numbers) and len(set(numbers)) == len(numbers)
    for rank, lot in enumerate(avis.lots):
        chemin = f"lots[{rank}].numero"
        fait = lot.numero or Fait("", (lot.intitule or Fait("", "/")).origine)
        if kept:
            told = fait.precision or (fait.valeur if fait.valeur != str(numbers[rank]) else "")
            brouillon.lire(chemin, numbers[rank], fait, told)
        else:
            brouillon.deduire(
                chemin,
                rank + 1,
                fait,
                f"rang du lot ; l'avis écrit « {fait.valeur[:20]} »" if fait.valeur else "rang du lot",
            )
    if not kept and len(avis.lots) > 1:
        message = "Les lots n'ont pas chacun leur numéro dans l'avis : ils sont numérotés dans son ordre."
        brouillon.constater("I011", Niveau.INFORMATION, message, "lots")


def _lot(brouillon: Brouillon, avis: AvisLu, lot: LotLu, chemin: str, vocab: VocabulaireOuvert) -> None:
    title = lot.intitule or (avis.intitule if len(avis.lots) == 1 else None)
    if title is not None:
        draw_text(brouillon, f"{chemin}.intitule", title, INTITULE)
    found = pick_amount(brouillon, lot, f"{chemin}.valeur_estimee_ht", avis.genre is not Genre.PROGRAMMATION)
    if found is not None:
        keep_amount(brouillon, f"{chemin}.valeur_estimee_ht", found, found[3])
    main = brouillon.valeur("cpv")
    code = draw_cpv(brouillon, f"{chemin}.cpv", lot.cpv, vocab)
    if code is not None and code == main:
        # The lot has the market's own code: saying it twice would only ask to be kept in step.
        brouillon.retirer(f"{chemin}.cpv")
    others = lot.cpv_secondaires + (avis.cpv_secondaires if len(avis.lots) == 1 else [])
    _secondary(brouillon, f"{chemin}.cpv_secondaires", others, {main, code}, vocab)


def _secondary(
    brouillon: Brouillon, chemin: str, faits: list[Fait], known: set[str | None], vocab: VocabulaireOuvert
) -> None:
    codes: list[str] = []
    for fait in faits:
        code = draw_cpv(brouillon, chemin, fait, vocab)
        if code is not None and code not in known and code not in codes:
            codes.append(code)
    brouillon.retirer(chemin)
    if codes:
        brouillon.lire(chemin, codes, Fait("", faits[0].origine))


def _durations(brouillon: Brouillon, avis: AvisLu) -> None:
    """A duration common to all lots is the market's; else each lot has its own."""
    own = [read_duration(lot) for lot in avis.lots]
    whole = read_duration(avis)
    if whole.mois is not None or whole.explication:
        _keep(brouillon, "duree_mois", whole)
    told = [found for found in own if found.mois is not None or found.explication]
    same = len({found.mois for found in own}) == 1 and own[0].mois is not None
    if same and whole.mois is None:
        first = own[0]
        how = first.explication or (f"durée commune aux {len(own)} lots" if len(own) > 1 else "")
        brouillon.questions.pop("duree_mois", None)
        _keep(brouillon, "duree_mois", Duree(first.mois, first.nature, how, first.fait))
    elif told and not same:
        for rank, found in enumerate(own):
            _keep(brouillon, f"lots[{rank}].duree_mois" if len(own) > 1 else "duree_mois", found)
    _renewals(brouillon, [whole, *own] if whole.reconductions is not None else own)


def _keep(brouillon: Brouillon, chemin: str, found: Duree) -> None:
    if found.mois is None or found.fait is None:
        if found.explication:
            brouillon.demander(chemin, found.explication)
            if all(found.explication != known.message for known in brouillon.constats):
                brouillon.constater("I012", Niveau.QUESTION, found.explication, chemin)
        return
    if found.nature is Nature.LU:
        brouillon.lire(chemin, found.mois, found.fait, found.explication)
    elif found.nature is Nature.DEDUIT:
        brouillon.deduire(chemin, found.mois, found.fait, found.explication)
    else:
        brouillon.confirmer(chemin, found.mois, found.fait, found.explication)


def _renewals(brouillon: Brouillon, found: list[Duree]) -> None:
    numbers = {each.reconductions for each in found}
    first = found[0]
    if len(numbers) > 1:
        known = ", ".join("inconnu" if n is None else str(n) for n in (each.reconductions for each in found[:20]))
        brouillon.demander("reconductions", f"Le nombre de reconductions change d'un lot à l'autre ({known}).")
        message = "Le nombre de reconductions change d'un lot à l'autre : la description n'en tient qu'un."
        brouillon.constater("I007", Niveau.AVERTISSEMENT, message, "reconductions")
    elif first.reconductions is not None and first.reconduction is not None:
        text = not re.fullmatch(r"[0-9]{1,2}", first.reconduction.valeur)
        if text:
            brouillon.deduire("reconductions", first.reconductions, first.reconduction, "lu dans le texte")
        else:
            brouillon.lire("reconductions", first.reconductions, first.reconduction, first.reconduction.precision)
