import pytest

from clausegen.french.grammar import compte, de, enumeration, forms, majuscule, pluriel


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Rennes", "de Rennes"),
        ("Angers", "d'Angers"),
        ("Évry", "d'Évry"),
        ("Œuilly", "d'Œuilly"),
        ("Hyères", "d'Hyères"),
        ("Haguenau", "de Haguenau"),
        ("Hauts-de-Seine Habitat", "de Hauts-de-Seine Habitat"),
        ("handicap", "de handicap"),
        ("Yvetot", "d'Yvetot"),
        ("Yutz", "de Yutz"),
        ("Yerres", "d'Yerres"),
        ("Le Mans", "du Mans"),
        ("Les Ulis", "des Ulis"),
        ("La Rochelle", "de La Rochelle"),
        ("ESAT", "d'ESAT"),
        ("onze lots", "de onze lots"),
        ("11 lots", "de 11 lots"),
    ],
)
def test_de(nom: str, attendu: str) -> None:
    assert de(nom) == attendu


def test_forms() -> None:
    acheteur = forms("acheteur")
    assert (acheteur.le, acheteur.Le, acheteur.du, acheteur.au) == (
        "l'acheteur",
        "L'acheteur",
        "de l'acheteur",
        "à l'acheteur",
    )
    maitre = forms("maître d'œuvre")
    assert (maitre.le, maitre.du, maitre.Du, maitre.Au, maitre.un) == (
        "le maître d'œuvre",
        "du maître d'œuvre",
        "Du maître d'œuvre",
        "Au maître d'œuvre",
        "un maître d'œuvre",
    )
    autorite = forms("autorité concédante", "f")
    assert (autorite.le, autorite.du, autorite.un) == (
        "l'autorité concédante",
        "de l'autorité concédante",
        "une autorité concédante",
    )
    assert forms("structure", "f").au == "à la structure"
    assert forms("héraut", "m", elision=False).du == "du héraut"


def test_lists_and_numbers() -> None:
    assert enumeration([]) == ""
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b", "c"]) == "a, b et c"
    assert enumeration(["a", "b"], "ou") == "a ou b"
    assert majuscule("école") == "École"
    assert majuscule("") == ""
    assert [compte(n, "erreur") for n in (0, 1, 2)] == ["0 erreur", "1 erreur", "2 erreurs"]
    assert pluriel(3, "mois") == "mois"
    assert pluriel(2, "lot réservé", "lots réservés") == "lots réservés"
