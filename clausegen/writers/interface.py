"""What every writer offers, and the few words that all of them print the same way."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from clausegen.errors import ClausegenError
from clausegen.french.typography import typography
from clausegen.record import dataclass
from clausegen.text.tree import Champ, Commentaire, Texte

POINTILLES = "……………"


@dataclass(frozen=True, slots=True)
class OptionsEcriture:
    """What a person may ask of a writer.

    Args:
        publiable: no comment, and a dotted line in place of a field: the version for the outside.
        modele: a Word file whose styles are to be taken; only the Word writer has a use for it.
    """

    publiable: bool = False
    modele: bytes | None = None


class Writer(Protocol):
    """Turns one piece into the bytes of one file."""

    extension: str

    def write(self, texte: Texte, options: OptionsEcriture) -> bytes:
        """Return the file's bytes: the same for the same piece and options.

        Raises:
            UnknownTokenError: the piece holds a token that this writer cannot print.
        """


class UnknownTokenError(ClausegenError):
    """A token that no writer knows: a fault of the program, told rather than dropped from a contract."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"Erreur interne : l'élément de texte « {kind} » n'est pas prévu par l'écriture des documents. "
            "Aucun document n'a été produit, pour ne rien perdre du texte."
        )


def field_text(champ: Champ, *, publiable: bool) -> str:
    """Return what stands for a fact that is missing."""
    if publiable:
        return POINTILLES
    return f"[à compléter\u00a0: {_printed(champ.question)}]"


def comment_text(commentaire: Commentaire) -> str:
    """Return a comment as it is printed."""
    return _printed(commentaire.texte)


@lru_cache(maxsize=2_048)
def _printed(text: str) -> str:
    """Return a text in French typography: questions and remarks come back in every piece, and in every market."""
    return typography(text.strip())
