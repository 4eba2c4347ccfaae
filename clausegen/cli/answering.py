"""Where answers come from: a terminal, a stream read line by line, a file of answers in order or by key."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, TextIO

from clausegen.assistant.questions import SUITE, Question
from clausegen.assistant.script import Script
from clausegen.errors import ClausegenError
from clausegen.files.nearest import nearest
from clausegen.files.reasons import raison

REDIGER = "(rediger)"
"""Path of the last question: whether to draft at once."""
_SPOKEN = {"suite": SUITE, "rediger": REDIGER}
_KEYED = re.compile(r"([a-z_]+(?:\[[0-9]+\])?(?:\.[a-z_]+(?:\[[0-9]+\])?)*)\s*:(?:\s+(.*))?")
_LARGEST = 1 << 20
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z~]|\x1bO[A-Z]")
"""What arrow and function keys send to a terminal that does not edit lines."""


class Source(Protocol):
    """Gives one answer after another."""

    echo: bool
    """Whether the answer has to be shown: nobody typed it."""

    def read(self, question: Question, /) -> str | None:
        """Return the answer to a question; None when there is none any more."""

    def refused(self, question: Question, message: str) -> None:
        """Learn that the last answer was refused."""

    def rest(self) -> Iterator[tuple[str, str]]:
        """Yield what was answered and never asked, by key path."""


class Lines:
    """Answers in order, one a line.

    Args:
        stream: read as the conversation goes.
        echo: whether the answers have to be shown.
        comments: whether a line that begins with « # » is one.
    """

    def __init__(self, stream: TextIO | Iterator[str], *, echo: bool, comments: bool) -> None:
        self._stream, self.echo, self._comments = iter(stream), echo, comments

    def read(self, _question: Question, /) -> str | None:
        """Return the next line."""
        for line in self._stream:
            if not (self._comments and line.lstrip().startswith("#")):
                return _ESCAPES.sub("", line.rstrip("\r\n"))
        return None

    def refused(self, question: Question, message: str) -> None:
        """The next line answers again."""

    def rest(self) -> Iterator[tuple[str, str]]:
        """Nothing is answered out of turn."""
        yield from ()


class Keyboard(Lines):
    """A person at a terminal, with the line editing of the system when there is one."""

    def __init__(self) -> None:
        super().__init__(sys.stdin, echo=False, comments=False)
        try:
            import readline  # noqa: F401
        except ImportError:
            self._edited = False
        else:
            # `input` would write its prompt on stdout: only a terminal may see it there.
            self._edited = sys.stdout.isatty()

    def read(self, question: Question, /) -> str | None:
        """Wait for a line; None for the end of input (Ctrl-D)."""
        prompt = "Réponse\u00a0: "
        try:
            if self._edited:
                return input(prompt)
            sys.stderr.write(prompt)
            sys.stderr.flush()
            return super().read(question)
        except EOFError:
            return None
        except UnicodeDecodeError:
            return ""


class Keys:
    """Answers by key, `acheteur.nom: Ville de Rennes`, whatever their order.

    Args:
        nom: name of the file, for refusals.
        answers: key path to line number and answer.
    """

    echo = True

    def __init__(self, nom: str, answers: dict[str, tuple[int, str]]) -> None:
        self._nom, self._answers = nom, answers
        self._last = 0

    def read(self, question: Question, /) -> str | None:
        """Return the answer to this question; nothing leaves it open."""
        if question.chemin not in self._answers:
            missing = None if question.obligatoire or question.chemin == REDIGER else ""
            return "oui" if question.chemin == SUITE else missing
        self._last, answer = self._answers.pop(question.chemin)
        return answer

    def refused(self, question: Question, message: str) -> None:
        """An answer by key is not given twice.

        Raises:
            ClausegenError: always.
        """
        raise ClausegenError(f"{self._nom}, ligne {self._last} : `{question.chemin}` : {message}")

    def rest(self) -> Iterator[tuple[str, str]]:
        """Yield the answers that no question asked for."""
        for chemin, (line, answer) in self._answers.items():
            if chemin not in (SUITE, REDIGER):
                self._last = line
                yield chemin, answer


def read_answers(chemin: Path, script: Script) -> Source:
    """Return the answers of a file: by key when its first answer begins with one, else in order.

    Args:
        chemin: the file.
        script: the keys that exist.

    Raises:
        ClausegenError: the file cannot be read, or a key of it does not exist.
    """
    try:
        with chemin.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ClausegenError(f"--reponses : « {chemin} » ne peut pas être lu : {raison(error)}.") from error
    if len(content) > _LARGEST:
        raise ClausegenError(f"--reponses : « {chemin} » dépasse la taille admise ({_LARGEST >> 20} Mio).")
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ClausegenError(f"--reponses : « {chemin} » n'est pas en UTF-8.") from error
    told = [(number, line.strip()) for number, line in enumerate(lines, 1) if _says(line)]
    if not told or _key(told[0][1], script) is None:
        return Lines(iter(lines), echo=True, comments=True)
    answers: dict[str, tuple[int, str]] = {}
    for number, line in told:
        found = _key(line, script)
        if found is None:
            key = line.partition(":")[0].strip()
            near = nearest(key, (*script.cles(), *_SPOKEN))
            advice = f" Vouliez-vous dire `{near}` ?" if near else ""
            raise ClausegenError(f"{chemin}, ligne {number} : « {key[:60]} » n'est pas une clé.{advice}")
        answers[found[0]] = (number, found[1])
    return Keys(str(chemin), answers)


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _key(line: str, script: Script) -> tuple[str, str] | None:
    match = _KEYED.fullmatch(line)
    if match is None or not (match[1] in _SPOKEN or script.known(match[1])):
        return None
    text = (match[2] or "").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return _SPOKEN.get(match[1], match[1]), text
