"""`clausegen init`: a guided conversation that writes a commented `marche.yaml`, and takes up a partial one."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from clausegen.assistant import savedfile
from clausegen.assistant.answers import yes_or_no
from clausegen.assistant.questions import Question
from clausegen.assistant.savedfile import Reprise
from clausegen.assistant.script import Script
from clausegen.assistant.session import Session
from clausegen.assistant.values import Valeurs
from clausegen.cli.answering import REDIGER, Keyboard, Lines, Source, read_answers
from clausegen.cli.console import result, tell_line
from clausegen.cli.declared import Option
from clausegen.cli.dialogue import COMMANDS, Dialogue
from clausegen.cli.exits import CONSTATS, INTERRUPTION, REUSSI
from clausegen.cli.findings import say
from clausegen.cli.screen import Screen
from clausegen.description.load import load_path
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.files.atomic import write_whole
from clausegen.files.yamltree import decode
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import Rulebook, rulebook
from clausegen.reports.figures import valeur_lisible

AIDE = """
Pose, en français, les questions dont dépend la décision, et dit au fur et à mesure ce que les réponses impliquent.
Chaque réponse est enregistrée aussitôt dans le fichier donné par -o (marche.yaml sans -o) ; la même commande reprend
un fichier commencé. « Je ne sais pas » est toujours une réponse.

