"""The findings and the decision as JSON: keys and order are a contract with the scripts that read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from json.encoder import encode_basestring
from typing import Any

from clausegen.diagnostics import Diagnostic
from clausegen.french.typography import plain_spaces
from clausegen.law.decision import Decision, Heures, LotDecision
from clausegen.reports.verification import Verification, counted

VERSION = 1
_INDENT = "  "
# Names of files are given back byte for byte, whatever spaces they hold.
_VERBATIM = frozenset({"fichier"})


def _number(valeur: Decimal) -> str:
    """Print a Decimal exactly: a float would round the large ones."""
    return str(int(valeur)) if valeur == valeur.to_integral_value() else f"{valeur.normalize():f}"


def _scalar(valeur: Any, verbatim: bool) -> str:
    if valeur is None:
        return "null"
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, Enum):
        valeur = valeur.value
    if isinstance(valeur, Decimal):
        return _number(valeur)
    if isinstance(valeur, int):
        return str(valeur)
    if isinstance(valeur, float):
        return _number(Decimal(repr(valeur)))
    text = valeur.isoformat() if isinstance(valeur, date) else str(valeur)
    return encode_basestring(text if verbatim else plain_spaces(text))


def dumps(valeur: Any, verbatim: bool = False, margin: str = "") -> str:
    """Return indented JSON of plain data, dataclasses, dates and decimals, keys in the order given."""
    if is_dataclass(valeur) and not isinstance(valeur, type):
        valeur = {f.name: getattr(valeur, f.name) for f in fields(valeur)}
    inner = margin + _INDENT
    if isinstance(valeur, Mapping):
        items = [
            f"{encode_basestring(plain_spaces(str(key)))}: {dumps(item, key in _VERBATIM, inner)}"
            for key, item in valeur.items()
        ]
        opening, closing = "{", "}"
    elif isinstance(valeur, list | tuple | set | frozenset):
        items = [dumps(item, verbatim, inner) for item in valeur]
        opening, closing = "[", "]"
    else:
        return _scalar(valeur, verbatim)
    if not items:
        return opening + closing
    return f"{opening}\n{inner}" + f",\n{inner}".join(items) + f"\n{margin}{closing}"


def rendre(verification: Verification) -> str:
    """Return the findings of `check --format json`; with a baseline, also how many it held and how many are gone."""
    bilan = {str(niveau): number for niveau, number in counted(verification.diagnostics).items()}
    content: dict[str, Any] = {
        "version": VERSION,
        "fichiers": [{"fichier": f.nom, "diagnostics": list(f.diagnostics)} for f in verification.fichiers],
        "bilan": bilan,
    }
    if verification.disparus is not None:
        content["existant"] = {"connus": verification.connus, "disparus": verification.disparus}
    return dumps(content)


def _heures(heures: Heures | None) -> dict[str, Any] | None:
    """Order the keys; the maximum belongs to a ratio alone, the periods to a volume that is split."""
    if heures is None:
        return None
    content: dict[str, Any] = {"volume": heures.volume}
    if heures.methode == "par-tranche":
        content["volume_au_maximum"] = heures.volume_au_maximum
    content |= {
        "volume_brut": heures.volume_brut,
        "unite": heures.unite,
        "methode": heures.methode,
        "parametres": heures.parametres,
        "ratio_pour_100000": heures.ratio_pour_100000,
    }
    if heures.periodes:
        content["periodes"] = heures.periodes
    return content


def _lot(lot: LotDecision) -> dict[str, Any]:
    return {
        "numero": lot.numero,
        "dispositif": lot.dispositif,
        "choisi_par": lot.choisi_par,
        "options": lot.options,
        "heures": _heures(lot.heures),
        "obligations": lot.obligations,
    }


_NOTHING = Decision(VERSION, {}, None, {}, None, (), (), {}, None, (), (), {})


def decision_json(decision: Decision | None, diagnostics: Iterable[Diagnostic], lot: int | None = None) -> str:
    """Return the decision of `explain --format json`.

    Args:
        decision: None when the file does not load: the same keys then hold null or nothing.
        diagnostics: every finding about the file, in order.
        lot: number of the only lot to show.
    """
    found = decision or _NOTHING
    return dumps(
        {
            "version": VERSION,
            "marche": found.marche or None,
            "date_droit": found.date_droit,
            "regles": found.regles or None,
            "seuil": found.seuil,
            "obligations": found.obligations,
            "lots": [_lot(entry) for entry in found.lots if lot in (None, entry.numero)],
            "parties": found.parties or None,
            "references_ccag": found.references_ccag,
            "derogations": found.derogations,
            "valeurs_par_defaut": found.valeurs_par_defaut,
            "sources": found.sources,
            "diagnostics": list(diagnostics),
            "documents": found.documents,
            "a_completer": found.a_completer,
        }
    )
