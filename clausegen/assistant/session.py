"""The conversation: one question at a time, each answer read and decided at once, and every step can be undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from clausegen.assistant import cpv, order, wording
from clausegen.assistant.answers import Propositions, Refus, interpret, picked, written, yes_or_no
from clausegen.assistant.implications import Implication, implications, named, summary
from clausegen.assistant.questions import SUITE, Choix, Question, Reponse
from clausegen.assistant.script import DROIT, LOT, PIECES, Fiche, Script, pattern
from clausegen.assistant.situation import Situation, read, situate
from clausegen.assistant.values import Valeurs, get, given, put
from clausegen.description.readers import VERSION
from clausegen.files.nearest import folded
from clausegen.files.treepath import parse_path
from clausegen.french.typography import plain
from clausegen.law.decision import Decision
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass

Examen = Callable[[Valeurs], Iterable[tuple[str, str]]]
"""Returns the keys that the pieces would leave to complete, with their questions."""
_LONGEST = 100_000
_UNKNOWN = re.compile(
    r"(?:(?:je|on)-)?(?:ne-)?(?:le-)?sai[st]-pas(?:-encore)?|jsp|nsp|passer?|inconnue?|aucune-idee|a-(?:definir|preciser|voir)"
)


@dataclass(frozen=True, slots=True)
class _Etat:
    """All that an undone answer gives back."""

    valeurs: Valeurs
    passees: frozenset[str] = frozenset()
    suite: bool | None = None
    lots_ouverts: bool = False
    ecartees: frozenset[str] = frozenset()
    champs: tuple[tuple[str, str], ...] = field(default=())


class Session:
    """A guided conversation.

    Args:
        livre: the law.
        valeurs: what is known already: nested values, as in the file.
        examen: says what the pieces would leave to complete; None to ask only what the decision asks.
        ecartees: questions that were answered no already, which no value tells.
    """

    def __init__(
        self,
        livre: Rulebook,
        valeurs: Valeurs | None = None,
        examen: Examen | None = None,
        ecartees: frozenset[str] = frozenset(),
    ) -> None:
        self._livre, self._examen = livre, examen
        self.script = Script(livre)
        self._vocab = open_words(livre)
        held = {k: v for k, v in (valeurs or {}).items() if k != "version"}
        self._etat = _Etat(held, passees=ecartees, ecartees=ecartees)
        self._passe: list[_Etat] = []
        self._situation = self._situated(self._etat.valeurs)
        self._annoncee = self.decision
        self._nouvelles: tuple[Implication, ...] = ()
        self._propositions: tuple[Choix, ...] = ()
        self._posee: Question | None = None

    @property
    def decision(self) -> Decision:
        """Return what is decided so far."""
        return self._situation.papiers.decision

    def valeurs(self) -> Valeurs:
        """Return what the file holds so far."""
        return {"version": VERSION, **self._etat.valeurs}

    def ecartees(self) -> tuple[str, ...]:
        """Return the questions answered no, which no value of the file tells."""
        return tuple(sorted(chemin for chemin in self._etat.ecartees if not given(self._etat.valeurs, chemin)))

    def complete(self) -> bool:
        """Tell whether the file would load: its subject is known."""
        return given(self._etat.valeurs, "objet")

    def defauts(self) -> tuple[tuple[str, Any], ...]:
        """Return the drafting choices that hold because nobody made them: their labels and values."""
        held = self.decision.valeurs_par_defaut
        found = {pattern(item.chemin): item.valeur for item in held if not pattern(item.chemin).startswith(LOT)}
        return tuple((self.script.fait(chemin).get("libelle", chemin), valeur) for chemin, valeur in found.items())

    def implications(self) -> tuple[Implication, ...]:
        """Return what the last answer implied and was not so before."""
        return self._nouvelles

    def resume(self) -> tuple[Implication, ...]:
        """Return the decision in five lines."""
        return summary(self.decision, self.script, len(self.reste()))

    def reste(self) -> dict[str, str]:
        """Return the keys that are still asked for, with their questions."""
        asked = {chemin: texte for chemin, texte in self._demandes() if not given(self._etat.valeurs, chemin)}
        return {chemin: texte for chemin, texte in asked.items() if not self._covered(chemin, asked)}

    def _covered(self, chemin: str, asked: dict[str, str]) -> bool:
        """Tell whether a block that is asked whole is told key by key besides."""
        return any(other.startswith(f"{chemin}.") for other in asked)

    def prochaine(self) -> Question | None:
        """Return the next question: the missing fact that matters most; None when nothing is left."""
        if self._posee is None:
            found = self._next()
            self._posee = replace(found, rang=len(self._passe) + 1) if found is not None else None
        if self._posee is not None and self._propositions:
            return replace(self._posee, choix=self._propositions)
        return self._posee

    def _next(self) -> Question | None:
        etat = self._etat
        if etat.lots_ouverts:
            return wording.next_lot(self.script, len(get(etat.valeurs, "lots") or ()))
        if first := self._left(DROIT):
            return replace(self._question(*first[0]), ensuite=len(first) - 1)
        if etat.suite is False:
            return None
        rest = self._left(PIECES)
        if not rest or etat.suite is None:
            self._etat = etat = replace(etat, champs=self._fields())
            rest = self._left(PIECES)
        if not rest:
            return None
        if etat.suite is None:
            labels = [self.script.fait(chemin).get("libelle", chemin) for _, chemin in rest]
            return wording.go_on(self.script, len(rest), named(labels))
        return replace(self._question(*rest[0]), ensuite=len(rest) - 1)

    def _left(self, moment: str) -> list[tuple[Fiche, str]]:
        etat = self._etat
        demandes = self._situation.demandes(etat.valeurs) if moment == DROIT else self._demandes()
        asked = [chemin for chemin, _ in demandes]
        return order.left(self.script, etat.valeurs, asked, etat.passees, self.decision, moment)

    def _demandes(self) -> list[tuple[str, str]]:
        found = dict((*self._situation.demandes(self._etat.valeurs), *self._etat.champs))
        return [(chemin, texte) for chemin, texte in found.items() if self.script.known(chemin)]

    def _fields(self) -> tuple[tuple[str, str], ...]:
        if self._examen is None or not self.complete():
            return self._etat.champs
        return tuple(self._examen(self.valeurs()))

    def _question(self, fiche: Fiche, chemin: str) -> Question:
        return wording.question(fiche, chemin, self._etat.valeurs, self.script, self._vocab, self.decision)

    def repondre(self, texte: str) -> Reponse:
        """Take an answer to the question that stands; an empty one, or « je ne sais pas », leaves it open.

        Args:
            texte: what was typed.
        """
        question = self.prochaine()
        if question is None:
            return Reponse(False, "il n'y a plus de question.")
        texte = plain(texte).strip()
        if len(texte) > _LONGEST:
            return Reponse(False, "cette réponse est trop longue.")
        unknown = len(question.choix) + 1
        if not texte or _UNKNOWN.fullmatch(folded(texte)) or (question.choix and texte == str(unknown)):
            return self._left_open(question)
        return self._taken(question, texte)

    def poser(self, chemin: str, texte: str) -> Reponse:
        """Give the value of a key out of turn.

        Args:
            chemin: any key of the description, such as `insertion.penalites.donnees`.
            texte: its value as typed.
        """
        return self._taken(self._question(self.script.fiche(chemin), chemin), plain(texte).strip())

    def retour(self) -> bool:
        """Undo the last answer; False when there is none."""
        if not self._passe:
            return False
        self._etat = self._passe.pop()
        self._situation = self._situated(self._etat.valeurs)
        self._annoncee = self.decision
        self._nouvelles, self._propositions, self._posee = (), (), None
        return True

    def _left_open(self, question: Question) -> Reponse:
        if question.obligatoire:
            return Reponse(False, "il faut une réponse ici : quelques mots suffisent.")
        suite = False if question.chemin == SUITE else self._etat.suite
        passees = self._etat.passees | {question.chemin}
        self._advance(replace(self._etat, passees=passees, suite=suite, lots_ouverts=False))
        return Reponse(True)

    def _says_no(self, question: Question, texte: str) -> bool:
        """Tell whether an answer is a « no » that the file has to remember."""
        fiche = self.script.fiche(question.chemin)
        if not fiche.non_suffit:
            return False
        choice = picked(texte, question.choix)
        return yes_or_no(choice.valeur if choice is not None else texte) is False

    def _taken(self, question: Question, texte: str) -> Reponse:
        if self._says_no(question, texte) and not question.choix:
            passees, ecartees = self._etat.passees | {question.chemin}, self._etat.ecartees | {question.chemin}
            self._advance(replace(self._etat, passees=passees, ecartees=ecartees))
            return Reponse(True)
        try:
            said = interpret(question, texte, self._livre, self.script.maximum_lots)
        except Propositions as found:
            self._propositions = cpv.by_nature(found.choix, get(self._etat.valeurs, "nature"), self._livre)
            return Reponse(False, str(found), propositions=True)
        except Refus as refusal:
            return Reponse(False, str(refusal))
        etat = replace(self._etat, passees=self._etat.passees | {question.chemin})
        if self._says_no(question, texte):
            etat = replace(etat, ecartees=etat.ecartees | {question.chemin})
        if question.chemin == SUITE:
            self._advance(replace(etat, suite=bool(said.valeurs[SUITE])))
            return Reponse(True)
        valeurs = written(self._etat.valeurs, said)
        marche, faults = read(valeurs, self._vocab)
        if marche is None:
            return Reponse(False, _reason(faults[0].message, faults[0].chemin))
        situation = situate(marche, self._livre)
        known = {(d.code, d.message) for d in self._situation.contradictions}
        for clash in situation.contradictions:
            if (clash.code, clash.message) not in known:
                return Reponse(
                    False, f"{self.script.spoken(clash.message)} Corrigez, ou revenez en arrière avec « < »."
                )
        for chemin in said.valeurs:
            valeurs = _settled(valeurs, chemin, marche)
        room = len(get(valeurs, "lots") or ()) < self.script.maximum_lots
        self._advance(replace(etat, valeurs=valeurs, lots_ouverts=said.ouvert and room), situation)
        return Reponse(True, said.message)

    def _advance(self, etat: _Etat, situation: Situation | None = None) -> None:
        self._passe.append(self._etat)
        self._etat = etat
        self._propositions, self._posee = (), None
        self._situation = situation or self._situation
        self._nouvelles = ()
        if not etat.lots_ouverts:
            # What a list of lots implies is told once it is closed: one lot is not yet a market in one lot.
            self._nouvelles = implications(self._annoncee, self.decision, self.script)
            self._annoncee = self.decision

    def _situated(self, valeurs: Valeurs) -> Situation:
        marche, faults = read(valeurs, self._vocab)
        if marche is None:
            raise ValueError(faults[0].message)
        return situate(marche, self._livre)


def _reason(message: str, chemin: str | None) -> str:
    """Return a refusal of the readers without the key that it names: the person sees a question, not a key."""
    return message.removeprefix(f"`{chemin}` : ")


def _settled(valeurs: Valeurs, chemin: str, marche: Any) -> Valeurs:
    """Write a value as it was read: a Decimal, a day, a word, in place of what was typed."""
    node = marche
    for step in parse_path(chemin):
        if node is None:
            return valeurs
        node = node[step] if isinstance(step, int) else getattr(node, step)
    if isinstance(node, Decimal):
        node = int(node) if node == node.to_integral_value() else node
    if isinstance(node, tuple):
        node = list(node)
    return valeurs if node is None or isinstance(node, BaseModel) else put(valeurs, chemin, node)