Sans terminal, ou avec --reponses, une réponse par ligne ; une ligne vide laisse la question ouverte. Un fichier de
réponses peut aussi donner des lignes « clé: valeur », comme « acheteur.nom: Ville de Rennes ».
"""
_DEFAULT = "marche.yaml"


class Fichier:
    """The file that the conversation writes.

    Args:
        chemin: where it is.
        session: the conversation.
        reprise: what it held before.
    """

    def __init__(self, chemin: Path, session: Session, reprise: Reprise) -> None:
        self.chemin, self._session, self._reprise = chemin, session, reprise
        self.ecrit = ""

    def texte(self) -> str:
        """Return the file as it stands."""
        return savedfile.text(self._session, self._reprise)

    def save(self) -> None:
        """Write it, whole, once its subject is known; the same text is not written twice.

        Raises:
            ClausegenError: it cannot be written.
        """
        if self._session.complete() and (text := self.texte()) != self.ecrit:
            write_whole(self.chemin, text.encode())
            self.ecrit = text


def left_in_pieces(fichier: Path, valeurs: Valeurs) -> Iterable[tuple[str, str]]:
    """Return the keys that the pieces of a market leave to complete, with their questions.

    Args:
        fichier: the file, already written with these values.
        valeurs: the values, which the file holds.
    """
    # Rendering loads the templates and their engine: only those who reach this point pay for it.
    from clausegen.workflow.examine import examiner

    decision = examiner(fichier).decision if valeurs else None
    left = decision.a_completer if decision is not None else ()
    return [(entry.chemin, entry.question) for entry in left if entry.documents]


def take_up(chemin: Path, livre: Rulebook) -> tuple[Reprise, tuple[Diagnostic, ...]]:
    """Return what a file holds, or the faults for which it cannot be taken up.

    Raises:
        ClausegenError: it cannot be read.
    """
    if not chemin.exists():
        return Reprise(), ()
    lecture = load_path(chemin, open_words(livre))
    if lecture.marche is None or any(d.niveau is Niveau.ERREUR for d in lecture.diagnostics):
        return Reprise(), lecture.diagnostics
    try:
        text, _ = decode(chemin.read_bytes(), str(chemin))
    except OSError as error:
        raise ClausegenError(f"« {chemin} » ne peut pas être relu.") from error
    return savedfile.take_up(lecture, text or "", Script(livre)), ()


def source_of(reponses: str | None, script: Script) -> Source:
    """Return where the answers come from."""
    if reponses is not None:
        return read_answers(Path(reponses), script)
    if sys.stdin.isatty():
        return Keyboard()
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        # A pipe speaks UTF-8 whatever the system's locale; what does not becomes « ? », never a crash.
        reconfigure(encoding="utf-8", errors="replace")
    return Lines(sys.stdin, echo=True, comments=False)


def offer_draft(fichier: Fichier, source: Source, screen: Screen, script: Script) -> int:
    """Ask whether to draft at once, and do so; no answer is no."""
    question = Question(REDIGER, "", script.rediger["question"], script.rediger["aide"])
    while True:
        screen.write()
        screen.write(f"{question.texte} [o/n]", "bold")
        screen.note(question.aide)
        typed = source.read(question)
        if typed is None or not typed.strip() or typed.strip().casefold() == "fin":
            return REUSSI
        if source.echo:
            screen.lines([f"> {typed.strip()}"])
        wanted = yes_or_no(typed)
        if wanted is not None:
            break
        screen.error("répondez par oui ou par non.")
    if not wanted:
        return REUSSI
    from clausegen.cli import draft

    return draft.run([str(fichier.chemin)])


def converse(fichier: Fichier, session: Session, source: Source, screen: Screen) -> int:
    """Hold the conversation, save, say how to go on, and return the exit code."""
    code, finished = REUSSI, False
    try:
        finished = Dialogue(session, source, screen, fichier.save, fichier.texte).run()
    except KeyboardInterrupt:
        code = INTERRUPTION
    fichier.save()
    screen.write()
    if not session.complete():
        screen.write("Rien n'est enregistré : il faut au moins l'objet du marché.")
        return code
    result(str(fichier.chemin))
    if finished:
        screen.write("Il n'y a plus de question : voici où en est le marché.")
        screen.implications(session.resume())
        tell_defaults(session, screen)
        return offer_draft(fichier, source, screen, session.script)
    screen.write("Enregistré. Pour reprendre :")
    tell_line(f"  clausegen init -o {shlex.quote(str(fichier.chemin))}")
    return code


def tell_defaults(session: Session, screen: Screen) -> None:
    """Say which choices of drafting hold since nobody made them."""
    held = [f"{label} : {valeur_lisible(valeur)}" for label, valeur in session.defauts()]
    if held:
        screen.write()
        screen.write(f"Faute d'autre choix, les pièces retiennent ces valeurs d'usage : {' ; '.join(held)}.")
        screen.write("Elles sont signalées dans la note ; pour les changer, écrivez-les dans le fichier.")


def run(
    sortie: Annotated[
        str | None, Option("-o", metavar="FICHIER", help="fichier à écrire ou à reprendre (marche.yaml)")
    ] = None,
    reponses: Annotated[
        str | None,
        Option("--reponses", metavar="FICHIER", help="réponses toutes prêtes, une par ligne ou par clé"),
    ] = None,
) -> int:
    """Ask, and write the description."""
    chemin = Path(sortie or _DEFAULT)
    if chemin.suffix.lower() not in (".yaml", ".yml"):
        raise ClausegenError(f"-o : init écrit du YAML, « {chemin} » doit finir par .yaml ou .yml.")
    if not chemin.parent.is_dir():
        raise ClausegenError(f"-o : le dossier « {chemin.parent} » n'existe pas.")
    livre = rulebook()
    reprise, faults = take_up(chemin, livre)
    if faults:
        say(faults)
        screen = Screen()
        screen.write("Ce fichier a des erreurs : corrigez-les, puis relancez pour le reprendre. Rien n'a été changé.")
        return CONSTATS
    source = source_of(reponses, Script(livre))
    session = Session(livre, reprise.valeurs, lambda valeurs: left_in_pieces(chemin, valeurs), reprise.ecartees)
    screen = Screen()
    greet(screen, chemin, session if reprise.valeurs else None)
    return converse(Fichier(chemin, session, reprise), session, source, screen)


def greet(screen: Screen, chemin: Path, reprise: Session | None) -> None:
    """Say what is about to happen, and what can be typed; of a file that is taken up, where it stands."""
    if reprise is not None:
        screen.write(f"Je reprends {chemin} : je ne demande que ce qui manque. Voici où il en est.")
        screen.implications(reprise.resume())
    else:
        screen.write("Décrivons votre marché : une quinzaine de questions pour décider, puis celles des pièces.")
    screen.write(COMMANDS)
