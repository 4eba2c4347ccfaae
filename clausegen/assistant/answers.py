"""From what a person types to values of the description; every value goes through the readers of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from decimal import Decimal
from typing import Any

from clausegen.assistant import cpv, fields, lots, spoken
from clausegen.assistant.questions import Choix, Question
from clausegen.assistant.values import Valeurs, put
from clausegen.description.misnomers import USAGES
from clausegen.files.nearest import folded, usual_word
from clausegen.french.amounts import euros
from clausegen.french.dates import iso_meant
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass

_ADRESSE = re.compile(r"(?P<voie>.*?)[\s,;]+(?P<code>[0-9]{5})\s+(?P<commune>\S.*)")
_HEURES = re.compile(
    r"(?P<heures>[0-9][0-9 ]*)\s*(?:h|heures?)(?: d'insertion)?(?:\s*(?:/|par|pour)\s*(?P<montant>[0-9].*))?",
    re.IGNORECASE,
)
_ASIDE = "cette ligne de titres ou de total est laissée de côté : donnez les lots, un par ligne."
_YES, _NO = frozenset({"oui", "o", "yes", "true", "vrai"}), frozenset({"non", "n", "no", "false", "faux"})


class Refus(Exception):
    """An answer that cannot be taken; the message says why, in French."""


class Propositions(Exception):
    """An answer that brings choices to mind, among which the person has to pick."""

    def __init__(self, choix: tuple[Choix, ...], message: str) -> None:
        super().__init__(message)
        self.choix = choix


@dataclass(frozen=True, slots=True)
class Lu:
    """An answer that was read.

    Args:
        valeurs: key paths to what they now hold.
        message: how it was understood, when that is worth saying.
        ouvert: whether a list of lots goes on.
    """

    valeurs: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    ouvert: bool = False


def picked(texte: str, choix: tuple[Choix, ...]) -> Choix | None:
    """Return the choice that was meant: its number, its word, its label, a usual other name for it."""
    found = meant(texte, choix, begins=True)
    return found[0] if len(found) == 1 else None


def meant(texte: str, choix: tuple[Choix, ...], *, begins: bool = False) -> list[Choix]:
    """Return the choices that may be meant: one when there is no doubt.

    Args:
        texte: what was typed.
        choix: the choices.
        begins: whether a label has to begin with what was typed, rather than only to hold it.
    """
    if texte.isdigit() and texte.isascii() and len(texte) < 4:
        number = int(texte)
        return [choix[number - 1]] if 1 <= number <= len(choix) else []
    wanted = folded(texte)
    names = [(c, (folded(c.valeur), folded(c.libelle), *map(folded, c.mots))) for c in choix]
    if exact := [choice for choice, known in names if wanted and wanted in known]:
        return exact[:1]
    words = {c.valeur: c for c in choix}
    usual = usual_word(texte, words, USAGES.mots)
    if usual:
        return [words[usual]]
    if len(wanted) < 3:
        return []
    begin = [c for c in choix if folded(c.libelle).startswith(wanted)]
    return begin if begin or begins else [c for c in choix if f"-{wanted}-" in f"-{_plain_words(c.libelle)}-"]


def _plain_words(texte: str) -> str:
    return folded(re.sub(r"[^\w'’-]+", " ", texte))


def yes_or_no(texte: str) -> bool | None:
    """Read « oui » or « non », in any of their usual forms; None for anything else."""
    word = folded(texte)
    return True if word in _YES else False if word in _NO else None


def interpret(question: Question, texte: str, livre: Rulebook, maximum: int) -> Lu:
    """Read an answer by the kind of its question.

    Args:
        question: what was asked.
        texte: what was typed, without outer blanks.
        livre: the law, for lists of codes.
        maximum: how many lots the conversation can take.

    Raises:
        Refus: the answer is not one.
        Propositions: choices have to be shown.
    """
    reader = _READERS.get(question.genre)
    if reader is not None:
        return reader(question, texte)
    if question.genre == "cpv":
        return _cpv(question, texte, livre)
    if question.genre == "lots":
        return _lots(texte, maximum)
    figures = spoken.amount(texte) if question.chemin.endswith("_ht") else None
    if figures is not None:
        return Lu({question.chemin: figures}, f"Compris : {euros(Decimal(figures))}.")
    return Lu({question.chemin: texte})


def _choice(question: Question, texte: str) -> Lu:
    found = meant(texte, question.choix)
    if len(found) > 1:
        ranks = [f"{question.choix.index(choice) + 1} ({choice.libelle})" for choice in found]
        raise Refus(f"« {texte[:40]} » peut vouloir dire {', '.join(ranks[:-1])} ou {ranks[-1]} : tapez le numéro.")
    if not found:
        raise Refus(f"« {texte[:40]} » n'est pas un des choix : tapez un numéro de 1 à {len(question.choix)}.")
    return Lu({question.chemin: found[0].valeur})


def _yes(question: Question, texte: str) -> Lu:
    said = yes_or_no(texte)
    choice = picked(texte, question.choix) if said is None else None
    said = yes_or_no(choice.valeur) if choice is not None else said
    if said is None:
        raise Refus("répondez par oui ou par non.")
    return Lu({question.chemin: said})


def _presence(question: Question, texte: str) -> Lu:
    """Whether a block exists at all: an empty block says yes, its absence no."""
    said = _yes(question, texte).valeurs[question.chemin]
    return Lu({question.chemin: {} if said else None})


def _day(question: Question, texte: str) -> Lu:
    meant = iso_meant(texte)
    if meant is None and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", texte):
        example = question.exemple or "15/12/2026"
        raise Refus(
            f"« {texte[:40]} » n'est pas une date précise : écrivez le jour, le mois et l'année, par exemple {example}."
        )
    return Lu({question.chemin: meant or texte})


def _list(question: Question, texte: str) -> Lu:
    return Lu({question.chemin: [part.strip() for part in texte.split(";") if part.strip()]})


def _cpv(question: Question, texte: str, livre: Rulebook) -> Lu:
    choice = picked(texte, question.choix)
    if choice is not None:
        return Lu({question.chemin: choice.valeur}, f"Code CPV {choice.valeur} : {choice.libelle or 'retenu'}.")
    if re.match(r"[0-9]{8}", re.sub(r"\s", "", texte)):
        return Lu({question.chemin: texte})
    found = cpv.propose(texte, livre)
    if not found:
        advice = "essayez d'autres mots, ou tapez les huit chiffres."
        raise Refus(f"je ne trouve pas de code pour « {texte[:40]} » : {advice}")
    raise Propositions(found, "Voici ce que je trouve. Tapez un numéro, ou d'autres mots :")


def _duration(question: Question, texte: str) -> Lu:
    """« 48 », « 4 ans », « 12 mois reconductible 3 fois »: the total, and how many renewals."""
    try:
        told = spoken.duration(texte)
    except ValueError as error:
        raise Refus(f"{error}.") from error
    if told is None:
        return Lu({question.chemin: texte})
    found: Valeurs = {question.chemin: told.mois}
    if told.reconductions is not None:
        found["reconductions"] = told.reconductions
    return Lu(found, told.compris)


def _address(question: Question, texte: str) -> Lu:
    found = _ADRESSE.fullmatch(texte)
    if found is None:
        raise Refus("écrivez l'adresse sur une ligne : numéro et voie, code postal de cinq chiffres, commune.")
    parts = {"voie": found["voie"].strip(" ,;"), "code_postal": found["code"], "commune": found["commune"].strip()}
    return Lu({f"{question.chemin}.{key}": part for key, part in parts.items() if part})


def _signatory(question: Question, texte: str) -> Lu:
    name, comma, quality = (part.strip() for part in texte.partition(","))
    if not comma or not quality:
        raise Refus("écrivez le nom, une virgule, puis la qualité : « Claude Martin, maire ».")
    parts = {"nom": name, "qualite": quality}
    return Lu({f"{question.chemin}.{key}": part for key, part in parts.items() if part})


def _device(question: Question, texte: str) -> Lu:
    """A dispositif, or hours that the person fixes: a number, or so many for an amount ordered."""
    hours = _HEURES.fullmatch(texte)
    if hours is None:
        return _choice(question, texte)
    chemin = f"{question.chemin.rpartition('.')[0]}.heures"
    number = hours["heures"].replace(" ", "")
    if hours["montant"] is None:
        return Lu({question.chemin: "clause", chemin: number})
    ratio = {f"{chemin}.par_tranche.heures": number, f"{chemin}.par_tranche.montant_ht": hours["montant"].strip()}
    return Lu({question.chemin: "clause", **ratio})


def _lots(texte: str, maximum: int) -> Lu:
    if lots.listed(texte):
        told = lots.parse_list(texte)
        if not told:
            raise Refus(_ASIDE)
        if len(told) > maximum:
            raise Refus(f"{maximum} lots au plus peuvent être saisis ici.")
        return Lu({k: v for rank, lot in enumerate(told) for k, v in _told(rank, lot).items()}, ouvert=len(told) == 1)
    try:
        number = lots.parse_number(texte, maximum)
    except ValueError as error:
        raise Refus(f"{error}.") from error
    return Lu({f"lots[{rank}].numero": rank + 1 for rank in range(number)})


def _title(question: Question, texte: str) -> Lu:
    """The title of a lot, and its amount when the line gives it."""
    prefix = question.chemin.partition(".")[0]
    rank = int(prefix[len("lots[") : -1])
    if lots.aside(texte):
        raise Refus(_ASIDE)
    return Lu(_told(rank, lots.parse_line(texte)), ouvert=question.genre == "lot-suivant")


def _told(rank: int, lot: lots.LotDit) -> Valeurs:
    found: Valeurs = {f"lots[{rank}].numero": rank + 1}
    if lot.intitule:
        found[f"lots[{rank}].intitule"] = lot.intitule
    if lot.montant:
        found[f"lots[{rank}].valeur_estimee_ht"] = spoken.amount(lot.montant) or lot.montant
    return found


def written(valeurs: Valeurs, lu: Lu) -> Valeurs:
    """Return the values with an answer in them."""
    for chemin, valeur in lu.valeurs.items():
        valeurs = put(valeurs, chemin, valeur)
    return valeurs


_READERS: Mapping[str, Callable[[Question, str], Lu]] = {
    fields.CHOIX: _choice,
    "secteur": _choice,
    fields.OUI_NON: _yes,
    "presence": _presence,
    fields.DATE: _day,
    fields.LISTE: _list,
    "duree": _duration,
    "adresse": _address,
    "representant": _signatory,
    "dispositif": _device,
    "intitule": _title,
    "lot-suivant": _title,
}
