"""R23, R24, R25: a reservation says its article, its proportion and its equivalents, and mixes no regimes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clausegen.dossier.view import View
from clausegen.proofreading.ccag import DEFENSE, kind
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import Place, places
from clausegen.proofreading.quantities import POURCENT, quantities, shown
from clausegen.regex import late

_NUMBER = late(r"\b[LR]\. ?(\d{4}-\d+(?:-\d+)*)")


def reservations(contexte: Contexte, data: dict[str, Any]) -> Iterator[tuple[Place, int, int]]:
    """Yield the sentences by which a text reserves lots, with their places."""
    pattern = re.compile(data["annonce"], re.IGNORECASE)
    for place in places(contexte.document):
        for match in pattern.finditer(place.texte):
            end = re.compile(r"\.(?= [A-ZÀÉÈL]|$)(?<!L\.)(?<!R\.)").search(place.texte, match.end())
            yield place, match.start(), end.end() if end else len(place.texte)


def _articles(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def whole_reservation(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R23: every reserved lot is announced, by its own article, its share and its equivalents."""
    data = controle.donnees
    regimes: dict[str, dict[str, Any]] = data["regimes"]
    known = {a for regime in regimes.values() for a in regime["articles"]}
    founded = any(_articles(bloc.texte) & known for bloc in contexte.document.corps())
    told: set[int] = set()
    for place, start, end in reservations(contexte, data):
        text = place.texte[start:end]
        lots = _reserved(contexte, place, start)
        told |= {int(lot.numero) for lot in lots}
        wanted: dict[str, View | None] = {str(lot.dispositif): lot for lot in lots}
        wanted = wanted or dict.fromkeys(_guessed(text, regimes))
        if not wanted and not founded and re.search(data["beneficiaires"], text, re.IGNORECASE):
            yield Constat(
                *(place.bloc, *_head(text, (start, end))),
                f"« {text[: _head(text, (0, end))[1]]} » : aucun article du code ne fonde cette réservation. Le citer, "
                "ou retirer la phrase.",
            )
        for name, lot in wanted.items():
            yield from _lacking(place, (start, end), regimes.get(name, {}), lot, contexte, data)
    yield from _shares(contexte, data)
    if contexte.dossier is None or contexte.piece not in data["annoncent"]:
        return
    for lot in contexte.dossier.lots:
        if str(lot.dispositif).startswith("reserve-") and int(lot.numero) not in told:
            yield Constat(
                *(None, 0, 0),
                f"Le lot n° {lot.numero} est réservé, et cette pièce ne le dit pas avec l'article du code. Recopier la "
                "formule de réservation des autres pièces.",
                chemin=f"{lot.chemin}.dispositif",
            )


def _shares(contexte: Contexte, data: dict[str, Any]) -> Iterator[Constat]:
    """The share itself; a text from elsewhere may speak of other shares than that of its reservation."""
    limit = contexte.livre.parametre(data["parametre"], contexte.jour)
    if limit is None:
        return
    right = Decimal(limit["valeur"]) * (100 if Decimal(limit["valeur"]) <= 1 else 1)
    subject = re.compile(data["part"], re.IGNORECASE)
    spans = {place.bloc.rang: (start, end) for place, start, end in reservations(contexte, data)}
    for place in places(contexte.document):
        for q in quantities(place.texte):
            start, end = spans.get(place.bloc.rang, (0, 0))
            inside = contexte.piece is not None or start <= q.debut < end
            around = place.texte[max(0, q.debut - 60) : q.apres + 60]
            if q.unite == POURCENT and inside and q.valeur != right and subject.search(around):
                yield Constat(
                    *(place.bloc, q.debut, q.apres),
                    f"« {place.texte[q.debut : q.apres]} » : la proportion d'un lot réservé est d'au moins "
                    f"{shown(right)} %. L'écrire ainsi, partout.",
                )


def _reserved(contexte: Contexte, place: Place, start: int) -> list[View]:
    if contexte.dossier is None:
        return []
    numbers = place.lots(start + len("Le lot n° 1"))
    every = [lot for lot in contexte.dossier.lots if str(lot.dispositif).startswith("reserve-")]
    return [lot for lot in every if int(lot.numero) in numbers] or (every if not numbers and len(every) == 1 else [])


