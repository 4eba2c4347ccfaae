from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clausegen.review.alignment import Paire, align

TEXTS = st.lists(
    st.sampled_from(["un deux trois", "un deux quatre", "oui", "non", "cinq six", "sept huit neuf dix onze"]),
    max_size=12,
)


@given(before=TEXTS, after=TEXTS)
def test_every_paragraph_is_told_once(before: list[str], after: list[str]) -> None:
    pairs = align(before, after)
    assert sorted(p.avant for p in pairs if p.avant is not None) == list(range(len(before)))
    assert [p.apres for p in pairs if p.apres is not None] == list(range(len(after)))
    assert all(before[p.avant or 0] == after[p.apres or 0] for p in pairs if p.deplace)
    if before == after:
        assert pairs == [Paire(n, n) for n in range(len(before))]


def test_what_goes_is_told_before_what_comes() -> None:
    old, new = "un deux trois quatre cinq", "alpha bêta gamma delta epsilon"
    assert align(["a", old, "b"], ["a", new, "b"]) == [Paire(0, 0), Paire(1, None), Paire(None, 1), Paire(2, 2)]


def test_a_rewording_is_found_among_others() -> None:
    before = ["a", "le titulaire réserve cent heures", "les publics sont orientés", "b"]
    after = ["a", "une visite est faite sur place", "les publics sont orientés ailleurs", "b"]
    assert align(before, after) == [Paire(0, 0), Paire(1, None), Paire(None, 1), Paire(2, 2), Paire(3, 3)]


def test_a_paragraph_that_moves() -> None:
    pairs = align(["a x", "b y", "c z", "d w"], ["b y", "c z", "d w", "a x"])
    assert pairs == [Paire(1, 0), Paire(2, 1), Paire(3, 2), Paire(0, 3, deplace=True)]
