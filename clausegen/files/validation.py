"""What a model refuses, as diagnostics: every fault at once, with its place, what was found and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.files.modelkeys import elsewhere, keys_at
from clausegen.files.nearest import Usuels, enumerated, folded, nearest, usual_word
from clausegen.files.refusal import Refus
from clausegen.files.treepath import Chemin, format_path, shown
from clausegen.files.yamltree import Arbre
from clausegen.record import dataclass

M = TypeVar("M", bound=BaseModel)
_WORDS = re.compile(r"'((?:[^'\\]|\\.)*)'|(?<![\w'])(\d+)(?![\w'])")
_DAY = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")
_MISSING = ("missing", "missing_argument")
_BLOCKS = ("model_type", "model_attributes_type", "dict_type", "dataclass_type", "mapping_type")
_LISTS = ("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type")
_SHORT = 8
_MOST = 500
_TYPES = {
    "string": "un texte est attendu",
    "int": "un nombre entier est attendu",
    "decimal": "un nombre est attendu",
    "float": "un nombre est attendu",
    "bool": "`true` ou `false` est attendu",
    "date": "une date est attendue, année-mois-jour, par exemple 2026-12-15",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "au moins {} est attendu"),
    "greater_than": ("gt", "un nombre supérieur à {} est attendu"),
    "less_than_equal": ("le", "au plus {} est attendu"),
    "less_than": ("lt", "un nombre inférieur à {} est attendu"),
    "too_short": ("min_length", "au moins {} élément est attendu"),
    "too_long": ("max_length", "au plus {} éléments sont attendus"),
    "string_too_short": ("min_length", "un texte d'au moins {} caractère est attendu"),
    "string_too_long": ("max_length", "un texte de {} caractères au plus est attendu"),
}


@dataclass(frozen=True, slots=True)
class Usages:
    """Wrong names that people write, folded, with the right ones.

    Args:
        cles: for keys.
        mots: for the words of closed lists.
    """

    cles: Usuels = field(default_factory=dict)
    mots: Usuels = field(default_factory=dict)


def validate(
    model: type[M],
    arbre: Arbre,
    donnees: Any = None,
    *,
    contexte: Mapping[str, Any] | None = None,
    usages: Usages | None = None,
) -> tuple[M | None, list[Diagnostic]]:
    """Check a document against a model.

    Args:
        model: what the document should be.
        arbre: the document, for the places.
        donnees: its values, when they are not those of the tree itself (`plain` gives ordinary ones).
        contexte: what the model's validators need to know.
        usages: wrong names that people write.

    Returns:
        The model, None when it refuses; and every fault, in the order of the file.
    """
    values = arbre.racine if donnees is None else donnees
    if not isinstance(values, dict):
        return None, [_not_a_mapping(values, arbre)]
    try:
        return model.model_validate(values, context=dict(contexte or {})), []
    except ValidationError as error:
        return None, _findings(error, model, arbre, usages or Usages())


def _not_a_mapping(values: Any, arbre: Arbre) -> Diagnostic:
    what = "Le fichier est vide" if values is None else "Le fichier ne contient pas de clés"
    message = f"{what} : des lignes « clé: valeur » sont attendues."
    return Diagnostic("F010", Niveau.ERREUR, message).at(arbre.fichier, arbre.position(()))


def _findings(error: ValidationError, model: type[BaseModel], arbre: Arbre, usages: Usages) -> list[Diagnostic]:
    found: dict[tuple[str, str | None], Diagnostic] = {}
    meant: set[str] = set()
    faults = error.errors(include_url=False)
    for fault in faults[:_MOST]:
        path, missing = _path(fault, arbre)
        if fault["type"] == "extra_forbidden" and path:
            finding, name = _unknown_key(path, model, arbre, usages)
            meant.add(format_path((*path[:-1], name or "")))
        elif missing is not None:
            finding = _missing_key(path, missing, arbre)
        else:
            finding = _wrong_value(fault, path, model, arbre, usages)
        # The members of a union each refuse the same value: one finding is enough.
        found.setdefault((finding.code, finding.chemin), finding)
    # A required key that is there, misspelled, is one fault and not two.
    kept = [d for d in found.values() if not (d.code == "F021" and d.chemin in meant)]
    if len(faults) > _MOST:
        kept.append(_too_many(len(faults) - _MOST, arbre))
    return sorted(kept, key=lambda d: (d.ligne or 0, d.colonne or 0))


def _too_many(rest: int, arbre: Arbre) -> Diagnostic:
    message = f"{rest} autres constats de forme ne sont pas montrés : corriger d'abord ceux-ci."
    return Diagnostic("F012", Niveau.ERREUR, message).at(arbre.fichier, arbre.position(()))


def _path(fault: ErrorDetails, arbre: Arbre) -> tuple[Chemin, str | None]:
    """Return the path of a fault in the document, without the names of unions, and the key that is missing."""
    loc = list(fault["loc"])
    missing = str(loc.pop()) if fault["type"] in _MISSING and loc else None
    path: Chemin = ()
    for step in loc:
        part = _as_key(step)
        if arbre.at((*path, part))[0]:
            path = (*path, part)
    return path, missing


def _as_key(step: str | int) -> str | int:
    """Return a step as the document writes it: pydantic shows a day that is a key as Python would."""
    match = _DAY.fullmatch(step) if isinstance(step, str) else None
    return date(*map(int, match.groups())).isoformat() if match else step


def _missing_key(path: Chemin, missing: str, arbre: Arbre) -> Diagnostic:
    where = f" dans `{format_path(path)}`" if path else ""
    message = f"Il manque la clé `{shown(missing)}`{where} : elle est obligatoire."
    finding = Diagnostic("F021", Niveau.ERREUR, message, format_path((*path, missing)))
    return finding.at(arbre.fichier, arbre.position_cle(path))


def _wrong_value(fault: ErrorDetails, path: Chemin, model: type[BaseModel], arbre: Arbre, usages: Usages) -> Diagnostic:
    code, reason = _reason(fault, path, model, usages)
    chemin = format_path(path)
    subject = f"`{chemin}` : {_found(fault, path, arbre)}" if chemin else _found(fault, path, arbre)
    message = f"{subject} ne convient pas ; {reason}" + ("" if reason.endswith("?") else ".")
    return Diagnostic(code, Niveau.ERREUR, message, chemin or None).at(arbre.fichier, arbre.position(path))


def _found(fault: ErrorDetails, path: Chemin, arbre: Arbre) -> str:
    """Quote what stands in the file."""
    exists, node = arbre.at(path)
    value = node if exists else fault["input"]
    if value is None:
        return "« null »"
    if isinstance(value, dict):
        return "un bloc de clés"
    if isinstance(value, list | tuple):
        return "une liste"
    text = shown(str(value))
    return f"« {text} »" if text else "une valeur vide"


def _unknown_key(path: Chemin, model: type[BaseModel], arbre: Arbre, usages: Usages) -> tuple[Diagnostic, str | None]:
    """Return the finding, and the key of the same block that was meant, if any."""
    key, parent = str(path[-1]), path[:-1]
    where = f" dans `{format_path(parent)}`" if parent else ""
    meant, advice = _advice(key, keys_at(model, parent), elsewhere(model), usages)
    message = f"La clé `{shown(key)}` n'existe pas{where}{advice}"
    finding = Diagnostic("F020", Niveau.ERREUR, message, format_path(path))
    return finding.at(arbre.fichier, arbre.position_cle(path)), meant


def _advice(
    key: str, here: Sequence[str], places: Mapping[str, Sequence[str]], usages: Usages
) -> tuple[str | None, str]:
    """Return the key of the block that was meant, and what to say: that key, or where the one found belongs."""
    spelled = next((name for name in here if folded(name) == folded(key)), None)
    if meant := spelled or usual_word(key, here, usages.cles):
        return meant, f" : vouliez-vous dire `{meant}` ?"
    if key in places:
        return None, f" : elle s'écrit dans {_places(places[key])}."
    far = usual_word(key, places, usages.cles)
    if far is None and (meant := nearest(key, here)):
        return meant, f" : vouliez-vous dire `{meant}` ?"
    if far := far or nearest(key, tuple(places)):
        return None, f" : vouliez-vous dire `{far}`, qui s'écrit dans {_places(places[far])} ?"
    return None, f". Clés admises : {enumerated(here)}." if here else "."


def _places(places: Sequence[str]) -> str:
    return " ou ".join(f"`{place}`" if place else "la racine du fichier" for place in places[:3])


def _reason(fault: ErrorDetails, path: Chemin, model: type[BaseModel], usages: Usages) -> tuple[str, str]:
    """Return the code of a refusal and what is allowed."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in ("literal_error", "enum"):
        words = [m[1] or m[2] for m in _WORDS.finditer(str(context.get("expected", "")))]
        meant = nearest(str(fault["input"]), words, usages.mots)
        return "F022", f"admis : {enumerated(words)}" + (f" ; vouliez-vous dire `{meant}` ?" if meant else "")
    if kind in ("value_error", "assertion_error"):
        said = context.get("error")
        if isinstance(said, Refus):
            return said.code, said.reason
        return "F042", str(context.get("error", "")).rstrip(".") or "valeur non admise"
    if kind in _BOUNDS:
        name, sentence = _BOUNDS[kind]
        return "F042", sentence.format(context.get(name, context.get(name.replace("length", "items"), "")))
    if kind in _BLOCKS:
        keys = keys_at(model, path)
        return "F023", "un bloc de clés est attendu" + (f" : {enumerated(keys, _SHORT)}" if keys else "")
    if kind in _LISTS:
        return "F023", "une liste est attendue : un élément par ligne après un tiret, ou entre crochets"
    return "F023" if kind.endswith("_type") else "F042", _TYPES.get(
        kind.split("_")[0], "cette valeur n'est pas admise ici"
    )
