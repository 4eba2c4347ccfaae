"""What passes between the conversation and whoever holds the keyboard: questions, choices, replies."""

from __future__ import annotations

from clausegen.record import dataclass

SUITE = "(suite)"
"""Path of the question that is no key: whether to go on with what the pieces ask."""


@dataclass(frozen=True, slots=True)
class Choix:
    """One answer among those proposed.

    Args:
        valeur: what it stands for.
        libelle: what the person reads.
        note: why it is proposed, or what to know; empty for nothing.
        mots: other names that people give it.
    """

    valeur: str
    libelle: str
    note: str = ""
    mots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question to put to the buyer.

    Args:
        chemin: key that the answer fills, such as `lots[0].cpv`.
        titre: subject of the group it belongs to.
        texte: the question, in French.
        aide: one line of help.
        exemple: what an answer looks like.
        genre: how the answer is read.
        choix: what can be picked by its number.
        defaut: what holds when the question is left open; empty for nothing.
        obligatoire: whether the conversation can go on without an answer.
        rang: its number, from 1.
        ensuite: how many others are known to follow.
    """

    chemin: str
    titre: str
    texte: str
    aide: str = ""
    exemple: str = ""
    genre: str = "valeur"
    choix: tuple[Choix, ...] = ()
    defaut: str = ""
    obligatoire: bool = False
    rang: int = 1
    ensuite: int = 0


@dataclass(frozen=True, slots=True)
class Reponse:
    """What became of an answer.

    Args:
        acceptee: whether it was taken; the same question stands otherwise.
        message: why not, in French; or how it was understood, when that is worth saying.
        propositions: whether the question stands again with choices that the answer brought to mind: no fault.
    """

    acceptee: bool
    message: str = ""
    propositions: bool = False
