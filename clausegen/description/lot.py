"""A lot of the description: its need, its social device, its hours."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from clausegen.description.block import Bloc, cle, obligatoire
from clausegen.description.insertion import Insertion
from clausegen.description.scalars import (
    Booleen,
    Courriel,
    Cpv,
    HeuresSaisies,
    Mois,
    Montant,
    MontantPositif,
    NombreHeures,
    Rang,
    Secteur,
    Taux,
    Texte,
    Textes,
    integer_schema,
)
from clausegen.description.vocabulary import BaseTranche, Dispositif, Motif, TypeTranche

NumeroLot: TypeAlias = Annotated[Rang, WithJsonSchema({"anyOf": [integer_schema(1, 9_999), {"type": "null"}]})]
"""The market numbers a lot that bears no number, hence `null` in the schema and not here."""


class ParTranche(Bloc):
    """Hours that follow what is ordered or invoiced."""

    model_config = ConfigDict(title="Heures par tranche de montant")

    heures: NombreHeures = obligatoire("Heures par tranche")
    montant_ht: MontantPositif = obligatoire("Montant d'une tranche", "En euros hors taxes.")
    a_partir_de_ht: Montant | None = cle(
        "À partir de quel montant", "Seul l'excédent compte. Absent : dès le premier euro."
    )
    base: BaseTranche | None = cle("Base du calcul", "Montants commandés ou facturés. Absent : commandés.")


class HeuresParTranche(Bloc):
    """A ratio in place of a number of hours."""

    model_config = ConfigDict(title="Heures proportionnelles au montant")

    par_tranche: ParTranche = obligatoire("Heures dues pour chaque tranche de montant")


def _form(value: Any) -> str:
    return "bloc" if isinstance(value, dict | BaseModel) else "valeur"


Heures: TypeAlias = Annotated[
    Annotated[HeuresParTranche, Tag("bloc")] | Annotated[HeuresSaisies, Tag("valeur")], Discriminator(_form)
]
"""`auto`, a whole number, or a ratio."""


class Calibrage(Bloc):
    """The terms of the formula of hours, each optional."""

    model_config = ConfigDict(title="Calibrage des heures")

    secteur: Secteur | None = cle("Secteur d'activité", "Absent : déduit du code CPV du lot.")
    part_main_oeuvre: Taux | None = cle("Part de la main-d'œuvre dans le montant", "Fraction de 0 à 1, ou pourcentage.")
    taux_effort: Taux | None = cle("Taux d'effort d'insertion", "Fraction de 0 à 1, ou pourcentage.")
    cout_horaire: MontantPositif | None = cle("Coût horaire moyen de la main-d'œuvre", "En euros.")


class Tranche(Bloc):
    """A firm or optional tranche, or a phase."""

    model_config = ConfigDict(title="Tranche ou phase")

    code: Texte = obligatoire("Code de la tranche", "Par exemple : TF, TO1.")
    type: TypeTranche = obligatoire("Type de tranche")
    montant_ht: Montant | None = cle("Montant de la tranche", "En euros hors taxes.")
    duree_mois: Mois | None = cle("Durée de la tranche, en mois")
    heures: NombreHeures | None = cle("Heures de la tranche")


class Formation(Bloc):
    """Who provides the training of a training clause."""

    model_config = ConfigDict(title="Formation")

    service: Texte | None = cle("Service de formation")
    courriel: Courriel | None = cle("Courriel du service")
    convention: Texte | None = cle("Convention de formation")


class Lot(Bloc):
    """A lot; what it leaves out it has from the market."""

    model_config = ConfigDict(title="Lot")

    numero: NumeroLot = Field(default=1, title="Numéro du lot", description="Absent : le rang du lot dans la liste.")
    intitule: Texte | None = cle("Intitulé du lot")
    valeur_estimee_ht: Montant | None = cle(
        "Valeur estimée du lot",
        "En euros hors taxes ; pour un accord-cadre, son maximum. Un lot unique a celle du marché.",
    )
    duree_mois: Mois | None = cle("Durée du lot, en mois", "Reconductions comprises. Absente : celle du marché.")
    cpv: Cpv | None = cle("Code CPV principal du lot", "Huit chiffres. Absent : celui du marché.")
    cpv_secondaires: tuple[Cpv, ...] | None = cle("Codes CPV secondaires du lot")
    dispositif: Dispositif | None = cle("Dispositif social", "Absent ou `auto` : choisi par les règles.")
    heures: Heures | None = cle(
        "Heures d'insertion",
        "Total, reconductions comprises : `auto` (calculées), un nombre entier, ou {par_tranche: {…}}.",
    )
    calibrage: Calibrage | None = cle("Calibrage des heures")
    aucun_motif: Motif | None = cle(
        "Motif d'absence de condition sociale",
        "Avec `aucun`, et avec un critère ou une réservation sans condition d'exécution.",
    )
    aucun_justification: Texte | None = cle("Justification du motif", "Les faits, dans les mots de l'acheteur.")
    perimetre: Texte | None = cle("Tâches ouvertes à l'insertion")
    insertion: Insertion | None = cle("Choix d'insertion propres au lot")
    reprise_personnel: Booleen | None = cle("Reprise du personnel en place au changement de titulaire")
    tranches: tuple[Tranche, ...] | None = cle("Tranches ou phases", "La somme de leurs heures égale `heures`.")
    duree_ferme_mois: Mois | None = cle("Durée de la période initiale, en mois", "Absente : périodes égales.")
    heures_periodes: tuple[NombreHeures, ...] | None = cle(
        "Heures par période", "Période initiale, puis chaque reconduction ; leur somme égale `heures`."
    )
    heures_complementaires: NombreHeures | None = cle(
        "Heures d'insertion en plus d'une réservation", "Absentes : aucune."
    )
    autres_conditions_sociales: Textes | None = cle(
        "Autres conditions sociales d'exécution", "Égalité, apprentissage, conditions de travail…"
    )
    conditions_reserve: Textes | None = cle("Ce que le titulaire d'un lot réservé maintient pendant l'exécution")
    etablissement_penitentiaire: Texte | None = cle("Établissement pénitentiaire")
    mission_service_public: Texte | None = cle("Mission de service public de l'opérateur")
    attribution_ess_3_ans: Booleen | None = cle(
        "Attribution ESS récente", "L'opérateur a déjà eu un marché réservé à l'ESS de cet acheteur dans les trois ans."
    )
    services_exclusivement_sociaux: Booleen | None = cle(
        "Services exclusivement sociaux", "Le lot ne contient que des services sociaux et autres services spécifiques."
    )
    formation: Formation | None = cle("Formation")
