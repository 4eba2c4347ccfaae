"""What importers exchange: facts as a file states them, then values of a description with their origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any, Protocol

from clausegen.diagnostics import Diagnostic
from clausegen.exchange.importers.content import Contenu
from clausegen.record import dataclass


@dataclass(frozen=True, slots=True)
class Fait:
    """What a file states at some place.

    Args:
        valeur: the text, a code, or a word of the description when a table translated it.
        origine: an XPath, a JSON pointer or a cell, « Feuille!B7 ».
        precision: a currency, a unit, a weight, or what the file writes before translation.
        sur: false when the translation is likely and not certain: to be confirmed.
    """

    valeur: str
    origine: str
    precision: str = ""
    sur: bool = True


@dataclass(kw_only=True)
class BesoinLu:
    """What a file states of a whole market, or of one of its lots."""

    intitule: Fait | None = None
    description: Fait | None = None
    nature: Fait | None = None
    valeur: Fait | None = None
    maximum: Fait | None = None
    cpv: Fait | None = None
    cpv_secondaires: list[Fait] = field(default_factory=list)
    duree: Fait | None = None
    debut: Fait | None = None
    fin: Fait | None = None
    reconductions: Fait | None = None
    reconduction_texte: Fait | None = None
    nuts: list[Fait] = field(default_factory=list)
    code_postal: Fait | None = None
    departement: Fait | None = None
    commune: Fait | None = None
    accord_cadre: Fait | None = None
    reserves: list[Fait] = field(default_factory=list)
    sociaux: list[Fait] = field(default_factory=list)
    criteres: list[Fait] = field(default_factory=list)
    textes: list[Fait] = field(default_factory=list)


@dataclass(kw_only=True)
class LotLu(BesoinLu):
    """What a file states of a lot; `numero` as it writes it."""

    numero: Fait | None = None


@dataclass(kw_only=True)
class AcheteurLu:
    """What a file states of the buyer; `statut` holds a word of the description, or nothing that it can tell."""

    nom: Fait | None = None
    siret: Fait | None = None
    voie: Fait | None = None
    code_postal: Fait | None = None
    commune: Fait | None = None
    courriel: Fait | None = None
    profil: Fait | None = None
    tribunal: Fait | None = None
    categorie: Fait | None = None
    type: Fait | None = None
    groupement: Fait | None = None


class Genre(StrEnum):
    """What a file is to a market: only a call to competition dates its launch."""

    APPEL = "appel"
    PREINFORMATION = "preinformation"
    RECTIFICATIF = "rectificatif"
    ATTRIBUTION = "attribution"
    DONNEES = "donnees"
    PROGRAMMATION = "programmation"


@dataclass(kw_only=True)
class AvisLu(BesoinLu):
    """What a file states of a market.

    Args:
        format: the format in words, « eForms, avis de marché (sous-type 16) ».
        genre: what the file is to the market.
    """

    format: str
    genre: Genre
    identifiant: str = ""
    publication: str = ""
    reference: Fait | None = None
    envoi: Fait | None = None
    contrat: Fait | None = None
    procedure: Fait | None = None
    regime: Fait | None = None
    ccag: Fait | None = None
    forme: Fait | None = None
    attributaires: Fait | None = None
    minimum: Fait | None = None
    acheteur: AcheteurLu = field(default_factory=AcheteurLu)
    lots: list[LotLu] = field(default_factory=list)
    remarques: list[Diagnostic] = field(default_factory=list)


class Nature(StrEnum):
    """How sure a value is."""

    LU = "lu"
    DEDUIT = "déduit"
    A_CONFIRMER = "à confirmer"


@dataclass(frozen=True, slots=True)
class Releve:
    """A value of the description, and where it comes from.

    Args:
        chemin: key path, such as `lots[0].cpv`.
        valeur: an ordinary value.
        origine: an XPath, a JSON pointer or a cell.
        nature: read, deduced, or to be confirmed.
        explication: how it was deduced, or what is to be confirmed; empty for what is read as it is.
    """

    chemin: str
    valeur: Any
    origine: str
    nature: Nature
    explication: str = ""


@dataclass(frozen=True, slots=True)
class Importation:
    """A description drawn from a file.

    Args:
        nom: a short name for its file, without suffix.
        entete: lines that name the notice: its format, its id, its dates.
        champs: every value, in the order in which they were drawn.
        questions: path of an absent key to what is asked, with what the file hints at.
        constats: what was ignored, ambiguous, unknown or contradictory.
    """

    nom: str
    entete: tuple[str, ...]
    champs: tuple[Releve, ...]
    questions: Mapping[str, str]
    constats: tuple[Diagnostic, ...]


class Importeur(Protocol):
    """A module of this package that reads one format."""

    def read_notices(self, contenu: Contenu, tables: Tables) -> list[AvisLu]:
        """Return what the file states, market by market."""
        ...


@dataclass(frozen=True)
class Tables:
    """The tables of codes, `rules/echanges`, by name."""

    contenus: Mapping[str, Mapping[str, Any]]

    def __getitem__(self, nom: str) -> Mapping[str, Any]:
        return self.contenus[nom]
