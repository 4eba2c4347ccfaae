from __future__ import annotations

from datetime import date
from decimal import Decimal
from textwrap import dedent
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from clausegen.files.modelkeys import elsewhere, keys_at
from clausegen.files.nearest import enumerated, folded, nearest
from clausegen.files.validation import Usages, validate
from clausegen.files.yamltree import plain, read_yaml


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Piece(Strict):
    titre: str
    poids: Annotated[int, Field(ge=1, le=9)] = 1


class Groupe(Strict):
    membres: tuple[Piece | Groupe, ...] = ()


class Version(Strict):
    valeur: Decimal
    confiance: Literal["texte-vu", "usage"] = "usage"
    rang: Literal[1, 2] = 1
    le: date | None = None

    @field_validator("valeur")
    @classmethod
    def _whole(cls, value: Decimal) -> Decimal:
        if value != value.to_integral_value():
            raise ValueError("la valeur est entière.")
        return value


class Regle(Strict):
    titre: str
    versions: dict[date, Version] = Field(default_factory=dict)
    pieces: list[Piece] = Field(default_factory=list, min_length=0)
    groupe: Groupe | None = None


def check(text: str, usages: Usages | None = None):
    arbre = read_yaml(dedent(text), "r.yaml")
    assert arbre.diagnostics == ()
    return validate(Regle, arbre, plain(arbre), usages=usages)


def found(text: str, usages: Usages | None = None):
    model, faults = check(text, usages)
    assert model is None
    return [(d.code, d.ligne, d.colonne, d.chemin) for d in faults]


def messages(text: str, usages: Usages | None = None):
    return [d.message for d in check(text, usages)[1]]


def test_a_good_document_gives_its_model():
    model, faults = check("titre: x\nversions:\n  2024-01-01: {valeur: 3, le: 2024-02-01}")
    assert faults == []
    assert model.versions[date(2024, 1, 1)].le == date(2024, 2, 1)


def test_every_fault_at_once_in_the_order_of_the_file():
    text = """\
    titree: x
    versions:
      2024-01-01: {valeur: a, confiance: sure}
      hier: {valeur: 1.5}
    pieces:
      - {titre: a, poids: 12}
      - poids: 1
    groupe: [1]
    """
    assert found(text) == [
        ("F020", 1, 1, "titree"),
        ("F042", 3, 24, "versions.2024-01-01.valeur"),
        ("F022", 3, 38, "versions.2024-01-01.confiance"),
        ("F042", 4, 9, "versions.hier"),
        ("F042", 4, 18, "versions.hier.valeur"),
        ("F042", 6, 23, "pieces[0].poids"),
        ("F021", 7, 5, "pieces[1].titre"),
        ("F023", 8, 9, "groupe"),
    ]


def test_a_misspelled_required_key_is_one_fault():
    assert found("titres: x") == [("F020", 1, 1, "titres")]
    assert messages("titres: x") == ["La clé `titres` n'existe pas : vouliez-vous dire `titre` ?"]


def test_unknown_keys_say_where_they_belong():
    assert "elle s'écrit dans `versions.*`" in messages("titre: x\nconfiance: usage")[0]
    usages = Usages(cles={"certitude": ("confiance",), "nom": ("titre",)})
    assert "`confiance`, qui s'écrit dans `versions.*` ?" in messages("titre: x\ncertitude: usage", usages)[0]
    assert "vouliez-vous dire `titre` ?" in messages("titre: x\npieces: [{titre: a, nom: b}]", usages)[0]
    assert messages("titre: x\nzzz: 1")[0].endswith("Clés admises : `titre`, `versions`, `pieces`, `groupe`.")
    assert (
        "dans `versions.2024-01-01` : vouliez-vous dire `valeur` ?"
        in messages("titre: x\nversions: {2024-01-01: {valeur: 1, vaelur: 2}}")[0]
    )


def test_closed_words_are_listed_with_the_nearest():
    text = "titre: x\nversions: {2024-01-01: {valeur: 1, confiance: Texte vu, rang: 3}}"
    word, rank = messages(text)
    assert word.startswith(
        "`versions.2024-01-01.confiance` : « Texte vu » ne convient pas ; admis : `texte-vu`, `usage`"
    )
    assert word.endswith("vouliez-vous dire `texte-vu` ?")
    assert "admis : `1`, `2`" in rank
    usages = Usages(mots={"habitude": ("usage",)})
    assert messages("titre: x\nversions: {2024-01-01: {valeur: 1, confiance: habitude}}", usages)[0].endswith(
        "`usage` ?"
    )


def test_reasons_are_french():
    text = """\
    titre: [1]
    versions: {2024-01-01: {valeur: 1.5, le: 15/12/2026}}
    pieces: {a: 1}
    groupe: {membres: [{poids: 0, titre: 3}]}
    """
    for message in messages(text):
        assert not {"should", "input", "valid", "error", "than", "value"} & set(message.lower().split()), message
    assert "« 1.5 » ne convient pas ; la valeur est entière." in messages(text)[1]
    assert "au moins 1 est attendu" in messages("titre: x\npieces: [{titre: a, poids: 0}]")[0]


def test_what_is_not_a_mapping():
    for text in ("", "# rien", "- a", "abc"):
        arbre = read_yaml(text, "r.yaml")
        model, (fault,) = validate(Regle, arbre)
        assert (model, fault.code, fault.ligne) == (None, "F010", 1)


def test_a_flood_of_faults_is_cut():
    text = "titre: x\n" + "".join(f"k{n}: 1\n" for n in range(2000))
    _, faults = check(text)
    assert len(faults) == 501
    assert [d.message for d in faults if d.code == "F012"] == [
        "1500 autres constats de forme ne sont pas montrés : corriger d'abord ceux-ci."
    ]


def test_keys_of_models():
    assert keys_at(Regle, ()) == ("titre", "versions", "pieces", "groupe")
    assert keys_at(Regle, ("versions", "2024-01-01")) == ("valeur", "confiance", "rang", "le")
    assert keys_at(Regle, ("groupe", "membres", 3)) == ("titre", "poids", "membres")
    assert keys_at(Regle, ("titre",)) == ()
    assert keys_at(Regle, ("nulle", "part")) == ()
    assert elsewhere(Regle)["poids"] == ("pieces[]", "groupe.membres[]")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Marché", "marche"),
        ("accord cadre", "accord-cadre"),
        ("acord-cadre", "accord-cadre"),
        ("zzz", None),
        ("", None),
    ],
)
def test_nearest(word, expected):
    assert nearest(word, ("marche", "accord-cadre")) == expected


def test_folding_and_lists():
    assert folded("  Maîtrise d'Œuvre ") == "maitrise-d-oeuvre"
    assert enumerated(["a", "b"]) == "`a`, `b`"
    assert enumerated(["a", "b", "c"], 2) == "`a`, `b`, …"
