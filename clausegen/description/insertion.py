"""The drafting choices about insertion: for every lot, or for one."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import ConfigDict, Discriminator, PlainValidator, Tag, WithJsonSchema

from clausegen.description.alternatives import read_ccag_publics, read_modalities
from clausegen.description.block import Bloc, cle
from clausegen.description.scalars import (
    Booleen,
    Entier,
    JourDuMois,
    Jours,
    Montant,
    PenaliteHoraire,
    Pourcentage,
    Public,
    Texte,
    Textes,
)
from clausegen.description.vocabulary import Modalite, PenalitePar, Transmission, Validateur


def _form(value: Any) -> str:
    return "liste" if isinstance(value, list | tuple) else "mot"


Publics: TypeAlias = Annotated[
    Annotated[tuple[Public, ...], Tag("liste")]
    | Annotated[str, PlainValidator(read_ccag_publics), WithJsonSchema({"const": "ccag"}), Tag("mot")],
    Discriminator(_form),
]
Modalites: TypeAlias = Annotated[
    Annotated[tuple[Modalite, ...], Tag("liste")]
    | Annotated[str, PlainValidator(read_modalities), WithJsonSchema({"const": "toutes"}), Tag("mot")],
    Discriminator(_form),
]


class PenaliteDocument(Bloc):
    """The penalty for a document that is missing or late."""

    model_config = ConfigDict(title="Pénalité pour un document manquant")

    montant: Montant | None = cle("Montant de la pénalité", "En euros.")
    par: PenalitePar | None = cle("Unité de la pénalité", "Par document, ou par jour de retard (dérogation au CCAG).")


class Penalites(Bloc):
    """The penalties of the social clause."""

    model_config = ConfigDict(title="Pénalités")

    heure_non_realisee: PenaliteHoraire | None = cle(
        "Pénalité par heure non réalisée",
        "En euros, ou un multiple du SMIC horaire (« 2 x smic »), converti une fois à la date de lancement.",
    )
    absence_reunion: Montant | None = cle("Pénalité par absence à une réunion", "En euros.")
    document: PenaliteDocument | None = cle("Pénalité pour un document manquant")
    mise_en_demeure_jours: Jours | None = cle(
        "Délai de mise en demeure, en jours", "Délai minimal laissé avant le terme pour réaliser les heures manquantes."
    )
    plafond_pct: Pourcentage | None = cle(
        "Plafond des pénalités, en pourcentage", "Part du montant hors taxes du lot. Absent : aucun plafond propre."
    )
    hors_plafond_ccag: Booleen | None = cle(
        "Hors du plafond du CCAG", "Les pénalités d'insertion échappent au plafond et à l'exonération du CCAG."
    )
    proportion: Montant | None = cle(
        "Pénalité pour proportion non tenue", "Lot réservé : part des travailleurs concernés non maintenue, en euros."
    )
    donnees: Montant | None = cle("Pénalité pour manquement aux données personnelles", "En euros.")


class SousCritere(Bloc):
    """A part of the award criterion."""

    model_config = ConfigDict(title="Sous-critère")

    intitule: Texte | None = cle("Intitulé du sous-critère")
    ponderation: Pourcentage | None = cle("Pondération du sous-critère, en pourcentage")
    elements: Texte | None = cle("Éléments attendus du candidat")


class Critere(Bloc):
    """The social award criterion."""

    model_config = ConfigDict(title="Critère d'attribution")

    ponderation: Pourcentage | None = cle("Pondération du critère, en pourcentage")
    sous_criteres: tuple[SousCritere, ...] | None = cle("Sous-critères", "Leur somme égale la pondération du critère.")


class BilanFinal(Bloc):
    """When the final report is due."""

    model_config = ConfigDict(title="Bilan final")

    mois_avant: Entier | None = cle("Mois avant la fin du marché")
    mois_apres: Entier | None = cle("Mois après la fin du marché", "Dérogation au CCAG.")


class Insertion(Bloc):
    """The choices of the buyer: what is absent takes a default, which the note lists."""

    model_config = ConfigDict(title="Insertion")

    publics: Publics | None = cle("Publics éligibles", "`ccag` (la liste du CCAG) ou une liste d'identifiants.")
    publics_prioritaires: tuple[Public, ...] | None = cle("Publics prioritaires")
    modalites: Modalites | None = cle("Modalités d'exécution", "`toutes` ou une liste.")
    globalisation: Booleen | None = cle("Globalisation des heures entre plusieurs marchés")
    transmission: Transmission | None = cle("Fréquence de transmission des justificatifs")
    reunion_mise_au_point_jours: Jours | None = cle("Délai de la réunion de mise au point, en jours")
    penalites: Penalites | None = cle("Pénalités")
    critere: Critere | None = cle("Critère d'attribution", "Avec un dispositif qui comporte un critère.")
    cadre: Texte | None = cle(
        "Cadre de la démarche", "Politique locale, SPASER ou charte, dans les mots de l'acheteur."
    )
    validateur: Validateur | None = cle("Qui valide l'éligibilité des personnes")
    validation_jours_ouvres: Jours | None = cle("Délai de validation, en jours ouvrés")
    contact_jours: Jours | None = cle("Délai de prise de contact avec le facilitateur, en jours")
    jour_transmission: JourDuMois | None = cle("Jour du mois de la transmission")
    comptage_embauche_ans: Entier | None = cle(
        "Durée de comptage d'une embauche, en années", "Une autre durée que celle du CCAG est une dérogation."
    )
    bilan_final: BilanFinal | None = cle("Bilan final")
    actions_alternatives: Textes | None = cle(
        "Actions alternatives", "Actions qui remplacent des heures : une dérogation."
    )
