"""How the reports name, in French, the identifiers of the decision."""

from __future__ import annotations

from clausegen.diagnostics import Niveau

DISPOSITIFS = {
    "clause": "clause sociale d'insertion",
    "critere": "critère d'attribution social",
    "clause-et-critere": "clause sociale d'insertion et critère d'attribution",
    "reserve-handicap": "lot réservé aux structures du handicap (EA, ESAT)",
    "reserve-iae": "lot réservé aux structures de l'insertion par l'activité économique",
    "reserve-handicap-iae": "lot réservé à la fois au handicap et à l'insertion",
    "reserve-penitentiaire": "lot réservé au travail pénitentiaire",
    "reserve-ess": "lot réservé à l'économie sociale et solidaire",
    "formation": "clause de formation sous statut scolaire",
    "aucun": "aucune considération sociale",
}

OBLIGATIONS = {
    "condition-sociale": "condition d'exécution sociale",
    "motivation-absence": "motivation de l'absence de condition sociale",
    "mention-reservation": "mention de la réservation dans l'avis",
    "motivation-non-allotissement": "motivation de l'absence d'allotissement",
    "spaser": "schéma de promotion des achats responsables (SPASER)",
    "considerations-environnementales": "considérations environnementales",
    "donnees-essentielles": "publication des données essentielles",
}

STATUTS = {
    "applicable": "obligatoire",
    "non-applicable": "sans objet",
    "a-preciser": "à préciser",
    "possible": "ouverte",
    "interdit": "fermée",
}

CHOISI_PAR = {"acheteur": "choix de l'acheteur", "regle": "proposition de la règle"}

CONFIANCES = {
    "source-secondaire": "source secondaire, à vérifier sur Légifrance",
    "analyse": "analyse, à valider par un juriste",
    "usage": "usage",
    "non-verifie": "non vérifié",
}

DEGRES = {
    "texte-vu": "texte vu",
    "source-secondaire": "source secondaire",
    "usage": "usage",
    "analyse": "analyse",
    "non-verifie": "non vérifié",
}
"""Each confidence in a word or two, for tables; `CONFIANCES` says what to do about it."""

GENRES = {
    "obligation": "obligation",
    "dispositif": "dispositif",
    "controle": "contrôle",
    "derogation": "dérogation",
    "fait-derive": "fait dérivé",
    "seuil": "seuil",
    "ccag": "CCAG",
    "borne": "borne",
    "recommandation": "recommandation",
    "calibrage": "calibrage",
    "defaut": "valeurs par défaut",
    "publics": "publics",
    "acteurs": "acteurs",
    "noms": "noms",
    "liste": "liste",
    "citations": "citations",
    "pieces": "pièces",
    "motivation": "motivation",
    "publicite": "publicité",
    "relecture": "relecture",
    "autre": "table",
    "source": "source",
}
"""Kinds of entries in the catalogue of rules."""

NIVEAUX = {
    Niveau.ERREUR: ("erreur", "erreurs"),
    Niveau.AVERTISSEMENT: ("avertissement", "avertissements"),
    Niveau.QUESTION: ("question", "questions"),
    Niveau.INFORMATION: ("information", "informations"),
}


def label(labels: dict[str, str], ident: str) -> str:
    """Return the French name of an identifier, or the identifier itself when rules gained one since."""
    return labels.get(ident, ident)
