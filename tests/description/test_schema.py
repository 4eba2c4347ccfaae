import json
import re
from decimal import Decimal
from typing import Any, get_args

import pytest

from clausegen.description import vocabulary
from clausegen.description.marche import Marche
from clausegen.description.misnomers import USAGES
from clausegen.description.schema import json_schema
from clausegen.files.modelkeys import elsewhere
from clausegen.files.nearest import folded
from clausegen.files.yamltree import plain

TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, Decimal),
    "boolean": bool,
    "null": type(None),
    "object": dict,
    "array": list,
}


def accepts(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    """Check a value against the part of JSON Schema that the description uses."""
    known = {
        "$ref",
        "$schema",
        "$defs",
        "type",
        "enum",
        "const",
        "anyOf",
        "oneOf",
        "properties",
        "required",
        "additionalProperties",
    }
    known |= {
        "items",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "title",
        "description",
        "default",
        "examples",
        "format",
        "enumDescriptions",
    }
    assert set(schema) <= known, set(schema) - known
    if "$ref" in schema and not accepts(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], value, root):
        return False
    kinds = schema.get("type", list(TYPES))
    if not any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        return False
    if "anyOf" in schema and not any(accepts(s, value, root) for s in schema["anyOf"]):
        return False
    if "oneOf" in schema and sum(accepts(s, value, root) for s in schema["oneOf"]) != 1:
        return False
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        above = value >= schema.get("minimum", value) and value > schema.get("exclusiveMinimum", value - 1)
        return above and value <= schema.get("maximum", value)
    if isinstance(value, list):
        return all(accepts(schema.get("items", {}), item, root) for item in value)
    if isinstance(value, dict):
        return _object(schema, value, root)
    return True


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, TYPES[kind]) and not (isinstance(value, bool) and kind != "boolean")


def _object(schema: dict[str, Any], value: dict[str, Any], root: dict[str, Any]) -> bool:
    keys = schema.get("properties", {})
    if schema.get("additionalProperties") is False and not set(value) <= set(keys):
        return False
    return set(schema.get("required", ())) <= set(value) and all(
        accepts(keys.get(k, {}), v, root) for k, v in value.items()
    )


def as_json(lecture) -> Any:
    return json.loads(
        json.dumps(plain(lecture.arbre), default=lambda v: float(v) if isinstance(v, Decimal) else str(v)),
        parse_float=Decimal,
    )


def test_it_names_its_dialect_and_speaks_french(vocabulaire):
    schema = json_schema(vocabulaire)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in schema
    assert schema["required"] == ["version", "objet"]
    assert schema["additionalProperties"] is False
    for block in (schema, *schema["$defs"].values()):
        assert re.search(r"[a-z]", block["title"])
        assert "description" not in block
        for key, entry in block["properties"].items():
            assert len(entry["title"]) > 3, key
            assert entry["title"] != key


def test_keys_are_in_the_order_of_the_contract(vocabulaire):
    schema = json_schema(vocabulaire)
    assert list(schema["properties"])[:8] == [
        "version",
        "reference",
        "objet",
        "nature",
        "contrat",
        "ccag",
        "procedure",
        "regime",
    ]
    assert list(schema["properties"]) == list(Marche.model_fields)


def test_open_words_come_from_the_rules(vocabulaire):
    text = json.dumps(json_schema(vocabulaire), ensure_ascii=False)
    assert '"enum": ["espaces-verts", "vrd", "nettoyage"]' in text
    assert '"enum": ["qpv", "rsa", "iae"]' in text
    assert "x-liste" not in text


def test_it_accepts_the_whole_sample(complet, lire, vocabulaire):
    schema = json_schema(vocabulaire)
    assert accepts(schema, as_json(lire(complet, nu=True)), schema)


@pytest.mark.parametrize(
    "text",
    [
        "reference: 2026",
        "reference: true",
        "reference: ''",
        "nature: '…'",
        "nature: null",
        "valeur_estimee_ht: 450 000 €",
        "valeur_estimee_ht: '1 200 000,50'",
        "valeur_estimee_ht: 12.5",
        "acheteur: {siret: 21350238800019, courriel: ' a@b.fr '}",
        "acheteur: {profil_acheteur: ' HTTPS://b.fr '}",
        "lieu_execution: {departement: 35}",
        "cpv: 77310000",
        "cpv: ' 77310000 - 6 '",
        "duree_mois: '48'",
        "lots: [{heures: 35}, {heures: auto}, {heures: ' AUTO '}, {heures: '35'}, {heures: null}]",
        "lots: [{calibrage: {taux_effort: 5 %, part_main_oeuvre: '0,65', cout_horaire: '36 €'}}]",
        "insertion: {publics: ccag, modalites: [embauche-directe], penalites: {heure_non_realisee: 2 x smic, plafond_pct: 10 %}}",
        "insertion: {publics: [qpv], critere: null}",
        "lots: [{numero: null}, {numero: '02'}, {numero: ''}]",
        "lots: []",
        "facilitateur: {financeurs: ['…']}",
    ],
)
def test_it_accepts_every_writing_that_loads(lire, vocabulaire, text):
    schema = json_schema(vocabulaire)
    lecture = lire(text)
    assert lecture.marche is not None, lecture.diagnostics
    assert accepts(schema, as_json(lecture), schema)


@pytest.mark.parametrize(
    "text",
    [
        "nature: travail",
        "inconnue: 1",
        "valeur_estimee_ht: -1",
        "lots: [{calibrage: {taux_effort: 70}}]",
        "duree_mois: 1.5",
        "lots: {a: 1}",
    ],
)
def test_it_refuses_what_does_not_load(lire, vocabulaire, text):
    schema = json_schema(vocabulaire)
    lecture = lire(text)
    assert lecture.marche is None
    assert not accepts(schema, as_json(lecture), schema)


def test_every_closed_word_has_a_label():
    lists = {
        frozenset(get_args(value))
        for name, value in vars(vocabulary).items()
        if get_args(value) and name[0].isupper() and name != "Final"
    }
    for name, labels in vocabulary.LIBELLES.items():
        assert frozenset(labels) in lists, name
        assert all(labels.values())


def test_usual_wrong_names_lead_to_real_ones():
    """A wrong name never hides a key, is written as it is looked up, and leads to keys and words that exist."""
    keys = set(elsewhere(Marche))
    for wrong, right in USAGES.cles.items():
        assert wrong == folded(wrong)
        assert set(right) <= keys, wrong
    words = {w for labels in vocabulary.LIBELLES.values() for w in labels} | {"mono", "multi"}
    for wrong, right in USAGES.mots.items():
        assert wrong == folded(wrong)
        assert set(right) <= words, wrong
