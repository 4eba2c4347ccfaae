"""The words of the description: closed ones, each with its French label, and open ones, which the rules own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias

from clausegen.record import dataclass

Nature: TypeAlias = Literal["travaux", "fournitures", "services"]
Contrat: TypeAlias = Literal["marche", "accord-cadre", "marche-partenariat", "concession"]
Ccag: TypeAlias = Literal["Travaux", "FCS", "PI", "TIC", "MI", "MOE", "aucun"]
Procedure: TypeAlias = Literal[
    "adaptee",
    "appel-offres-ouvert",
    "appel-offres-restreint",
    "negociation",
    "dialogue-competitif",
    "sans-publicite",
    "concours",
    "concession",
]
Regime: TypeAlias = Literal["classique", "defense-securite", "livre-v"]
SeuilServicesSociaux: TypeAlias = Literal["droit-commun", "services-sociaux"]
Categorie: TypeAlias = Literal["autorite-centrale", "autre-pouvoir-adjudicateur", "entite-adjudicatrice"]
TypeAcheteur: TypeAlias = Literal[
    "etat",
    "collectivite",
    "etablissement-public-etat",
    "etablissement-public-local",
    "etablissement-sante",
    "bailleur-social",
    "autre",
]
TypeFacilitateur: TypeAlias = Literal["plie", "maison-emploi", "collectivite", "gip", "association", "interne", "autre"]
RegimeFinancier: TypeAlias = Literal["gratuit", "marche", "quasi-regie", "cooperation"]
DonneesPersonnelles: TypeAlias = Literal["responsables-conjoints", "sous-traitance", "responsables-distincts"]
Modalite: TypeAlias = Literal["embauche-directe", "mise-a-disposition", "sous-traitance-cotraitance"]
Transmission: TypeAlias = Literal["mensuelle", "trimestrielle"]
Validateur: TypeAlias = Literal["facilitateur", "acheteur"]
PenalitePar: TypeAlias = Literal["jour", "document"]
Dispositif: TypeAlias = Literal[
    "auto",
    "clause",
    "critere",
    "clause-et-critere",
    "reserve-handicap",
    "reserve-iae",
    "reserve-handicap-iae",
    "reserve-penitentiaire",
    "reserve-ess",
    "formation",
    "aucun",
]
BaseTranche: TypeAlias = Literal["commande", "facture"]
Motif: TypeAlias = Literal["solution-disponible", "lien-insuffisant", "concurrence-ou-difficulte", "travaux-courts"]
TypeTranche: TypeAlias = Literal["ferme", "optionnelle", "phase"]
FormePieces: TypeAlias = Literal["ccap", "ccp"]
FormeAccordCadre: TypeAlias = Literal["bons-de-commande", "marches-subsequents", "mixte"]
Attributaires: TypeAlias = Literal["mono", "multi"]

LIBELLES: Final[Mapping[str, Mapping[str, str]]] = {
    "nature": {"travaux": "travaux", "fournitures": "fournitures", "services": "services"},
    "contrat": {
        "marche": "marché",
        "accord-cadre": "accord-cadre",
        "marche-partenariat": "marché de partenariat",
        "concession": "contrat de concession",
    },
    "ccag": {
        "Travaux": "CCAG-Travaux",
        "FCS": "CCAG-FCS (fournitures courantes et services)",
        "PI": "CCAG-PI (prestations intellectuelles)",
        "TIC": "CCAG-TIC (techniques de l'information et de la communication)",
        "MI": "CCAG-MI (marchés industriels)",
        "MOE": "CCAG-MOE (maîtrise d'œuvre)",
        "aucun": "aucun CCAG",
    },
    "procedure": {
        "adaptee": "procédure adaptée",
        "appel-offres-ouvert": "appel d'offres ouvert",
        "appel-offres-restreint": "appel d'offres restreint",
        "negociation": "procédure avec négociation",
        "dialogue-competitif": "dialogue compétitif",
        "sans-publicite": "procédure sans publicité ni mise en concurrence préalables",
        "concours": "concours",
        "concession": "procédure de passation d'une concession",
    },
    "regime": {
        "classique": "régime de droit commun",
        "defense-securite": "marché de défense ou de sécurité",
        "livre-v": "autre marché public (livre V)",
    },
    "categorie": {
        "autorite-centrale": "autorité publique centrale",
        "autre-pouvoir-adjudicateur": "autre pouvoir adjudicateur",
        "entite-adjudicatrice": "entité adjudicatrice",
    },
    "type_acheteur": {
        "etat": "État",
        "collectivite": "collectivité territoriale ou groupement",
        "etablissement-public-etat": "établissement public de l'État",
        "etablissement-public-local": "établissement public local",
        "etablissement-sante": "établissement public de santé",
        "bailleur-social": "bailleur social",
        "autre": "autre acheteur",
    },
    "type_facilitateur": {
        "plie": "plan local pluriannuel pour l'insertion et l'emploi (PLIE)",
        "maison-emploi": "maison de l'emploi",
        "collectivite": "collectivité territoriale ou groupement",
        "gip": "groupement d'intérêt public",
        "association": "association",
        "interne": "service de l'acheteur",
        "autre": "autre structure",
    },
    "regime_financier": {
        "gratuit": "à titre gratuit",
        "marche": "marché public de services",
        "quasi-regie": "quasi-régie",
        "cooperation": "coopération entre pouvoirs adjudicateurs",
    },
    "donnees_personnelles": {
        "responsables-conjoints": "responsables conjoints du traitement",
        "sous-traitance": "sous-traitance au sens du RGPD",
        "responsables-distincts": "responsables distincts",
    },
    "modalite": {
        "embauche-directe": "embauche directe",
        "mise-a-disposition": "mise à disposition de salariés",
        "sous-traitance-cotraitance": "sous-traitance ou cotraitance",
    },
    "transmission": {"mensuelle": "mensuelle", "trimestrielle": "trimestrielle"},
    "dispositif": {
        "auto": "choix laissé aux règles",
        "clause": "clause d'insertion",
        "critere": "critère d'attribution",
        "clause-et-critere": "clause d'insertion et critère d'attribution",
        "reserve-handicap": "lot réservé aux entreprises adaptées et aux ESAT",
        "reserve-iae": "lot réservé aux structures d'insertion par l'activité économique",
        "reserve-handicap-iae": "lot réservé aux deux groupes de structures",
        "reserve-penitentiaire": "lot réservé au travail en détention",
        "reserve-ess": "lot réservé aux entreprises de l'économie sociale et solidaire",
        "formation": "clause de formation",
        "aucun": "aucun dispositif social",
    },
    "motif": {
        "solution-disponible": "solution immédiatement disponible",
        "lien-insuffisant": "lien insuffisant avec l'objet du marché",
        "concurrence-ou-difficulte": "concurrence restreinte, ou exécution difficile",
        "travaux-courts": "travaux de courte durée",
    },
    "type_tranche": {"ferme": "tranche ferme", "optionnelle": "tranche optionnelle", "phase": "phase"},
    "forme_accord_cadre": {
        "bons-de-commande": "bons de commande",
        "marches-subsequents": "marchés subséquents",
        "mixte": "bons de commande et marchés subséquents",
    },
}
"""Closed words, by list, with the label that a person reads."""


@dataclass(frozen=True, slots=True)
class VocabulaireOuvert:
    """Words that the rules own and may add to.

    Args:
        secteurs: id of a trade to its label.
        publics: id of a public to its label.
        cpv: the eight-digit codes that exist; empty when they are not to be checked.
    """

    secteurs: Mapping[str, str] = field(default_factory=dict)
    publics: Mapping[str, str] = field(default_factory=dict)
    cpv: frozenset[str] = frozenset()
