from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from clausegen.review.words import likeness, stretches, words

TEXTS = st.text(alphabet="ab1 2,.'’-\u00a0\u202fé", max_size=40)


@given(TEXTS)
def test_words_make_up_the_text_again(text: str) -> None:
    assert "".join(words(text)) == text


def test_numbers_elisions_and_compounds_are_one_word() -> None:
    assert words("1\u202f200,5 € d’heures") == ["1\u202f200,5", " ", "€", " ", "d’", "heures"]
    assert words("sous-traitant.") == ["sous-traitant", "."]


@given(TEXTS, TEXTS)
def test_stretches_lead_from_one_text_to_the_other(avant: str, apres: str) -> None:
    old, new = words(avant), words(apres)
    found = stretches(old, new, [word[:1].isalnum() for word in old])
    assert [w for t in found for w in old[t.debut : t.fin]] == old
    assert [w for t in found for w in new[t.debut_apres : t.fin_apres]] == new
    assert all(old[t.debut : t.fin] == new[t.debut_apres : t.fin_apres] for t in found if t.egal)


def shown(avant: str, apres: str) -> list[str]:
    old, new = words(avant), words(apres)
    found = stretches(old, new, [word[:1].isalnum() for word in old])
    return ["".join(new[t.debut_apres : t.fin_apres]) for t in found if not t.egal]


def test_a_space_alone_between_two_changes_is_swallowed() -> None:
    before = "Le titulaire remet le bilan sous trois mois à l'acheteur"
    assert shown(before, before.replace("trois mois", "dix jours")) == ["dix jours"]
    assert shown("Le lot un compte", "Le lot deux compte") == ["deux"]


def test_sentences_without_much_in_common_are_replaced_as_a_whole() -> None:
    assert shown(
        "Le bilan est remis à la fin du marché", "Toute pénalité est due à la structure, sans mise en demeure"
    ) == ["Toute pénalité est due à la structure, sans mise en demeure"]


def test_likeness() -> None:
    assert likeness(Counter(), Counter()) == 1
    assert likeness(Counter("ab"), Counter("ab")) == 1
    assert likeness(Counter("ab"), Counter("cd")) == 0
    assert likeness(Counter("ab"), Counter("ac")) == 0.5
