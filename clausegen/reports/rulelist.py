"""The rules that the program holds, a line each; and the outcome of their cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clausegen.diagnostics import Diagnostic
from clausegen.french.grammar import compte
from clausegen.french.typography import typography
from clausegen.law.cases import Resultat
from clausegen.law.catalogue import A_VENIR, TERMINEE, Entree
from clausegen.reports.figures import nombre
from clausegen.reports.json import VERSION, dumps
from clausegen.reports.labels import DEGRES, label
from clausegen.reports.text import finding_lines, printable

_HEAD = ("règle", "en vigueur depuis", "confiance", "vérifiée le", "titre")
_NOTHING = "-"


def list_text(entrees: Sequence[Entree]) -> str:
    """Return the table of some entries, columns aligned, the title last and never cut."""
    rows = list_rows(entrees)
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD) - 1)]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines)


def list_rows(entrees: Sequence[Entree]) -> list[tuple[str, ...]]:
    """Return the cells of the table: the headings, then a row for each entry."""
    return [_HEAD, *(_row(entree) for entree in entrees)]


def _row(entree: Entree) -> tuple[str, ...]:
    confiance = _NOTHING if entree.confiance is None else label(DEGRES, entree.confiance)
    checked = _NOTHING if entree.verifiee_le is None else entree.verifiee_le.isoformat()
    titre = typography(printable(entree.titre))
    if entree.a_reverifier:
        titre += typography(f" [à revérifier : {' ; '.join(entree.a_reverifier)}]")
    return printable(entree.id), _since(entree), confiance, checked, titre


def _since(entree: Entree) -> str:
    if entree.depuis is None:
        return _NOTHING
    if entree.etat == A_VENIR:
        return f"le {entree.depuis} seulement"
    if entree.etat == TERMINEE and entree.jusqu_au is not None:
        return f"jusqu'au {entree.jusqu_au}"
    return entree.depuis.isoformat()


def list_json(entrees: Sequence[Entree], jour: date, livre: Mapping[str, str]) -> str:
    """Return the entries of `rules list --format json`.

    Args:
        entrees: what is listed.
        jour: the day asked for.
        livre: `version` and `empreinte` of the rules.
    """
    return dumps({"version": VERSION, "le": jour, "regles": livre, "entrees": [entry_json(e) for e in entrees]})


def entry_json(entree: Entree) -> dict[str, Any]:
    """Return an entry under the keys that scripts read."""
    return {
        "id": entree.id,
        "nom_court": entree.court,
        "genre": entree.genre,
        "titre": entree.titre,
        "etat": entree.etat,
        "en_vigueur_depuis": entree.depuis,
        "jusqu_au": entree.jusqu_au,
        "confiance": entree.confiance,
        "verifiee_le": entree.verifiee_le,
        "cas": entree.cas,
        "a_reverifier": entree.a_reverifier,
    }


def broken_text(faults: Sequence[Diagnostic]) -> str:
    """Return why a folder of rules cannot be used, fault by fault."""
    return "\n".join([typography("Ces règles ne se lisent pas :"), "", *finding_lines(faults)])


def broken_json(faults: Sequence[Diagnostic]) -> str:
    """Return the faults of a folder of rules."""
    return dumps({"version": VERSION, "diagnostics": list(faults)})


def outcome_text(resultats: Sequence[Resultat], faults: Sequence[Diagnostic]) -> str:
    """Return a line for each case that fails, then the count.

    Args:
        resultats: every case that was run.
        faults: the failing cases at their place, and what is wrong in the files of cases.
    """
    held = sum(resultat.tient for resultat in resultats)
    count = f"{compte(len(resultats), 'cas', 'cas')}, {held} {'tiennent' if held > 1 else 'tient'}."
    return "\n".join([*finding_lines(faults), *([""] if faults else []), typography(count)])


def outcome_json(resultats: Sequence[Resultat], faults: Sequence[Diagnostic]) -> str:
    """Return the outcome of `rules test --format json`: the counts, then the cases that fail."""
    failing = [r for r in resultats if not r.tient]
    return dumps(
        {
            "version": VERSION,
            "cas": len(resultats),
            "tiennent": len(resultats) - len(failing),
            "echecs": [case_json(resultat) for resultat in failing],
            "diagnostics": list(faults),
        }
    )


def case_json(resultat: Resultat) -> dict[str, Any]:
    """Return a case and its outcome."""
    return {
        "regle": resultat.fichier,
        "nom": resultat.nom,
        "le": resultat.le,
        "faits": resultat.faits,
        "attendu": resultat.attendu,
        "obtenu": resultat.obtenu,
        "tient": resultat.tient,
    }


def failure(resultat: Resultat) -> str:
    """Return why a case fails: where it differs, what its file expects, what the rules answer."""
    attendu, obtenu = resultat.attendu, resultat.obtenu
    if not isinstance(attendu, dict) or not isinstance(obtenu, dict):
        return f"Cas « {resultat.nom} » : attendu {value(attendu)}, obtenu {value(obtenu)}."
    parts = [
        f"`{key}` : attendu {value(attendu[key])}, obtenu {value(obtenu.get(key))}"
        for key in attendu
        if attendu[key] != obtenu.get(key)
    ]
    parts += [f"{key} : {value(obtenu[key])}" for key in obtenu if key not in attendu]
    return f"Cas « {resultat.nom} » : {' ; '.join(parts)}."


def value(found: Any) -> str:
    """Return a value as a rule file writes it: `true`, `applicable`, `[a, b]`; numbers in the French way."""
    if found is None:
        return "rien"
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, date | str):
        return str(found) or "« »"
    if isinstance(found, list | tuple):
        return f"[{', '.join(value(item) for item in found)}]"
    if isinstance(found, dict):
        return ", ".join(f"{key} {value(item)}" for key, item in found.items())
    return nombre(found)
