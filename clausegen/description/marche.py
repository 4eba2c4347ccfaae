"""The description of a market: the contract between a buyer and the program."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, PlainValidator, WithJsonSchema

from clausegen.description.block import Bloc, cle, obligatoire
from clausegen.description.insertion import Insertion
from clausegen.description.lot import Lot
from clausegen.description.parties import Acheteur, Facilitateur
from clausegen.description.readers import VERSION, numbered, read_version
from clausegen.description.scalars import (
    Cpv,
    Departement,
    Jour,
    Mois,
    Montant,
    NombreHeures,
    Nuts,
    Rang,
    Reconductions,
    Texte,
)
from clausegen.description.vocabulary import (
    Attributaires,
    Ccag,
    Contrat,
    FormeAccordCadre,
    FormePieces,
    Nature,
    Procedure,
    Regime,
    SeuilServicesSociaux,
)


class Lieu(Bloc):
    """Where the market is performed."""

    model_config = ConfigDict(title="Lieu d'exécution")

    departement: Departement | None = cle("Département", 'Son numéro, par exemple "35", "2A" ou "974".')
    commune: Texte | None = cle("Commune")
    bassin_emploi: Texte | None = cle("Bassin d'emploi")
    nuts: Nuts | None = cle("Code NUTS", "Par exemple FRH03.")


class PieceArticle(Bloc):
    """Where the articles of a piece stand in the buyer's own document."""

    model_config = ConfigDict(title="Numérotation d'une pièce")

    article: Rang | None = cle("Numéro de l'article social dans la pièce")
    dernier_article: Rang | None = cle(
        "Numéro du dernier article de la pièce", "Celui qui récapitule les dérogations au CCAG."
    )


class PieceRc(Bloc):
    """Where the article stands in the rules of the consultation."""

    model_config = ConfigDict(title="Numérotation du règlement de la consultation")

    article: Rang | None = cle("Numéro de l'article dans le règlement de la consultation")


class PieceAe(Bloc):
    """Which annex of the act of commitment."""

    model_config = ConfigDict(title="Numérotation de l'acte d'engagement")

    annexe: Rang | None = cle("Numéro de l'annexe à l'acte d'engagement")


class Pieces(Bloc):
    """The pieces as the buyer numbers them."""

    model_config = ConfigDict(title="Pièces du marché")

    forme: FormePieces | None = cle("Forme du cahier des clauses", "CCAP et CCTP séparés, ou CCP unique.")
    ccap: PieceArticle | None = cle("Cahier des clauses administratives particulières")
    rc: PieceRc | None = cle("Règlement de la consultation")
    ae: PieceAe | None = cle("Acte d'engagement")


class AccordCadre(Bloc):
    """How a framework agreement is performed."""

    model_config = ConfigDict(title="Accord-cadre")

    forme: FormeAccordCadre | None = cle("Forme de l'accord-cadre")
    attributaires: Attributaires | None = cle("Mono-attributaire ou multi-attributaire")
    minimum_ht: Montant | None = cle("Minimum de l'accord-cadre", "En euros hors taxes.")


class MarchePrevu(Bloc):
    """A market that the agreement with the facilitator covers too."""

    model_config = ConfigDict(title="Marché du programme")

    reference: Texte | None = cle("Référence du marché")
    objet: Texte | None = cle("Objet du marché")
    heures: NombreHeures | None = cle("Heures prévues")
    date_lancement: Jour | None = cle("Date de lancement prévue", "Au format année-mois-jour.")


class Marche(Bloc):
    """A market, as its buyer describes it: only `version` and `objet` are required."""

    model_config = ConfigDict(title="Description d'un marché")

    version: Annotated[int, PlainValidator(read_version), WithJsonSchema({"enum": [VERSION, str(VERSION)]})] = (
        obligatoire("Version du format", "Toujours 1.")
    )
    reference: Texte | None = cle("Référence du marché")
    objet: Texte = obligatoire("Objet du marché")
    nature: Nature | None = cle("Nature du marché")
    contrat: Contrat | None = cle("Type de contrat")
    ccag: Ccag | None = cle("CCAG auquel le marché se réfère", "`aucun` s'il n'en vise pas.")
    procedure: Procedure | None = cle("Procédure de passation")
    regime: Regime | None = cle("Régime juridique", "Absent : classique.")
    date_lancement: Jour | None = cle(
        "Date de lancement",
        "Envoi de l'avis ou lancement de la consultation, année-mois-jour : elle choisit le droit en vigueur.",
    )
    valeur_estimee_ht: Montant | None = cle(
        "Valeur estimée du marché",
        "En euros hors taxes : tous lots, options et reconductions ; pour un accord-cadre, son maximum.",
    )
    seuil_services_sociaux: SeuilServicesSociaux | None = cle(
        "Seuil retenu pour des services sociaux",
        "Le choix du juriste quand l'obligation est douteuse. Absent : demandé.",
    )
    valeur_operation_ht: Montant | None = cle(
        "Valeur de l'opération ou du besoin homogène", "En euros hors taxes, quand ce marché n'en est qu'une partie."
    )
    duree_mois: Mois | None = cle("Durée du marché, en mois", "Reconductions comprises.")
    reconductions: Reconductions | None = cle("Nombre de reconductions", "Absent : aucune.")
    cpv: Cpv | None = cle("Code CPV principal", "Huit chiffres ; le chiffre de contrôle est facultatif.")
    lieu_execution: Lieu | None = cle("Lieu d'exécution")
    allotissement_motif: Texte | None = cle(
        "Motif de non-allotissement", "Seulement s'il n'y a volontairement qu'un lot."
    )
    acheteur: Acheteur | None = cle("Acheteur")
    facilitateur: Facilitateur | None = cle("Facilitateur", "Absent : les pièces le disent.")
    insertion: Insertion | None = cle(
        "Choix d'insertion", "Pour tous les lots ; un lot peut en changer sous son propre `insertion`."
    )
    lots: Annotated[tuple[Lot, ...], BeforeValidator(numbered)] | None = cle(
        "Lots", "Un marché non alloti a un seul lot."
    )
    date_note: Jour | None = cle("Date de la note", "Au format année-mois-jour.")
    pieces: Pieces | None = cle("Pièces du marché")
    accord_cadre: AccordCadre | None = cle("Accord-cadre")
    programme: tuple[MarchePrevu, ...] | None = cle("Programme", "Marchés que couvre aussi la convention.")
