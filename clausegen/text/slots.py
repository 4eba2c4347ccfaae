"""Facts travel through Markdown as opaque marks, so that nothing a person wrote can be read as markup.

A template's output is Markdown in which every fact, field, comment and cross reference is a mark: two private-use
characters around a letter and a number. The parser of the dialect swaps each mark for its token. Facts are stripped
of those two characters and of control characters before they are stored.
"""

from __future__ import annotations

from dataclasses import field

from clausegen.record import dataclass
from clausegen.regex import late
from clausegen.text.tree import Champ, Commentaire

OPEN, CLOSE = "\ue000", "\ue001"
MARK = late(f"{OPEN}([a-z])([0-9]+){CLOSE}")

_CONTROL = late(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000\ue001]"
)


def clean(text: str) -> str:
    """Return a person's text without what cannot stand in a document: control, direction and reserved characters."""
    if text.isprintable():
        # Nothing that is left out can be printed.
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u2028", "\n"))


@dataclass(slots=True)
class Slots:
    """What the marks of one piece stand for."""

    faits: list[str] = field(default_factory=list)
    champs: list[Champ] = field(default_factory=list)
    commentaires: list[Commentaire] = field(default_factory=list)
    renvois: list[str] = field(default_factory=list)

    def fact(self, text: str) -> str:
        """Store a person's text and return its mark."""
        self.faits.append(clean(text))
        return self._mark("f", len(self.faits) - 1)

    def field(self, champ: Champ) -> str:
        """Store a field to complete and return its mark."""
        self.champs.append(champ)
        return self._mark("c", len(self.champs) - 1)

    def comment(self, etiquette: str, texte: str) -> tuple[str, str]:
        """Store a comment and return the marks that open and close its anchor."""
        numero = len(self.commentaires)
        self.commentaires.append(Commentaire(numero, etiquette, clean(texte)))
        return self._mark("o", numero), self._mark("x", numero)

    def reference(self, ancre: str) -> str:
        """Store a cross reference to a heading and return its mark."""
        self.renvois.append(ancre)
        return self._mark("r", len(self.renvois) - 1)

    @staticmethod
    def _mark(kind: str, number: int) -> str:
        return f"{OPEN}{kind}{number}{CLOSE}"
