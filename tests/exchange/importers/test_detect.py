"""The format of a file by what it holds, and why others are refused."""

import json

import pytest

from clausegen.errors import ClausegenError
from clausegen.exchange.importers.content import read
from clausegen.exchange.importers.detect import BOAMP, DECP, EFORMS, PLAN, TED, detect, first_record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ContractNotice/>", EFORMS),
        ("<x:ContractAwardNotice xmlns:x='urn:x'/>", EFORMS),
        ("<TED_EXPORT/>", TED),
        ("<jo:ann xmlns:jo='urn:x'/>", BOAMP),
        ("<marches/>", DECP),
        ('{"marches": []}', DECP),
        ('[{"objet": "x", "codecpv": "45000000"}]', DECP),
        ('{"results": [{"donnees": "{}"}]}', BOAMP),
        ('{"ContractNotice": {}}', BOAMP),
        ("Objet;Montant\nx;1", PLAN),
    ],
)
def test_formats(text, expected):
    assert detect(read(text.encode())) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<xs:schema xmlns:xs='urn:x'/>", "schéma XML"),
        ("<html/>", "page web"),
        ("<BusinessRegistrationInformationNotice/>", "immatriculation"),
        ("<facture/>", "« facture »"),
        ('{"$schema": "x", "properties": {}}', "schéma JSON"),
        ('{"version": 1, "objet": "x"}', "déjà une description"),
        ("version: 1\nobjet: x\n", "déjà une description"),
        ('{"a": 1}', "ni avis ni données essentielles"),
        ("[]", "ni avis"),
        ("[1]", "ni avis"),
    ],
)
def test_refusals_say_what_the_file_is(text, why):
    with pytest.raises(ClausegenError, match=why):
        detect(read(text.encode()))


def test_first_record():
    assert first_record(json.loads('{"records": [{"fields": {"a": 1}}]}')) == {"a": 1}
    assert first_record([]) is None and first_record("x") is None
