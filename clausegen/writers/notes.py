"""Comments of the formats that have none of their own: numbers in the text, notes at the end."""

from __future__ import annotations

from dataclasses import field

from clausegen.record import dataclass
from clausegen.text.tree import Commentaire
from clausegen.writers.interface import comment_text

TITLE = "Notes pour le relecteur"


@dataclass(slots=True)
class Notes:
    """The notes of one document, numbered in reading order.

    Args:
        kept: whether notes are printed; `publiable` leaves them out.
    """

    kept: bool
    textes: list[str] = field(default_factory=list)

    def add(self, commentaire: Commentaire) -> int | None:
        """Return the number of a new note, or None when notes are left out."""
        if not self.kept:
            return None
        self.textes.append(" ".join(comment_text(commentaire).split("\n")))
        return len(self.textes)
