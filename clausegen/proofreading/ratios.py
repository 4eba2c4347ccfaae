"""R03: hours by amount ordered or invoiced: hours, amount, threshold and base are the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clausegen.proofreading.drafts import changed_figures
from clausegen.proofreading.facts import Volumes, named, volumes
from clausegen.proofreading.hours import is_ratio
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, places
from clausegen.proofreading.quantities import EUROS, HEURES, POURCENT, SIGNES, Quantite, quantities, shown

_BASES = {"commande": "facture", "facture": "commande"}


def same_ratio(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R03: with a description, each ratio is that of its lot; without one, a lot has a single ratio."""
    known = volumes(contexte.dossier) if contexte.dossier is not None else {}
    first: dict[frozenset[int], tuple[Decimal, Decimal, int]] = {}
    for place, hours, amount in _ratios(contexte):
        lots = place.lots(hours.debut) or (frozenset(known) if len(known) == 1 else frozenset())
        if contexte.dossier is not None:
            yield from _against(
                place,
                hours,
                amount,
                [known[n] for n in sorted(lots) if n in known] or [*known.values()],
                controle.donnees,
            )
            continue
        if len(lots) != 1:
            continue
        same = first.setdefault(lots, (hours.valeur, amount.valeur, place.bloc.rang))
        if same[:2] != (hours.valeur, amount.valeur):
            yield Constat(
                *(place.bloc, hours.debut, amount.apres),
                f"« {place.texte[hours.debut : amount.apres]} » pour {named(lots)}, alors que le paragraphe {same[2]} "
                f"fixe {shown(same[0])} heures par tranche de {shown(same[1])} €. Retenir un seul rapport, partout.",
            )
    yield from _terms(contexte, controle.donnees)


def _terms(contexte: Contexte, donnees: dict[str, Any]) -> Iterator[Constat]:
    """Amounts and rates from which hours are worked out, where a drafted sentence states them."""
    elsewhere = re.compile(donnees["autre_sujet"], re.IGNORECASE)
    ratios = {(place.bloc.rang, amount.debut) for place, _, amount in _ratios(contexte)}
    for gap in changed_figures(contexte, (EUROS, POURCENT)):
        place, q = gap.place, gap.quantite
        if (place.bloc.rang, q.debut) in ratios or elsewhere.search(" ".join((*place.titres, place.texte))):
            continue
        expected = " ou ".join(dict.fromkeys(f"{shown(r.valeur)} {SIGNES[r.unite]}" for r in gap.attendu))
        yield Constat(
            *(place.bloc, q.debut, q.apres),
            f"« {place.texte[q.debut : q.apres]} » : les pièces du marché écrivent ici {expected}. Rétablir ce "
            "nombre, ou le "
            "changer dans la description et reprendre toutes les pièces.",
        )


def _ratios(contexte: Contexte) -> Iterator[tuple[Place, Quantite, Quantite]]:
    for place in places(contexte.document):
        found = quantities(place.texte)
        for hours in found:
            if hours.unite == HEURES and (amount := is_ratio(place.texte, hours, found)):
                yield place, hours, amount


def _against(
    place: Place, hours: Quantite, amount: Quantite, lots: list[Volumes], donnees: dict[str, Any]
) -> Iterator[Constat]:
    ratios = [v for v in lots if v.ratio]
    text = place.texte[hours.debut : amount.apres]
    if not ratios:
        if not any(v.inconnu for v in lots):
            yield Constat(
                *(place.bloc, hours.debut, amount.apres),
                f"« {text} » : la description ne fixe pas de rapport aux montants pour "
                f"{named([v.numero for v in lots])}. "
                "Écrire le volume en heures, ou corriger le numéro du lot.",
            )
        return
    right = ratios[0]
    said = f"{shown(right.ratio['heures'])} heures par tranche de {shown(right.ratio['montant_ht'])} € HT"
    path = f"{right.chemin}.heures.par_tranche"
    for quantite, key in ((hours, "heures"), (amount, "montant_ht")):
        if all(quantite.valeur != Decimal(v.ratio[key]) for v in ratios):
            yield Constat(
                *(place.bloc, quantite.debut, quantite.apres),
                f"« {text} » : la description fixe {said} pour {named([v.numero for v in ratios])}. "
                "Rétablir ce rapport, ou le changer dans la description et reprendre toutes les pièces.",
                chemin=path,
            )
    yield from _threshold(place, amount, ratios, donnees, path)
    yield from _base(place, amount, ratios, donnees, path)


def _threshold(
    place: Place, amount: Quantite, ratios: list[Volumes], donnees: dict[str, Any], path: str
) -> Iterator[Constat]:
    """The amount from which hours are counted follows the ratio, in the same sentence."""
    before = re.compile(donnees["seuil"], re.IGNORECASE)
    for q in quantities(place.texte):
        between = place.texte[amount.apres : q.debut]
        if q.unite == EUROS and q.debut > amount.apres and ";" not in between and before.search(between):
            if all(q.valeur != Decimal(v.ratio["a_partir_de_ht"]) for v in ratios):
                right = Decimal(ratios[0].ratio["a_partir_de_ht"])
                expected = f"à partir de {shown(right)} € HT" if right else "dès le premier euro"
                yield Constat(
                    *(place.bloc, q.debut, q.apres),
                    f"« {place.texte[q.debut : q.apres]} » : les heures se comptent {expected} dans la description.",
                    chemin=f"{path}.a_partir_de_ht",
                )
            return


def _base(
    place: Place, amount: Quantite, ratios: list[Volumes], donnees: dict[str, Any], path: str
) -> Iterator[Constat]:
    bases = {str(v.ratio["base"]) for v in ratios}
    if len(bases) != 1 or (base := bases.pop()) not in _BASES:
        return
    other = re.compile(donnees["assiettes"][_BASES[base]], re.IGNORECASE)
    if match := other.match(place.texte, amount.apres):
        yield Constat(
            *(place.bloc, match.start("mot"), match.end("mot")),
            f"« {match['mot']} » : dans la description, les heures se calculent sur les montants "
            f"{donnees['noms'][base]}. Écrire la même assiette partout.",
            chemin=f"{path}.base",
        )


CHECKS: dict[str, Check] = {"R03": same_ratio}
