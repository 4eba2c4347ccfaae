"""A finding about a description or a document, as data; the reports decide how it looks."""

from __future__ import annotations

from enum import StrEnum

from clausegen.record import dataclass, replace


class Niveau(StrEnum):
    """How serious a finding is, from illegal or unusable to merely useful to know."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"
    QUESTION = "question"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file, both counted from 1 as editors do."""

    ligne: int
    colonne: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Args:
        code: stable code, documented under `rules/codes/`.
        niveau: its level; only `erreur` makes a command exit with 1.
        message: one French sentence or two: what was found, what is allowed, what to do.
        chemin: key path in the description, such as `lots[0].heures`; None when it concerns no key.
        fichier: path of the file as the user named it.
        ligne: line, from 1.
        colonne: column, from 1.
        regle: id of the rule that concluded, if any.
        fondements: citations that support the finding, such as « CCP, art. L. 2113-12 ».
    """

    code: str
    niveau: Niveau
    message: str
    chemin: str | None = None
    fichier: str | None = None
    ligne: int | None = None
    colonne: int | None = None
    regle: str | None = None
    fondements: tuple[str, ...] = ()

    def at(self, fichier: str | None, position: Position | None) -> Diagnostic:
        """Return the same finding placed in a file."""
        if position is None:
            return replace(self, fichier=fichier)
        return replace(self, fichier=fichier, ligne=position.ligne, colonne=position.colonne)


def has_errors(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> bool:
    """Tell whether one of the findings is an `erreur`."""
    return any(d.niveau is Niveau.ERREUR for d in diagnostics)
