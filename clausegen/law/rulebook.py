"""The folder `rules/`, read once, checked as a whole and fingerprinted: the law as the program holds it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from clausegen.diagnostics import Diagnostic
from clausegen.errors import ClausegenError
from clausegen.files.listing import read_folder
from clausegen.files.reasons import raison
from clausegen.files.shipped import shipped
from clausegen.files.yamltree import Arbre, decode, plain, read_yaml
from clausegen.law.dating import in_force
from clausegen.law.rule import Regle
from clausegen.law.rulecache import recalled, remember
from clausegen.record import dataclass
from clausegen.regex import late

CONCLUDING = ("obligations", "dispositifs", "controles", "faits-derives", "derogations")
"""Folders whose files are rules that conclude; the others hold facts."""
MARKET_CASES = "cas"
"""Folder of the cases that decide whole markets: they test the law and are no part of it; drafting reads none."""
WITHOUT_EFFECT = ("codes/", "conversation/", "echanges/", "relecture/")
"""Folders of words and checks that change neither a decision nor a piece: a piece does not age with them."""
_INDEX = late(r"\[\d+\]")


@dataclass(frozen=True)
class Rulebook:
    """The law as data.

    Args:
        regles: folder to rule id to rule.
        donnees: path without suffix (such as `calibrage/smic`) to plain content.
        empreinte: `sha256:` fingerprint of every file that can change a decision or a piece.
        version: last day on which anything was verified.
        dossier: where the files are.
        nom: how messages name that folder.
    """

    regles: dict[str, dict[str, Regle]]
    donnees: dict[str, dict[str, Any]]
    empreinte: str
    version: str
    dossier: Path = field(default_factory=Path)
    nom: str = "rules"

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


@dataclass(frozen=True)
class Lecture:
    """A folder of rules as it was read.

    Args:
        livre: the law; None when a file is broken.
        diagnostics: every fault, file by file.
    """

    livre: Rulebook | None
    diagnostics: tuple[Diagnostic, ...]


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
    lecture = read_rules(folder)
    if lecture.livre is None:
        faults = "\n".join(f"{d.fichier}:{d.ligne or 1}:{d.colonne or 1} : {d.message}" for d in lecture.diagnostics)
        raise ClausegenError(f"Les règles ne se lisent pas :\n{faults}")
    return lecture.livre


def read_rules(folder: Path | None = None) -> Lecture:
    """Read a folder of rules, with every fault at its place.

    Args:
        folder: the rules to read; None for those that travel with the program.

    Raises:
        ClausegenError: there is no such folder, or a file of it cannot be read.
    """
    root, nom = folder or shipped("rules"), "rules" if folder is None else str(folder)
    contents = _contents(root)
    if not contents:
        raise ClausegenError(f"« {nom} » n'est pas un dossier de règles : il n'y a là aucun fichier YAML.")
    empreinte = _fingerprint({k: c for k, c in contents.items() if not k.startswith(WITHOUT_EFFECT)})
    whole = _fingerprint(contents)
    # Only the law that travels with the program is taken back from the cache: a copy under change is read in full.
    found = recalled(whole) if folder is None else None
    if found is not None:
        return Lecture(Rulebook(*found, root, nom), ())
    lecture = _parsed(root, nom, contents, empreinte, shipped("rules") if folder is not None else None)
    if folder is None and lecture.livre is not None:
        livre = lecture.livre
        remember(whole, (livre.regles, livre.donnees, livre.empreinte, livre.version))
    return lecture


def _fingerprint(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for key, content in contents.items():
        digest.update(key.encode() + b"\0" + hashlib.sha256(content).digest())
    return f"sha256:{digest.hexdigest()}"


def _parsed(root: Path, nom: str, contents: dict[str, bytes], empreinte: str, model: Path | None) -> Lecture:
    """Read every file, with its faults; `model` is the folder whose files must all be there."""
    # Who finds the law in the cache pays neither for pydantic's models of rules nor for these checks.
    from clausegen.files.validation import validate
    from clausegen.law.rulechecks import cross_check, missing_files
    from clausegen.law.rulefile import FichierRegle

    regles: dict[str, dict[str, Regle]] = {name: {} for name in CONCLUDING}
    donnees: dict[str, dict[str, Any]] = {}
    faults: list[Diagnostic] = []
    for key, content in contents.items():
        arbre = _tree(content, f"{nom}/{key}.yaml")
        faults.extend(arbre.diagnostics)
        if arbre.diagnostics:
            continue
        family, _, ident = key.rpartition("/")
        if family in CONCLUDING:
            fichier, found = validate(FichierRegle, arbre, plain(arbre))
            faults.extend(found)
            if fichier is not None:
                regles[family][ident] = fichier.regle()
        else:
            donnees[key] = plain(arbre)
    if model is not None:
        faults.extend(missing_files(contents, list(_contents(model)), nom))
    if not faults:
        faults.extend(cross_check(regles, donnees, lambda key: rule_tree(root, nom, key)))
    if faults:
        return Lecture(None, tuple(faults))
    return Lecture(Rulebook(regles, donnees, empreinte, _last_check(regles, donnees), root, nom), ())


def _contents(root: Path) -> dict[str, bytes]:
    """Return every file of the law, by path without suffix, in order; cases of whole markets are left out."""
    if not root.is_dir():
        return {}
    try:
        found = read_folder(root, ".yaml", sans=MARKET_CASES)
    except OSError as error:
        raise _unreadable(str(error.filename), error) from error
    return {name.removesuffix(".yaml"): content for name, content in found.items()}


def rule_tree(root: Path, nom: str, key: str) -> Arbre:
    """Return a rule file with the places of its keys.

    Args:
        root: the folder of rules.
        nom: how messages name that folder.
        key: path of the file within it, without suffix.
    """
    path = root / f"{key}.yaml"
    try:
        return _tree(path.read_bytes(), f"{nom}/{key}.yaml")
    except OSError as error:
        raise _unreadable(str(path), error) from error


def _unreadable(path: str, error: OSError) -> ClausegenError:
    return ClausegenError(f"Le fichier « {path} » ne peut pas être lu : {raison(error)}.")


def _tree(content: bytes, fichier: str) -> Arbre:
    text, found = decode(content, fichier)
    return Arbre(fichier, None, found, lisible=False) if text is None else read_yaml(text, fichier)


def _last_check(regles: dict[str, dict[str, Regle]], donnees: dict[str, dict[str, Any]]) -> str:
    days = [
        v.verifie_le
        for rules in regles.values()
        for r in rules.values()
        for v in r.versions.values()
        if not isinstance(v, str)
    ]
    days += [v["verifie_le"] for d in donnees.values() for v in dicts(d) if isinstance(v.get("verifie_le"), date)]
    return max(days).isoformat()


def dicts(value: Any) -> Iterator[dict[Any, Any]]:
    """Yield every mapping within plain content, itself included."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from dicts(item)
    elif isinstance(value, list):
        for item in value:
            yield from dicts(item)
