"""Runs the cases that rule files carry: each says what its rule must answer, on a day, from given facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from clausegen.diagnostics import Diagnostic
from clausegen.files.nearest import folded
from clausegen.files.treepath import Chemin
from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import hourly_cost, minimum_wage
from clausegen.law.dating import in_force
from clausegen.law.engine import conclude
from clausegen.law.heures import training_volume
from clausegen.law.marketcases import Essai, market_cases, run_market
from clausegen.law.rule import Cas, Regle
from clausegen.law.rulebook import Rulebook, rule_tree
from clausegen.law.rulechecks import at
from clausegen.record import dataclass

NO_VERSION = "aucune-version"
_SCALE, _TERMS = "calibrage/bareme-formation", "calibrage/parametres"


@dataclass(frozen=True, slots=True)
class Resultat:
    """The outcome of one case.

    Args:
        fichier: the rule file, without suffix.
        nom: the case's name.
        attendu: what the file says.
        obtenu: what the rule answered.
        chemin: the case's place in the file.
        le: day of the law, when the case has one.
        faits: the facts given.
    """

    fichier: str
    nom: str
    attendu: Any
    obtenu: Any
    chemin: Chemin = ()
    le: date | None = None
    faits: dict[str, Any] = field(default_factory=dict)

    @property
    def tient(self) -> bool:
        """Tell whether the rule answered as its file says."""
        return bool(self.attendu == self.obtenu)


@dataclass(frozen=True, slots=True)
class Epreuve:
    """A case that waits to be run."""

    fichier: str
    nom: str
    chemin: Chemin
    attendu: Any
    juger: Callable[[], Any]
    le: date | None = None
    faits: dict[str, Any] = field(default_factory=dict)

    def run(self) -> Resultat:
        """Run it; a rule that cannot be applied at all is an answer too, and never the one expected."""
        try:
            obtenu = self.juger()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            obtenu = f"la règle ne s'applique pas ({type(error).__name__} : {error})"
        return Resultat(self.fichier, self.nom, self.attendu, obtenu, self.chemin, self.le, self.faits)


@dataclass(frozen=True, slots=True)
class Recueil:
    """The cases of a folder of rules, and what is wrong in the files of cases."""

    epreuves: tuple[Epreuve, ...]
    diagnostics: tuple[Diagnostic, ...]

    def about(self, motif: str) -> tuple[Epreuve, ...]:
        """Return the cases whose file or name holds a text, whatever its case and accents; all for an empty one."""
        wanted = folded(motif)
        return tuple(e for e in self.epreuves if wanted in folded(f"{e.fichier} {e.nom}"))


def collect(livre: Rulebook) -> Recueil:
    """Gather every case: those of rules, of dated values and of scales, and those of whole markets."""
    markets, faults = market_cases(livre)
    return Recueil((*_own(livre), *(_of_market(essai, livre) for essai in markets)), tuple(faults))


def own_cases(livre: Rulebook, fichier: str) -> tuple[Resultat, ...]:
    """Run the cases that one rule file keeps.

    Args:
        livre: the law.
        fichier: path of the file within the folder of rules, without suffix.
    """
    return tuple(epreuve.run() for epreuve in _own(livre) if epreuve.fichier == fichier)


def run_cases(livre: Rulebook, motif: str = "") -> Iterator[Resultat]:
    """Run every case, or those whose file or name holds a text."""
    for epreuve in collect(livre).about(motif):
        yield epreuve.run()


def place(resultat: Resultat, livre: Rulebook, message: str) -> Diagnostic:
    """Return a finding where the case stands in its file."""
    return at(rule_tree(livre.dossier, livre.nom, resultat.fichier), resultat.chemin, "L004", message)


def _own(livre: Rulebook) -> tuple[Epreuve, ...]:
    return (*_of_rules(livre), *_of_values(livre), *_of_scales(livre))


def _of_rules(livre: Rulebook) -> Iterator[Epreuve]:
    declared: list[str] = livre.donnees["faits-declares"]["faits"]
    blank = {nom: Unknown(nom, nom) for nom in declared}
    for folder, rules in livre.regles.items():
        for ident, regle in rules.items():
            for index, cas in enumerate(regle.cas):
                judge = partial(_rule, ident, regle, cas, blank)
                yield Epreuve(f"{folder}/{ident}", cas.nom, ("cas", index), cas.attendu, judge, cas.le, cas.faits)


def _rule(ident: str, regle: Regle, cas: Cas, blank: dict[str, Any]) -> dict[str, Any]:
    faits = blank | cas.faits | ({} if cas.le is None else {"date_lancement": cas.le})
    said = conclude(ident, regle, faits, cas.le)
    if said is None:
        return {"statut": NO_VERSION}
    answered: dict[str, Any] = {"statut": said.statut, "satisfaite": said.satisfaite, "code": said.issue.code}
    return {key: answered.get(key) for key in cas.attendu}


def _of_values(livre: Rulebook) -> Iterator[Epreuve]:
    for key, content in livre.donnees.items():
        if "versions" in content:
            for index, cas in enumerate(content.get("cas") or ()):
                judge = partial(_value, content["versions"], cas["le"])
                yield Epreuve(key, cas["nom"], ("cas", index), _plain(cas["attendu"]), judge, cas["le"])


def _value(versions: dict[date, Any], jour: date) -> Any:
    found = in_force(versions, jour)
    return _plain(found[1]["valeur"]) if found else None


def _of_scales(livre: Rulebook) -> Iterator[Epreuve]:
    for index, cas in enumerate(livre.donnees[_SCALE].get("cas") or ()):
        montant = Decimal(str(cas["montant_ht"]))
        judge = partial(training_volume, montant, livre)
        given = {"montant_ht": montant}
        yield Epreuve(_SCALE, cas["nom"], ("cas", index), cas["attendu"], judge, faits=given)
    for index, cas in enumerate(livre.donnees[_TERMS]["cout_horaire"].get("cas") or ()):
        path: Chemin = ("cout_horaire", "cas", index)
        priced = partial(_cost, cas["le"], livre)
        yield Epreuve(_TERMS, cas["nom"], path, _plain(cas["attendu"]), priced, cas["le"])


def _cost(jour: date, livre: Rulebook) -> Decimal | None:
    smic = minimum_wage(livre, jour)
    return None if isinstance(smic, Unknown) else hourly_cost(smic, livre)


def _of_market(essai: Essai, livre: Rulebook) -> Epreuve:
    return Epreuve(essai.fichier, essai.nom, essai.chemin, essai.attendu, partial(run_market, essai, livre))


def _plain(value: Any) -> Any:
    """Compare « 12.31 » written between quotes with the number."""
    if value is None or isinstance(value, (bool, date)):
        return value
    return Decimal(str(value))
