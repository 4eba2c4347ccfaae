import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausegen.diagnostics import Position
from clausegen.files import yamltree
from clausegen.files.treepath import format_path, parse_path
from clausegen.files.yamlscalars import Scalaire
from clausegen.files.yamltree import Limites, decode, plain, read_yaml


def values(text: str):
    arbre = read_yaml(text, "essai.yaml")
    assert arbre.diagnostics == ()
    return plain(arbre)


def faults(text: str, **limites: int):
    arbre = read_yaml(text, "essai.yaml", limites=Limites(**limites))
    return [(d.code, d.ligne, d.colonne) for d in arbre.diagnostics]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("non", "non"),
        ("oui", "oui"),
        ("off", "off"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("012", "012"),
        ("00.5", "00.5"),
        ("21350238800019", 21350238800019),
        ("0", 0),
        ("-7", -7),
        ("0x1F", 31),
        ("0o17", 15),
        ("0.65", Decimal("0.65")),
        (".5", Decimal("0.5")),
        ("1e3", Decimal("1E+3")),
        ("1e99999999999", "1e99999999999"),
        ("9" * 5000, "9" * 5000),
        (".inf", Decimal("Infinity")),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("'true'", "true"),
        ("2026-12-15", date(2026, 12, 15)),
        ('"2026-12-15"', "2026-12-15"),
        ("2026-02-30", "2026-02-30"),
        ("!!str 12", "12"),
        ('!!int "12"', 12),
        ("! 12", "12"),
    ],
)
def test_core_schema(written, expected):
    found = values(f"a: {written}")["a"]
    assert found == expected
    assert type(found) is type(expected)


def test_scalars_keep_the_text_as_written():
    arbre = read_yaml("a: 007\nb: 1.50\nc: '1.50'", "f")
    assert arbre.racine == {"a": "007", "b": "1.50", "c": "1.50"}
    assert isinstance(arbre.racine["b"], Scalaire)
    assert arbre.racine["b"].valeur == Decimal("1.50")
    assert (arbre.racine["b"].cite, arbre.racine["c"].cite) == (False, True)
    assert arbre.racine["c"].valeur == "1.50"


def test_dated_keys_become_days():
    assert values("versions:\n  2024-01-01: {valeur: 1}") == {"versions": {date(2024, 1, 1): {"valeur": 1}}}


def test_places():
    arbre = read_yaml("objet: x\nlots:\n  - numero: 1\n    heures:  auto\n  - {numero: 2}\n", "f")
    assert arbre.position_cle(("lots", 0, "heures")) == Position(4, 5)
    assert arbre.position(("lots", 0, "heures")) == Position(4, 14)
    assert arbre.position_cle(("lots", 1)) == arbre.position(("lots", 1)) == Position(5, 5)
    assert arbre.position(("lots", 1, "numero")) == Position(5, 14)
    assert arbre.position(()) == Position(1, 1)
    assert arbre.position(("lots", 7)) is None
    assert arbre.position(("objet", "x")) is None


def test_places_after_a_mark_and_windows_lines():
    arbre = read_yaml("\ufeffé: 1\r\nb:  2\r\n", "f")
    assert arbre.position(("b",)) == Position(2, 5)
    assert arbre.position_cle(("é",)) == Position(1, 1)


def test_json_by_the_same_reader():
    data = {"objet": "Espaces verts 🌳 \u2028 / \\", "lots": [{"numero": 1, "vrai": True, "rien": None}], "a/b": "\t"}
    for ascii_only in (True, False):
        for indent in (None, 2, "\t"):
            assert values(json.dumps(data, ensure_ascii=ascii_only, indent=indent)) == data


def test_surrogate_pairs_only_mean_a_character_between_double_quotes():
    text = r"""{"a": "\ud83d\ude00!", "b": '\ud83d\ude00', "c": "\\ud83d\\ude00", "d": 1}"""
    assert values(text) == {"a": "😀!", "b": r"\ud83d\ude00", "c": r"\ud83d\ude00", "d": 1}
    arbre = read_yaml(text, "f")
    assert arbre.position(("d",)) == Position(1, text.index(": 1}") + 3)


def test_line_separators_do_not_end_a_yaml_line():
    arbre = read_yaml("a: b\u2028c\x85d\ne: f", "f")
    assert arbre.racine == {"a": "b\u2028c\x85d", "e": "f"}
    assert arbre.position(("e",)) == Position(2, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\tb: 1", [("F004", 2, 1)]),
        ("a: >\n\tb", [("F004", 2, 1)]),
        ("a: b: c", [("F003", 1, 5)]),
        ("a: [1, 2", [("F003", 1, 4)]),
        ("{a: 1 b: 2}", [("F003", 1, 8)]),
        ('a: 1\nb: "x', [("F003", 2, 4)]),
        ("a: @b", [("F003", 1, 4)]),
        ("- a\nb: c", [("F003", 2, 1)]),
        ("a: x\x07\nb: \x00", [("F002", 1, 5), ("F002", 2, 4)]),
        ("a: \ud800", [("F002", 1, 4)]),
        (r'a: "\ud83d"', [("F003", 1, 7)]),
        ("a: 1\nb: 2\na: 3\nb: 4", [("F005", 3, 1), ("F005", 4, 1)]),
        ("a: {b: 1, 'b': 2}", [("F005", 1, 11)]),
        ("a: !x b\nc: !!set {d}", [("F006", 1, 4), ("F006", 2, 4)]),
        ("a: !!python/object:os.system x", [("F006", 1, 4)]),
        ("a: !!int x", [("F006", 1, 4)]),
        ("a: *b", [("F007", 1, 4)]),
        ("a: &a [*a]", [("F007", 1, 8)]),
        ("a: 1\n---\nb: 2", [("F009", 2, 1)]),
        ("? [a]\n: b\nc: 1", [("F011", 1, 3)]),
        ("a: &x {b: 1}\nc:\n  <<: *x", [("F011", 3, 3)]),
        ("%YAML 7.0\n---\na: 1", [("F003", 1, 1)]),
    ],
)
def test_faults_are_placed(text, expected):
    assert faults(text) == expected


