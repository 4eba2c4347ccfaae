"""Every shipped example, run as a user would: `check`, `explain`, `draft`, and what the pieces then say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import docx
import pytest
import yaml

from clausegen.description.vocabulary import Ccag, Contrat, Dispositif

ROOT = Path(__file__).parents[2]
EXEMPLES = sorted((ROOT / "examples").glob("*/marche.yaml"))
NOMS = [path.parent.name for path in EXEMPLES]

# Worked out by hand: amount x share x rate / cost, rounded down to whole weeks; or as the file writes them.
HEURES = {
    "avant-aout-2026": {1: 420},
    "creches-concession": {1: 4200},
    "ecole-partenariat": {1: 7700},
    "espaces-verts": {1: 420, 2: 560},
    "incomplet": {},
    "informatique-par-commande": {},
    "maitrise-oeuvre-sans-facilitateur": {2: 1400},
    "mats-industriels": {3: 420},
    "mobilier-penitentiaire": {1: 140},
    "nettoyage": {1: 9975, 2: 1085, 3: 3745, 4: 3500},
    "plateaux-repas-formation": {1: 450, 2: 70},
    "soutien-scolaire-reserve": {},
    "traiteur-critere-reserve": {},
    "travaux-lots": {1: 315, 2: 105, 4: 105},
    "voyages-sans-clause": {},
}
# For the lots of the examples whose file says « auto » or leaves the dispositif out.
DISPOSITIFS_AUTO = {"nettoyage": {3: "clause"}, "travaux-lots": {2: "clause", 3: "aucun"}}
OBLIGATION = {
    "avant-aout-2026": "non-applicable",
    "creches-concession": "applicable",
    "ecole-partenariat": "applicable",
    "espaces-verts": "applicable",
    "incomplet": "a-preciser",
    "informatique-par-commande": "applicable",
    "maitrise-oeuvre-sans-facilitateur": "applicable",
    "mats-industriels": "applicable",
    "mobilier-penitentiaire": "applicable",
    "nettoyage": "applicable",
    "plateaux-repas-formation": "applicable",
    "soutien-scolaire-reserve": "non-applicable",
    "traiteur-critere-reserve": "applicable",
    "travaux-lots": "non-applicable",
    "voyages-sans-clause": "applicable",
}
# Under the duty, with no condition anywhere: the reasons are written instead.
SANS_CONDITION = {"voyages-sans-clause"}


@dataclass(frozen=True)
class Essai:
    """What the program said and wrote for one example."""

    nom: str
    attendu: int
    check: subprocess.CompletedProcess[str]
    draft: subprocess.CompletedProcess[str]
    decision: dict[str, Any]
    dossier: Path

    def docx(self) -> list[Path]:
        return sorted(self.dossier.glob("*.docx"))

    def lines(self, piece: str) -> list[str]:
        return paragraphs(self.dossier / f"{piece}.docx")


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clausegen", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def expected_code(path: Path) -> int:
    match = re.match(r"# attendu: ([012])\n", path.read_text(encoding="utf-8"))
    assert match, f"{path} : la première ligne doit être « # attendu: 0|1|2 »"
    return int(match[1])


def paragraphs(path: Path) -> list[str]:
    """Return the text of every paragraph, content controls included, with plain spaces and thousands joined."""
    body = docx.Document(str(path)).element.body
    found = []
    for paragraph in body.iter("{*}p"):
        text = "".join(node.text or "" for node in paragraph.iter("{*}t"))
        text = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))", "", text)
        found.append(re.sub(r"[\u00a0\u202f]", " ", text))
    return found


def says(lines: list[str], words: str) -> bool:
    """Tell whether a number or words stand in a paragraph, not inside a longer number."""
    return any(re.search(rf"(?<![\d,]){re.escape(words)}(?![\d,])", line) for line in lines)


def flat(text: str) -> str:
    """Return letters and figures alone: typography may change spaces, quotes and dashes, never a word."""
    return re.sub(r"\W+", "", text).casefold()


@pytest.fixture(scope="module", params=EXEMPLES, ids=NOMS)
def essai(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Essai]:
    path: Path = request.param
    dossier = tmp_path_factory.mktemp(path.parent.name) / "pieces"
    check, draft = run("check", path), run("draft", path, "-o", dossier)
    explained = run("explain", path, "--format", "json")
    yield Essai(path.parent.name, expected_code(path), check, draft, json.loads(explained.stdout), dossier)


def test_expectations_cover_every_example() -> None:
    assert set(NOMS) == set(HEURES) == set(OBLIGATION)


@pytest.mark.parametrize("path", EXEMPLES, ids=NOMS)
def test_header_names_schema_and_notice(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1] == "# yaml-language-server: $schema=../marche.schema.json"
    assert re.match(r"# Avis réel : (TED|BOAMP) n° [\d-]+", lines[2])
    assert any(line.startswith("# À voir :") for line in lines)


@pytest.mark.parametrize("path", EXEMPLES, ids=NOMS)
def test_no_personal_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [mail for mail in re.findall(r"[\w.+-]+@[\w.-]+", text) if not mail.endswith("@exemple.fr")]
    assert not re.findall(r"representant: \{nom:", text)


def test_readme_has_a_paragraph_for_each_example() -> None:
    text = (ROOT / "examples" / "LISEZMOI.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\*\*\[[\w-]+\]\(([\w-]+)/marche\.yaml\)\*\*\u00a0: \S", text, re.MULTILINE)) == NOMS


def test_schema_beside_the_examples_is_the_published_one() -> None:
    done = run("schema")
    kept = json.loads((ROOT / "examples" / "marche.schema.json").read_text(encoding="utf-8"))
    assert kept == json.loads(done.stdout), "refaire : clausegen schema > examples/marche.schema.json"


def test_check_exits_as_announced(essai: Essai) -> None:
    assert essai.check.returncode == essai.attendu, essai.check.stdout + essai.check.stderr


def test_check_of_the_whole_folder() -> None:
    done = run("check", "examples", "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == max(expected_code(path) for path in EXEMPLES)
    assert len(report["fichiers"]) == len(EXEMPLES)


def test_duty_is_the_one_the_example_shows(essai: Essai) -> None:
    duties = {duty["id"]: duty for duty in essai.decision["obligations"]}
    assert duties["condition-sociale"]["statut"] == OBLIGATION[essai.nom]
    if OBLIGATION[essai.nom] == "applicable":
        assert duties["condition-sociale"]["satisfaite"] is (essai.nom not in SANS_CONDITION)
        assert (essai.dossier / "motivation.docx").exists() is (essai.nom in SANS_CONDITION)


def test_auto_lots_are_settled_as_announced(essai: Essai) -> None:
    settled = {lot["numero"]: lot["dispositif"] for lot in essai.decision["lots"] if lot["choisi_par"] == "regle"}
    expected = DISPOSITIFS_AUTO.get(essai.nom, {})
    assert {numero: settled.get(numero) for numero in expected} == expected


def test_hours_are_those_worked_out_by_hand(essai: Essai) -> None:
    found = {
        lot["numero"]: lot["heures"]["volume"]
        for lot in essai.decision["lots"]
        if lot["heures"] and lot["heures"]["volume"] is not None
    }
    assert found == HEURES[essai.nom]


def test_draft_writes_the_paths_it_lists(essai: Essai) -> None:
    assert essai.draft.returncode == essai.attendu, essai.draft.stderr
    listed = {Path(line).name for line in essai.draft.stdout.splitlines()}
    assert {path.name for path in essai.docx()} == {name for name in listed if name.endswith(".docx")}
    assert "note.docx" in listed


def test_draft_holds_the_main_pieces_that_apply(essai: Essai) -> None:
    applicable = {document["id"] for document in essai.decision["documents"] if document["applicable"] is True}
    written = {path.stem for path in essai.docx()}
    assert applicable & {"note", "ccap", "convention", "rc", "ae", "publicite", "motivation"} <= written
    refused = {document["id"] for document in essai.decision["documents"] if document["applicable"] is False}
    assert not refused & written


def test_pieces_are_sound_word_files(essai: Essai) -> None:
    assert essai.docx()
    for path in essai.docx():
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
        assert docx.Document(str(path)).paragraphs, path.name
        leftovers = [line for line in paragraphs(path) if re.search(r"\{\{|\{%|Unknown\(|None\b|:::", line)]
        assert not leftovers, f"{path.name} : {leftovers[:3]}"


def test_pieces_state_the_same_hours(essai: Essai) -> None:
    written = {path.stem for path in essai.docx()}
    for numero, heures in HEURES[essai.nom].items():
        for piece in ("note", "ccap", "rc", "ae", "publicite"):
            if piece in written:
                assert says(essai.lines(piece), str(heures)), f"{piece} : lot n° {numero}, {heures} heures"


def test_note_names_every_lot_as_the_file_does(essai: Essai) -> None:
    described = yaml.safe_load((ROOT / "examples" / essai.nom / "marche.yaml").read_text(encoding="utf-8"))
    text = flat(" ".join(essai.lines("note")))
    assert flat(described["acheteur"]["nom"]) in text
    # A market in one piece is named as a whole, not as a lot.
    named = described["lots"] if len(described["lots"]) > 1 else []
    assert not [lot["intitule"] for lot in named if flat(lot["intitule"]) not in text]


@pytest.mark.parametrize("essai", [ROOT / "examples/informatique-par-commande/marche.yaml"], indirect=True)
def test_hours_by_order_are_stated_as_a_ratio(essai: Essai) -> None:
    heures = essai.decision["lots"][0]["heures"]
    assert (heures["volume"], heures["methode"], heures["volume_au_maximum"]) == (None, "par-tranche", 2100)
    lines = essai.lines("ccap")
    assert says(lines, "35 heures")
    assert says(lines, "50000 €")


def test_periods_add_up_to_the_volume(essai: Essai) -> None:
    for lot in essai.decision["lots"]:
        periods = (lot["heures"] or {}).get("periodes") or []
        if periods and lot["heures"]["volume"] is not None:
            assert sum(period["heures"] for period in periods) == lot["heures"]["volume"]


def test_a_later_date_turns_the_option_into_a_duty() -> None:
    done = run("explain", ROOT / "examples/avant-aout-2026/marche.yaml", "--date", "2026-12-15", "--format", "json")
    duties = {duty["id"]: duty["statut"] for duty in json.loads(done.stdout)["obligations"]}
    assert duties["condition-sociale"] == "applicable"


def test_every_word_of_the_law_is_shown() -> None:
    described = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in EXEMPLES]
    lots = [lot for marche in described for lot in marche["lots"]]
    assert {lot["dispositif"] for lot in lots if "dispositif" in lot} == set(get_args(Dispositif))
    assert {marche["contrat"] for marche in described if "contrat" in marche} == set(get_args(Contrat))
    assert {marche["ccag"] for marche in described if "ccag" in marche} == set(get_args(Ccag))
