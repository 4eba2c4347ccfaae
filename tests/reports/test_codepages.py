from pathlib import Path

import pytest

from clausegen.description.load import load_text
from clausegen.french.typography import plain
from clausegen.law.decide import decide
from clausegen.law.findings import Finder
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook
from clausegen.reports.codepages import FAMILLES, list_text, markdown, page_markdown, page_text, pages, suggestions

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def known():
    return pages(rulebook())


def test_every_code_has_its_page_whatever_file_holds_it(known):
    files = rulebook().donnees
    listed = {code for key, content in files.items() if key.startswith("codes/") for code in content["codes"]}
    listed |= {key.removeprefix("relecture/") for key in files if key.startswith("relecture/")}
    assert set(known) == listed
    assert {code[0] for code in known} <= set(FAMILLES)


def test_a_proofreading_rule_is_a_page():
    class Livre:
        regles = {}  # noqa: RUF012
        donnees = {  # noqa: RUF012
            "sources/ccp": rulebook().donnees["sources/ccp"],
            "relecture/R09": {
                "titre": "Article faux",
                "niveau": "erreur",
                "explication": "Pourquoi.",
                "remede": "Corriger.",
                "depuis": "0.2.0",
                "source": ["ccp-l2113-12", "ccag:penalites"],
            },
        }

    page = pages(Livre())["R09"]
    assert plain(page_text(page)) == (
        "R09 : Article faux\n\nPourquoi.\n\nFondements : CCP, art. L. 2113-12.\n\nQue faire : Corriger.\n"
        "Depuis la version 0.2.0."
    )


def test_the_rules_that_conclude_by_a_code_give_its_grounds(known):
    page = known["D104"]
    assert page.regles == ("motif-inadmissible",)
    assert plain(" ; ".join(page.fondements)) == "CCP, art. L. 2112-2-1 ; CCP, art. L. 3114-2-1"
    assert "clausegen rules show motif-inadmissible" in plain(page_text(page))
    assert "`clausegen rules show motif-inadmissible`" in page_markdown(page)
    assert known["F001"].fondements == ()


def test_examples_keep_the_characters_of_yaml(known):
    page = known["S005"]
    for text in (page_text(page), page_markdown(page)):
        assert 'reference: "2026-EV-041"' in text
        assert plain(text).index("À ne pas écrire :") < plain(text).index("À écrire :")


def test_the_list_holds_every_title(known):
    text = list_text(known)
    assert all(f"  {code}  " in text for code in known)
    assert text.startswith(FAMILLES["F"])


@pytest.mark.parametrize(
    ("asked", "near"),
    [("D1O1", "D101"), ("D199", "D1"), ("F00", "F00"), ("SIRET", "F035"), ("CCAG", "D13"), ("TABULATION", "F004")],
)
def test_suggestions(known, asked, near):
    found = suggestions(asked, known)
    assert found and found[0].code.startswith(near)


def test_a_letter_is_a_family_and_nonsense_is_nothing(known):
    assert {page.code for page in suggestions("S", known)} == {code for code in known if code.startswith("S")}
    assert suggestions("ÿÿÿÿÿ", known) == []


def test_the_documentation_is_current():
    path = ROOT / "docs" / "codes.md"
    if not path.is_file():
        pytest.skip("tests run away from the project")
    message = "docs/codes.md : python -m clausegen.reports.codepages > docs/codes.md"
    assert path.read_text(encoding="utf-8") == markdown(rulebook()), message


def test_the_documentation_is_typographed():
    text = markdown(rulebook())
    prose = [line for line in text.splitlines() if line.startswith("**Que faire")]
    assert prose and not [line for line in prose if " :**" in line]


OPENING = "version: 1\nobjet: Essai\n"
EXAMPLES = {code: page for code, page in pages(rulebook()).items() if page.mauvais and code[0] in "FCDHQ"}


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_shows_its_code_and_its_remedy_does_not(code):
    """A page shows a part of a description: it is read after the two keys that are always there."""

    def found(text):
        opening = "".join(f"{line}\n" for line in OPENING.splitlines() if line.partition(":")[0] + ":" not in text)
        if "lots" not in text and "departement" not in text and "groupement" in text:
            text = f"acheteur:\n  {text}"
        lecture = load_text(f"{opening}{text}\n", "a.yaml", open_words(rulebook()))
        if lecture.marche is None or code[0] == "F":
            return {d.code for d in lecture.diagnostics}
        finder = Finder("a.yaml", lecture.position)
        decision = decide(lecture.marche, rulebook(), None, finder).decision
        return {d.code for d in (*lecture.diagnostics, *decision.diagnostics)}

    assert code in found(EXAMPLES[code].mauvais)
    assert not {c for c in found(EXAMPLES[code].bon) if c == code or c[0] == "F"}
