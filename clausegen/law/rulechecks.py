"""What no rule file can see alone: sources that do not exist or are not in force, facts that no one declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.files.nearest import nearest
from clausegen.files.treepath import Chemin
from clausegen.files.yamltree import Arbre
from clausegen.french.grammar import majuscule
from clausegen.language.expressions import ExpressionError
from clausegen.law.dating import in_force
from clausegen.law.rule import Condition, Regle, Version, conditions, walk

DEROGE = "deroge"
_STATUTS = {
    "obligations": ("applicable", "non-applicable", "a-preciser"),
    "dispositifs": ("possible", "interdit", "a-preciser"),
    "controles": ("signaler", "sans-objet"),
    "derogations": (DEROGE, "sans-objet"),
    "faits-derives": ("vrai", "faux"),
}
"""What the rules of each folder may conclude: the words that the decision reads."""


def cross_check(
    regles: Mapping[str, Mapping[str, Regle]], donnees: Mapping[str, dict[str, Any]], tree: Callable[[str], Arbre]
) -> Iterator[Diagnostic]:
    """Yield the faults between files, each at its place.

    Args:
        regles: folder to rule id to rule.
        donnees: path without suffix to plain content.
        tree: gives the document of a path, read again: only a fault needs places.
    """
    sources = source_versions(donnees)
    declared: frozenset[str] = frozenset(donnees["faits-declares"]["faits"])
    for folder, rules in regles.items():
        for ident, regle in rules.items():
            for path, message in _rule_faults(folder, regle, rules, sources, declared):
                yield at(tree(f"{folder}/{ident}"), path, "L001", message)
    for key, content in donnees.items():
        for fault in _unreadable_conditions(content):
            yield at(tree(key), (), "L001", fault)


def _unreadable_conditions(value: Any) -> Iterator[str]:
    """Yield what is wrong in the conditions of tables: they are read here, once, and kept with the law."""
    if isinstance(value, dict):
        if isinstance(value.get("toutes"), list):
            try:
                conditions(value["toutes"])
            except ExpressionError as error:
                yield str(error)
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _unreadable_conditions(item)


def at(arbre: Arbre, path: Chemin, code: str, message: str) -> Diagnostic:
    """Return a finding at a value of a document, or at the nearest block that holds it."""
    place = None
    for length in range(len(path), -1, -1):
        place = arbre.position(path[:length])
        if place is not None:
            break
    return Diagnostic(code, Niveau.ERREUR, _sentence(message)).at(arbre.fichier, place)


def _sentence(message: str) -> str:
    return majuscule(message) + ("" if message.endswith(("?", ".")) else ".")


def _rule_faults(
    folder: str,
    regle: Regle,
    rules: Mapping[str, Regle],
    sources: Mapping[str, Mapping[date, Any]],
    declared: frozenset[str],
) -> Iterator[tuple[Chemin, str]]:
    for day, version in regle.versions.items():
        if isinstance(version, Version):
            for path, message in _version_faults(folder, day, version, sources, declared):
                yield ("versions", day.isoformat(), *path), message
    for index, other in enumerate(regle.ecarte):
        if other not in rules:
            near = meant(other, rules)
            yield ("ecarte", index), f"« {other} » n'est pas une règle du dossier « {folder} »{near}"


def _version_faults(
    folder: str, day: date, version: Version, sources: Mapping[str, Mapping[date, Any]], declared: frozenset[str]
) -> Iterator[tuple[Chemin, str]]:
    for path, source in _cited(version):
        if fault := source_fault(source, day, sources):
            yield path, fault
    for path, name in _named(version):
        if name not in declared:
            yield path, f"le fait « {name} » n'est pas dans `faits-declares.yaml`{meant(name, declared)}"
    for key, issue in (("alors", version.alors), ("sinon", version.sinon)):
        if issue is not None and issue.statut not in _STATUTS[folder]:
            known = ", ".join(f"« {word} »" for word in _STATUTS[folder])
            yield (key, "statut"), f"« {issue.statut} » n'est pas un statut admis ici : {known}"
        if issue is not None and issue.statut == DEROGE and not (issue.chemin and issue.valeur):
            yield (
                (key,),
                (
                    "une dérogation dit l'article auquel elle déroge (`chemin`, une clé des articles du CCAG) et la "
                    "partie du CCAP qui y déroge (`valeur`, l'ancre de son titre)"
                ),
            )


def _cited(version: Version) -> Iterator[tuple[Chemin, str]]:
    for source in version.source:
        yield ("source",), source
    for path, item in walk(version.toutes, ("toutes",)):
        for source in item.source:
            yield (*path, "source"), source


def _named(version: Version) -> Iterator[tuple[Chemin, str]]:
    for key in ("quand", "toutes", "satisfaite"):
        for path, item in walk(getattr(version, key), (key,)):
            if isinstance(item, Condition):
                for name in sorted(item.si.noms):
                    yield (*path, "si"), name


def source_fault(source: str, day: date | None, sources: Mapping[str, Mapping[date, Any]]) -> str | None:
    """Return why a version of some day cannot cite a source; None when it can; without a day, any version will do."""
    if source not in sources:
        return f"la source « {source} » n'existe pas dans le dossier « sources »{meant(source, sources)}"
    if in_force(sources[source], day) is None:
        return f"la source « {source} » n'est pas en vigueur le {day}, premier jour de cette version"
    return None


def meant(word: str, known: Iterable[str]) -> str:
    """Return « ; vouliez-vous dire … ? » when a known word is near, else nothing."""
    near = nearest(word, tuple(known))
    return f" ; vouliez-vous dire « {near} » ?" if near else ""


def missing_files(found: Iterable[str], shipped: Iterable[str], nom: str) -> Iterator[Diagnostic]:
    """Yield the files that a copy of the rules lacks: the program reads each of them by its name."""
    known = set(found)
    for key in shipped:
        if key not in known:
            message = "ce fichier manque : une règle qui ne vaut plus se ferme par `fin`, elle ne se supprime pas"
            yield Diagnostic("L002", Niveau.ERREUR, _sentence(message), fichier=f"{nom}/{key}.yaml")


def source_versions(donnees: Mapping[str, dict[str, Any]]) -> dict[str, dict[date, Any]]:
    """Return every declared source id with its dated versions."""
    found: dict[str, dict[date, Any]] = {}
    for key, content in donnees.items():
        if key.startswith("sources/"):
            for ident, entry in content["sources"].items():
                found[ident] = entry["versions"]
    return found
