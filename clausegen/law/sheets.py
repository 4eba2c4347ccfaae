"""One rule with its history: versions, conditions as they are written, grounds, exceptions, cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, field
from datetime import date
from typing import Any

from clausegen.law.cases import Resultat, own_cases
from clausegen.law.catalogue import SOURCE, Entree, cited, kept_cases
from clausegen.law.dating import in_force, until
from clausegen.law.decision import Source
from clausegen.law.references import References
from clausegen.law.rule import Condition, Groupe, Issue, Regle, Version
from clausegen.law.rulebook import CONCLUDING, Rulebook, dicts
from clausegen.record import dataclass

_SHOWN_APART = ("versions", "titre", "source", "verifie_le", "confiance", "note")


@dataclass(frozen=True, slots=True)
class Fondement:
    """A ground, as it stands on the day that a version speaks of."""

    id: str
    citation: str
    source: Source


@dataclass(frozen=True, slots=True)
class VersionMontree:
    """One version of an entry.

    Args:
        depuis: its first day; None for a table that bears no date.
        jusqu_au: its last day; None while it is open.
        en_vigueur: whether it is in force on the day asked for.
        contenu: what it says, under the keys of its file; lists of conditions are plain.
        fondements: its grounds.
        confiance: its own confidence.
        verifie_le: last day on which somebody checked it.
        note: what its author wanted to add.
    """

    depuis: date | None
    jusqu_au: date | None
    en_vigueur: bool
    contenu: dict[str, Any]
    fondements: tuple[Fondement, ...] = ()
    confiance: str | None = None
    verifie_le: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fiche:
    """Everything that the rulebook holds about an entry.

    Args:
        entree: the entry, on the day asked for.
        fichier: its file, as messages name it.
        versions: from the oldest to the newest.
        contenu: what does not depend on the date: articles of a CCAG, content of a table.
        ecarte: the rules that it sets aside.
        ecartee_par: the rules that set it aside.
        employee_par: for a source, the entries that rest on it.
        cas: the cases of its file, with their outcome.
        note: what its author wanted to add.
    """

    entree: Entree
    fichier: str
    versions: tuple[VersionMontree, ...]
    contenu: dict[str, Any] = field(default_factory=dict)
    ecarte: tuple[str, ...] = ()
    ecartee_par: tuple[str, ...] = ()
    employee_par: tuple[str, ...] = ()
    cas: tuple[Resultat, ...] = ()
    note: str = ""


def sheet(entree: Entree, livre: Rulebook, jour: date) -> Fiche:
    """Return everything about an entry of the catalogue.

    Args:
        entree: the entry.
        livre: the law.
        jour: the day on which the version in force is marked.
    """
    folder, _, name = entree.id.rpartition("/")
    if folder in CONCLUDING:
        return _of_rule(entree, livre, jour, livre.regles[folder])
    if entree.genre == SOURCE:
        return _of_source(entree, livre, jour, name)
    content = livre.donnees[entree.id]
    rest = {key: value for key, value in content.items() if key not in _SHOWN_APART}
    if kept_cases(content):
        del rest["cas"]
    fichier = f"{livre.nom}/{entree.id}.yaml"
    cases = own_cases(livre, entree.id)
    versions = tuple(_values(content, livre, jour)) if "versions" in content else (_undated(content, livre, jour),)
    return Fiche(entree, fichier, versions, rest, cas=cases, note=content.get("note", ""))


def _of_rule(entree: Entree, livre: Rulebook, jour: date, rules: Mapping[str, Regle]) -> Fiche:
    folder, _, ident = entree.id.rpartition("/")
    regle = rules[ident]
    now = in_force(regle.versions, jour)
    versions = tuple(
        VersionMontree(
            first,
            until(regle.versions, first),
            now is not None and now[0] == first,
            _rule_content(version, References(livre, first, None)),
            _grounds(cited(version), livre, jour if now is not None and now[0] == first else first),
            version.confiance,
            version.verifie_le,
            version.note,
        )
        for first, version in regle.versions.items()
        if isinstance(version, Version)
    )
    aside = tuple(f"{folder}/{other}" for other, rule in rules.items() if ident in rule.ecarte)
    return Fiche(
        entree,
        f"{livre.nom}/{entree.id}.yaml",
        versions,
        {"portee": regle.portee},
        tuple(f"{folder}/{other}" for other in regle.ecarte),
        aside,
        cas=own_cases(livre, entree.id),
    )


def _rule_content(version: Version, references: References) -> dict[str, Any]:
    content: dict[str, Any] = {
        "quand": [_condition(item, references) for item in version.quand],
        "toutes": [_condition(item, references) for item in version.toutes],
        "alors": _issue(version.alors),
        "sinon": None if version.sinon is None else _issue(version.sinon),
        "satisfaite": [_condition(item, references) for item in version.satisfaite],
        "motif": version.motif,
        "motif_sinon": version.motif_sinon,
        "conditions": list(version.conditions),
    }
    return {key: value for key, value in content.items() if value}


def _condition(item: Condition | Groupe, references: References) -> dict[str, Any]:
    """Return a condition as it is written, with the reason and the grounds that it gives when it fails."""
    plain: dict[str, Any] = {}
    if isinstance(item, Condition):
        plain["si"] = item.si.source
    else:
        for key, inner in (("toutes", item.toutes), ("une_de", item.une_de)):
            if inner:
                plain[key] = [_condition(sub, references) for sub in inner]
    if item.motif:
        plain["motif"] = item.motif
    if item.source:
        plain["fondements"] = list(references.citations(item.source))
    return plain


def _issue(issue: Issue) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(issue).items() if value is not None}


def _grounds(ids: Iterable[str], livre: Rulebook, jour: date) -> tuple[Fondement, ...]:
    references = References(livre, jour, None)
    found = (references.get(ident) for ident in dict.fromkeys(ids))
    return tuple(Fondement(reference.id, reference.citation, reference.source) for reference in found)


def _of_source(entree: Entree, livre: Rulebook, jour: date, ident: str) -> Fiche:
    reference = References(livre, jour, None).get(ident)
    file, entry = next(
        (key, content["sources"][ident])
        for key, content in livre.donnees.items()
        if key.startswith("sources/") and ident in content["sources"]
    )
    content = {"citation": reference.citation, "citation_longue": reference.longue, "objet": reference.objet}
    fichier = f"{livre.nom}/{file}.yaml"
    versions = tuple(_values(entry, livre, jour))
    return Fiche(entree, fichier, versions, content, employee_par=_users(ident, livre), note=entry.get("note", ""))


def _users(ident: str, livre: Rulebook) -> tuple[str, ...]:
    """Return the files that cite a source, in whatever version."""
    rules = (
        f"{folder}/{name}"
        for folder, found in livre.regles.items()
        for name, regle in found.items()
        if any(isinstance(version, Version) and ident in cited(version) for version in regle.versions.values())
    )
    tables = (
        key
        for key, content in livre.donnees.items()
        if not key.startswith("sources/") and any(ident in _named(block.get("source")) for block in dicts(content))
    )
    return (*rules, *tables)


def _named(value: Any) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _values(content: Mapping[str, Any], livre: Rulebook, jour: date) -> Iterator[VersionMontree]:
    """Yield the versions of a dated value, of a CCAG or of a source."""
    now = in_force(content["versions"], jour)
    for first, version in content["versions"].items():
        if version == "fin":
            continue
        here = now is not None and now[0] == first
        said = {key: value for key, value in version.items() if key not in _SHOWN_APART}
        ids = _named(version.get("source", content.get("source")))
        grounds = _grounds(ids, livre, jour if here else first)
        last = until(content["versions"], first)
        note = version.get("note", "")
        yield VersionMontree(first, last, here, said, grounds, version["confiance"], version["verifie_le"], note)


def _undated(content: Mapping[str, Any], livre: Rulebook, jour: date) -> VersionMontree:
    grounds = _grounds(_named(content.get("source")), livre, jour)
    return VersionMontree(None, None, True, {}, grounds, content.get("confiance"), content.get("verifie_le"))
