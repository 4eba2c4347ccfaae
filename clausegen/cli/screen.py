"""What the conversation shows, on stderr: plain words first; a terminal adds weight and frames, never meaning."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from clausegen.assistant.implications import Implication
from clausegen.assistant.questions import Question
from clausegen.cli.console import watched
from clausegen.french.typography import typography

_WIDEST, _FRAMED = 100, 60
UNKNOWN = "je ne sais pas"


class Screen:
    """Writes to the person at the keyboard."""

    def __init__(self) -> None:
        self._console: Any = None
        if watched(sys.stderr):
            # Rich costs 90 ms: only a terminal pays for it.
            from clausegen.cli.display import terminal

            self._console = terminal(sys.stderr)

    @property
    def width(self) -> int:
        """Return how many characters a line may hold."""
        return max(min(shutil.get_terminal_size((80, 24)).columns, _WIDEST), 20)

    def write(self, texte: str = "", style: str = "", margin: str = "", hang: str = "") -> None:
        """Write a paragraph, wrapped.

        Args:
            texte: plain spaces; typography is added.
            style: how a terminal shows it, in the words of Rich.
            margin: what begins its first line.
            hang: what begins the next ones.
        """
        lines = textwrap.wrap(
            typography(texte), self.width, initial_indent=margin, subsequent_indent=hang, break_on_hyphens=False
        )
        for line in lines or [""]:
            if self._console is None:
                sys.stderr.write(f"{line}\n")
            else:
                self._console.print(line, style=style or None, soft_wrap=True)

    def title(self, texte: str) -> None:
        """Write the title of a group."""
        self.write()
        self.write(texte, "bold")
        self.write("-" * min(len(texte), self.width), "dim")

    def question(self, question: Question) -> None:
        """Write a question: its words, its help, an example, what can be picked."""
        after = f" (encore {question.ensuite} environ)" if question.ensuite > 1 else ""
        self.write()
        self.write(f"Question {question.rang}{after}. {question.texte}", "bold")
        if question.aide:
            self.write(question.aide, "dim", "  ", "  ")
        if question.exemple:
            self.write(f"Exemple : {question.exemple}", "dim", "  ", "  ")
        if question.defaut:
            self.write(f"Valeur par défaut si vous laissez vide : {question.defaut}", "dim", "  ", "  ")
        self.choices(question)

    def choices(self, question: Question) -> None:
        """Write what can be picked by its number."""
        if not question.choix:
            return
        rows = [f"{choice.libelle or choice.valeur}{_note(choice.note)}" for choice in question.choix]
        if question.genre == "cpv":
            rows = [f"{choice.valeur} {choice.libelle}".strip() for choice in question.choix]
        for number, row in enumerate([*rows, UNKNOWN], 1):
            self.write(row, "", f"{number:>4}. ", "      ")

    def implications(self, found: Sequence[Implication]) -> None:
        """Write what follows from the answers."""
        if not found:
            return
        if self._console is None or self.width < _FRAMED:
            for item in found:
                self.write(f"{item.mot} : {item.texte}", "", "  ", "    ")
            return
        from rich.panel import Panel
        from rich.text import Text

        body = Text("\n").join(self._framed(item, Text) for item in found)
        self._console.print(Panel(body, title="Ce que cela implique", title_align="left", width=self.width))

    def _framed(self, item: Implication, text: Any) -> Any:
        """Return one implication wrapped to the frame; Rich would break lines at no-break spaces."""
        word = typography(f"{item.mot} :")
        wrapped = textwrap.wrap(f"{word} {typography(item.texte)}", self.width - 4, break_on_hyphens=False)
        found = text("\n".join(wrapped))
        found.stylize("bold", 0, len(word))
        return found

    def lines(self, found: Iterable[str]) -> None:
        """Write lines as they are: a file, a path."""
        for line in found:
            sys.stderr.write(f"{line}\n")

    def error(self, message: str) -> None:
        """Write why an answer is refused."""
        self.write(f"Erreur : {message}", "bold red", "  ", "  ")

    def note(self, message: str) -> None:
        """Write how an answer was understood, or what was done."""
        self.write(message, "", "  ", "  ")


def _note(note: str) -> str:
    return f", {note}" if note else ""
