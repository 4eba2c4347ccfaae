"""Hours of insertion: amount × labour share × effort rate ÷ hourly cost, with where each term comes from.

Source: practice of facilitators (rules/calibrage); no text fixes the volume.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from clausegen.language.unknown import Unknown
from clausegen.law.dating import in_force
from clausegen.law.decision import Heures, ValeurParDefaut
from clausegen.law.facts import DATE, lot_amount, question
from clausegen.law.rulebook import Rulebook
from clausegen.record import dataclass, replace

if TYPE_CHECKING:
    from clausegen.description.lot import Lot
    from clausegen.description.marche import Marche


Terme = Decimal | Unknown


@dataclass(slots=True)
class Calibrage:
    """The terms of a lot's formula, and what the file left to a default.

    Args:
        secteur: id of the trade, or the missing fact.
        secteur_deduit: whether it was read from the CPV code.
        termes: `montant_ht` (euros), `part_main_oeuvre`, `taux_effort` (fractions), `cout_horaire` (euros an hour).
        defauts: the terms that a default filled.
    """

    secteur: str | Unknown
    secteur_deduit: bool
    termes: dict[str, Terme]
    defauts: list[ValeurParDefaut] = field(default_factory=list)

    @property
    def brut(self) -> Decimal | None:
        """Return the hours before rounding; None when a term is missing."""
        if any(isinstance(terme, Unknown) for terme in self.termes.values()):
            return None
        montant, part, taux, cout = (
            self.termes[nom] for nom in ("montant_ht", "part_main_oeuvre", "taux_effort", "cout_horaire")
        )
        return montant * part * taux / cout  # type: ignore[operator]

    @property
    def manquants(self) -> tuple[Unknown, ...]:
        """Return the missing terms."""
        return tuple(terme for terme in self.termes.values() if isinstance(terme, Unknown))


def calibrate(marche: Marche, lot: Lot, index: int, livre: Rulebook, jour: date | None) -> Calibrage:
    """Gather the terms of a lot's formula.

    Args:
        marche: the description.
        lot: the lot.
        index: its place in `lots`.
        livre: the law, for defaults by trade.
        jour: day of the law, for the minimum wage behind the hourly cost.
    """
    prefix = f"lots[{index}]"
    ecrit = lot.calibrage
    secteur, deduit = sector(marche, lot, index, livre)
    montant = lot_amount(marche, lot)
    calibrage = Calibrage(
        secteur, deduit, {"montant_ht": question(livre, f"{prefix}.valeur_estimee_ht") if montant is None else montant}
    )
    for nom, fill in (
        ("part_main_oeuvre", _default_share),
        ("taux_effort", _default_rate),
        ("cout_horaire", _default_cost),
    ):
        valeur = getattr(ecrit, nom) if ecrit else None
        if valeur is not None:
            calibrage.termes[nom] = valeur
        elif ecrit is not None and nom in ecrit.model_fields_set:
            calibrage.termes[nom] = question(livre, f"{prefix}.calibrage.{nom}")
        else:
            terme, origine, confiance = fill(secteur, livre, jour)
            if isinstance(terme, Unknown):
                terme = replace(terme, chemin=terme.chemin.replace("lots[]", prefix))
            calibrage.termes[nom] = terme
            if not isinstance(terme, Unknown):
                calibrage.defauts.append(ValeurParDefaut(f"{prefix}.calibrage.{nom}", terme, origine, confiance))
    return calibrage


def sector(marche: Marche, lot: Lot, index: int, livre: Rulebook) -> tuple[str | Unknown, bool]:
    """Return the trade of a lot: written, else read from its CPV code (longest known prefix)."""
    if lot.calibrage and lot.calibrage.secteur:
        return lot.calibrage.secteur, False
    secteurs: dict[str, dict[str, Any]] = livre.donnees["calibrage/secteurs"]["secteurs"]
    code = lot.cpv or marche.cpv
    best, length = None, 0
    for ident, entry in secteurs.items():
        for prefix in entry.get("cpv") or ():
            if code and code.startswith(str(prefix)) and len(str(prefix)) > length:
                best, length = ident, len(str(prefix))
    return (best, True) if best else (question(livre, f"lots[{index}].calibrage.secteur"), False)


def _default_share(secteur: str | Unknown, livre: Rulebook, _jour: date | None) -> tuple[Terme, str, str]:
    if isinstance(secteur, Unknown):
        return secteur, "", ""
    table = livre.donnees["calibrage/secteurs"]
    entry = table["secteurs"][secteur]
    origine = f"part usuelle du secteur « {entry['libelle']} », à valider par le facilitateur"
    return Decimal(str(entry["part_main_oeuvre"])), origine, entry.get("confiance", table["confiance"])


def _default_rate(_secteur: str | Unknown, livre: Rulebook, _jour: date | None) -> tuple[Terme, str, str]:
    entry = livre.donnees["calibrage/parametres"]["taux_effort"]
    return (
        Decimal(str(entry["defaut"])),
        "taux d'effort usuel, à valider par le facilitateur",
        entry.get("confiance", "usage"),
    )


def _default_cost(_secteur: str | Unknown, livre: Rulebook, jour: date | None) -> tuple[Terme, str, str]:
    smic = minimum_wage(livre, jour)
    if isinstance(smic, Unknown):
        return smic, "", ""
    entry = livre.donnees["calibrage/parametres"]["cout_horaire"]
    multiple = Decimal(str(entry["multiple_smic"]))
    origine = (
        f"{_french(multiple)} fois le SMIC horaire brut de {_french(smic)} €, à l'euro, à valider par le facilitateur"
    )
    return hourly_cost(smic, livre), origine, entry.get("confiance", "analyse")


def hourly_cost(smic: Decimal, livre: Rulebook) -> Decimal:
    """Return what an hour of work costs, in whole euros, from the gross hourly minimum wage."""
    multiple = Decimal(str(livre.donnees["calibrage/parametres"]["cout_horaire"]["multiple_smic"]))
    return (smic * multiple).quantize(Decimal(1), ROUND_HALF_UP)


def minimum_wage(livre: Rulebook, jour: date | None) -> Decimal | Unknown:
    """Return the gross hourly minimum wage on a day, in euros."""
    if jour is None:
        return question(livre, DATE)
    found = in_force(livre.donnees["calibrage/smic"]["versions"], jour)
    return Decimal(str(found[1]["valeur"])) if found else question(livre, "lots[].calibrage.cout_horaire")


def round_hours(brut: Decimal, livre: Rulebook) -> int:
    """Round hours down: to whole weeks from the minimum of a useful mission up, to the hour below it."""
    arrondi = livre.donnees["calibrage/parametres"]["arrondi"]
    pas, minimum = int(arrondi["multiple"]), int(arrondi["a_partir_de"])
    whole = int(brut.to_integral_value(ROUND_FLOOR))
    return whole - whole % pas if brut >= minimum else whole


def calibrated_hours(calibrage: Calibrage, livre: Rulebook) -> Heures:
    """Return the hours that the formula gives; without its terms, hours left to complete."""
    brut = calibrage.brut
    volume = None if brut is None else round_hours(brut, livre)
    parametres = {nom: None if isinstance(terme, Unknown) else number(terme) for nom, terme in calibrage.termes.items()}
    ratio = per_100000(volume, calibrage.termes["montant_ht"])
    rounded = None if brut is None else number(brut.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return Heures(volume, rounded, "heures", "part-main-oeuvre", parametres, ratio)


def per_100000(volume: int | None, montant: Terme) -> int | Decimal | None:
    """Return hours for 100 000 euros, to one decimal; None when a term is missing or the amount is nil."""
    if volume is None or isinstance(montant, Unknown) or not montant:
        return None
    return number((Decimal(volume) * 100000 / montant).quantize(Decimal("0.1"), ROUND_HALF_UP))


def number(value: Decimal) -> int | Decimal:
    """Return an integer when the value is whole, else the value without useless zeros."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def _french(value: Decimal) -> str:
    return str(value.normalize() if value != value.to_integral_value() else int(value)).replace(".", ",")
