import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.assistant.comments import Remarque, remarks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# tête", [Remarque(1, "tête", True)]),
        ("a: b  # dit", [Remarque(1, "dit", False)]),
        ("a: b#c", []),
        ('a: "x # y"  # dit', [Remarque(1, "dit", False)]),
        ("a: 'l''été # y'", []),
        ("a: l'été # dit", [Remarque(1, "dit", False)]),
        ('a: "x \\" # y"', []),
        ('a: "x\n  # y"\nb: 1 # dit', [Remarque(3, "dit", False)]),
        ("a: |\n  # texte\n\n  suite\nb: 1 # dit", [Remarque(5, "dit", False)]),
        ("- >-\n  # texte\n# dit", [Remarque(3, "dit", True)]),
        ("a: [1, 2]  ## deux", [Remarque(1, "deux", False)]),
        ("#", []),
    ],
)
def test_comments_are_told_from_texts(text: str, found: list[Remarque]) -> None:
    assert list(remarks(text.splitlines())) == found


@given(st.text(alphabet="#'\"|>: -ab\n\\", max_size=60))
def test_any_text_has_its_comments_in_order(text: str) -> None:
    lines = [remark.ligne for remark in remarks(text.splitlines())]
    assert lines == sorted(lines)
