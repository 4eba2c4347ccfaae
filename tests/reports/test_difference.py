import json
from datetime import date

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.typography import plain
from clausegen.reports.difference import Cote, Difference, LignePiece, difference_text
from clausegen.reports.difference_json import difference_json
from clausegen.review.compare import Ecart
from clausegen.review.compare_facts import EcartFait

AVANT = Cote("a.yaml", date(2026, 8, 21), True, ())
APRES = Cote("b.yaml", date(2026, 8, 22), True, (Diagnostic("D101", Niveau.ERREUR, "Non."),))
DECISION = (
    Ecart(
        "obligations.condition-sociale.statut", "a-preciser", "applicable", "Le seuil est atteint.", ("CCP, art. X",)
    ),
    Ecart("obligations.condition-sociale.satisfaite", None, True, "Le seuil est atteint.", ("CCP, art. X",)),
    Ecart("lots[1].dispositif", "clause", None, lot=2),
    Ecart("lots[1].heures.volume", 420, 1777, "Termes de la formule qui changent : taux_effort.", lot=2),
    Ecart("lots[1].options.reserve-iae.statut", "possible", "interdit", "Fermé.", (), 2),
    Ecart("seuil.montant_ht", 221000, 216000),
    Ecart("documents.convention.applicable", True, False, "Pas de facilitateur."),
    Ecart("documents.note.lots", (1,), (1, 2)),
    Ecart("a_completer.acheteur.siret", None, "Quel SIRET ?"),
    Ecart("diagnostics.erreur.D101", None, "Non."),
    Ecart("sources.CCP, art. X", date(2019, 4, 1), date(2026, 8, 22), "Version en vigueur.", ("CCP, art. X",)),
)
PIECES = (LignePiece("ccap", "modifiee", "d/ccap.docx"), LignePiece("rc", "inchangee", None))
DIFFERENCE = Difference(AVANT, APRES, (EcartFait("lots[1].heures", "auto", 1777),), DECISION, PIECES)


def text(difference: Difference) -> str:
    return plain(" ".join(difference_text(difference).split()))


def test_the_report_tells_what_changes_and_why() -> None:
    told = text(DIFFERENCE)
    assert told.startswith("Avant : a.yaml, droit du 21 août 2026 ; rien à signaler. Après : b.yaml, droit du 22 août")
    assert "lots[1].heures : auto → 1 777" in told
    assert "Condition d'exécution sociale : à préciser → obligatoire ;" in told
    assert "satisfaite : sans objet → oui. Le seuil est atteint (CCP, art. X)." in told
    assert told.count("Le seuil est atteint") == 1
    assert "Lot n° 2" in told
    assert "Dispositif retenu : clause sociale d'insertion → à préciser" in told
    assert "Heures d'insertion : 420 → 1 777. Termes de la formule qui changent : taux d'effort." in told
    assert "ouverte → fermée. Fermé." in told
    assert "Montant : 221 000 € → 216 000 €." in told
    assert "convention : s'applique → sans objet. Pas de facilitateur." in told
    assert "acheteur.siret : question nouvelle : Quel SIRET ?" in told
    assert "Erreur D101 : constat nouveau : Non." in told
    assert "version du 1er avril 2019 → version du 22 août 2026" in told
    assert "ccap : modifiée (d/ccap.docx)" in told and "Sans changement : rc" in told
    assert "lots concernés" not in told


def test_nothing_changes() -> None:
    told = text(Difference(AVANT, AVANT, (), (), ()))
    assert "Rien ne change dans la décision." in told


def test_an_unreadable_side_shows_its_findings_alone() -> None:
    told = text(Difference(AVANT, Cote("b.yaml", None, False, APRES.diagnostics), (), DECISION, ()))
    assert "« b.yaml » ne peut pas être lu" in told and "erreur D101 Non." in told
    assert "Obligations" not in told


def test_json_keys() -> None:
    content = json.loads(difference_json(DIFFERENCE))
    assert list(content) == ["version", "avant", "apres", "description", "decision", "pieces"]
    assert list(content["avant"]) == ["fichier", "date_droit", "diagnostics"]
    assert content["description"] == [{"chemin": "lots[1].heures", "avant": "auto", "apres": 1777}]
    assert list(content["decision"][0]) == ["chemin", "avant", "apres", "motif", "fondements"]
    assert content["decision"][1]["avant"] is None
    assert content["pieces"] == [
        {"id": "ccap", "changement": "modifiee", "fichier": "d/ccap.docx"},
        {"id": "rc", "changement": "inchangee", "fichier": None},
    ]
