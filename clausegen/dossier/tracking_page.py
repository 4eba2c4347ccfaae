"""A sheet of the tracking workbook while it is laid out: title, notice, sections, tables, one under the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from textwrap import wrap
from typing import Any

from clausegen.dossier.tracking_words import Mots
from clausegen.dossier.workbook import (
    Case,
    Colonne,
    Feuille,
    Formule,
    Ligne,
    Regle,
    Suite,
    Tableau,
    Valeur,
    widths,
)

# The first day that a date typed in the workbook may be.
_FIRST_DAY = "DATE(2000,1,1)"
_MESURE = 95
"""Characters of a line of notice: what the narrowest sheet shows."""


class Page:
    """A sheet being laid out.

    Args:
        entry: its words: `nom`, `titre`, `notice`.
        mots: all the words.
        reference: the market's reference and object, printed under the title.
    """

    def __init__(self, entry: Mapping[str, Any], mots: Mots, reference: Valeur) -> None:
        self.nom = mots.texte(entry["nom"])
        self._mots = mots
        self._contenu: list[Ligne | Suite] = []
        self._nombre = 0
        self._regles: list[Regle] = []
        self._alertes: list[str] = []
        self._tables: list[tuple[Colonne, ...]] = []
        self._entete = 0
        self._filtre = ""
        self.noms: dict[str, str] = {}
        self.ligne(Case(mots.texte(entry["titre"]), "titre"))
        self.ligne(Case(reference, "reference"))
        for text in entry.get("notice", ()):
            # A line of prose a row: no merged cells, and nothing cut on paper.
            for line in wrap(mots.texte(text), _MESURE, break_long_words=False, break_on_hyphens=False):
                self.ligne(Case(line, "notice"))

    def ligne(self, *cases: Case) -> int:
        """Add a row and return its number."""
        self._contenu.append(cases)
        self._nombre += 1
        return self._nombre

    def section(self, words: str) -> None:
        """Add the heading of a section."""
        self.ligne(Case(self._mots.texte(words), "section"))

    def tableau(self, nom: str, colonnes: tuple[Colonne, ...], nombre: int, *, fige: bool = False) -> Tableau:
        """Add the headings of a table whose rows come next.

        Args:
            nom: prefix of the names of its columns.
            colonnes: its columns.
            nombre: how many rows come.
            fige: whether its headings stay in sight and are printed on every page.
        """
        row = self.ligne(*(Case(colonne.titre, "entete") for colonne in colonnes))
        found = Tableau(nom, self.nom, colonnes, row + 1, nombre)
        self._tables.append(colonnes)
        self.noms |= found.noms()
        if fige:
            self._entete = row
            self._filtre = f"A{row}:{found.lettre(colonnes[-1].cle)}{found.derniere}"
        return found

    def remplir(self, tableau: Tableau, values: Mapping[str, Valeur | Case]) -> None:
        """Add a row of a table; what is not given stays empty, open to typing when its column is."""
        self.ligne(*(_cell(colonne, values.get(colonne.cle)) for colonne in tableau.colonnes))

    def remplir_tout(self, tableau: Tableau, row: Callable[[int, int], Mapping[str, Valeur | Case]]) -> None:
        """Add every row of a table, from its rank (from 1) and its row in the sheet."""
        for position in range(tableau.nombre):
            self.remplir(tableau, row(position + 1, tableau.premiere + position))

    def repeter(self, tableau: Tableau, values: Mapping[str, Valeur | Case]) -> None:
        """Add every row of a table whose rows are alike, from what stands for each of them.

        Args:
            tableau: the table.
            values: what a row holds, `LIGNE` and `RANG` in place of its number and rank.
        """
        modele = tuple(_cell(colonne, values.get(colonne.cle)) for colonne in tableau.colonnes)
        if tableau.nombre:
            self._contenu.append(Suite(modele, tableau.premiere, tableau.nombre))
            self._nombre += tableau.nombre

    def controler(self, tableau: Tableau, listes: Mapping[str, str]) -> None:
        """Say what the cells open to typing accept: a list, or what their format tells.

        Args:
            tableau: the table.
            listes: column to the name of the range that holds its values.
        """
        if not tableau.nombre:
            return
        for colonne in tableau.colonnes:
            if colonne.saisie:
                self._regles.append(_rule(tableau, colonne, listes.get(colonne.cle)))

    def regle(self, regle: Regle) -> None:
        """Say what other cells accept."""
        self._regles.append(regle)

    def alerter(self, tableau: Tableau, *cles: str) -> None:
        """Make the words of some columns stand out: they are warnings."""
        if tableau.nombre:
            self._alertes += [tableau.plage(cle) for cle in cles]

    def feuille(self, largeurs: tuple[int, ...] = ()) -> Feuille:
        """Return the sheet."""
        return Feuille(
            self.nom,
            tuple(self._contenu),
            largeurs or widths(self._tables),
            self._entete,
            tuple(self._regles),
            tuple(self._alertes),
            self._filtre,
        )


def _cell(colonne: Colonne, given: Valeur | Case) -> Case:
    if isinstance(given, Case):
        return given
    if isinstance(given, Formule):
        return Case(given, "calcul", colonne.format)
    if given is None:
        return _empty("saisie" if colonne.saisie else "fixe", colonne.format)
    return Case(given, "fixe", colonne.format)


@cache
def _empty(style: str, form: str) -> Case:
    """Return a cell without a value: most cells are alike."""
    return Case(None, style, form)


def _rule(tableau: Tableau, colonne: Colonne, liste: str | None) -> Regle:
    plage, first = tableau.plage(colonne.cle), f"{tableau.lettre(colonne.cle)}{tableau.premiere}"
    if liste is not None:
        return Regle(plage, "list", liste, colonne.refus, colonne.aide)
    if colonne.format == "jour":
        return Regle(plage, "date", _FIRST_DAY, colonne.refus, colonne.aide)
    if colonne.format == "mois":
        return Regle(plage, "custom", f"AND(ISNUMBER({first}),DAY({first})=1)", colonne.refus, colonne.aide)
    if colonne.format == "euros":
        return Regle(plage, "custom", f"ISNUMBER({first})", colonne.refus, colonne.aide)
    if colonne.format in ("heures", "nombre"):
        return Regle(plage, "decimal", "0", colonne.refus, colonne.aide)
    return Regle(plage, "", "", colonne.refus, colonne.aide)
