"""Cases that decide whole markets, `rules/cas/`: a description on a day, and what the decision must say of it.

A table (`tableaux`) gives a model of description, the keys that change and the answers expected, one line a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from clausegen.description.consistency import contradictions
from clausegen.description.marche import Marche
from clausegen.description.misnomers import USAGES
from clausegen.diagnostics import Diagnostic
from clausegen.files.treepath import Chemin, parse_path
from clausegen.files.validation import validate
from clausegen.files.yamltree import Arbre, Noeud, plain
from clausegen.law.answers import UnknownPathError, answer
from clausegen.law.decide import decide
from clausegen.law.findings import Finder
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import MARKET_CASES, Rulebook, rule_tree
from clausegen.law.rulechecks import at, meant
from clausegen.record import dataclass

_DAY, _LAUNCH = "le", "date_lancement"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CasMarche(_Strict):
    """One market."""

    nom: str
    le: date | None
    modele: str = ""
    marche: dict[str, Any] = {}
    attendu: dict[str, Any] = Field(min_length=1)


class Tableau(_Strict):
    """Many markets that differ by a few keys; `marche` holds what they all change in the model."""

    nom: str
    note: str = ""
    le: date | None = None
    modele: str = ""
    marche: dict[str, Any] = {}
    donne: tuple[str, ...] = Field(min_length=1)
    attendu: tuple[str, ...] = Field(min_length=1)
    lignes: tuple[tuple[Any, ...], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _square(self) -> Self:
        for rank, line in enumerate(self.lignes, 1):
            if len(line) != len(self.donne) + len(self.attendu):
                raise ValueError(
                    f"la ligne {rank} a {len(line)} cases, {len(self.donne) + len(self.attendu)} sont attendues : "
                    f"{', '.join((*self.donne, *self.attendu))}"
                )
        return self


class FichierCas(_Strict):
    """A file of `rules/cas/`."""

    titre: str
    note: str = ""
    modeles: dict[str, dict[str, Any]] = {}
    tableaux: tuple[Tableau, ...] = ()
    cas: tuple[CasMarche, ...] = ()


@dataclass(frozen=True, slots=True)
class Essai:
    """A market to decide.

    Args:
        fichier: the file, without suffix.
        nom: the case's name.
        chemin: its place in the file.
        jour: day of the law.
        description: the market, as `marche.yaml` would write it.
        attendu: path of the decision to what is expected there.
    """

    fichier: str
    nom: str
    chemin: Chemin
    jour: date | None
    description: dict[str, Noeud]
    attendu: dict[str, Any]


def market_cases(livre: Rulebook) -> tuple[list[Essai], list[Diagnostic]]:
    """Return the cases of whole markets of a folder of rules, and what is wrong in their files."""
    found: list[Essai] = []
    faults: list[Diagnostic] = []
    for path in sorted((livre.dossier / MARKET_CASES).glob("*.yaml")):
        key = f"{MARKET_CASES}/{path.stem}"
        arbre = rule_tree(livre.dossier, livre.nom, key)
        if arbre.diagnostics:
            faults.extend(arbre.diagnostics)
            continue
        fichier, wrong = validate(FichierCas, arbre, plain(arbre))
        faults.extend(wrong or (() if fichier is None else _models_named(fichier, arbre)))
        if fichier is not None:
            found.extend(_tables(key, fichier, arbre))
            found.extend(_singles(key, fichier, arbre))
    return found, faults


def _models_named(fichier: FichierCas, arbre: Arbre) -> Iterator[Diagnostic]:
    named = [("tableaux", index, table.modele) for index, table in enumerate(fichier.tableaux)]
    named += [("cas", index, cas.modele) for index, cas in enumerate(fichier.cas)]
    for section, index, modele in named:
        if modele and modele not in fichier.modeles:
            message = f"aucun modèle ne s'appelle « {modele} »{meant(modele, fichier.modeles)}"
            yield at(arbre, (section, index, "modele"), "L003", message)


def _singles(key: str, fichier: FichierCas, arbre: Arbre) -> Iterator[Essai]:
    for index, cas in enumerate(fichier.cas):
        path: Chemin = ("cas", index)
        market = _market(arbre, cas.modele, _node(arbre, (*path, "marche")), _node(arbre, (*path, _DAY)))
        yield Essai(key, cas.nom, path, cas.le, market, cas.attendu)


def _tables(key: str, fichier: FichierCas, arbre: Arbre) -> Iterator[Essai]:
    for index, table in enumerate(fichier.tableaux):
        path: Chemin = ("tableaux", index)
        width = len(table.donne)
        for rank, line in enumerate(table.lignes):
            row = (*path, "lignes", rank)
            given = dict(zip(table.donne, (_node(arbre, (*row, column)) for column in range(width)), strict=True))
            day = given.pop(_DAY, _node(arbre, (*path, _DAY)))
            market = _market(arbre, table.modele, _node(arbre, (*path, "marche")), day)
            for where, value in given.items():
                _put(market, where, value)
            jour = line[table.donne.index(_DAY)] if _DAY in table.donne else table.le
            yield Essai(key, _name(table, rank), row, jour, market, dict(zip(table.attendu, line[width:], strict=True)))


def _name(table: Tableau, rank: int) -> str:
    """Name a line by what it gives; one that gives a block, by its rank."""
    given = table.lignes[rank][: len(table.donne)]
    blocks = any(isinstance(cell, dict | list | tuple) for cell in given)
    said = f"ligne {rank + 1}" if blocks else ", ".join("null" if cell is None else str(cell) for cell in given)
    return f"{table.nom} ({said})"


def _node(arbre: Arbre, path: Chemin) -> Noeud:
    return arbre.at(path)[1]


def _market(arbre: Arbre, modele: str, changes: Noeud, day: Noeud) -> dict[str, Noeud]:
    """Return the description of a case: its model, then what it changes, then its day."""
    model = _copy(_node(arbre, ("modeles", modele)))
    market = model if isinstance(model, dict) else {}
    if isinstance(changes, dict):
        for where, value in changes.items():
            _put(market, where, value)
    if day is not None:
        market[_LAUNCH] = day
    return market


def _put(market: dict[str, Noeud], where: str, value: Noeud) -> None:
    """Write a value under a path such as `lots[0].dispositif`; a block replaces what stood there."""
    steps = parse_path(where)
    last = steps[-1]
    holder: Any = market
    for step, then in pairwise(steps):
        if isinstance(holder, list) and isinstance(step, int) and step >= len(holder):
            holder.append({})
        if isinstance(holder, dict) and holder.get(step) is None:
            holder[step] = [] if isinstance(then, int) else {}
        holder = holder[step]
    if isinstance(holder, list) and isinstance(last, int) and last >= len(holder):
        holder.append(_copy(value))
    else:
        holder[last] = _copy(value)


def _copy(node: Noeud) -> Noeud:
    if isinstance(node, dict):
        return {key: _copy(value) for key, value in node.items()}
    return [_copy(item) for item in node] if isinstance(node, list) else node


def run_market(essai: Essai, livre: Rulebook) -> dict[str, Any]:
    """Decide the market of a case and return what was found where it looks.

    Returns:
        Path to answer; under `description`, why the market cannot be read, unless its faults were expected.
    """
    arbre = Arbre(essai.fichier, essai.description)
    marche, found = validate(Marche, arbre, contexte={"vocabulaire": open_words(livre)}, usages=USAGES)
    if marche is None:
        told = {chemin: answer(None, found, chemin) for chemin in essai.attendu}
        expected = "erreur" in essai.attendu
        return told if expected else {**told, "description": [d.message for d in found]}
    finder = Finder()
    decision = decide(marche, livre, essai.jour, finder).decision
    diagnostics = (*contradictions(marche), *finder.diagnostics)
    return {chemin: _answer(decision, diagnostics, chemin) for chemin in essai.attendu}


def _answer(decision: Any, diagnostics: tuple[Diagnostic, ...], chemin: str) -> Any:
    try:
        return answer(decision, diagnostics, chemin)
    except UnknownPathError as error:
        return str(error)
