from pathlib import Path

from clausegen.french.typography import plain
from clausegen.workflow.examine import examiner, raisons

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def told(name, lot=None):
    return plain(" ".join(" ".join(raisons(examiner(EXAMPLES / name / "marche.yaml"), lot)).split()))


def test_from_conclusion_to_rule_to_fact():
    text = told("espaces-verts")
    assert "Condition d'exécution sociale (règle condition-sociale, version du 22 août 2026) :" in text
    assert "seuil européen atteint : oui" in text


def test_what_would_change_the_answer():
    text = told("espaces-verts")
    assert (
        "Si la valeur retenue était inférieure à 216 000 € HT : condition d'exécution sociale, sans objet et non obligatoire."
        in text
    )
    assert (
        "Si le lancement était le 20 août 2026 ou avant : condition d'exécution sociale, sans objet et non obligatoire."
        in text
    )
    assert "Si vous indiquiez `lots[0].aucun_motif`" in text


def test_one_lot_only():
    assert "lot n° 2" not in told("espaces-verts", 1)


def test_hours_are_held_against_real_operations():
    text = told("informatique-par-commande")
    assert "70 heures pour 100 000 € ; opérations connues du même secteur : de 35 à 50" in text
