"""The writer of `marche.yaml`: whatever it writes reads back the same, in the contract's order, comments beside."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.description.dump import SCHEMA, dump, scalar
from clausegen.description.load import load_text
from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.files.yamltree import plain, read_yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
SCALARS = st.one_of(
    TEXTS,
    st.booleans(),
    st.none(),
    st.integers(0, 10**12),
    st.decimals(0, 10**9, places=2, allow_nan=False),
    st.dates(date(1950, 1, 1), date(2150, 1, 1)),
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
VOCABULAIRE = VocabulaireOuvert()


def read(text):
    arbre = read_yaml(text, "essai.yaml")
    assert not arbre.diagnostics, (arbre.diagnostics, text)
    return arbre.racine


def reread(text):
    arbre = read_yaml(text, "essai.yaml")
    assert not arbre.diagnostics, (arbre.diagnostics, text)
    return plain(arbre)


@given(TEXTS)
def test_any_text_reads_back(text):
    assert read(dump({"objet": text, "lots": [{"intitule": text}, {"perimetre": text}]})) == {
        "objet": text,
        "lots": [{"intitule": text}, {"perimetre": text}],
    }
    assert reread(f"a: {scalar(text)}\n")["a"] == text


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_any_tree_reads_back(values):
    assert reread(dump(values)) == values


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_comment_escapes_from_its_line(beside, asked, heading, nested):
    values = {"version": 1, "objet": "Essai", "lots": [{"numero": 1, "cpv_secondaires": ["77310000"]}]}
    text = dump(
        values,
        {"objet": beside, "lots[0].numero": nested, "lots[0].cpv_secondaires[0]": beside, "lots[0]": asked},
        [heading],
        {"ccag": asked or "?", "acheteur.type": nested or "?", "lots[0].heures": asked or "?", "objet": asked},
    )
    assert reread(text) == values


def test_keys_take_the_order_of_the_contract():
    text = dump({"lots": [{"intitule": "Nord", "numero": 1}], "objet": "Essai", "inconnu": "x", "version": 1})
    assert text.splitlines() == [
        SCHEMA,
        "version: 1",
        "objet: Essai",
        "",
        "lots:",
        "  - numero: 1",
        "    intitule: Nord",
        "inconnu: x",
    ]


def test_origin_beside_and_question_in_the_place_of_the_key():
    text = dump(
        {"version": 1, "objet": "Entretien des parcs", "acheteur": {"nom": "Ville de Rennes"}},
        {"objet": "lu : /avis/objet", "acheteur.nom": "lu : " + "x" * 120},
        ["Avis n° 12", ""],
        {"duree_mois": "Quelle est sa durée ?", "acheteur.type": "Quel type ?", "lots[0].heures": "Combien ?"},
    )
    assert text.splitlines() == [
        SCHEMA,
        "# Avis n° 12",
        "#",
        "version: 1",
        'objet: "Entretien des parcs"  # lu : /avis/objet',
        "# duree_mois: …  # Quelle est sa durée ?",
        "",
        "acheteur:",
        "  # lu :",
        "  # " + "x" * 120,
        '  nom: "Ville de Rennes"',
        "  # type: …  # Quel type ?",
        "",
        "# lots:",
        "#   - heures: …  # Combien ?",
    ]


def test_a_question_of_several_lines_stands_above():
    text = dump(
        {"objet": "Essai"},
        {"objet": "un\ndeux"},
        questions={"ccag": "Lequel ?\nOu aucun ?", "lieu_execution.departement": "a\nb"},
    )
    assert text.splitlines()[1:] == [
        "# un",
        "# deux",
        "objet: Essai",
        "# Lequel ?",
        "# Ou aucun ?",
        "# ccag: …",
        "",
        "# lieu_execution:",
        "#   departement: …  # a b",
    ]


def test_questions_load_once_uncommented():
    asked = {"acheteur.adresse.voie": "Quelle voie ?", "lots[0].numero": "Numéro ?", "ccag": "Lequel ?" + " bien" * 40}
    lines = dump({"version": 1, "objet": "Essai"}, questions=asked).splitlines()
    bare = [line.removeprefix("# ") for line in lines if not line.startswith("# Lequel") and "bien" not in line]
    lecture = load_text("\n".join(bare[1:]), "essai.yaml", VOCABULAIRE)
    assert [d for d in lecture.diagnostics if d.niveau == "erreur"] == []
    assert lecture.marche.acheteur.adresse.voie is None and lecture.marche.lots[0].numero == 1


@pytest.mark.parametrize(
    "word", ["non", "no", "Yes", "off", "null", "~", "1", "012", "1e3", "2026-12-15", "", " a", "a: b"]
)
def test_what_another_reader_would_misread_is_quoted(word):
    quoted = scalar(word)
    assert quoted == f'"{word}"' or word == "non"
    assert reread(f"a: {quoted}")["a"] == word


def test_plain_values():
    assert [scalar(v) for v in (True, None, 3, Decimal("1200.50"), date(2026, 12, 15), "accord-cadre")] == [
        "true",
        "null",
        "3",
        "1200.50",
        "2026-12-15",
        "accord-cadre",
    ]
    assert scalar("\ud800a b") == '"\ufffda b"'
