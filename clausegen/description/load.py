"""From a file to a checked description, with the place of every key and every fault at once."""

from __future__ import annotations

import copy
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausegen.description.consistency import contradictions
from clausegen.description.quick import quick
from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.diagnostics import Diagnostic, Position
from clausegen.errors import ClausegenError
from clausegen.files.reasons import raison
from clausegen.files.treepath import parse_path
from clausegen.files.yamltree import LIMITES, Arbre, decode, read_yaml
from clausegen.record import dataclass

if TYPE_CHECKING:
    from clausegen.description.marche import Marche


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a file says.

    Args:
        marche: the description; None when a fault of form stands in the way.
        diagnostics: every fault, in the order of the file.
        arbre: the document, with places.
        empreinte: fingerprint of the file; empty for a text that is in none.
    """

    marche: Marche | None
    diagnostics: tuple[Diagnostic, ...]
    arbre: Arbre
    empreinte: str = ""

    def position(self, chemin: str) -> Position | None:
        """Return the place of a key; of the nearest block that holds it when it is absent.

        Args:
            chemin: such as `lots[0].heures`.
        """
        if not self.arbre.lisible:
            return None
        path = parse_path(chemin)
        for length in range(len(path), 0, -1):
            if place := self.arbre.position_cle(path[:length]):
                return place
        return self.arbre.position(())


def load_path(path: Path, vocab: VocabulaireOuvert) -> Lecture:
    """Read a description.

    Args:
        path: the file, YAML or JSON.
        vocab: the words that the rules own.

    Raises:
        ClausegenError: the file cannot be read at all.
    """
    try:
        with path.open("rb") as stream:
            # One byte more than is admitted says that there is more: the rest is not worth its memory.
            contenu = stream.read(LIMITES.octets + 4)
    except OSError as error:
        raise ClausegenError(f"Le fichier « {path} » ne peut pas être lu : {raison(error)}.") from error
    except ValueError as error:
        raise ClausegenError(f"« {path} » n'est pas un nom de fichier.") from error
    fichier = str(path)
    if len(contenu) > LIMITES.octets + 3:
        return load_text(" " * (LIMITES.octets + 1), fichier, vocab)
    text, found = decode(contenu, fichier)
    if text is None:
        return Lecture(None, found, Arbre(fichier, None, found, lisible=False))
    lecture = load_text(text, fichier, vocab)
    return Lecture(lecture.marche, lecture.diagnostics, lecture.arbre, hashlib.sha256(contenu).hexdigest())


def _without(arbre: Arbre, faults: list[Diagnostic], vocab: VocabulaireOuvert) -> Marche | None:
    """Return the description without its faulty keys: what contradicts itself beside them is told at once too."""
    pruned = copy.deepcopy(arbre.racine)
    for fault in faults:
        path = parse_path(fault.chemin or "")
        holder = _inside(pruned, path[:-1])
        if path and isinstance(holder, dict):
            holder.pop(path[-1], None)
    return _validated(arbre, vocab, pruned)[0]


def _validated(arbre: Arbre, vocab: VocabulaireOuvert, donnees: Any = None) -> tuple[Marche | None, list[Diagnostic]]:
    # Loaded for what has a fault: pydantic and its models are a third of a cold run.
    from clausegen.description.marche import Marche
    from clausegen.description.misnomers import USAGES
    from clausegen.files.validation import validate

    return validate(Marche, arbre, donnees, contexte={"vocabulaire": vocab}, usages=USAGES)


def _inside(node: Any, path: tuple[str | int, ...]) -> Any:
    """Return the block that a path leads to; None when it leads nowhere."""
    for step in path:
        if isinstance(node, dict) and step in node:
            node = node[step]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def load_text(text: str, fichier: str, vocab: VocabulaireOuvert) -> Lecture:
    """Read a description from its text.

    Args:
        text: YAML or JSON.
        fichier: its name, for the diagnostics.
        vocab: the words that the rules own.

    Returns:
        The description, with what does not hold together in it; or None, with every fault of form.
    """
    arbre = read_yaml(text, fichier)
    if not arbre.lisible:
        return Lecture(None, arbre.diagnostics, arbre)
    found: list[Diagnostic] = []
    marche = quick(arbre.racine, {"vocabulaire": vocab})
    if marche is None:
        marche, found = _validated(arbre, vocab)
    if arbre.diagnostics:
        marche = None
    lecture = Lecture(marche, (), arbre)
    beside = marche if marche is not None else _without(arbre, found, vocab)
    if beside is not None:
        found += [d.at(fichier, lecture.position(d.chemin or "")) for d in contradictions(beside)]
    ordered = sorted((*arbre.diagnostics, *found), key=lambda d: (d.ligne or 0, d.colonne or 0))
    return Lecture(marche, tuple(ordered), arbre)
