import re
from pathlib import Path

import pytest

from clausegen.assistant.fields import champ
from clausegen.description.marche import Marche
from clausegen.dossier.view import NONE_MEANT
from clausegen.files.modelkeys import elsewhere
from clausegen.law.rulebook import rulebook
from clausegen.reports.keypages import key_markdown, keys, markdown
from clausegen.reports.keyvalues import admitted, shown, words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def known():
    return keys(rulebook())


def test_every_key_of_the_models_has_its_page(known):
    paths = {f"{place}.{name}" if place else name for name, places in elsewhere(Marche).items() for place in places}
    # The keys of a lot's own `insertion` are those of the market's.
    assert set(known) == {path for path in paths if not path.startswith("lots[].insertion.")}


def test_a_key_has_the_title_and_the_words_of_its_model(known):
    for path, cle in known.items():
        model = champ(path)
        assert model is not None and cle.titre == model.titre
        if model.mots and "publics" not in path and "secteur" not in path:
            assert {w for w, _ in model.mots if f"`{w}`" not in cle.valeurs} <= {w for w, _ in cle.mots}, path


def test_every_fact_has_its_question(known):
    facts = rulebook().donnees["faits"]["faits"]
    assert {path for path, cle in known.items() if cle.question} == set(facts) & set(known)
    assert set(facts) <= set(known)


def test_what_absence_means(known):
    assert known["objet"].obligatoire and known["lots[].heures.par_tranche.montant_ht"].obligatoire
    assert {path for path, cle in known.items() if cle.obligatoire and "." not in path} == {"version", "objet"}
    assert all(cle.absence for cle in known.values() if not cle.obligatoire)
    for path, entry in rulebook().donnees["defauts"]["defauts"].items():
        assert f"`{shown(entry['valeur'])}`" in known[path].absence
    assert known["nature"].absence == "Absente : demandée."
    assert "false" in known["lots[].reprise_personnel"].absence
    assert not [path for path in NONE_MEANT if known[path].absence == "Absente : demandée."]
    assert "acheteur sans" not in known["insertion.validateur"].absence
    assert "`acheteur` sans facilitateur" in known["insertion.validateur"].absence


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("version", "`1`"),
        ("duree_mois", "un nombre entier, de 1 à 1 200"),
        ("date_lancement", "une date, par exemple `2026-12-15`"),
        ("lots[].calibrage.taux_effort", 'un nombre, de 0 à 1, par exemple `0.05` ou `"5 %"`'),
        ("lots[].calibrage.secteur", "un mot de la liste [Secteurs](#secteurs)"),
        ("insertion.publics", "une liste ; chaque élément : un mot de la liste [Publics](#publics), ou le mot `ccag`"),
        ("lots", "une liste de blocs"),
        ("acheteur.adresse", "un bloc de clés"),
        ("facilitateur.gere_siae", "`true` (oui) ou `false` (non)"),
        ("lots[].heures", "un bloc de clés, ou le mot `auto`, ou un nombre entier"),
        ("lots[].heures.par_tranche.montant_ht", "un nombre, plus grand que 0, par exemple `450000`"),
    ],
)
def test_what_may_be_written(known, path, values):
    assert known[path].valeurs.startswith(values)


def test_what_only_asks_is_not_a_value():
    blank = {"type": ["null", "string"], "pattern": "^$"}
    assert admitted({"anyOf": [{"type": "boolean"}, blank]}, {}) == "`true` (oui) ou `false` (non)"
    assert words({"anyOf": [{"enum": ["a", "b"], "type": "string"}, blank]}, {"autres": {"c": ""}}) == (
        ("a", ""),
        ("b", ""),
    )
    assert words({"enum": ["a", "b"], "type": "string"}, {"autres": {"a": "", "b": ""}}) == ()


def test_a_page_says_each_thing_once(known):
    text = key_markdown(known["lots[].cpv"])
    assert text.count("Absent") == 1 and "« Quel est le code CPV de ce lot" in text.replace("\u00a0", " ")


def test_the_documentation_is_current_and_typographed():
    path = ROOT / "docs" / "cles.md"
    if not path.is_file():
        pytest.skip("tests run away from the project")
    text = markdown(rulebook())
    assert path.read_text(encoding="utf-8") == text, "python -m clausegen.reports.keypages > docs/cles.md"
    prose = [line for line in text.splitlines() if line.startswith("Question")]
    assert prose and not [line for line in prose if re.search(r" [?:;»]", line)]
    assert text.count("## À la racine") == 1
