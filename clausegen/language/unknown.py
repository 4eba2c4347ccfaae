"""A fact that nobody has given yet: a value of its own, never a silent default."""

from __future__ import annotations

from typing import NoReturn

from clausegen.record import dataclass


class UnknownFactError(Exception):
    """Raised when code asks a missing fact to be true or false: it is neither."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A missing fact, carrying the key to fill and the question to ask.

    Args:
        chemin: key path in the description, such as `acheteur.siret`.
        question: the French question that a buyer can answer.
    """

    chemin: str
    question: str = ""

    def __bool__(self) -> NoReturn:
        raise UnknownFactError(self.chemin)


def is_known(value: object) -> bool:
    """Tell whether a fact has been given."""
    return not isinstance(value, Unknown)
