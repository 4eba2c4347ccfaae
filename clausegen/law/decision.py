"""The decision: what the law says of a market, lot by lot. Its JSON form is a contract with the outside."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Any

from clausegen.diagnostics import Diagnostic
from clausegen.record import dataclass

Nombre = int | Decimal


@dataclass(frozen=True, slots=True)
class Source:
    """A citation as it stands on the day of the law: how sure we are, since when, until when, checked when."""

    confiance: str
    en_vigueur_depuis: date | None
    jusqu_au: date | None
    verifie_le: date


@dataclass(frozen=True, slots=True)
class Seuil:
    """The European threshold that applies, and the value held against it (euros, before tax)."""

    categorie: str | None
    montant_ht: Nombre | None
    valeur_retenue_ht: Nombre | None
    atteint: bool | None
    fondement: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty: whether it applies, whether the file meets it (None when it cannot tell)."""

    id: str
    statut: str
    satisfaite: bool | None
    fondements: tuple[str, ...]
    motif: str
    regles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A dispositif for a lot: possible, interdit or a-preciser, and why."""

    dispositif: str
    statut: str
    recommande: bool
    fondements: tuple[str, ...]
    motif: str
    conditions: tuple[str, ...]
    regles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Periode:
    """Hours due in one period, tranche or renewal."""

    libelle: str
    heures: int | None


@dataclass(frozen=True, slots=True)
class Heures:
    """Hours of insertion of a lot, with the formula's terms.

    `volume` is in whole hours; None for a ratio per amount ordered, whose figure at the maximum is `volume_au_maximum`.
    """

    volume: int | None
    volume_brut: Nombre | None
    unite: str
    methode: str
    parametres: dict[str, Any]
    ratio_pour_100000: Nombre | None
    volume_au_maximum: int | None = None
    periodes: tuple[Periode, ...] = ()


@dataclass(frozen=True, slots=True)
class LotDecision:
    """What the pieces will say of one lot."""

    numero: int
    dispositif: str | None
    choisi_par: str
    options: tuple[Option, ...]
    heures: Heures | None
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class Derogation:
    """An article of the CCAG that the drafted clause departs from."""

    article: str
    objet: str


@dataclass(frozen=True, slots=True)
class ValeurParDefaut:
    """A drafting choice made because the file is silent: shown in the note, commented in Word."""

    chemin: str
    valeur: Any
    origine: str
    confiance: str


@dataclass(frozen=True, slots=True)
class DocumentPrevu:
    """Whether a piece applies (None: written as a draft, a fact is missing), why, and for which lots."""

    id: str
    titre: str
    applicable: bool | None
    motif: str
    lots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ACompleter:
    """A question left open, and the pieces where its field stands."""

    chemin: str
    question: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything `explain --format json` prints, under the same names."""

    version: int
    marche: dict[str, str | None]
    date_droit: date | None
    regles: dict[str, str]
    seuil: Seuil | None
    obligations: tuple[Obligation, ...]
    lots: tuple[LotDecision, ...]
    parties: dict[str, str]
    references_ccag: dict[str, str] | None
    derogations: tuple[Derogation, ...]
    valeurs_par_defaut: tuple[ValeurParDefaut, ...]
    sources: dict[str, Source]
    diagnostics: tuple[Diagnostic, ...] = ()
    documents: tuple[DocumentPrevu, ...] = ()
    a_completer: tuple[ACompleter, ...] = field(default_factory=tuple)
