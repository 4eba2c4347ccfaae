"""A piece in which a person planted ten faults: the ten are found at their words, and the untouched piece is silent."""

from datetime import date
from pathlib import Path

import pytest

from clausegen.diagnostics import Niveau
from clausegen.errors import ClausegenError
from clausegen.files.office import convert, find_office
from clausegen.french.typography import plain
from clausegen.reading.docx import read_docx
from clausegen.review.readback import Nature
from clausegen.workflow.examine import Examen, examiner
from clausegen.workflow.proofread import Relecture, commented, relire
from clausegen.writers.docx.writer import WRITER
from clausegen.writers.interface import OptionsEcriture
from tests.workflow.edits import edited, filled, gone, pasted, struck, tracked, typed

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EDITS = (
    typed("9 975 heures", "9 957 heures"),
    tracked("36,93 €", "70 €"),
    typed("article 16.1.4.1 du CCAG-FCS", "article 16.1.8 du CCAG-FCS"),
    struck("Pour les seules pénalités d'insertion, l'article 1.12"),
    gone("Aucune pénalité n'est due pour les heures"),
    typed("désignés à l'article 1.2.", "désignés à l'article 1.22."),
    pasted(
        "Les personnes éligibles sont celles",
        "Sont éligibles les personnes inscrites à Pôle emploi résidant sur le territoire de la commune.",
        "La clause est prise en application de l'article 38 de l'ordonnance n° 2015-899 du 23 juillet 2015.",
    ),
    filled("facilitateur.telephone", "[numéro à préciser]"),
)
FAULTS = {
    ("R01", "9 957 heures"),
    ("R07", "9 957 heures"),
    ("R04", "70 €"),
    ("R09", "16.1.8"),
    ("R12", "Dérogations au CCAG-FCS"),
    ("R12", "ne sont soumises ni au plafond"),
    ("R15", "Pénalités"),
    ("R38", "1.22"),
    ("R21", "Pôle emploi"),
    ("R26", "résidant sur le territoire de la commune"),
    ("R18", "article 38 de l'ordonnance n° 2015-899"),
    ("R37", "[numéro à préciser]"),
}


@pytest.fixture(scope="module")
def examen() -> Examen:
    return examiner(EXAMPLES / "nettoyage" / "marche.yaml")


@pytest.fixture(scope="module")
def piece(examen: Examen) -> bytes:
    return WRITER.write(examen.textes["ccap"], OptionsEcriture())


