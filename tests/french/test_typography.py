import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.french.typography import plain, typography

N, F = "\u00a0", "\u202f"

MARQUES = " |\u00a0|\u202f|'|’|«|»|:|;|!|?|%|€|art.|L.|R.|n°|-12|\n|article|articles|16.1.5|heures|jours".split("|")
NOMBRES = ["960 000", "1 200,50", "02 99 00 00 00", "213 502 388 00019"]
ADRESSES = ["https://a.fr/l'b?x=1", "a'b@c.fr"]
MORCEAUX = st.sampled_from([*MARQUES, *NOMBRES, *ADRESSES])
TEXTES = st.one_of(st.text(), st.lists(st.one_of(MORCEAUX, st.text(max_size=3))).map("".join))


@given(TEXTES)
def test_twice_is_once(text: str) -> None:
    assert typography(typography(text)) == typography(text)


@given(TEXTES)
def test_only_spaces_and_apostrophes_change(text: str) -> None:
    assert plain(typography(text)) == plain(text)
    assert len(typography(text)) == len(text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui ? Moi ; oui !", f"Qui{F}? Moi{F}; oui{F}!"),
        ("960 000 €", f"960{F}000{N}€"),
        ("1 200 000,50 € HT", f"1{F}200{F}000,50{N}€ HT"),
        ("50 % : la moitié", f"50{N}%{N}: la moitié"),
        ("« mot »", f"«{N}mot{N}»"),
        ("« 960 000 »", f"«{N}960{F}000{N}»"),
        ("lot n° 1", f"lot n°{N}1"),
        ("art. L. 2113-12", f"art.{N}L.{N}2113-12"),
        ("articles R. 2113-7 et D. 1-2", f"articles{N}R.{N}2113-7 et D.{N}1-2"),
        ("l'article 16.1.5 du CCAG", f"l’article{N}16.1.5 du CCAG"),
        ("420 heures en 15 jours", f"420{N}heures en 15{N}jours"),
        ("1 200 heures", f"1{F}200{N}heures"),
        ("35 h, 48 mois, 3 lots", f"35{N}h, 48{N}mois, 3{N}lots"),
        ("l'acheteur, aujourd'hui", "l’acheteur, aujourd’hui"),
        ("l'« offre »", f"l’«{N}offre{N}»"),
        ("fin de morceau : l'", f"fin de morceau{N}: l’"),
        (f"960{N}000", f"960{F}000"),
    ],
)
def test_french_rules(typed: str, printed: str) -> None:
    assert typography(typed) == printed
    assert plain(printed) == plain(typed)


@pytest.mark.parametrize(
    "untouched",
    [
        "35000 Rennes",
        "213 502 388 00019",
        "21350238800019",
        "02 99 00 00 00",
        "+33 299 000 000",
        "en 2026 200 arbres",
        "https://exemple.fr/l'avis?id=1:2",
        "o'brien@exemple.fr",
        "à 12:30",
        "1200,5",
        '"cité"',
        "5' de pause",
        "M. L. Dupont",
        "un article du contrat",
        "| :--- | :::cartouche",
    ],
)
def test_what_must_stay(untouched: str) -> None:
    assert typography(untouched) == untouched


def test_a_persons_no_break_space_stays() -> None:
    assert typography(f"M.{N}Dupont") == f"M.{N}Dupont"
