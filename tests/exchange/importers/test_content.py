"""Encodings of a file, and what is refused before any of it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import OCTETS, decoded, has_doctype, read
from clausegen.exchange.importers.registry import import_bytes
from clausegen.exchange.yamlout import describe
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook
from tests.exchange.importers.conftest import eforms, import_one

NOTICE = "<ContractNotice><ProcurementProject><Name>Réfection d’été</Name></ProcurementProject></ContractNotice>"


@pytest.mark.parametrize(
    "octets",
    [
        NOTICE.encode(),
        b"\xef\xbb\xbf" + NOTICE.encode(),
        NOTICE.encode("utf-16"),
        NOTICE.encode("utf-16-be"),
        ('<?xml version="1.0" encoding="utf-16"?>' + NOTICE).encode("utf-16"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>' + NOTICE).encode("cp1252"),
        ("\n<?xml version='1.0' encoding='windows-1252'?>" + NOTICE).encode("cp1252"),
    ],
)
def test_encodings(octets):
    assert import_one(octets)["objet"] == "Réfection d’été"


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        (b" " * (OCTETS + 1), "taille"),
        (b"", "vide"),
        (b" \n", "vide"),
        (b"%PDF-1.7", "PDF"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "ancien fichier Office"),
        (b"\x1f\x8b\x08", "archive"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "utf-7"),
        (b"\xff\xfe\x00", "codage"),
        (b"<ContractNotice>", "mal formé"),
        (b'{"a": ', "mal formé"),
        (b"[" * 100_000, "emboîte"),
        (b'{"donnees":' + b"[" * 500 + b"]" * 500 + b"}", "donnees"),
        (b"<ContractNotice>" + b"<a>" * 200 + b"</a>" * 200 + b"</ContractNotice>", "emboîte"),
        (b"<a>" + b"<b/>" * 600_001 + b"</a>", "éléments"),
        (b"[" + b"1," * 600_001 + b"1]", "valeurs"),
        (b'<ContractNotice a="' + b"x" * 11_000_000 + b'"/>', "mal formé"),
    ],
    ids=range(16),
)
def test_what_is_refused(octets, why):
    with pytest.raises(ClausegenError, match=why):
        import_bytes(octets, "avis", rulebook())


BILLION = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><ContractNotice><Name>&d;</Name></ContractNotice>'


@pytest.mark.parametrize(
    "octets",
    [
        BILLION.encode(),
        ('<?xml version="1.0"?><!-- <a> --><?x?>' + BILLION).encode(),
        BILLION.encode("utf-16"),
        b'<!DOCTYPE a SYSTEM "http://exemple.fr/a.dtd"><ContractNotice/>',
    ],
)
def test_no_document_type(octets):
    with pytest.raises(ClausegenError, match="DOCTYPE"):
        import_bytes(octets, "avis.xml", rulebook())


def test_a_document_type_within_a_text_is_no_declaration():
    assert not has_doctype("<a><![CDATA[<!DOCTYPE html>]]></a>") and not has_doctype("<!-- <!DOCTYPE a> --><a/>")
    assert has_doctype("<!-- a --> <!doctype a><a/>") and not has_doctype("<!-- <!DOCTYPE a>")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(octets):
    try:
        import_bytes(octets, "avis", rulebook())
    except ClausegenError as error:
        assert str(error)


_PIECES = st.sampled_from(
    [
        "",
        "0",
        "1",
        "-5",
        "9" * 25,
        "2026-13-45",
        "é" * 3000,
        "1 200 €",
        "LOT-99999",
        "NaN",
        "45000000",
        "FR",
        "{{x}}",
        "# : - '",
        "null",
        "~",
        "…",
        "&amp;",
        "&lt;",
        "%",
    ]
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "2026-EV-041",
                    "ORG-0001",
                    "FRH03",
                    "77310000",
                    "LOT-0001",
                    "open",
                    "Ville de Rennes",
                    "2026-12-15+01:00",
                    "services",
                    "languageID",
                ]
            ),
            _PIECES,
        ),
        max_size=6,
    )
)
def test_whatever_a_notice_holds_its_description_loads(changes):
    text = eforms()
    for old, new in changes:
        text = text.replace(old, new if old != "languageID" else "languageID")
    import_one(text)


@given(st.text(max_size=200))
def test_any_text_decodes_back(text):
    try:
        octets = text.encode("utf-8")
    except UnicodeEncodeError:
        return
    if (
        b"\x00" not in octets[:4]
        and not text.lstrip().startswith("<?xml")
        and not octets.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        assert decoded(octets) == text.removeprefix("\ufeff")


def test_a_text_too_long_is_cut():
    text = NOTICE.replace("Réfection", "mot " * 100_000)
    assert len(import_one(text)["objet"]) <= 1000


def test_shapes():
    assert read(b"<a/>").genre == "xml" and read(b"{}").genre == "json" and read(b"PK\x03\x04").genre == "classeur"
    assert read(b"objet;montant").genre == "texte"


def test_markets_beyond_count_are_refused():
    text = "objet;montant\n" + "a;2\n" * 2001
    with pytest.raises(ClausegenError, match="2001 marchés"):
        import_bytes(text.encode(), "plan.csv", rulebook())


def test_same_file_same_text():
    first, second = (
        describe(import_bytes(eforms().encode(), "a.xml", rulebook())[0], open_words(rulebook())) for _ in range(2)
    )
    assert first == second
