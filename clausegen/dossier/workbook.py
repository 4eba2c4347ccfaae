"""A workbook as plain data: sheets of cells, what may be typed in them, and names for their ranges.

It knows no spreadsheet library: `writers/xlsx` turns it into a file, tests read it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from clausegen.language.unknown import Unknown
from clausegen.record import dataclass


@dataclass(frozen=True, slots=True)
class Formule:
    """A formula, without its equal sign, with English function names and commas as files hold them."""

    texte: str


LIGNE, RANG = "\ue010", "\ue011"
"""What stands for the number of a row, and for its rank on four digits, in the model of rows that are alike."""

Valeur: TypeAlias = str | int | Decimal | date | Formule | Unknown | None


@dataclass(frozen=True, slots=True)
class Case:
    """A cell.

    Args:
        valeur: a missing fact prints as a field to complete.
        style: `titre`, `reference`, `notice`, `section`, `entete`, `etiquette`, `fixe`, `saisie` (open to typing),
            `calcul` or `total`.
        format: `texte`, `nombre`, `heures`, `euros`, `pourcent`, `etp`, `jour` or `mois`.
        commentaire: a remark to the reviewing lawyer.
    """

    valeur: Valeur = None
    style: str = "fixe"
    format: str = "texte"
    commentaire: str = ""


@dataclass(frozen=True, slots=True)
class Regle:
    """What a range of cells accepts.

    Args:
        plage: the range, in its sheet.
        genre: `list`, `date`, `decimal` or `custom`.
        formule: the list, the least value, or the condition.
        message: what a refused entry is answered.
        aide: what is shown while a cell is chosen.
    """

    plage: str
    genre: str
    formule: str
    message: str
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column of a table.

    Args:
        cle: its name in formulas.
        titre: its heading.
        format: as in `Case`.
        largeur: in characters.
        saisie: whether people fill it.
        aide: what is shown while one of its cells is chosen.
        refus: what a refused entry is answered.
    """

    cle: str
    titre: str
    format: str = "texte"
    largeur: int = 14
    saisie: bool = False
    aide: str = ""
    refus: str = ""


@dataclass(frozen=True, slots=True)
class Tableau:
    """Where a table stands, for the formulas that speak of it.

    Args:
        nom: prefix of the names of its columns.
        feuille: name of its sheet.
        colonnes: its columns, from column A.
        premiere: row of its first line of data.
        nombre: lines of data.
    """

    nom: str
    feuille: str
    colonnes: tuple[Colonne, ...]
    premiere: int
    nombre: int
    _lettres: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the letters once: formulas ask for them thousands of times."""
        letters = {colonne.cle: column_letter(position) for position, colonne in enumerate(self.colonnes)}
        object.__setattr__(self, "_lettres", letters)

    @property
    def derniere(self) -> int:
        """Return the row of the last line of data."""
        return self.premiere + self.nombre - 1

    def lettre(self, cle: str) -> str:
        """Return the letter of a column.

        Raises:
            KeyError: no such column.
        """
        return self._lettres[cle]

    def ici(self, cle: str, ligne: int | str) -> str:
        """Return the reference of a cell, for formulas of the same sheet."""
        return f"${self.lettre(cle)}{ligne}"

    def plage(self, cle: str) -> str:
        """Return the range of a column, in its sheet."""
        lettre = self.lettre(cle)
        return f"{lettre}{self.premiere}:{lettre}{self.derniere}"

    def noms(self) -> dict[str, str]:
        """Return the name of each column, such as `heures_total`, with its range."""
        if not self.nombre:
            return {}
        sheet = f"'{self.feuille}'"
        found = {}
        for position, colonne in enumerate(self.colonnes):
            letter = column_letter(position)
            found[f"{self.nom}_{colonne.cle}"] = f"{sheet}!${letter}${self.premiere}:${letter}${self.derniere}"
        return found


Ligne: TypeAlias = tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """Rows that only their number tells apart: laid out once, whatever their number.

    Args:
        modele: the cells of one, where `LIGNE` and `RANG` stand for its number and its rank.
        premiere: number of the first.
        nombre: how many there are.
    """

    modele: Ligne
    premiere: int
    nombre: int

    def lignes(self) -> Iterator[Ligne]:
        """Yield the rows one by one."""
        for rank in range(1, self.nombre + 1):
            yield tuple(_numbered(case, self.premiere + rank - 1, rank) for case in self.modele)


def numbered(text: str, ligne: int, rang: int) -> str:
    """Return what the model of a row says, for one row."""
    return text.replace(LIGNE, str(ligne)).replace(RANG, f"{rang:04d}")


def _numbered(case: Case, ligne: int, rang: int) -> Case:
    value = case.valeur
    if isinstance(value, Formule):
        value = Formule(numbered(value.texte, ligne, rang))
    elif isinstance(value, str):
        value = numbered(value, ligne, rang)
    return Case(value, case.style, case.format, case.commentaire)


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet.

    Args:
        nom: what its tab says.
        contenu: rows of cells, from A1; those that are alike as one entry.
        largeurs: width of each column, in characters.
        entete: row of the headings that stay in sight and are printed on every page; 0 for none.
        regles: what its cells accept.
        alertes: ranges whose words are warnings.
        filtre: range with a filter, empty for none.
    """

    nom: str
    contenu: tuple[Ligne | Suite, ...]
    largeurs: tuple[int, ...]
    entete: int = 0
    regles: tuple[Regle, ...] = ()
    alertes: tuple[str, ...] = ()
    filtre: str = ""

    @property
    def lignes(self) -> tuple[Ligne, ...]:
        """Return every row, one by one."""
        rows: list[Ligne] = []
        for entry in self.contenu:
            rows.extend(entry.lignes() if isinstance(entry, Suite) else (entry,))
        return tuple(rows)


@dataclass(frozen=True, slots=True)
class Classeur:
    """A workbook.

    Args:
        feuilles: its sheets, in order.
        noms: names of ranges.
    """

    feuilles: tuple[Feuille, ...]
    noms: dict[str, str]

    def champs(self) -> Iterator[Unknown]:
        """Yield the facts that are missing, in reading order, each once."""
        seen: set[str] = set()
        for feuille in self.feuilles:
            rows = (entry.modele if isinstance(entry, Suite) else entry for entry in feuille.contenu)
            for case in (case for row in rows for case in row):
                if isinstance(case.valeur, Unknown) and case.valeur.chemin not in seen:
                    seen.add(case.valeur.chemin)
                    yield case.valeur


@cache
def column_letter(position: int) -> str:
    """Return the letter of a column from its position, counted from 0."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def quoted(text: str) -> str:
    """Return a text as a formula holds it."""
    return '"' + text.replace('"', '""') + '"'


def widths(tables: Sequence[Sequence[Colonne]]) -> tuple[int, ...]:
    """Return the widths of a sheet whose tables stand one under the other."""
    longest = max((len(table) for table in tables), default=0)
    return tuple(max(table[i].largeur for table in tables if i < len(table)) for i in range(longest))
