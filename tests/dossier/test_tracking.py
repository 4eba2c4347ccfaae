"""The tracking workbook as data: its figures are the decision's, its sheets those the market calls for."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from clausegen.dossier.tracking import missing_facts, tracking
from clausegen.dossier.workbook import Formule, Regle
from clausegen.french.typography import plain
from clausegen.language.unknown import Unknown
from clausegen.workflow.draft import rediger
from clausegen.workflow.examine import examiner

ROOT = Path(__file__).resolve().parents[2]
# A market without any condition has nothing to follow; lots reserved without hours have no table of hours.
WITHOUT_BOOK = {"voyages-sans-clause"}
WITHOUT_HOURS = {"soutien-scolaire-reserve"}
EXAMPLES = [p for p in sorted((ROOT / "examples").glob("*/marche.yaml")) if p.parent.name not in WITHOUT_BOOK]
BASE = """
version: 1
reference: R-1
objet: Entretien
nature: services
contrat: {contrat}
ccag: FCS
procedure: appel-offres-ouvert
date_lancement: 2026-12-15
valeur_estimee_ht: 960000
duree_mois: 24
acheteur: {{nom: Ville, categorie: autre-pouvoir-adjudicateur, type: collectivite}}
lots:
"""
FORBIDDEN = re.compile(
    r"\b(nom|prénom|naissance|âge|adresse|nir|sécurité sociale|nationalité|motif|handicap|rqth|justice|qpv|sexe)\b",
    re.I,
)


@pytest.fixture
def examined(tmp_path):
    def run(lots, contrat="marche", more=""):
        path = tmp_path / "marche.yaml"
        path.write_text(BASE.format(contrat=contrat) + lots + more, encoding="utf-8")
        return examiner(path)

    return run


def sheets(examen):
    return {feuille.nom: feuille for feuille in tracking(examen.dossier).feuilles}


def rows(feuille, *headings):
    """Return the rows of the table that has these headings, as mappings."""
    for position, line in enumerate(feuille.lignes):
        names = [plain(str(case.valeur)) for case in line]
        if line[0].style == "entete" and set(headings) <= set(names):
            found = []
            for below in feuille.lignes[position + 1 :]:
                if len(below) != len(line) or below[0].style in ("entete", "section"):
                    break
                found.append(dict(zip(names, (case.valeur for case in below), strict=True)))
            return found
    raise AssertionError(headings)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_figures_are_those_of_the_decision(path):
    examen = examiner(path)
    market = sheets(examen)["Marché"]
    assert "suivi" in examen.classeurs
    if path.parent.name in WITHOUT_HOURS:
        assert all(lot.heures is None for lot in examen.decision.lots)
        with pytest.raises(AssertionError):
            rows(market, "Lot", "Volume en heures")
        return
    due = {row["Lot"]: row for row in rows(market, "Lot", "Volume en heures")}
    for lot in examen.decision.lots:
        if lot.dispositif == "aucun":
            assert lot.numero not in due
            continue
        row, heures = due[lot.numero], lot.heures
        if heures is None:
            # A criterion leaves the hours to the offer, a reservation owes none: the cell is blank, not a question.
            blank = (lot.dispositif or "").startswith(("critere", "reserve"))
            assert isinstance(row["Volume en heures"], type(None) if blank else Unknown), lot.numero
            continue
        assert row["Volume en heures"] == heures.volume
        if heures.methode == "par-tranche":
            assert row["Heures par tranche"] == heures.parametres["heures"]
            assert row["Tranche, en € HT"] == heures.parametres["montant_ht"]
            assert row["Heures au montant maximum"] == heures.volume_au_maximum
        periods = (
            [r["Heures"] for r in rows(market, "Période ou tranche") if r["Lot"] == lot.numero]
            if heures.periodes
            else []
        )
        assert periods == [p.heures for p in heures.periodes]
    penalties = {plain(r["Manquement"]): r["Montant"] for r in rows(market, "Manquement")}
    assert (
        penalties["Heure d'insertion non réalisée"]
        == examen.dossier.choix("insertion.penalites.heure_non_realisee").valeur
    )
    assert (
        penalties["Mise en demeure, en jours"]
        == examen.dossier.choix("insertion.penalites.mise_en_demeure_jours").valeur
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_its_open_fields_are_questions_of_the_decision(path):
    examen = examiner(path)
    asked = {a.chemin: a.documents for a in examen.decision.a_completer}
    whole = tuple(tracking(examen.dossier).champs())
    assert whole == missing_facts(examen.dossier) == examen.classeurs["suivi"]
    assert all("suivi" in asked[fact.chemin] for fact in whole)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_every_name_in_a_formula_exists_and_no_column_asks_who_a_person_is(path):
    book = tracking(examiner(path).dossier)
    for feuille in book.feuilles:
        assert len(feuille.nom) <= 31 and not re.search(r"[\[\]:*?/\\]", feuille.nom)
        for line in feuille.lignes:
            for case in line:
                if case.style == "entete":
                    assert not FORBIDDEN.search(case.valeur), case.valeur
                if isinstance(case.valeur, Formule):
                    text = re.sub(r'"[^"]*"', "", case.valeur.texte)
                    assert text.count("(") == text.count(")") and len(case.valeur.texte) < 8000
                    assert set(re.findall(r"[a-z]+_[a-z_]+", text)) <= set(book.noms)
        for regle in feuille.regles:
            assert regle.genre != "list" or regle.formule in book.noms
            assert len(regle.message) <= 225 and len(regle.aide) <= 255


def test_a_framework_agreement_owes_by_order(examined):
    examen = examined("  - {numero: 1, dispositif: clause, heures: 420, valeur_estimee_ht: 480000}\n", "accord-cadre")
    found = sheets(examen)
    assert list(found) == [
        "Lisez-moi", "Marché", "Montants", "Personnes", "Heures", "Synthèse", "Documents", "Réunions", "Difficultés", "Listes",
    ]  # fmt: skip
    [first, *_] = rows(found["Montants"], "Heures dues")
    assert "ROUNDDOWN(MAX(0," in first["Heures dues"].texte
    [row] = rows(found["Marché"], "Lot", "Volume en heures")
    assert (row["Heures par tranche"], row["Tranche, en € HT"], row["À partir de, en € HT"]) == (
        420,
        Decimal(480000),
        0,
    )


def test_a_firm_market_has_no_amounts_and_counts_two_years(examined):
    found = sheets(examined("  - {numero: 1, dispositif: clause, heures: 420}\n"))
    assert "Montants" not in found
    [first, *_] = rows(found["Personnes"], "Date limite de décompte")
    assert first["Code"] == "P-0001"
    assert re.search(r"EDATE\(\$F\d+,24\)", first["Date limite de décompte"].texte)


def test_lots_that_count_otherwise_are_each_checked_with_their_own_delay(examined):
    examen = examined(
        "  - {numero: 1, dispositif: clause, heures: 420}\n"
        "  - {numero: 2, dispositif: clause, heures: 70, insertion: {comptage_embauche_ans: 1}}\n"
    )
    found = sheets(examen)
    assert [
        r["Décompte d'une embauche directe, en mois"] for r in rows(found["Marché"], "Lot", "Volume en heures")
    ] == [24, 12]
    assert "dus_decompte" in rows(found["Heures"], "Contrôle")[0]["Contrôle"].texte


def test_renewals_are_due_once_they_are_decided(examined):
    examen = examined("  - {numero: 1, dispositif: clause, heures: 420}\n", more="reconductions: 1\n")
    periods = rows(sheets(examen)["Marché"], "Période ou tranche")
    assert [p["Engagée"] for p in periods] == ["oui", None]
    [line] = [r for r in rows(sheets(examen)["Synthèse"], "Heures dues") if r["Lot"] == 1]
    assert 'periodes_exigible,"oui"' in line["Heures dues"].texte


def test_a_reserved_lot_follows_headcounts(examined):
    examen = examined("  - {numero: 1, dispositif: reserve-iae}\n")
    found = sheets(examen)
    assert "Effectifs" in found and "Heures" not in found and "Personnes" not in found
    [row] = rows(found["Marché"], "Proportion minimale")
    assert row["Proportion minimale"] == Formule("50/100")
    with_hours = sheets(examined("  - {numero: 1, dispositif: reserve-iae, heures_complementaires: 200}\n"))
    assert {"Effectifs", "Heures"} <= set(with_hours)


def test_a_lot_reserved_to_the_social_economy_has_no_proportion(examined):
    market = sheets(examined("  - {numero: 1, dispositif: reserve-ess}\n"))["Marché"]
    assert rows(market, "Proportion minimale")[0]["Proportion minimale"] is None


def test_training_follows_courses(examined):
    found = sheets(examined("  - {numero: 1, dispositif: formation}\n"))
    assert {"Parcours", "Présence"} <= set(found) and "Heures" not in found
    assert {"Convention signée le", "Bilan croisé remis le"} <= set(rows(found["Parcours"], "Code")[0])
    assert "presence_heures" in rows(found["Synthèse"], "Heures dues")[0]["Réalisées"].texte


def test_an_offer_adds_its_hours(examined):
    found = sheets(examined("  - {numero: 1, dispositif: critere}\n", more="insertion: {critere: {ponderation: 10}}\n"))
    assert "dus_offre" in rows(found["Synthèse"], "Heures dues")[0]["Heures dues"].texte
    assert "Heures" in found


def test_nothing_to_follow_says_why(examined):
    examen = examined("  - {numero: 1, dispositif: aucun, aucun_motif: lien-insuffisant, aucun_justification: Rien.}\n")
    done = rediger(examen, formats=["txt"], documents=["suivi"])
    assert done.pieces == () and done.diagnostics[0].code == "E101"


def test_it_can_be_asked_for_alone_whatever_the_format(examined):
    examen = examined("  - {numero: 1, dispositif: clause, heures: 420}\n")
    for formats in (["docx"], ["md", "txt"]):
        assert [p.nom for p in rediger(examen, formats=formats, documents=["suivi"]).pieces] == ["suivi.xlsx"]


def test_faults_and_choices_are_said(examined):
    examen = examined("  - {numero: 1, dispositif: clause, heures: 420}\n")
    first = tracking(examen.dossier, fautes=("Le fait est faux.",)).feuilles[0]
    assert plain(first.lignes[0][0].commentaire).endswith("malgré une erreur. Le fait est faux.")
    remarks = [c.commentaire for line in sheets(examen)["Marché"].lignes for c in line if c.commentaire]
    assert any("insertion.penalites.heure_non_realisee" in remark for remark in remarks)


def test_columns_are_those_that_the_convention_announces():
    annexe = (ROOT / "templates/convention/parts/annexe-tableau.md.j2").read_text(encoding="utf-8")
    words = yaml.safe_load((ROOT / "templates/suivi/saisie.yaml").read_text(encoding="utf-8"))
    checked = 0
    for sheet in words.values():
        announced = re.search(rf"^\| {sheet['nom']} \| (.*) \|$", annexe, re.M)
        if announced:
            titles = ", ".join(column["titre"].casefold() for column in sheet["colonnes"])
            missing = [t for t in announced[1].casefold().split(", ") if t not in titles]
            assert not missing, sheet["nom"]
            checked += 1
    assert checked == 6


def test_the_check_before_the_term_is_the_one_of_the_other_pieces():
    delays = (ROOT / "templates/commun/delais.md.j2").read_text(encoding="utf-8")
    words = yaml.safe_load((ROOT / "templates/suivi/saisie.yaml").read_text(encoding="utf-8"))
    assert f"delai_controle_final() %}}{words['documents']['mois_avant_terme']} mois{{%" in delays


def test_months_and_hours_are_checked_as_they_are_typed(examined):
    feuille = sheets(examined("  - {numero: 1, dispositif: clause, heures: 420}\n"))["Heures"]
    kinds = {regle.plage[0]: regle for regle in feuille.regles}
    assert isinstance(kinds["A"], Regle) and "DAY(A" in kinds["A"].formule
    assert (kinds["C"].formule, kinds["E"].genre, kinds["G"].formule) == ("personnes_code", "decimal", "liste_reponse")
    assert "220" in rows(feuille, "Contrôle")[0]["Contrôle"].texte


def test_many_lots_keep_the_documents_sheet_readable(examined):
    lots = "".join(f"  - {{numero: {n}, dispositif: clause, heures: 100}}\n" for n in range(1, 61))
    feuille = sheets(examined(lots))["Documents"]
    assert len(feuille.lignes) < 120
    assert rows(feuille, "Pièce")[0]["Lot"] is None
