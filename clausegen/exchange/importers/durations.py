"""How long a market lasts, renewals included, as far as a notice tells: months, and how they were found."""

from __future__ import annotations

import re
from datetime import date, timedelta

from clausegen.exchange.importers.interface import BesoinLu, Fait, Nature
from clausegen.exchange.importers.renewals import Reconduction, read_renewals
from clausegen.record import dataclass

_LONGEST = 1200
_NO_RENEWAL = Reconduction(0, None, frozenset())


@dataclass(frozen=True, slots=True)
class Duree:
    """What was found of a duration.

    Args:
        mois: months, renewals included; None when a person must tell.
        nature: how sure they are.
        explication: how they were found, or what to ask.
        fait: where.
        reconductions: how many renewals; None when unknown.
        reconduction: where the renewals are stated.
    """

    mois: int | None
    nature: Nature
    explication: str
    fait: Fait | None
    reconductions: int | None = None
    reconduction: Fait | None = None


def read_duration(besoin: BesoinLu) -> Duree:
    """Return the duration of a market or of a lot."""
    said = read_renewals(besoin.reconduction_texte.valeur) if besoin.reconduction_texte else _NO_RENEWAL
    number, where = _renewals(besoin, said)
    months, nature, how, fait = _initial(besoin)
    if months is None or fait is None:
        if said.total is not None and besoin.reconduction_texte is not None:
            told = "durée totale écrite dans le texte sur les reconductions"
            return Duree(said.total, Nature.DEDUIT, told, besoin.reconduction_texte, number, where)
        return Duree(None, nature, how, fait, number, where)
    renewable = bool(number) or besoin.reconduction_texte is not None
    if not renewable:
        return Duree(months, nature, how, fait, number, where)
    months, nature, how = _with_renewals(months, nature, number, said)
    return Duree(months, nature, how, fait, number, where)


def _renewals(besoin: BesoinLu, said: Reconduction) -> tuple[int | None, Fait | None]:
    fact = besoin.reconductions
    if fact is not None and re.fullmatch(r"[0-9]{1,2}", fact.valeur):
        return int(fact.valeur), fact
    if besoin.reconduction_texte is not None and said.nombre is not None and said.nombre <= 60:
        return said.nombre, besoin.reconduction_texte
    return None, None


def _with_renewals(
    months: int, nature: Nature, number: int | None, said: Reconduction
) -> tuple[int | None, Nature, str]:
    """Tell whether the duration of the notice holds the renewals: forms do not say, people write both."""
    if said.total is not None:
        if said.total == months:
            return months, nature, "le texte sur les reconductions donne la même durée totale"
        return said.total, Nature.DEDUIT, f"durée totale écrite dans le texte ; l'avis donne {months} mois par ailleurs"
    if number is None:
        return None, nature, f"L'avis donne {months} mois et des reconductions : quelle est la durée totale, en mois ?"
    return _summed(months, nature, number, said)


def _summed(months: int, nature: Nature, number: int, said: Reconduction) -> tuple[int | None, Nature, str]:
    """Add the renewals up, as far as the text tells their length and that of the first period."""
    whole, first = months * (number + 1), said.initiale
    if first is not None and any(first + number * period == months for period in said.durees):
        return months, Nature.DEDUIT, "somme de la période initiale et des reconductions que le texte décrit"
    others = said.durees - {months}
    if first == months and len(others) <= 1:
        period = next(iter(others), months)
        return months + number * period, Nature.A_CONFIRMER, f"{months} mois et {number} reconductions de {period} mois"
    if whole in said.durees:
        return whole, Nature.DEDUIT, f"{months} mois et {number} reconductions, durée que le texte écrit aussi"
    if said.durees == {months}:
        return whole, Nature.A_CONFIRMER, f"{months} mois et {number} reconductions de même durée"
    asked = f"L'avis donne {months} mois et {number} reconductions : la durée totale est-elle de {whole} mois ?"
    return None, nature, asked


def _initial(besoin: BesoinLu) -> tuple[int | None, Nature, str, Fait | None]:
    fact = besoin.duree
    if fact is not None:
        match = re.fullmatch(
            r"([0-9]{1,5})(?:[.,]0+)?(?:\s*(mois|ans?|années?|jours?|semaines?))?", fact.valeur.lower()
        )
        if match:
            unit = match[2] or fact.precision
            return (*_converted(int(match[1]), unit), fact)
        return (
            None,
            Nature.LU,
            f"L'avis donne une durée qui ne se lit pas (« {fact.valeur[:40]} ») : combien de mois ?",
            fact,
        )
    if besoin.debut is not None and besoin.fin is not None:
        return (*_between(besoin.debut.valeur[:10], besoin.fin.valeur[:10]), besoin.fin)
    if besoin.fin is not None:
        return (
            None,
            Nature.LU,
            f"L'avis donne une fin, {besoin.fin.valeur[:10]} : combien de mois dure le marché ?",
            besoin.fin,
        )
    return None, Nature.LU, "", None


def _converted(number: int, unit: str) -> tuple[int | None, Nature, str]:
    short = unit.rstrip("s") if unit != "mois" else unit
    if short == "mois":
        return _bounded(number, Nature.LU, "")
    if short in ("an", "année"):
        return _bounded(number * 12, Nature.DEDUIT, f"{number} ans")
    if short == "jour":
        exact = number % 365 == 0
        months = number // 365 * 12 if exact else -(-number // 30)
        how = f"{number} jours" if exact else f"{number} jours, à raison de 30 par mois, arrondis au mois supérieur"
        return _bounded(months, Nature.DEDUIT if exact else Nature.A_CONFIRMER, how)
    if short == "semaine":
        return _bounded(-(-number * 7 // 30), Nature.A_CONFIRMER, f"{number} semaines, arrondies au mois supérieur")
    return None, Nature.LU, f"L'avis donne une durée de {number}, dans une unité inconnue : combien de mois ?"


def _bounded(months: int, nature: Nature, how: str) -> tuple[int | None, Nature, str]:
    if 1 <= months <= _LONGEST:
        return months, nature, how
    return None, Nature.LU, "L'avis donne une durée invraisemblable : combien de mois dure le marché ?"


def _between(start: str, end: str) -> tuple[int | None, Nature, str]:
    """Count the months between two days, the last one included."""
    try:
        first, after = date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None, Nature.LU, f"L'avis donne des dates, de {start} à {end} : combien de mois dure le marché ?"
    months = (after.year - first.year) * 12 + after.month - first.month
    whole = after.day == first.day
    months += 0 if whole or after.day < first.day else 1
    how = f"du {start} au {end}" if whole else f"du {start} au {end}, arrondi au mois supérieur"
    return _bounded(months, Nature.DEDUIT if whole else Nature.A_CONFIRMER, how)
