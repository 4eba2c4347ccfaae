from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clausegen.french.typography import plain, typography
from clausegen.review.wordiff import CHAMP, Mot, Remplacement, Sens, compared, gaps, words

TEXTS = st.text(st.sampled_from("ab 1,.’'\u00a0\u202f-"), max_size=40)


@given(avant=TEXTS, apres=TEXTS)
def test_both_wordings_can_be_read_in_the_comparison(avant: str, apres: str) -> None:
    found = gaps(compared(words(avant), words(apres)))
    assert "".join(e.texte for e in found if e.sens is not Sens.RETIRE) == apres
    assert len("".join(e.texte for e in found if e.sens is not Sens.AJOUTE)) == len(avant)
    assert all(e.texte for e in found)


@given(text=st.text(st.sampled_from("l'art. 12 % ;:«»\u2011-"), max_size=40))
def test_typography_is_no_difference(text: str) -> None:
    before, after = words(plain(text)), words(typography(text))
    assert "".join(m.cle for m in before) == "".join(m.cle for m in after)


def test_a_field_is_a_word() -> None:
    avant = [*words("SIRET : "), Mot(CHAMP, "[à compléter : SIRET ?]"), *words(".")]
    (one,) = [p for p in compared(avant, words("SIRET : 123.")) if isinstance(p, Remplacement)]
    assert [m.texte for m in one.avant] == ["[à compléter : SIRET ?]"]
    assert [m.texte for m in one.apres] == ["123"]
