"""What differs between two decisions, and the reason told for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clausegen.review.compare import Ecart, Versant, compare_decisions
from clausegen.review.compare_facts import compare_facts
from clausegen.workflow.examine import Examen, examiner

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
Examine = Callable[..., Examen]


@pytest.fixture
def examine(tmp_path: Path) -> Examine:
    def run(name: str, *changes: tuple[str, str], jour: date | None = None) -> Examen:
        text = (EXAMPLES / name / "marche.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert re.search(old, text, flags=re.MULTILINE), old
            text = re.sub(old, new, text, flags=re.MULTILINE, count=1)
        path = tmp_path / "marche.yaml"
        path.write_text(text, encoding="utf-8")
        return examiner(path, date_droit=jour)

    return run


def versant(examen: Examen) -> Versant:
    return Versant(examen.dossier.papers if examen.dossier else None, examen.decision, examen.diagnostics)


def changes(avant: Examen, apres: Examen) -> dict[str, Ecart]:
    found = compare_decisions(versant(avant), versant(apres))
    assert all(e.avant != e.apres for e in found)
    return {e.chemin: e for e in found}


def test_the_same_market_twice(examine: Examine) -> None:
    one = examine("espaces-verts")
    assert changes(one, one) == {}
    assert compare_facts(one.marche, one.marche) == ()


def test_a_later_day_names_the_version_and_the_text(examine: Examine) -> None:
    before = examine("avant-aout-2026")
    found = changes(before, examine("avant-aout-2026", jour=date(2026, 12, 15)))
    duty = found["obligations.condition-sociale.statut"]
    assert (duty.avant, duty.apres) == ("non-applicable", "applicable")
    assert "Règle « condition-sociale », version du 22 août 2026, au lieu de celle du 1er avril 2019." in duty.motif
    assert "CCP, art. L. 2112-2-1" in duty.fondements
    text = found["sources.CCP, art. L. 2112-2"]
    assert (text.avant, text.apres) == (date(2019, 4, 1), date(2026, 8, 22))
    assert found["date_droit"].apres == date(2026, 12, 15)


def test_terms_of_the_formula_that_moved(examine: Examine) -> None:
    before = examine("espaces-verts")
    found = changes(before, examine("espaces-verts", ('taux_effort: "5 %"', 'taux_effort: "7 %"')))
    assert found["lots[0].heures.volume"].motif == "Termes de la formule qui changent : taux_effort."
    assert found["lots[0].heures.volume"].lot == 1
    assert "lots[0].heures.parametres.taux_effort" in found
    assert not [chemin for chemin in found if chemin.startswith("lots[1]")]


def test_a_threshold_that_is_no_longer_reached(examine: Examine) -> None:
    before = examine("espaces-verts")
    less = [("^valeur_estimee_ht: .*", "valeur_estimee_ht: 90000")]
    less += [('valeur_estimee_ht: "480 000 €"', "valeur_estimee_ht: 40000")]
    less += [('valeur_estimee_ht: "640 000 €"', "valeur_estimee_ht: 50000")]
    found = changes(before, examine("espaces-verts", *less))
    assert (found["seuil.atteint"].avant, found["seuil.atteint"].apres) == (True, False)
    assert "Fait qui change : " in found["obligations.condition-sociale.statut"].motif
    assert "oui, puis non" in found["obligations.condition-sociale.statut"].motif


def test_another_dispositif_another_ccag_no_facilitator(examine: Examine) -> None:
    before = examine("espaces-verts")
    after = examine(
        "espaces-verts",
        ("dispositif: clause$", "dispositif: reserve-iae"),
        ("^ccag: .*", "ccag: Travaux"),
        (r"^facilitateur:\n(?:[ #].*\n|\n(?= ))+", ""),
    )
    found = changes(before, after)
    chosen = found["lots[0].dispositif"]
    assert (chosen.avant, chosen.apres) == ("clause", "reserve-iae")
    assert chosen.motif and "CCP, art. L. 2113-13" in chosen.fondements
    assert (found["lots[0].heures.volume"].avant, found["lots[0].heures.volume"].apres) == (420, None)
    assert "lots[0].heures.methode" not in found
    assert found["references_ccag.ccag"].apres == "Travaux"
    assert found["parties.acheteur"].apres == "maître d'ouvrage"
    gone = found["documents.convention.applicable"]
    assert (gone.avant, gone.apres) == (True, False)
    assert gone.motif
    assert found["a_completer.facilitateur.referent.nom"].apres is None


def test_lots_are_matched_by_their_number(examine: Examine) -> None:
    before = examine("espaces-verts")
    after = examine("espaces-verts", (r"  - numero: 1\n(?:    .*\n)+", ""))
    found = changes(before, after)
    assert (found["lots[0]"].avant, found["lots[0]"].apres, found["lots[0]"].lot) == ("clause", None, 1)
    assert "lots[0].heures.volume" not in found
    facts = {f.chemin: f for f in compare_facts(before.marche, after.marche)}
    assert set(facts) == {"lots[0]"}
    assert facts["lots[0]"].apres is None


def test_lots_listed_in_another_order_keep_their_findings(examine: Examine, tmp_path: Path) -> None:
    one = examine("nettoyage")
    assert any(d.chemin and d.chemin.startswith("lots[0]") and d.code == "H308" for d in one.diagnostics)
    text = (EXAMPLES / "nettoyage" / "marche.yaml").read_text(encoding="utf-8")
    head, *lots = re.split(r"(?m)^(?=  - numero:)", text)
    last, end = re.split(r"(?m)^(?=\S)", lots[-1], maxsplit=1) if re.search(r"(?m)^\S", lots[-1]) else (lots[-1], "")
    other = tmp_path / "autre.yaml"
    other.write_text("".join([head, *reversed([*lots[:-1], last]), end]), encoding="utf-8")
    assert changes(one, examiner(other)) == {}


def test_facts_are_compared_by_value(examine: Examine) -> None:
    before = examine("espaces-verts")
    assert not compare_facts(before.marche, examine("espaces-verts", ('"1 120 000 €"', "1120000")).marche)
    moved = compare_facts(
        before.marche, examine("espaces-verts", ("jour_transmission: 15", "jour_transmission: 20")).marche
    )
    assert [(f.chemin, f.avant, f.apres) for f in moved] == [("insertion.jour_transmission", 15, 20)]


def test_findings_that_appear_and_go(examine: Examine) -> None:
    before = examine("espaces-verts")
    after = examine("espaces-verts", ("^valeur_estimee_ht: .*", "valeur_estimee_ht: 600000"))
    found = changes(before, after)
    assert found["diagnostics.erreur.C002"].avant is None
    assert changes(after, before)["diagnostics.erreur.C002"].apres is None


def test_a_description_that_does_not_load(examine: Examine, tmp_path: Path) -> None:
    before = examine("espaces-verts")
    path = tmp_path / "faux.yaml"
    path.write_text("version: 1\nobjet: [", encoding="utf-8")
    broken: Any = examiner(path)
    assert compare_facts(before.marche, broken.marche) == ()
    assert {e.chemin.split(".")[0] for e in compare_decisions(versant(before), versant(broken))} == {"diagnostics"}
