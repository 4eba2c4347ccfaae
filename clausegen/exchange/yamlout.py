"""From an import to a commented `marche.yaml` that loads: each value with its origin, each gap a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from clausegen.description.dump import dump
from clausegen.description.load import load_text
from clausegen.description.readers import VERSION
from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.interface import Importation, Nature, Releve
from clausegen.files.treepath import parse_path
from clausegen.files.yamltree import LIMITES
from clausegen.record import dataclass

_FORM = "F"
"""First letter of the codes of form; those of consistency are for the person who reads the file."""
_TRIES = 4
_EXTENSION = "/ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
"""Steps that every extension of eForms repeats: without them, the XPath stays true and can be read."""


@dataclass(frozen=True, slots=True)
class Description:
    """A description drawn from a file, as text.

    Args:
        nom: a short name for its file, without suffix.
        texte: the whole YAML.
        constats: findings of the import, then what its own reading refused.
        lus: values read; `deduits`, `a_confirmer` and `questions` likewise.
    """

    nom: str
    texte: str
    constats: tuple[Diagnostic, ...]
    lus: int
    deduits: int
    a_confirmer: int
    questions: int

    @property
    def bilan(self) -> str:
        """Return the counts in words: « 23 champs lus, 4 déduits, 2 à confirmer, 11 questions »."""
        some = "s" if self.lus > 1 else ""
        return (
            f"{self.lus} champ{some} lu{some}, {self.deduits} déduit{'s' if self.deduits > 1 else ''}, "
            f"{self.a_confirmer} à confirmer, {self.questions} question{'s' if self.questions > 1 else ''}"
        )


def describe(importation: Importation, vocab: VocabulaireOuvert) -> Description:
    """Write a description, and read it back: a value that its reader refuses becomes a question.

    Args:
        importation: the values, with their origin.
        vocab: the words that the rules own.

    Raises:
        ClausegenError: what the file holds does not fit in a description.
    """
    champs, questions = list(importation.champs), dict(importation.questions)
    constats = list(importation.constats)
    for _ in range(_TRIES):
        texte = dump(nested(champs), _comments(champs), importation.entete, questions)
        if len(texte.encode("utf-8")) > LIMITES.octets:
            raise ClausegenError(
                f"Ce que le fichier contient dépasse la taille d'une description ({LIMITES.octets // 1024} Kio)."
            )
        faults = [d for d in load_text(texte, "", vocab).diagnostics if d.code.startswith(_FORM) and _grave(d)]
        if not faults:
            return _described(importation.nom, texte, champs, questions, constats)
        for fault in faults:
            left = [champ for champ in champs if not _within(fault.chemin or "", champ.chemin)]
            if len(left) == len(champs):
                continue
            champs = left
            questions.setdefault(fault.chemin or "", f"La valeur du fichier est refusée : {fault.message}")
            said = f"Une valeur du fichier est refusée et laissée à compléter : {fault.message}"
            fichier = constats[0].fichier if constats else None
            constats.append(Diagnostic("I009", Niveau.AVERTISSEMENT, said, fault.chemin, fichier))
    raise ClausegenError("Ce que le fichier contient ne forme pas une description lisible.")


def _grave(diagnostic: Diagnostic) -> bool:
    return diagnostic.niveau is Niveau.ERREUR


def _within(path: str, chemin: str) -> bool:
    """Tell whether a key stands at a path, or below it, or holds it in a list."""
    return bool(path) and (
        chemin == path or chemin.startswith((f"{path}.", f"{path}[")) or path.startswith(f"{chemin}[")
    )


def _described(
    nom: str, texte: str, champs: list[Releve], questions: Mapping[str, str], constats: list[Diagnostic]
) -> Description:
    counts = {nature: sum(1 for champ in champs if champ.nature is nature) for nature in Nature}
    return Description(
        nom,
        texte,
        tuple(constats),
        counts[Nature.LU],
        counts[Nature.DEDUIT],
        counts[Nature.A_CONFIRMER],
        len(questions),
    )


def nested(champs: Iterable[Releve]) -> dict[str, Any]:
    """Return values by key path as nested blocks and lists, with the version of the format first."""
    root: dict[str, Any] = {"version": VERSION}
    for champ in champs:
        path = parse_path(champ.chemin)
        holder: Any = root
        for step, following in pairwise(path):
            empty: Any = [] if isinstance(following, int) else {}
            if isinstance(step, int):
                while len(holder) <= step:
                    holder.append({})
                holder = holder[step]
            else:
                holder = holder.setdefault(step, empty)
        holder[path[-1]] = champ.valeur
    return root


def _comments(champs: Iterable[Releve]) -> dict[str, str]:
    said: dict[str, str] = {}
    for champ in champs:
        where = champ.origine.replace(_EXTENSION, "/")
        if champ.nature is Nature.LU:
            said[champ.chemin] = f"lu : {champ.explication}, {where}" if champ.explication else f"lu : {where}"
        else:
            said[champ.chemin] = f"{champ.nature} : {champ.explication} ({where})"
    return said
