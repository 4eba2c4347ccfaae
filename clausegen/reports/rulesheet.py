"""One rule with its history, in plain French or as JSON: versions, conditions, grounds, exceptions, cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from clausegen.french.dates import en_lettres
from clausegen.french.grammar import compte, majuscule
from clausegen.french.typography import typography
from clausegen.law.catalogue import A_VENIR, EN_VIGUEUR, TERMINEE
from clausegen.law.sheets import Fiche, Fondement, VersionMontree
from clausegen.reports.json import VERSION, dumps
from clausegen.reports.labels import DEGRES, GENRES, label
from clausegen.reports.layout import item, section, title
from clausegen.reports.rulelist import case_json, entry_json, value
from clausegen.reports.text import printable

_KEYS = {
    "quand": "Quand",
    "toutes": "Si toutes ces conditions tiennent",
    "une_de": "une de ces conditions",
    "alors": "Alors",
    "sinon": "Sinon",
    "satisfaite": "Tenue pour satisfaite si",
    "motif": "Motif",
    "motif_sinon": "Motif, sinon",
    "conditions": "À respecter",
    "valeur": "Valeur",
    "acte": "Acte",
    "origine": "Vu dans",
    "objet": "Objet",
    "choix": "Choix, le premier qui tient",
    "unite": "Unité",
    "citation": "Citation",
    "citation_longue": "En toutes lettres",
}
_SCOPE = "portee"
_CONDITIONS = ("quand", "toutes", "satisfaite")


def sheet_text(fiche: Fiche, jour: date) -> str:
    """Return everything about a rule, to be read.

    Args:
        fiche: the rule.
        jour: the day on which its version in force is marked.
    """
    lines = list(_header(fiche, jour))
    for version in fiche.versions:
        lines += _version(version)
    lines += section("Contenu", _pairs({k: v for k, v in fiche.contenu.items() if k != _SCOPE}))
    lines += section("Exceptions", _exceptions(fiche))
    lines += section("Employée par", (item(name) for name in fiche.employee_par))
    held = sum(resultat.tient for resultat in fiche.cas)
    heading = f"Cas ({compte(len(fiche.cas), 'cas', 'cas')}, {held} {'tiennent' if held > 1 else 'tient'})"
    lines += section(heading, _cases(fiche))
    return "\n".join(lines)


def _header(fiche: Fiche, jour: date) -> Iterator[str]:
    entree = fiche.entree
    yield typography(printable(f"{majuscule(label(GENRES, entree.genre))} « {entree.id} »"))
    yield typography(printable(entree.titre))
    yield typography(f"Au {en_lettres(jour)} : {_state(fiche)}.")
    if entree.confiance is not None:
        checked = "" if entree.verifiee_le is None else f" ; vérifiée le {en_lettres(entree.verifiee_le)}"
        yield typography(f"Confiance, sources comprises : {label(DEGRES, entree.confiance)}{checked}.")
    if entree.a_reverifier:
        yield typography(f"À revérifier : {' ; '.join(entree.a_reverifier)}.")
    if _SCOPE in fiche.contenu:
        scope = {"marche": "le marché entier", "lot": "chaque lot"}
        yield typography(f"Portée : {label(scope, fiche.contenu[_SCOPE])}.")
    yield typography("Fichier : ") + printable(fiche.fichier)
    if fiche.note:
        yield typography(printable(f"Note : {fiche.note}"))


def _state(fiche: Fiche) -> str:
    entree = fiche.entree
    if entree.depuis is None:
        return "sans date"
    since = en_lettres(entree.depuis)
    if entree.etat == EN_VIGUEUR:
        until = "" if entree.jusqu_au is None else f", jusqu'au {en_lettres(entree.jusqu_au)}"
        return f"en vigueur depuis le {since}{until}"
    if entree.etat == A_VENIR:
        return f"pas encore en vigueur, le sera le {since}"
    last = "" if entree.jusqu_au is None else f" depuis le {en_lettres(entree.jusqu_au)} au soir"
    return f"plus en vigueur{last}" if entree.etat == TERMINEE else "sans date"


def _version(version: VersionMontree) -> Iterator[str]:
    if version.depuis is not None:
        yield from title(_span(version.depuis, version.jusqu_au) + (" (en vigueur)" if version.en_vigueur else ""))
    elif version.fondements:
        yield from title("Fondements")
    for key, said in version.contenu.items():
        yield from _said(key, said)
    for ground in version.fondements:
        yield item(f"Fondement : {_ground(ground)}")
    if version.depuis is not None and version.confiance is not None:
        checked = "" if version.verifie_le is None else f" ; vérifiée le {en_lettres(version.verifie_le)}"
        yield item(f"Confiance : {label(DEGRES, version.confiance)}{checked}")
    if version.note:
        yield item(f"Note : {version.note}")


def _span(first: date, last: date | None) -> str:
    if last is None:
        return f"Depuis le {en_lettres(first)}"
    return f"Le {en_lettres(first)}" if first == last else f"Du {en_lettres(first)} au {en_lettres(last)}"


def _said(key: str, said: Any) -> Iterator[str]:
    name = _KEYS.get(key, key)
    if key in _CONDITIONS:
        yield typography(f"  - {name} :")
        yield from _conditions(said, 2)
    elif key in ("alors", "sinon"):
        yield item(f"{name} : {_issue(said)}")
    elif isinstance(said, list | tuple) and said and not isinstance(said[0], dict):
        yield item(f"{name} : {' '.join(str(part) for part in said)}")
    elif isinstance(said, list | tuple | dict):
        yield typography(f"  - {name} :")
        yield from _pairs(said, 1)
    else:
        yield item(f"{name} : {value(said)}")


def _issue(issue: Mapping[str, str]) -> str:
    rest = [f"{key} {text}" for key, text in issue.items() if key not in ("statut", "valeur")]
    return issue["statut"] + (f" ({', '.join(rest)})" if rest else "")


def _conditions(conditions: Sequence[Mapping[str, Any]], level: int) -> Iterator[str]:
    """Yield conditions as they are written: an expression keeps its own quotes and spaces."""
    margin = "  " * level
    for condition in conditions:
        for key in ("toutes", "une_de"):
            if key in condition:
                name = "toutes ces conditions" if key == "toutes" else _KEYS[key]
                yield typography(f"{margin}- {name} :")
                yield from _conditions(condition[key], level + 1)
        if "si" in condition:
            yield f"{margin}- {printable(condition['si'])}"
        if condition.get("motif"):
            grounds = f" ({' ; '.join(condition['fondements'])})" if condition.get("fondements") else ""
            yield item(f"sinon : {condition['motif']}{grounds}", level)


def _ground(ground: Fondement) -> str:
    source = ground.source
    span = ""
    if source.en_vigueur_depuis is not None:
        span = f" ; version du {en_lettres(source.en_vigueur_depuis)}"
        span += "" if source.jusqu_au is None else f" au {en_lettres(source.jusqu_au)}"
    degree = label(DEGRES, source.confiance)
    return f"{ground.citation} ({degree}{span} ; vérifié le {en_lettres(source.verifie_le)})"


def _pairs(content: Any, level: int = 0) -> Iterator[str]:
    """Yield plain content of any shape, a line an item."""
    entries: Iterable[tuple[Any, Any]] = content.items() if isinstance(content, dict) else enumerate(content, 1)
    for key, said in entries:
        name = f"{_KEYS.get(key, key) if level == 0 else key} : "
        if isinstance(said, dict | list | tuple) and not _short(said):
            yield item(name.rstrip(" :"), level)
            yield from _pairs(said, level + 1)
        else:
            yield item(f"{name}{value(said)}", level)


def _short(said: Any) -> bool:
    """Tell a block that reads on one line: nothing nested, little text."""
    parts = list(said.values()) if isinstance(said, dict) else list(said)
    return not any(isinstance(part, dict | list | tuple) for part in parts) and len(value(said)) < 160


def _exceptions(fiche: Fiche) -> Iterator[str]:
    for other in fiche.ecarte:
        yield item(f"écarte {other}")
    for other in fiche.ecartee_par:
        yield item(f"est écartée par {other}")


def _cases(fiche: Fiche) -> Iterator[str]:
    for resultat in fiche.cas:
        day = "" if resultat.le is None else f" ({resultat.le})"
        outcome = "tient" if resultat.tient else f"NE TIENT PAS : obtenu {value(resultat.obtenu)}"
        yield item(f"{resultat.nom}{day} : attendu {value(resultat.attendu)} ; {outcome}")


def sheet_json(fiche: Fiche, jour: date) -> str:
    """Return everything about a rule, for a script."""
    content = {
        "version": VERSION,
        "le": jour,
        **entry_json(fiche.entree),
        "fichier": fiche.fichier,
        "note": fiche.note,
        "versions": [_version_json(version) for version in fiche.versions if version.depuis is not None],
        "contenu": fiche.contenu,
        "fondements": [_ground_json(g) for v in fiche.versions if v.depuis is None for g in v.fondements],
        "ecarte": fiche.ecarte,
        "ecartee_par": fiche.ecartee_par,
        "employee_par": fiche.employee_par,
        "cas": [case_json(resultat) for resultat in fiche.cas],
    }
    return dumps(content)


def _version_json(version: VersionMontree) -> dict[str, Any]:
    return {
        "depuis": version.depuis,
        "jusqu_au": version.jusqu_au,
        "en_vigueur": version.en_vigueur,
        **version.contenu,
        "fondements": [_ground_json(ground) for ground in version.fondements],
        "confiance": version.confiance,
        "verifie_le": version.verifie_le,
        "note": version.note,
    }


def _ground_json(ground: Fondement) -> dict[str, Any]:
    source = ground.source
    return {
        "id": ground.id,
        "citation": ground.citation,
        "confiance": source.confiance,
        "en_vigueur_depuis": source.en_vigueur_depuis,
        "jusqu_au": source.jusqu_au,
        "verifie_le": source.verifie_le,
    }