@pytest.fixture(scope="module")
def retouchee(piece: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("piece") / "ccap.docx"
    path.write_bytes(edited(piece, *EDITS))
    return path


def _said(relecture: Relecture) -> set[tuple[str, str]]:
    found = set()
    for controle, constat in relecture.constats:
        if (constat.niveau or controle.niveau) is not Niveau.INFORMATION:
            words = "document" if constat.bloc is None else constat.bloc.texte[constat.debut : constat.fin]
            found.add((controle.code, plain(words)))
    return found


def _faults(relecture: Relecture) -> set[tuple[str, str]]:
    """Tell the findings, a long extract being known by its beginning."""
    said = _said(relecture)
    return {next((f for f in FAULTS if f[0] == one[0] and one[1].startswith(f[1])), one) for one in said}


def test_ten_faults_and_nothing_else(retouchee: Path, examen: Examen) -> None:
    assert _faults(relire(retouchee, examen)) == FAULTS


def test_without_its_description_what_the_text_itself_tells(retouchee: Path) -> None:
    known = _faults(relire(retouchee))
    assert known < FAULTS
    assert FAULTS - known == {("R01", "9 957 heures"), ("R04", "70 €"), ("R12", "Dérogations au CCAG-FCS")}


@pytest.mark.parametrize("known", [True, False])
def test_the_untouched_piece_is_silent(piece: bytes, examen: Examen, tmp_path: Path, known: bool) -> None:
    path = tmp_path / "ccap.docx"
    path.write_bytes(piece)
    relecture = relire(path, examen if known else None)
    assert _said(relecture) == set()
    assert {d.niveau for d in relecture.diagnostics} == {Niveau.INFORMATION}
    assert relecture.changements is not None
    assert {change.nature for change in relecture.changements} == {Nature.CHAMP_VIDE}


def test_what_people_did_is_told(retouchee: Path) -> None:
    changes = relire(retouchee).changements
    assert changes is not None
    natures = [change.nature for change in changes]
    assert natures.count(Nature.AJOUT) == 2
    assert natures.count(Nature.RETRAIT) == 1
    assert natures.count(Nature.REFORMULATION) == 3
    (answer,) = [c for c in changes if c.nature is Nature.CHAMP_REMPLI]
    assert (answer.chemin, answer.apres) == ("facilitateur.telephone", "[numéro à préciser]")
    pending = [c for c in changes if c.nature is Nature.REVISION]
    assert {c.auteur for c in pending} == {"Jeanne"}
    assert ("36,93 €", "70 €") in {(plain(c.avant), plain(c.apres)) for c in pending}


def test_a_finding_has_the_place_of_its_words(retouchee: Path, examen: Examen) -> None:
    relecture = relire(retouchee, examen)
    (found,) = [d for d in relecture.diagnostics if d.code == "R04"]
    bloc = relecture.document.blocs[(found.ligne or 0) - 1]
    assert bloc.texte[(found.colonne or 0) - 1 :].startswith("70")


def _comments(data: bytes) -> set[str]:
    document = read_docx(data, "copie")
    return {plain(bloc.texte[c.debut : c.fin]) for bloc in document.blocs for c in bloc.commentaires}


def test_comments_are_on_the_words(retouchee: Path, examen: Examen) -> None:
    relecture = relire(retouchee, examen)
    copy = commented(relecture)
    assert copy == commented(relecture)
    covered = _comments(copy)
    for code, words in FAULTS:
        assert any(words in one for one in covered), (code, words)
    assert [b.texte for b in read_docx(copy, "x").blocs] == [b.texte for b in relecture.document.blocs]


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not here")
def test_libreoffice_shows_the_comments_on_the_same_words(retouchee: Path, examen: Examen) -> None:
    copy = commented(relire(retouchee, examen))
    saved = convert(copy, "ccap.docx", "docx", "docx:MS Word 2007 XML", epoch=0)
    for words in ("9 957 heures", "16.1.8", "Pôle emploi", "70 €", "1.22"):
        assert any(words in one for one in _comments(saved)), words


def test_another_market(retouchee: Path) -> None:
    found = _said(relire(retouchee, examiner(EXAMPLES / "espaces-verts" / "marche.yaml")))
    assert {"R01", "R02", "R06"} <= {code for code, _ in found}


def test_the_day_of_the_law_may_be_another(piece: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ccap.docx"
    path.write_bytes(piece)
    before = relire(path, date_droit=date(2026, 8, 20))
    assert before.jour == date(2026, 8, 20)
    assert ("R19", "L. 2112-2-1") in _said(before)
    assert ("R19", "L. 2112-2-1") not in _said(relire(path, date_droit=date(2026, 8, 22)))


def test_a_description_that_does_not_load_is_said(piece: bytes, tmp_path: Path) -> None:
    path, broken = tmp_path / "ccap.docx", tmp_path / "marche.yaml"
    path.write_bytes(piece)
    broken.write_text("version: 1\nobjet: [\n", encoding="utf-8")
    found = relire(path, examiner(broken)).diagnostics
    assert [(d.code, d.niveau) for d in found if d.niveau is Niveau.ERREUR] == [("E203", Niveau.ERREUR)]


def test_a_piece_drafted_from_another_version_of_its_description(piece: bytes, tmp_path: Path) -> None:
    path, other = tmp_path / "ccap.docx", tmp_path / "marche.yaml"
    path.write_bytes(piece)
    other.write_bytes((EXAMPLES / "nettoyage" / "marche.yaml").read_bytes() + b"# relu\n")
    (moved,) = [d for d in relire(path, examiner(other)).diagnostics if d.code == "E201"]
    assert "la description" in moved.message and "les règles" not in moved.message


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("marche.yaml", b"version: 1", "clausegen check"),
        ("avis.pdf", b"%PDF-1.7", "n'est pas un document Word"),
        ("vide.docx", b"", "vide.docx"),
        ("faux.docx", b"PK\x03\x04 pas une archive", "faux.docx"),
        ("ancien.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien.docx"),
    ],
)
def test_what_is_no_word_document_is_refused_in_words(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ClausegenError) as refusal:
        relire(path)
    assert words in plain(str(refusal.value))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ClausegenError, match="ne peut pas être lu"):
        relire(tmp_path / "absent.docx")
