"""A copy of the rules that somebody changes: one fault, its place, its words."""

import shutil

import pytest

from clausegen.errors import ClausegenError
from clausegen.law.datafiles import check_rules
from clausegen.law.rulebook import read_rules, rulebook


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(rulebook().dossier, folder)
    return folder


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return next(i for i, line in enumerate(text.splitlines(), 1) if old.splitlines()[0] in line)


def test_an_untouched_copy_is_the_law(copy):
    lecture = check_rules(copy)
    assert lecture.diagnostics == ()
    assert lecture.livre.empreinte == rulebook().empreinte


def test_the_law_that_travels_with_the_program_is_sound():
    assert check_rules(None).livre is rulebook()


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "words"),
    [
        ("obligations/spaser.yaml", "toutes: [{si", "toute: [{si", "F020", "vouliez-vous dire `toutes` ?"),
        ("obligations/spaser.yaml", '"spaser.atteint"', '"spaser.atteint and"', "F042", "n'est pas une condition"),
        ("obligations/spaser.yaml", '"spaser.atteint"', '"spaser.ateint"', "L001", "« spaser.atteint » ?"),
        ("obligations/spaser.yaml", "confiance: texte-vu", "confiance: textevu", "F022", "`texte-vu` ?"),
        ("obligations/spaser.yaml", "statut: applicable", "statut: aplicable", "L001", "« applicable »"),
        ("dispositifs/clause.yaml", "source: [ccp-l2112-2,", "source: [ccp-l2112-22,", "L001", "« ccp-l2112-2 » ?"),
        ("derogations/comptage-embauche.yaml", ", valeur: decompte}", "}", "L001", "`valeur`"),
        ("derogations/comptage-embauche.yaml", "chemin: modalites, ", "", "L001", "`chemin`"),
        ("dispositifs/clause-defense.yaml", "ecarte: [clause]", "ecarte: [clauses]", "L001", "« clause » ?"),
        ("seuils/spaser.yaml", "valeur: 1", "valeurs: 1", "F020", "vouliez-vous dire `valeur` ?"),
        ("seuils/spaser.yaml", "source: ccp-d2111-3", "source: ccp-d2111-33", "L001", "« ccp-d2111-3 » ?"),
        ("seuils/spaser.yaml", "2019-04-01: {", "2018-04-01: {", "L001", "n'est pas en vigueur le 2018-04-01"),
        ("sources/ccp.yaml", 'article: "L. 3"', 'artcle: "L. 3"', "F020", "vouliez-vous dire `article` ?"),
        ("ccag/FCS.yaml", "articles:", "article:", "F020", "vouliez-vous dire `articles` ?"),
        ("limites.yaml", "code_en_vigueur", "code_en_vigeur", "L001", "« code_en_vigueur » ?"),
        ("noms/noms.yaml", "source: fiche-5", "source: fiche-55", "L001", "« fiche-5 » ?"),
    ],
)
def test_each_fault_is_said_once_at_its_line(copy, name, old, new, code, words):
    line = change(copy, name, old, new)
    lecture = check_rules(copy)
    assert lecture.livre is None
    first = lecture.diagnostics[0]
    assert (first.code, first.fichier, first.ligne) == (code, f"{copy}/{name}", line)
    assert words in first.message
    assert len({(d.fichier, d.ligne, d.colonne) for d in lecture.diagnostics}) == len(lecture.diagnostics)


def test_versions_go_from_the_oldest_to_the_newest(copy):
    change(copy, "obligations/spaser.yaml", "  2023-10-25:", "  2018-10-25:")
    change(copy, "seuils/spaser.yaml", "  2023-01-01:", "  2018-01-01:")
    (found,) = check_rules(copy).diagnostics
    assert "de la plus ancienne à la plus récente" in found.message
    assert (found.ligne, found.chemin) == (4, "versions")


def test_every_fault_of_every_file_is_told_at_once(copy):
    change(copy, "obligations/spaser.yaml", "toutes: [{si", "toute: [{si")
    change(copy, "dispositifs/clause.yaml", "alors:", "alor:")
    (copy / "limites.yaml").write_bytes(b"titre: \xff\n")
    files = {d.fichier.rpartition("/")[2] for d in read_rules(copy).diagnostics}
    assert {"spaser.yaml", "clause.yaml", "limites.yaml"} <= files


def test_a_file_that_is_gone_is_missed(copy):
    (copy / "obligations" / "spaser.yaml").unlink()
    found = check_rules(copy).diagnostics
    assert [(d.code, d.fichier) for d in found] == [("L002", f"{copy}/obligations/spaser.yaml")]


def test_an_empty_file(copy):
    (copy / "limites.yaml").write_text("", encoding="utf-8")
    assert any("clés" in d.message for d in check_rules(copy).diagnostics)


def test_a_folder_without_rules(tmp_path):
    with pytest.raises(ClausegenError, match="n'est pas un dossier de règles"):
        check_rules(tmp_path)


def test_cases_of_whole_markets_are_no_part_of_the_law(copy):
    (copy / "cas" / "seuils.yaml").write_text("titre: [\n", encoding="utf-8")
    assert check_rules(copy).livre.empreinte == rulebook().empreinte
