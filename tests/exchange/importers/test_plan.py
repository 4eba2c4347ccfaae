"""Purchase plans: synonyms, French numbers and dates, one description a row; workbooks that are not what they say."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from clausegen.errors import ClausegenError
from clausegen.exchange.importers.registry import import_bytes
from clausegen.exchange.importers.sheets import letter
from clausegen.law.rulebook import rulebook
from tests.exchange.importers.conftest import import_all, import_one


def workbook(*rows, title="Programmation", hidden=False):
    book = Workbook()
    if hidden:
        book.active.sheet_state, book.active.title = "hidden", "Listes"
        book.active.append(["Objet", "Montant HT"])
        book.create_sheet(title)
    sheet = book[title] if hidden else book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_text_tables(separator, encoding):
    rows = [
        ["Titre du projet", "Montant (€ HT)", "Durée en mois", "Date de lancement"],
        ["Réfection d'été", '"450 000 €"', "12", "15/12/2026"],
    ]
    lu = import_one("\n".join(separator.join(row) for row in rows).encode(encoding), "plan.csv")
    assert lu["objet"] == "Réfection d'été" and lu["valeur_estimee_ht"] == 450000 and lu["duree_mois"] == 12
    assert lu["date_lancement"] == date(2026, 12, 15) and lu.nature("date_lancement") == "à confirmer"
    assert lu.champs["objet"].origine == "CSV!A2"


def test_a_workbook_with_a_title_and_a_hidden_sheet():
    octets = workbook(
        ["Plan d'achats 2027"],
        [],
        [
            "N°",
            "Intitulé du marché",
            "Type de marché",
            "CPV",
            "Estimation HT",
            "CCAG",
            "Procédure",
            "Forme du marché",
            "Nombre de lots",
            "Clause sociale",
            "Localisation",
            "Lancement prévisionnel",
            "Inconnue",
        ],
        [
            "27-1",
            "Espaces verts",
            "Services",
            "77310000-6",
            960000.5,
            "CCAG-FCS",
            "AOO",
            "Accord-cadre à bons de commande",
            2,
            "oui",
            "35000 Rennes",
            datetime(2027, 3, 1),
            "x",
        ],
        ["27-2", "Papier", "Fournitures", 30197630, "nc", "?", "MAPA", "Marché", "", "non", "35", None, ""],
        ["27-3", None, "Travaux", None, 5, None, None, None, None, None, None, None, None],
        [None, "Total", None, None, 960000, None, None, None, None, None, None, None, None],
        hidden=True,
    )
    first, second = import_all(octets, "plan.xlsx")
    assert first["reference"] == "27-1" and first["nature"] == "services" and first["cpv"] == "77310000"
    assert str(first["valeur_estimee_ht"]) == "960000.50" and first.nature("valeur_estimee_ht") == "à confirmer"
    assert first["ccag"] == "FCS" and first["procedure"] == "appel-offres-ouvert"
    assert first["contrat"] == "accord-cadre" and first["accord_cadre.forme"] == "bons-de-commande"
    assert [first[f"lots[{n}].numero"] for n in (0, 1)] == [1, 2] and first["lieu_execution.departement"] == "35"
    assert first["date_lancement"] == date(2027, 3, 1) and "I005" in first.codes and "I014" in first.codes
    assert first.champs["objet"].origine == "Programmation!B4" and "I013" in first.codes
    assert second["cpv"] == "30197630" and "valeur_estimee_ht" not in second.champs and second["contrat"] == "marche"
    assert "I008" in second.codes and "I005" not in second.codes and second["procedure"] == "adaptee"


@pytest.mark.parametrize("amount", ["12.500", "environ 40 000", "450 000 TTC", "-5", "1e6"])
def test_an_amount_that_reads_two_ways_is_left_out(amount):
    lu = import_one(f"Objet;Montant HT\nVoirie;{amount}".encode())
    assert "valeur_estimee_ht" not in lu.champs and "I009" in lu.codes


def test_what_is_left_out_is_quoted_in_the_question():
    lu = import_one(b"Objet;Montant TTC;Date de lancement\nVoirie;45000;03/2027")
    assert "« 03/2027 »" in lu.questions["date_lancement"] and "« 45000 »" in lu.questions["valeur_estimee_ht"]


def test_an_amount_with_tax_is_left_out():
    lu = import_one(b"Objet;Montant TTC\nVoirie;45000")
    assert "valeur_estimee_ht" not in lu.champs and "I003" in lu.codes


@pytest.mark.parametrize(
    "text", ["Nom;Prix\na;1", "Objet\na", "Objet;Montant HT\n", "bonjour", "Objet;Montant HT\n;3\n"]
)
def test_tables_that_are_no_plan(text):
    with pytest.raises(ClausegenError):
        import_bytes(text.encode(), "x.csv", rulebook())


def archive(**parts):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def repacked(octets, name, change):
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(octets)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, change(content) if entry.filename == name else content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        (b"PK\x03\x04" + b"x" * 50, "abîmée"),
        (archive(**{"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), "document Word"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (archive(a="b"), "une archive"),
        (
            repacked(workbook(["Objet", "Montant"], ["a", 2]), SHEET, lambda c: b'<!DOCTYPE a [<!ENTITY b "c">]>' + c),
            "entités",
        ),
        (repacked(workbook(["Objet", "Montant"], ["a", 2]), SHEET, lambda c: c + b" " * 25_000_000), "démesuré"),
        (repacked(workbook(["Objet", "Montant"], ["a", 2]), SHEET, lambda c: c[:80]), "endommagé"),
    ],
    ids=range(7),
)
def test_archives_that_are_refused(octets, why):
    with pytest.raises(ClausegenError, match=why):
        import_bytes(octets, "plan.xlsx", rulebook())


def test_too_many_rows():
    with pytest.raises(ClausegenError, match="5000 lignes"):
        import_bytes(b"objet;montant\n" + b";\n" * 5001, "plan.csv", rulebook())


def test_letters():
    assert [letter(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize("heading", ['"Montant HT\n(€)"', "Montant (€ HT)", "Montant estimé HT en €", "Budget (€)"])
def test_the_euro_sign_of_a_heading_may_stand_anywhere(heading):
    text = f"Objet du marché;{heading};Durée (mois)\r\nNettoyage des écoles;1 250 000,00 €;48\r\n"
    found = import_one(text.encode("cp1252"), "plan.csv")
    assert found["valeur_estimee_ht"] == 1250000 and found["duree_mois"] == 48


def test_thousands_of_euros_are_not_euros():
    found = import_one("Objet;Montant HT (k€);Durée (mois)\nNettoyage;250;48\n", "plan.csv")
    assert "valeur_estimee_ht" not in found.champs


def test_a_formula_without_its_result_is_told_and_not_lost_in_silence():
    octets = workbook(
        ["Objet", "Montant HT", "Durée en mois", "Note interne"],
        ["Réfection des façades", "=2*100000", 12, "=1+1"],
        ["Nettoyage", 90_000, "=B3/7500", ""],
        ["Total", "=SUM(B2:B3)", "", ""],
    )
    first, second = import_all(octets, "plan.xlsx")
    said = [constat.message for constat in first.constats if constat.code == "I013"]
    assert len(said) == 1 and "Programmation!B2, Programmation!C3." in said[0]
    assert "valeur_estimee_ht" not in first.champs and second["valeur_estimee_ht"] == 90_000
    assert not import_all(workbook(["Objet", "Montant HT"], ["Réfection", 5]), "plan.xlsx")[0].codes.count("I013")
