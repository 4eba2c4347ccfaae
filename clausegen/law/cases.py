"""Runs the cases that rule files carry: each says what its rule must answer, on a day, from given facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clausegen.language.unknown import Unknown
from clausegen.law.dating import in_force
from clausegen.law.engine import conclude
from clausegen.law.rulebook import Rulebook
from clausegen.law.rulefile import Cas, Regle

NO_VERSION = "aucune-version"


@dataclass(frozen=True, slots=True)
class Resultat:
    """The outcome of one case.

    Args:
        fichier: the rule file, without suffix.
        nom: the case's name.
        attendu: what the file says.
        obtenu: what the rule answered.
    """

    fichier: str
    nom: str
    attendu: Any
    obtenu: Any

    @property
    def tient(self) -> bool:
        """Tell whether the rule answered as its file says."""
        return bool(self.attendu == self.obtenu)


def run_cases(livre: Rulebook) -> Iterator[Resultat]:
    """Run every case of the rules that conclude and of the dated parameters."""
    declared: list[str] = livre.donnees["faits-declares"]["faits"]
    blank = {nom: Unknown(nom, nom) for nom in declared}
    for folder, rules in livre.regles.items():
        for ident, regle in rules.items():
            for cas in regle.cas:
                yield _conclusion(f"{folder}/{ident}", ident, regle, cas, blank)
    for key, content in livre.donnees.items():
        if "versions" in content:
            for cas_lu in content.get("cas") or ():
                found = in_force(content["versions"], cas_lu["le"])
                yield Resultat(
                    key, cas_lu["nom"], _plain(cas_lu["attendu"]), _plain(found[1]["valeur"]) if found else None
                )


def _conclusion(fichier: str, ident: str, regle: Regle, cas: Cas, blank: dict[str, Any]) -> Resultat:
    faits = blank | cas.faits | ({} if cas.le is None else {"date_lancement": cas.le})
    said = conclude(ident, regle, faits, cas.le)
    if said is None:
        return Resultat(fichier, cas.nom, cas.attendu, {"statut": NO_VERSION})
    answered: dict[str, Any] = {"statut": said.statut, "satisfaite": said.satisfaite, "code": said.issue.code}
    return Resultat(fichier, cas.nom, cas.attendu, {key: answered.get(key) for key in cas.attendu})


def _plain(value: Any) -> Any:
    """Compare « 12.31 » written between quotes with the number."""
    if value is None or isinstance(value, (bool, date)):
        return value
    return Decimal(str(value))
