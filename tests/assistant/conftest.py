from collections.abc import Callable, Iterable
from typing import Any

import pytest

from clausegen.assistant.script import Script
from clausegen.assistant.session import Session
from clausegen.law.rulebook import Rulebook, rulebook

SIMPLE = {
    "objet": "Entretien des locaux de la mairie",
    "nature": "services",
    "contrat": "1",
    "acheteur.type": "1",
    "acheteur.categorie": "1",
    "date_lancement": "15/12/2026",
    "valeur_estimee_ht": "300 000",
    "cpv": "90919200",
    "procedure": "appel d'offres ouvert",
    "ccag": "FCS",
    "duree_mois": "36",
    "facilitateur": "non",
    "lots": "1",
    "allotissement_motif": "Prestations indissociables",
    "lots[0].dispositif": "1",
    "acheteur.nom": "Ville de Rennes",
    "acheteur.achats_annuels_ht": "82 000 000",
}
"""A market of services, one lot, 300 000 €, by a local authority."""


@pytest.fixture
def livre() -> Rulebook:
    return rulebook()


@pytest.fixture
def script(livre: Rulebook) -> Script:
    return Script(livre)


Jouer = Callable[..., Session]


@pytest.fixture
def jouer(livre: Rulebook) -> Jouer:
    """Answer the questions of a new session by key, up to the first that has no answer."""

    def play(reponses: dict[str, str], valeurs: dict[str, Any] | None = None, examen: Any = None) -> Session:
        session = Session(livre, valeurs, examen)
        left = dict(reponses)
        while (question := session.prochaine()) is not None and question.chemin in left:
            reply = session.repondre(left.pop(question.chemin))
            assert reply.acceptee, (question, reply)
        assert not left, f"never asked: {left}, stopped at {question}"
        return session

    return play


@pytest.fixture
def chemins() -> Callable[[Session], list[str]]:
    """Return the paths of all the questions to come, each left open."""

    def ask(session: Session) -> list[str]:
        found = []
        while (question := session.prochaine()) is not None:
            found.append(question.chemin)
            assert len(found) < 200
            session.repondre("x" if question.obligatoire else "")
        return found

    return ask


def fields(*paths: str) -> Callable[[Any], Iterable[tuple[str, str]]]:
    return lambda _valeurs: [(path, "?") for path in paths]
