from typing import Any

import pytest

from clausegen.assistant.fields import BLOC, CHOIX, DATE, LISTE, NOMBRE, OUI_NON, TEXTE, champ


@pytest.mark.parametrize(
    ("path", "genre"),
    [
        ("nature", CHOIX),
        ("lots[].aucun_motif", CHOIX),
        ("facilitateur.convention.regime_financier", CHOIX),
        ("acheteur.pouvoir_adjudicateur", OUI_NON),
        ("acheteur.deliberation.date", DATE),
        ("valeur_estimee_ht", NOMBRE),
        ("duree_mois", NOMBRE),
        ("objet", TEXTE),
        ("acheteur.siret", TEXTE),
        ("lots[].heures", TEXTE),
        ("lots[].heures_periodes", LISTE),
        ("facilitateur.financeurs", LISTE),
        ("lots", LISTE),
        ("acheteur.adresse", BLOC),
        ("insertion.penalites.document", BLOC),
    ],
)
def test_what_a_key_holds(path: str, genre: str) -> None:
    found = champ(path)
    assert found is not None and found.genre == genre


def test_words_come_with_their_labels() -> None:
    found = champ("nature")
    assert found is not None and found.mots == (
        ("travaux", "travaux"),
        ("fournitures", "fournitures"),
        ("services", "services"),
    )


def test_every_key_that_has_a_question_exists(script: Any) -> None:
    assert [cle for cle in script.cles() if champ(cle) is None] == []
    assert champ("acheteur.inconnu") is None and champ("") is None