def _guessed(text: str, regimes: dict[str, dict[str, Any]]) -> list[str]:
    """Return the regime of a reservation by the article that it cites, the one with most articles first."""
    cited = _articles(text)
    found = [name for name, regime in regimes.items() if set(regime["articles"]) <= cited]
    return sorted(found, key=lambda name: -len(regimes[name]["articles"]))[:1]


def _lacking(
    place: Place,
    span: tuple[int, int],
    regime: dict[str, Any],
    lot: View | None,
    contexte: Contexte,
    data: dict[str, Any],
) -> Iterator[Constat]:
    text = place.texte[span[0] : span[1]]
    who = f"du lot n° {lot.numero}" if lot is not None else "de ce lot"
    if (
        contexte.dossier is not None
        and DEFENSE not in kind(contexte)
        and contexte.dossier.marche.contrat != "concession"
    ):
        lacking = [a for a in regime.get("articles", ()) if a not in _articles(text)]
        if lacking:
            numbers = " et ".join(f"L. {a}" for a in lacking)
            yield Constat(
                *(place.bloc, *_head(text, span)),
                f"La réservation {who} se fonde sur l'article {numbers}, que cette phrase ne cite pas. Le citer.",
            )
    for key, said in (("proportion", "« 50 % »"), ("equivalentes", "les structures équivalentes")):
        pattern = data[key]
        if regime.get(key) and not re.search(pattern, text, re.IGNORECASE):
            yield Constat(
                *(place.bloc, *_head(text, span)),
                f"La réservation {who} ne mentionne pas {said}, que la loi exige. L'écrire dans la formule.",
            )


def _head(text: str, span: tuple[int, int]) -> tuple[int, int]:
    match = re.match(r"[^,.;]*", text)
    return span[0], span[0] + (match.end() if match else len(text))


def single_regime(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R24: articles that cannot reserve the same lot together."""
    data = controle.donnees
    books = kind(contexte)
    for place, start, end in reservations(contexte, contexte.livre.donnees["relecture/R23"]["donnees"]):
        text = place.texte[start:end]
        cited = _articles(text)
        for rule in data["incompatibles"]:
            if "livre" in rule and rule["livre"] not in books:
                continue
            if set(rule["article"]) <= cited and cited & set(rule["avec"]):
                other = sorted(cited & set(rule["avec"]))[0]
                match = re.search(rf"L\. ?{re.escape(other)}(?!-?\d)", text)
                at = start + match.start() if match else start
                yield Constat(place.bloc, at, at + (len(match.group()) if match else 0), str(rule["raison"]))


def social_economy(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R25: the reservation to the social economy: both articles, three years at most, the right services."""
    data = controle.donnees
    first, second = data["articles"]
    for place, start, end in reservations(contexte, contexte.livre.donnees["relecture/R23"]["donnees"]):
        text = place.texte[start:end]
        cited = _articles(text)
        if first not in cited and not re.search(data["mots"], text, re.IGNORECASE):
            continue
        if first in cited and second not in cited:
            match = re.search(rf"L\. ?{re.escape(first)}(?!-?\d)", text)
            assert match is not None
            at = start + match.start()
            yield Constat(
                *(place.bloc, at, at + len(match.group())),
                f"« {match.group()} » : la réservation à l'économie sociale et solidaire suppose aussi l'article "
                f"L. {second} "
                "(durée, mission, attributions antérieures). Citer les deux.",
            )
        for lot in _reserved(contexte, place, start):
            yield from _limits(place, _head(text, (start, end)), lot, contexte, data)


def _limits(
    place: Place, head: tuple[int, int], lot: View, contexte: Contexte, data: dict[str, Any]
) -> Iterator[Constat]:
    if lot.dispositif != data["dispositif"]:
        return
    limit = contexte.livre.parametre(data["duree"], contexte.jour)
    if limit is not None and isinstance(lot.duree_mois, (int, Decimal)) and lot.duree_mois > limit["valeur"]:
        yield Constat(
            *(place.bloc, *head),
            f"Le lot n° {lot.numero} dure {lot.duree_mois} mois ; un lot réservé à l'économie sociale et solidaire ne "
            f"dépasse pas {limit['valeur']} mois. Réduire la durée, ou changer de réservation.",
            chemin=f"{lot.chemin}.duree_mois",
        )


CHECKS: dict[str, Check] = {"R23": whole_reservation, "R24": single_regime, "R25": social_economy}
