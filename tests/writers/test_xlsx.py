"""The workbook file: sound, the same twice, closed to formulas that a person wrote; its sums hold in LibreOffice."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from clausegen.dossier.workbook import LIGNE, RANG, Case, Classeur, Feuille, Formule, Regle, Suite
from clausegen.files.office import find_office
from clausegen.language.unknown import Unknown
from clausegen.text.tree import Proprietes
from clausegen.workflow.draft import rediger
from clausegen.workflow.examine import examiner
from clausegen.writers.interface import POINTILLES, OptionsEcriture
from clausegen.writers.xlsx.look import Look
from clausegen.writers.xlsx.sheet import Sheet
from clausegen.writers.xlsx.writer import write_workbook

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/espaces-verts/marche.yaml"
HOSTILE = ["=1+1", "+33 2", "-5", "@SUM(A1)", "#N/A", "12", "=cmd|' /C calc'!A0", "_x0041_", "a\x00b", "<b>&", "TRUE"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TERMS = "{http://purl.org/dc/terms/}"


def book(*cases, rules=()):
    feuille = Feuille("Essai", tuple((case,) for case in cases), (20,), entete=1, regles=rules)
    return Classeur((feuille,), {"essai_a": "'Essai'!$A$1:$A$9"})


def written(classeur, jour=date(2026, 12, 1), sujet="R-1", **options):
    about = Proprietes("Suivi", sujet, jour, {"clausegen-regles": "sha256:ab"})
    return write_workbook(classeur, about, OptionsEcriture(**options))


def loaded(data, **options):
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def suivi(**options):
    [piece] = rediger(examiner(EXAMPLE), formats=["docx"], documents=["suivi"], **options).pieces
    return piece.contenu


def test_two_runs_give_the_same_bytes_and_no_clock():
    first = suivi()
    assert first == suivi()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = etree.fromstring(archive.read("docProps/core.xml"))
        app = archive.read("docProps/app.xml").decode()
    assert core.findtext(f"{TERMS}created") == core.findtext(f"{TERMS}modified") == "2026-12-01T00:00:00Z"
    assert "<dc:creator>clausegen</dc:creator>" in etree.tostring(core).decode()
    assert "clausegen" in app and "Excel" not in app


def test_a_market_without_a_date_has_none():
    with zipfile.ZipFile(io.BytesIO(written(book(Case("x")), jour=None))) as archive:
        assert b"dcterms:created" not in archive.read("docProps/core.xml")


def test_neither_macro_nor_link():
    with zipfile.ZipFile(io.BytesIO(suivi())) as archive:
        names = archive.namelist()
        relations = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    assert b'TargetMode="External"' not in relations


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_wrote_is_never_a_formula(text):
    data = written(book(Case(text), Case(Formule("1+1"), "calcul")))
    [[cell], [formula]] = loaded(data)["Essai"]["A1:A2"]
    assert (cell.data_type, formula.data_type) == ("s", "f")
    assert cell.value.replace("_x005F_x", "_x") == text.replace("\x00", "")
    assert cell.quotePrefix is (text[0] in "=+-@")
    assert not formula.quotePrefix


def test_a_header_holds_no_code_of_a_person():
    sheet = loaded(written(book(Case("x")), sujet="Lot A&B &D"))["Essai"]
    assert "A&&B &&D" in sheet.oddHeader.left.text


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    [[cell]] = loaded(written(book(Case("é" * 40_000))))["Essai"]["A1:A1"]
    assert len(cell.value) == 32_767 and cell.value.endswith("…")


def test_values_keep_their_kind():
    cases = (
        Case(Decimal("480000.50"), format="euros"),
        Case(date(2027, 3, 1), format="mois"),
        Case(420, format="nombre"),
    )
    cells = [row[0] for row in loaded(written(book(*cases)))["Essai"]["A1:A3"]]
    assert [c.data_type for c in cells] == ["n", "d", "n"]
    assert cells[0].value == 480000.5 and cells[1].number_format == "[$-40C]mmmm\\ yyyy"


def test_fields_and_comments_leave_with_the_version_to_publish():
    classeur = book(Case(Unknown("lots", "Quels lots ?"), commentaire="Choix de rédaction : x."))
    [[cell]] = loaded(written(classeur))["Essai"]["A1:A1"]
    assert cell.value == "[à compléter\u00a0: Quels lots\u202f?]" and cell.comment.author == "clausegen"
    [[cell]] = loaded(written(classeur, publiable=True))["Essai"]["A1:A1"]
    assert cell.value == POINTILLES and cell.comment is None


def test_the_sheets_are_laid_out_for_paper_and_protected_without_a_password():
    workbook = loaded(suivi())
    for sheet in workbook:
        assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert sheet.protection.sheet and not sheet.protection.password
        assert not sheet.merged_cells.ranges
    hours = workbook["Heures"]
    header = next(row[0].row for row in hours.iter_rows() if row[0].value == "Mois")
    assert hours.freeze_panes == f"A{header + 1}" and hours.print_title_rows == f"${header}:${header}"
    assert not hours.cell(header + 1, 1).protection.locked and hours.cell(header + 1, 8).protection.locked
    lists = {v.formula1 for v in hours.data_validations.dataValidation if v.type == "list"}
    assert lists == {"dus_numero", "personnes_code", "liste_entreprises", "liste_reponse"}
    assert workbook.calculation.fullCalcOnLoad


def test_a_list_refuses_what_it_does_not_hold():
    rule = Regle("A1:A9", "list", "essai_a", "Choisir.", "Aide.")
    [found] = loaded(written(book(Case(None, "saisie"), rules=(rule,))))["Essai"].data_validations.dataValidation
    assert (found.errorStyle, found.showErrorMessage, found.error, found.prompt) == ("stop", True, "Choisir.", "Aide.")
    assert not found.allow_blank, "blank cells in a list would let anything in"


def heading(sheet, text):
    return next(c for row in sheet.iter_rows() for c in row if c.value == text)


def fill(sheet, first, lines):
    row = heading(sheet, first).row
    for rank, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            if value is not None:
                sheet.cell(row + rank, column).value = value


def filled():
    """The workbook of an example, as people would have filled it by the summer."""
    workbook = loaded(suivi())
    market = workbook["Marché"]
    head = heading(market, "Notification")
    for rank in (1, 2):
        for offset, day in enumerate((date(2027, 2, 1), date(2027, 2, 10), date(2027, 3, 1))):
            market.cell(head.row + rank, head.column + offset).value = day
    companies = heading(workbook["Listes"], "Entreprises")
    for rank, name in enumerate(("Jardins & Cie", "EI Verte"), 1):
        workbook["Listes"].cell(companies.row + rank, companies.column).value = name
    orders = [("B1", date(2027, 2, 10), 1, 100_000), ("B2", date(2027, 6, 10), 1, 140_000.5)]
    orders += [("B3", date(2027, 6, 10), 2, 640_000), ("A1", date(2027, 7, 1), 1, -500.5)]
    fill(workbook["Montants"], "Numéro", orders)
    hired, checked = date(2027, 3, 1), date(2027, 2, 20)
    people = [("P-0001", "Jardins & Cie", "Embauche directe", "CDI", "jardinier", hired, None, None, checked)]
    people += [("P-0002", "EI Verte", "Mise à disposition", "CDD", "aide", hired, date(2027, 4, 30), None, checked)]
    people += [("P-0003", "EI Verte", "Mise à disposition", "CDD", "aide", hired, None, None, date(2027, 5, 20))]
    # The limit is a formula: leave it.
    fill(workbook["Personnes"], "Code", people)
    month = [date(2027, number, 1) for number in range(1, 10)]
    hours = [
        (month[2], 1, "P-0001", "Jardins & Cie", 100.5, 10, "oui"),
        (month[3], 1, "P-0001", "Jardins & Cie", 35, None, "non"),
    ]
    hours += [
        (month[2], 2, "P-0002", "EI Verte", 70, None, "oui"),
        (month[4], 2, "P-0002", "EI Verte", 70, None, "oui"),
    ]
    hours += [
        (month[2], 2, "P-0003", "EI Verte", 10, None, "oui"),
        (month[3], 2, "P-0002", "EI Verte", 230, None, "oui"),
    ]
    hours += [(date(2029, 4, 1), 1, "P-0001", "Jardins & Cie", 7, None, "oui")]
    hours += [(month[5], 1, "P-0001", "Jardins & Cie", 20, None, "oui")] * 2
    hours += [
        (month[0], 1, "P-0001", "Jardins & Cie", 5, None, "oui"),
        (month[6], 1, "P-0050", "Jardins & Cie", 5, None, "oui"),
    ]
    hours += [
        (month[6], 1, "P-0001", "Jardins & Cie", 0, None, "oui"),
        (None, 1, "P-0001", "Jardins & Cie", 3, None, "non"),
    ]
    fill(workbook["Heures"], "Mois", hours)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    office = find_office()
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("calcul")
    (folder / "suivi.xlsx").write_bytes(filled())
    profile = (folder / "profil").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*command, "--outdir", folder / "s", folder / "suivi.xlsx"], check=True, capture_output=True, timeout=120
    )
    return openpyxl.load_workbook(folder / "s" / "suivi.xlsx", data_only=True)


def column(sheet, title, below, count):
    head = next(c for c in sheet[heading(sheet, below).row] if c.value == title)
    return [sheet.cell(head.row + rank, head.column).value for rank in range(1, count + 1)]


def test_hours_fall_due_with_the_orders(recalculated):
    assert column(recalculated["Montants"], "Cumul", "Numéro", 4) == [100_000, 240_000.5, 640_000, 239_500]
    assert column(recalculated["Montants"], "Heures dues", "Numéro", 5) == [87, 210, 560, 209, None]


def test_sums_are_right(recalculated):
    summary = recalculated["Synthèse"]
    assert column(summary, "Heures dues", "Intitulé", 3) == [209, 560, 769]
    assert column(summary, "Réalisées", "Intitulé", 3) == [167.5, 380, 547.5]
    assert column(summary, "Restantes", "Intitulé", 3) == [41.5, 180, 221.5]
    assert column(summary, "Saisies, non validées", "Intitulé", 3) == [38, 0, 38]
    assert column(summary, "Pourcentage", "Intitulé", 2) == pytest.approx([167.5 / 209, 380 / 560])
    assert column(summary, "Réalisées", "Modalité", 5) == [162.5, 380, 0, 5, 547.5]
    assert column(summary, "Réalisées", "Entreprise", 2) == [167.5, 380]


def test_each_fault_is_named(recalculated):
    said = [text or "" for text in column(recalculated["Heures"], "Contrôle", "Mois", 14)]
    expected = ["", "", "", "contrat", "Éligibilité", "Plus de 220", "limite", "Doublon", "Doublon", "exécution", "Code", "plus de zéro", "compléter", ""]  # fmt: skip
    assert [bool(text) for text in said] == [bool(text) for text in expected]
    assert all(words in text for words, text in zip(expected, said, strict=True))


def test_dates_are_worked_out(recalculated):
    market = recalculated["Marché"]
    assert [d.date() for d in column(market, "Fin d’exécution", "Notification", 2)] == [date(2031, 2, 28)] * 2
    assert [d.date() for d in column(market, "Mise au point au plus tard le", "Notification", 1)] == [date(2027, 2, 25)]
    [limit, none] = column(recalculated["Personnes"], "Date limite de décompte", "Code", 2)
    assert (limit.date(), none) == (date(2029, 3, 1), None)
    assert column(recalculated["Documents"], "Échéance", "Pièce", 1)[0].date() == date(2027, 4, 15)
    assert set(column(market, "Contrôle de la répartition", "Contrôle de la répartition", 2)) == {"conforme"}


def test_rows_that_are_alike_are_those_laid_out_one_by_one() -> None:
    model = (Case(f"P{RANG}"), Case(Formule(f"$A{LIGNE}+B{LIGNE}"), "calcul", "heures"), Case(None, "saisie"))
    rows = tuple(Suite(model, 5, 3).lignes())
    assert [row[0].valeur for row in rows] == ["P0001", "P0002", "P0003"]
    assert [row[1] for row in rows] == [Case(Formule(f"$A{n}+B{n}"), "calcul", "heures") for n in (5, 6, 7)]
    head = tuple((Case(text),) for text in "abcd")
    together = Feuille("Essai", (*head, Suite(model, 5, 3)), (20,))
    apart = Feuille("Essai", (*head, *rows), (20,))
    assert together.lignes == apart.lignes
    parts = [Sheet(feuille, Look(), False).part("sujet", True) for feuille in (together, apart)]
    assert parts[0] == parts[1]
