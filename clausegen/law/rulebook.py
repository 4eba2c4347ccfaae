"""The folder `rules/`, read once, checked as a whole and fingerprinted: the law as the program holds it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.files.shipped import shipped
from clausegen.files.validation import validate
from clausegen.files.yamltree import plain, read_yaml
from clausegen.law.dating import in_force
from clausegen.law.rulefile import Regle

CONCLUDING = ("obligations", "dispositifs", "controles", "faits-derives", "derogations")
"""Folders whose files are rules that conclude; the others hold facts."""
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Rulebook:
    """The law as data.

    Args:
        regles: folder to rule id to rule.
        donnees: path without suffix (such as `calibrage/smic`) to plain content.
        empreinte: `sha256:` fingerprint of every file.
        version: last day on which anything was verified.
    """

    regles: dict[str, dict[str, Regle]]
    donnees: dict[str, dict[str, Any]]
    empreinte: str
    version: str
    _parents: dict[str, str] = field(default_factory=dict)

    def question(self, chemin: str) -> str:
        """Return the question of a key path, whatever the lot's index."""
        faits: dict[str, dict[str, str]] = self.donnees["faits"]["faits"]
        key = _INDEX.sub("[]", chemin)
        entry = faits.get(key) or faits.get(key.removeprefix("lots[]."))
        return entry["question"] if entry else "Que faut-il écrire ici ?"

    def parametre(self, ident: str, jour: date | None) -> dict[str, Any] | None:
        """Return the version of a parameter of `seuils/` in force on a day: `valeur`, `source`, `confiance`."""
        found = in_force(self.donnees[f"seuils/{ident}"]["versions"], jour)
        return dict(found[1]) | {"depuis": found[0]} if found else None

    def ccag(self, ident: str) -> dict[str, Any]:
        """Return the file of one of the six CCAG."""
        return self.donnees[f"ccag/{ident}"]

    def cpv_in(self, liste: str, code: str) -> bool:
        """Tell whether an eight-digit CPV code belongs to a list of `listes/cpv`."""
        entry = self.donnees["listes/cpv"]["listes"][liste]
        if code in entry.get("codes", ()):
            return True
        return any(str(low) <= code <= str(high) for low, high in entry.get("plages", ()))


@cache
def rulebook(folder: Path | None = None) -> Rulebook:
    """Read the law.

    Args:
        folder: the rules to read; None for those that travel with the program.

    Returns:
        The whole law, checked.

    Raises:
        ClausegenError: a rule file is broken; the message holds every fault with file and line.
    """
    root = folder or shipped("rules")
    regles: dict[str, dict[str, Regle]] = {name: {} for name in CONCLUDING}
    donnees: dict[str, dict[str, Any]] = {}
    digest = hashlib.sha256()
    faults: list[Diagnostic] = []
    for path in sorted(root.rglob("*.yaml")):
        key = path.relative_to(root).with_suffix("").as_posix()
        content = path.read_bytes()
        digest.update(key.encode() + b"\0" + hashlib.sha256(content).digest())
        arbre = read_yaml(content.decode("utf-8"), f"rules/{key}.yaml")
        faults.extend(arbre.diagnostics)
        if arbre.diagnostics:
            continue
        if path.parent.name in CONCLUDING:
            regle, found = validate(Regle, arbre, plain(arbre))
            faults.extend(found)
            if regle is not None:
                regles[path.parent.name][path.stem] = regle
        else:
            donnees[key] = plain(arbre)
    if not faults:
        faults.extend(cross_check(regles, donnees))
    if faults:
        raise ClausegenError("Les règles ne se lisent pas :\n" + "\n".join(_line(fault) for fault in faults))
    return Rulebook(regles, donnees, f"sha256:{digest.hexdigest()}", _last_check(regles, donnees))


def _line(fault: Diagnostic) -> str:
    return f"{fault.fichier}:{fault.ligne or 1}:{fault.colonne or 1} : {fault.message}"


def cross_check(regles: dict[str, dict[str, Regle]], donnees: dict[str, dict[str, Any]]) -> Iterator[Diagnostic]:
    """Yield what no file can see alone: sources that do not exist or are not in force, facts that no one declares."""
    sources = source_versions(donnees)
    declared = frozenset(donnees["faits-declares"]["faits"])
    for folder, rules in regles.items():
        for ident, regle in rules.items():
            for message in _rule_faults(regle, rules, sources, declared):
                yield Diagnostic(
                    "L001", Niveau.ERREUR, message, fichier=f"rules/{folder}/{ident}.yaml", ligne=1, colonne=1
                )


def _rule_faults(
    regle: Regle, rules: Mapping[str, Regle], sources: Mapping[str, dict[date, Any]], declared: frozenset[str]
) -> Iterator[str]:
    for day, source in regle.source_ids():
        if source not in sources:
            yield f"la source « {source} » n'existe pas dans rules/sources"
        elif in_force(sources[source], day) is None:
            yield f"la version du {day} cite « {source} », qui n'est pas en vigueur ce jour-là"
    for day, expression in regle.names():
        for name in sorted(expression.noms - declared):
            yield f"la version du {day} emploie le fait « {name} », absent de rules/faits-declares.yaml"
    for other in regle.ecarte:
        if other not in rules:
            yield f"« ecarte » nomme « {other} », qui n'est pas une règle du même dossier"


def source_versions(donnees: Mapping[str, dict[str, Any]]) -> dict[str, dict[date, Any]]:
    """Return every declared source id with its dated versions."""
    found: dict[str, dict[date, Any]] = {}
    for key, content in donnees.items():
        if key.startswith("sources/"):
            for ident, entry in content["sources"].items():
                found[ident] = entry["versions"]
    return found


def _last_check(regles: dict[str, dict[str, Regle]], donnees: dict[str, dict[str, Any]]) -> str:
    days = [
        v.verifie_le
        for rules in regles.values()
        for r in rules.values()
        for v in r.versions.values()
        if not isinstance(v, str)
    ]
    days += [v["verifie_le"] for d in donnees.values() for v in _dicts(d) if isinstance(v.get("verifie_le"), date)]
    return max(days).isoformat()


def _dicts(value: Any) -> Iterator[dict[Any, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _dicts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _dicts(item)
