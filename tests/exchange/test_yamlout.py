"""An import as text: it loads, says where each value comes from, and a value that is refused becomes a question."""

from decimal import Decimal

import pytest

from clausegen.description.load import load_text
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.exchange.importers.interface import Importation, Nature, Releve
from clausegen.exchange.yamlout import describe, nested
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook

VOCABULAIRE = open_words(rulebook())


def importation(*champs, questions=None):
    constats = (Diagnostic("I001", Niveau.INFORMATION, "x", fichier="avis.xml"),)
    return Importation("001-x", ("Avis n° 1",), champs, questions or {}, constats)


def releve(chemin, valeur, nature=Nature.LU, explication=""):
    return Releve(chemin, valeur, "/a/b", nature, explication)


def test_counts_and_comments():
    found = describe(
        importation(
            releve("objet", "Essai"),
            releve("cpv", "77310000", Nature.DEDUIT, "d'après le lot"),
            releve("lots[0].numero", 1, Nature.A_CONFIRMER, "un lot"),
            questions={"ccag": "Lequel ?"},
        ),
        VOCABULAIRE,
    )
    assert found.bilan == "1 champ lu, 1 déduit, 1 à confirmer, 1 question"
    assert "objet: Essai  # lu : /a/b" in found.texte
    assert 'cpv: "77310000"  # déduit : d\'après le lot (/a/b)' in found.texte
    assert "- numero: 1  # à confirmer : un lot (/a/b)" in found.texte and "# ccag: …  # Lequel ?" in found.texte


def test_what_the_reader_refuses_becomes_a_question():
    found = describe(
        importation(
            releve("objet", "Essai"),
            releve("nature", "travail"),
            releve("lots[0].cpv_secondaires", ["77310000", "00000000"]),
            releve("lots[0].intitule", "Nord"),
            releve("acheteur.siret", "1"),
        ),
        VOCABULAIRE,
    )
    assert [c.code for c in found.constats] == ["I001", "I009", "I009", "I009"]
    lecture = load_text(found.texte, "x.yaml", VOCABULAIRE)
    assert lecture.marche is not None and lecture.marche.nature is None and lecture.marche.lots[0].intitule == "Nord"
    assert "# nature: …" in found.texte and all(c.fichier == "avis.xml" for c in found.constats)


def test_without_anything_readable():
    with pytest.raises(ClausegenError):
        describe(importation(releve("reference", "x")), VOCABULAIRE)
    with pytest.raises(ClausegenError, match="taille"):
        describe(importation(releve("objet", "x" * 1_100_000)), VOCABULAIRE)


def test_nested():
    champs = (releve("lots[1].calibrage.cout_horaire", Decimal(36)), releve("objet", "x"))
    assert nested(champs) == {"version": 1, "lots": [{}, {"calibrage": {"cout_horaire": Decimal(36)}}], "objet": "x"}


def test_steps_that_every_extension_repeats_are_left_out():
    place = "/N/ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension/efac:Organizations"
    found = describe(importation(Releve("objet", "x", place, Nature.LU)), VOCABULAIRE)
    assert "lu : /N//efac:Organizations" in found.texte