def test_messages_are_french_and_helpful():
    texts = [
        "a:\n\tb: 1",
        "a: b: c",
        "a: [1",
        "a: 'x",
        "a: %b",
        "- a\nb",
        "a: ]",
        "%X\n---\na",
        "a: !<x",
        "a: |x\n b",
        "a: *",
        "a: &",
    ]
    for text in texts:
        (found,) = read_yaml(text, "f").diagnostics
        words = found.message.lower()
        assert not any(word in words.split() for word in ("expected", "found", "while", "not", "the")), found
    assert "espaces" in read_yaml("a:\n\tb: 1", "f").diagnostics[0].message
    assert "« % »" in read_yaml("a: %b", "f").diagnostics[0].message
    assert "ligne 1, colonne 1" in read_yaml("a: 1\na: 2", "f").diagnostics[0].message


def test_a_faulty_key_does_not_hide_the_rest():
    arbre = read_yaml("a: 1\na: 2\nb: !x 3\nc: 4", "f")
    assert arbre.lisible
    assert arbre.racine == {"a": "1", "b": "3", "c": "4"}
    assert [d.chemin for d in arbre.diagnostics] == ["a", "b"]


def test_aliases_are_expanded():
    arbre = read_yaml("a: &x {b: 1}\nc: *x\nd: [*x]\n&k e: *k", "f")
    assert plain(arbre) == {"a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}], "e": "e"}
    assert arbre.position_cle(("c",)) == Position(2, 1)
    assert arbre.position(("c", "b")) == Position(1, 11)


def test_limits():
    laughs = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    chain = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 100))
    for text in (laughs, chain, "[" * 3000, "- " * 3000 + "a", '{"a":' * 500 + "1" + "}" * 500):
        arbre = read_yaml(text, "f")
        assert [d.code for d in arbre.diagnostics] == ["F008"]
        assert arbre.racine is None
    assert faults("a: é", octets=4) == [("F008", 1, 1)]
    assert faults("a: é", octets=5) == []
    assert faults("a: [1, 2]", noeuds=4) == [("F008", 1, 8)]
    assert faults("a: [1, 2]", noeuds=5) == []
    assert faults("a: [[1]]", profondeur=2) == [("F008", 1, 5)]
    assert len(read_yaml("a: 1\n" * 5000, "f").diagnostics) == 501


def test_bytes_must_be_utf8():
    assert decode("\ufeffé: 1".encode(), "f") == ("é: 1", ())
    text, (found,) = decode("a: 1\nbé: é".encode("cp1252"), "f")
    assert text is None
    assert (found.code, found.ligne, found.colonne) == ("F001", 2, 2)
    assert decode("é".encode("utf-16"), "f")[1][0].code == "F001"


def test_without_libyaml_the_tree_is_the_same(monkeypatch):
    text = "objet: 'été'\nlots:\n  - {numero: 1, heures: [210, 105]}\nx: &a |\n  texte\ny: *a\n"
    fast = read_yaml(text, "f")
    monkeypatch.setattr(yamltree, "CParser", None)
    slow = read_yaml(text, "f")
    assert slow.racine == fast.racine
    assert slow.position(("lots", 0, "heures", 1)) == fast.position(("lots", 0, "heures", 1))
    assert [d.code for d in read_yaml("a: [\nb: 'x", "f").diagnostics] == ["F003"]
    assert [d.code for d in read_yaml("a:\n\tb: 1", "f").diagnostics] == ["F004"]


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_raises(text):
    arbre = read_yaml(text, "f")
    plain(arbre)
    assert arbre.lisible or arbre.diagnostics
    assert all(d.ligne and d.colonne for d in arbre.diagnostics)


@given(st.text(alphabet="ab:-[]{}'\"#&*!|>%@,? \n\t1.\\ud8", max_size=60))
@settings(max_examples=500, deadline=None)
def test_no_broken_yaml_raises(text):
    arbre = read_yaml(text, "f")
    plain(arbre)
    assert arbre.lisible or arbre.diagnostics


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_json_reads_as_itself(data, ascii_only):
    text = json.dumps(data, ensure_ascii=ascii_only)
    arbre = read_yaml(text, "f")
    if arbre.diagnostics:
        # Control characters and lone surrogates are refused, and nothing else.
        assert {d.code for d in arbre.diagnostics} <= {"F002", "F003"}
        assert any(ord(c) in range(0x7F, 0xA0) or c in "\ufffe\uffff" for c in text) or "\\ud" in text
    else:
        assert _as_json(arbre.racine) == data


def _as_json(node):
    if isinstance(node, Scalaire):
        return node.valeur
    if isinstance(node, dict):
        return {key: _as_json(value) for key, value in node.items()}
    return [_as_json(item) for item in node] if isinstance(node, list) else node


def test_paths():
    assert format_path(("lots", 0, "heures")) == "lots[0].heures"
    assert parse_path("lots[12].insertion.publics[0]") == ("lots", 12, "insertion", "publics", 0)
    assert parse_path("") == ()
    assert format_path(("x\ny" + "z" * 100,)).startswith("x y")
