"""The conversation at the keyboard: puts the questions of a session, carries out the commands typed in their place."""

from __future__ import annotations

from collections.abc import Callable

from clausegen.assistant import fields
from clausegen.assistant.questions import SUITE, Question
from clausegen.assistant.script import pattern
from clausegen.assistant.session import Session
from clausegen.cli.answering import Source
from clausegen.cli.screen import Screen
from clausegen.errors import ClausegenError
from clausegen.files.nearest import folded

BACK, HELP, SKIP, SHOW, STOP = ("<", "retour"), ("?", "aide"), ("passer",), ("voir",), ("fin", "quitter")
COMMANDS = (
    "À tout moment : « ? » pour plus d'aide, « < » pour revenir, « voir » pour le fichier et la décision, "
    "« passer » ou une ligne vide si vous ne savez pas, « fin » pour enregistrer et arrêter."
)


class Dialogue:
    """One conversation.

    Args:
        session: the questions and what the answers say.
        source: where the answers come from.
        screen: where the questions go.
        save: writes the file as it stands.
        texte: returns the file as it stands.
    """

    def __init__(
        self, session: Session, source: Source, screen: Screen, save: Callable[[], None], texte: Callable[[], str]
    ) -> None:
        self._session, self._source, self._screen = session, source, screen
        self._save, self._texte = save, texte

    def run(self) -> bool:
        """Ask until nothing is left; False when the person stops, or the answers end, before."""
        titre, shown = "", ""
        while (question := self._session.prochaine()) is not None:
            if question.titre != titre:
                titre = question.titre
                self._screen.title(titre)
            if shown != question.chemin:
                self._screen.question(question)
            typed = self._source.read(question)
            if typed is None or (word := typed.strip().casefold()) in STOP:
                return False
            if self._source.echo:
                self._screen.lines([f"> {typed.strip()}"])
            # After a refusal or a command, the question that stands is not read out whole again.
            shown = "" if word in BACK else question.chemin
            if not self._command(word, question) and self._answer(question, typed):
                shown = ""
        for chemin, answer in self._source.rest():
            self._out_of_turn(chemin, answer)
        return True

    def _command(self, word: str, question: Question) -> bool:
        if word in HELP:
            self._page(question)
        elif word in SHOW:
            self._show()
        elif word in BACK:
            if self._session.retour():
                self._screen.note("Réponse annulée.")
                self._save()
            else:
                self._screen.note("Vous êtes à la première question.")
        else:
            return False
        return True

    def _answer(self, question: Question, typed: str) -> bool:
        reply = self._session.repondre("" if folded(typed) in SKIP else typed)
        if reply.acceptee:
            if reply.message:
                self._screen.note(reply.message)
            self._screen.implications(self._session.implications())
            self._save()
            return True
        if reply.propositions:
            self._screen.note(reply.message)
            standing = self._session.prochaine()
            if standing is not None:
                self._screen.choices(standing)
            return False
        self._screen.error(reply.message)
        self._source.refused(question, reply.message)
        return False

    def _out_of_turn(self, chemin: str, answer: str) -> None:
        champ = fields.champ(pattern(chemin))
        if champ is None or champ.genre == fields.BLOC:
            raise ClausegenError(f"`{chemin}` est un bloc de clés : répondez clé par clé.")
        reply = self._session.poser(chemin, answer)
        if not reply.acceptee:
            self._source.refused(Question(chemin, "", ""), reply.message)
        self._save()

    def _page(self, question: Question) -> None:
        """Write all that is known of a question: its key, what it admits, why it is asked."""
        screen = self._screen
        fait = self._session.script.fait(question.chemin)
        champ = fields.champ(pattern(question.chemin))
        if question.chemin != SUITE:
            screen.note(f"Clé du fichier : {question.chemin} ({fait.get('libelle', 'sans nom')}).")
        for text in dict.fromkeys((question.aide, champ.description if champ else "")):
            if text:
                screen.note(text)
        if question.exemple:
            screen.note(f"Exemple : {question.exemple}")
        screen.choices(question)
        screen.note("Si vous laissez vide, la question reste ouverte : un champ à compléter dans les pièces.")
        screen.note(COMMANDS)

    def _show(self) -> None:
        self._screen.lines(["", *self._texte().splitlines(), ""])
        for item in self._session.resume():
            self._screen.note(f"{item.mot} : {item.texte}")
