"""The parties of the description: the buyer, and the facilitator that helps the holder find people."""

from __future__ import annotations

from pydantic import ConfigDict

from clausegen.description.block import Bloc, cle
from clausegen.description.scalars import (
    Booleen,
    Courriel,
    Entier,
    Jour,
    Mois,
    Montant,
    Reconductions,
    Siret,
    Texte,
    Textes,
    Url,
)
from clausegen.description.vocabulary import (
    Categorie,
    DonneesPersonnelles,
    RegimeFinancier,
    TypeAcheteur,
    TypeFacilitateur,
)


class Adresse(Bloc):
    """A postal address."""

    model_config = ConfigDict(title="Adresse postale")

    voie: Texte | None = cle("Numéro et voie")
    code_postal: Texte | None = cle("Code postal", "Entre guillemets s'il commence par 0.")
    commune: Texte | None = cle("Commune")


class Representant(Bloc):
    """The person who signs."""

    model_config = ConfigDict(title="Représentant")

    nom: Texte | None = cle("Nom du représentant")
    qualite: Texte | None = cle("Qualité du représentant", "Par exemple : maire, présidente, directeur.")


class Deliberation(Bloc):
    """The decision of an assembly that allows to sign."""

    model_config = ConfigDict(title="Délibération")

    numero: Texte | None = cle("Numéro de la délibération")
    date: Jour | None = cle("Date de la délibération", "Au format année-mois-jour.")


class Correspondant(Bloc):
    """Whom to ask about insertion at the buyer's."""

    model_config = ConfigDict(title="Correspondant insertion de l'acheteur")

    qualite: Texte | None = cle("Qualité du correspondant")
    courriel: Courriel | None = cle("Courriel du correspondant", "De préférence une boîte partagée.")
    telephone: Texte | None = cle("Téléphone du correspondant")


class Acheteur(Bloc):
    """The buyer."""

    model_config = ConfigDict(title="Acheteur")

    nom: Texte | None = cle("Nom de l'acheteur")
    categorie: Categorie | None = cle(
        "Catégorie d'acheteur",
        "Elle fixe le seuil européen : autorité publique centrale, autre pouvoir adjudicateur, entité adjudicatrice.",
    )
    pouvoir_adjudicateur: Booleen | None = cle(
        "Pouvoir adjudicateur", "Pour une entité adjudicatrice seulement : est-elle aussi un pouvoir adjudicateur ?"
    )
    type: TypeAcheteur | None = cle("Type d'acheteur")
    siret: Siret | None = cle("SIRET de l'acheteur", "Quatorze chiffres ; la clé de contrôle est vérifiée.")
    adresse: Adresse | None = cle("Adresse de l'acheteur")
    representant: Representant | None = cle("Représentant de l'acheteur")
    courriel: Courriel | None = cle("Courriel de l'acheteur", "De préférence une boîte partagée.")
    profil_acheteur: Url | None = cle("Profil d'acheteur", "Adresse web de la plateforme de dématérialisation.")
    achats_annuels_ht: Montant | None = cle(
        "Achats annuels", "Montant annuel des achats en euros hors taxes ; il décide si un SPASER est obligatoire."
    )
    deliberation: Deliberation | None = cle("Délibération qui autorise l'acheteur à signer")
    correspondant_insertion: Correspondant | None = cle("Correspondant insertion")
    dpo_courriel: Courriel | None = cle("Courriel du délégué à la protection des données de l'acheteur")
    tribunal: Texte | None = cle("Tribunal compétent")
    groupement_commandes: Booleen | None = cle("Groupement de commandes", "Absent : non.")


class Referent(Bloc):
    """The person to call at the facilitator's."""

    model_config = ConfigDict(title="Référent du facilitateur")

    nom: Texte | None = cle("Nom du référent")
    courriel: Courriel | None = cle("Courriel du référent")
    telephone: Texte | None = cle("Téléphone du référent")


class Relais(Bloc):
    """Another structure that relays the facilitator on a territory."""

    model_config = ConfigDict(title="Relais du facilitateur")

    structure: Texte | None = cle("Structure relais")
    territoire: Texte | None = cle("Territoire du relais")
    courriel: Courriel | None = cle("Courriel du relais")


class Convention(Bloc):
    """The agreement between the buyer and the facilitator."""

    model_config = ConfigDict(title="Convention avec le facilitateur")

    rediger: Booleen | None = cle(
        "Rédiger la convention", "Absent : oui, sauf si la structure est un service de l'acheteur."
    )
    date_effet: Jour | None = cle("Date d'effet de la convention", "Au format année-mois-jour.")
    duree_mois: Mois | None = cle("Durée de la convention, en mois")
    participation_financiere_ht: Montant | None = cle(
        "Participation financière", "En euros hors taxes ; 0 : à titre gratuit."
    )
    regime_financier: RegimeFinancier | None = cle("Régime financier de la convention")
    donnees_personnelles: DonneesPersonnelles | None = cle("Rôles en matière de données personnelles")
    reconduction: Reconductions | None = cle("Nombre de reconductions de la convention", "Absent : aucune.")
    preavis_mois: Entier | None = cle("Préavis de résiliation, en mois")


class Facilitateur(Bloc):
    """The facilitator: absent, the drafting says so."""

    model_config = ConfigDict(title="Facilitateur")

    structure: Texte | None = cle("Structure qui assure la facilitation")
    type: TypeFacilitateur | None = cle("Type de structure")
    siret: Siret | None = cle("SIRET de la structure", "Quatorze chiffres ; la clé de contrôle est vérifiée.")
    adresse: Adresse | None = cle("Adresse de la structure")
    representant: Representant | None = cle("Représentant de la structure")
    courriel: Courriel | None = cle("Courriel du facilitateur", "Une boîte partagée plutôt qu'une adresse nominative.")
    telephone: Texte | None = cle("Téléphone du facilitateur")
    referent: Referent | None = cle("Référent")
    coordonnateur: Booleen | None = cle(
        "Coordonnateur", "Coordonne plusieurs facilitateurs sur un territoire plus large. Absent : non."
    )
    convention: Convention | None = cle("Convention avec l'acheteur")
    accord_le: Jour | None = cle(
        "Date de l'accord de la structure", "Jour où elle a accepté d'être nommée dans les pièces."
    )
    avis_le: Jour | None = cle("Date de l'avis du facilitateur", "Avis rendu sur le marché, ses lots et ses heures.")
    deliberation: Deliberation | None = cle("Délibération qui autorise la structure à signer")
    territoire: Texte | None = cle("Territoire d'intervention")
    relais: tuple[Relais, ...] | None = cle("Relais", "Absent : aucun.")
    gere_siae: Booleen | None = cle("Gère une SIAE", "Porte ou finance une structure d'insertion qui peut candidater.")
    logiciel: Texte | None = cle("Logiciel de suivi")
    dpo_courriel: Courriel | None = cle("Courriel du délégué à la protection des données de la structure")
    conservation_mois: Entier | None = cle(
        "Durée de conservation des données, en mois", "Comptée à partir de la fin du marché."
    )
    financeurs: Textes | None = cle("Financeurs", "Par exemple : FSE+.")
