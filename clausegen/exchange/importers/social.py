"""What a notice says of social considerations: only questions come of it, since a box is often ticked wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clausegen.diagnostics import Niveau
from clausegen.exchange.importers.interface import AvisLu, BesoinLu, Fait
from clausegen.exchange.importers.sketch import Brouillon
from clausegen.files.treepath import shown
from clausegen.french.typography import plain
from clausegen.record import dataclass

_HOURS = re.compile(r"\b([1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,6})\s*heures?\b")
_SENTENCE = re.compile(r"[^.;!?]{1,1000}")
_AROUND = 60
_QUESTIONS = {"I004": "À qui ce lot est-il réservé, s'il l'est ?", "I005": "Clause, critère ou réservation ?"}
_ELSEWHERE = "À confirmer : l'avis annonce pour tout le marché ce que dit le premier lot. Vaut-il pour celui-ci ?"


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a list found in a text: which, the words around it, and where."""

    mot: str
    extrait: str
    fait: Fait


class Mentions:
    """The lists of words of `rules/echanges/mentions`, ready to search."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._patterns = {
            name: re.compile(
                r"(?<!\w)(?:"
                + "|".join(re.escape(plain(word)) for word in sorted(table[name], key=len, reverse=True))
                + r")(?!\w)"
            )
            for name in ("insertion", "reserve", "criteres", "accord_cadre")
        }
        self._hours_with: str = table["heures"]

    def first(self, liste: str, faits: Iterable[Fait]) -> Mention | None:
        """Return the first mention of a list in some texts."""
        for fait in faits:
            text = plain(fait.valeur)
            if match := self._patterns[liste].search(text.casefold()):
                start, end = max(match.start() - _AROUND, 0), match.end() + _AROUND
                return Mention(match[0], _excerpt(text, start, end), fait)
        return None

    def hours(self, faits: Iterable[Fait]) -> tuple[int, Mention] | None:
        """Return the only number of hours that the texts link to insertion; None without one or with several."""
        found: dict[int, Mention] = {}
        for fait in faits:
            for sentence in _SENTENCE.findall(plain(fait.valeur)):
                if self._hours_with not in sentence.casefold():
                    continue
                for match in _HOURS.finditer(sentence):
                    number = int(match[1].replace(" ", ""))
                    start, end = max(match.start() - _AROUND, 0), match.end() + _AROUND
                    found.setdefault(number, Mention(match[0], _excerpt(sentence, start, end), fait))
        return next(iter(found.items())) if len(found) == 1 else None


def _excerpt(text: str, start: int, end: int) -> str:
    """Cut between two places, at whole words."""
    head = "" if start == 0 else "…"
    tail = "" if end >= len(text) else "…"
    cut = text[start:end]
    if head and " " in cut:
        cut = cut.split(" ", 1)[1]
    if tail and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    return f"{head}{cut.strip()}{tail}"


def ask_social(brouillon: Brouillon, avis: AvisLu, mentions: Mentions) -> None:
    """Turn what a notice says of reservations, objectives, criteria and hours into questions on its lots."""
    grouped: dict[tuple[str, str], list[int]] = {}
    common = list(_declared(avis)) + list(_written(avis, mentions))
    for code, said in common:
        brouillon.demander("lots[0].dispositif", _asked(code, said))
        brouillon.constater(code, Niveau.QUESTION, _majuscule(said), "lots[0].dispositif")
    for rank, lot in enumerate(avis.lots):
        chemin = f"lots[{rank}]"
        if common and rank:
            brouillon.demander(f"{chemin}.dispositif", _ELSEWHERE)
        for code, said in (*_declared(lot), *_written(lot, mentions)):
            brouillon.demander(f"{chemin}.dispositif", _asked(code, said))
            grouped.setdefault((code, said.partition(" (/")[0]), []).append(rank)
        for said in _criteria(lot, mentions):
            brouillon.demander(
                f"{chemin}.insertion.critere.ponderation", f"{_majuscule(said)} Porte-t-il sur l'insertion ?"
            )
            grouped.setdefault(("I005", said), []).append(rank)
        _hours(brouillon, avis, lot, chemin, mentions)
    for (code, said), ranks in grouped.items():
        numbers = ", ".join(str(brouillon.valeur(f"lots[{rank}].numero") or rank + 1) for rank in ranks)
        where = "" if len(ranks) == len(avis.lots) else f"Lot{'s' if len(ranks) > 1 else ''} {numbers} : "
        brouillon.constater(code, Niveau.QUESTION, where + _majuscule(said), f"lots[{ranks[0]}].dispositif")


def _majuscule(said: str) -> str:
    return f"À confirmer : {said}"


def _asked(code: str, said: str) -> str:
    return f"{_majuscule(said)} {_QUESTIONS.get(code, '')}".rstrip()


def _declared(besoin: BesoinLu) -> Iterator[tuple[str, str]]:
    """Yield what codes declare."""
    reserves = [fait.valeur for fait in besoin.reserves]
    if reserves:
        yield "I004", f"réservation annoncée, dans une case souvent cochée à tort : {' ; '.join(reserves)}."
    sociaux = [fait.valeur for fait in besoin.sociaux if fait.valeur]
    if sociaux:
        yield "I005", f"considération sociale déclarée : {' ; '.join(sociaux)}."


def _written(besoin: BesoinLu, mentions: Mentions) -> Iterator[tuple[str, str]]:
    """Yield what words of the text suggest."""
    texts = _texts(besoin)
    for liste, what in (("reserve", "une réservation"), ("insertion", "une clause d'insertion")):
        if found := mentions.first(liste, texts):
            yield "I006", f"le texte de l'avis semble annoncer {what} : « {found.extrait} » ({found.fait.origine})."


def _criteria(lot: BesoinLu, mentions: Mentions) -> Iterator[str]:
    for criterion in lot.criteres:
        if mentions.first("criteres", [criterion]):
            said = shown(criterion.valeur) + (f", {criterion.precision}" if criterion.precision else "")
            yield f"l'avis annonce un critère d'attribution « {said} » ({criterion.origine})."


def _hours(brouillon: Brouillon, avis: AvisLu, lot: BesoinLu, chemin: str, mentions: Mentions) -> None:
    """A number of hours in the text is proposed, in a comment: it may be a ratio, a total or an example."""
    alone = len(avis.lots) == 1
    if found := mentions.hours([*_texts(lot), *(_texts(avis) if alone else ())]):
        number, mention = found
        said = f"le texte de l'avis parle de {number} heures : « {mention.extrait} » ({mention.fait.origine})."
        brouillon.demander(f"{chemin}.heures", f"{_majuscule(said)} Est-ce le volume de ce lot ?")
        brouillon.constater("I006", Niveau.QUESTION, _majuscule(said), f"{chemin}.heures")


def _texts(besoin: BesoinLu) -> list[Fait]:
    return [fait for fait in (besoin.intitule, besoin.description, *besoin.textes) if fait is not None]
