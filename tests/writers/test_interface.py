from __future__ import annotations

from clausegen.errors import ClausegenError
from clausegen.text.tree import Champ, Commentaire
from clausegen.writers.interface import POINTILLES, UnknownTokenError, comment_text, field_text


def test_a_field_shows_its_question_with_french_typography() -> None:
    champ = Champ("acheteur.siret", "Quel est le SIRET de l'acheteur ?")
    assert field_text(champ, publiable=False) == "[à compléter\u00a0: Quel est le SIRET de l’acheteur\u202f?]"


def test_a_field_is_a_dotted_line_when_published() -> None:
    assert field_text(Champ("x", "Quoi ?"), publiable=True) == POINTILLES


def test_a_comment_takes_french_typography() -> None:
    assert comment_text(Commentaire(0, "À vérifier", " À vérifier : 5 % ")) == "À vérifier\u00a0: 5\u00a0%"


def test_an_unknown_token_is_told_in_french_without_traceback() -> None:
    error = UnknownTokenError("image")
    assert isinstance(error, ClausegenError)
    assert "« image »" in str(error)
