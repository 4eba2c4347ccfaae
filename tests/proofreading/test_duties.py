"""R31, R32, R33: what the decision says of the market is told on its pieces; reasons are facts."""

from pathlib import Path

import pytest

from clausegen.french.typography import plain
from clausegen.proofreading.context import context
from clausegen.proofreading.registry import proofread
from clausegen.reading.tokens import read_texte
from clausegen.workflow.examine import examiner

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def changed(tmp_path, name, *swaps):
    text = (EXAMPLES / name / "marche.yaml").read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "marche.yaml"
    path.write_text(text, encoding="utf-8")
    return examiner(path)


def told(livre, examen, piece, code):
    document = read_texte(examen.textes[piece], piece)
    return [constat for _, constat in proofread(context(document, livre, dossier=examen.dossier), (code,))]


def test_a_market_above_the_threshold_without_condition_nor_reason(livre, tmp_path):
    examen = changed(tmp_path, "voyages-sans-clause", ("aucun_motif: lien-insuffisant", "perimetre: guichet"))
    found = told(livre, examen, "motivation", "R31")
    assert [constat.bloc for constat in found] == [None]
    assert "D102" in found[0].message


@pytest.mark.parametrize(
    ("reason", "found"),
    [("Le marché ne s'y prête pas.", True), ("Neuf dixièmes du montant sont des titres de transport. " * 5, False)],
)
def test_reasons_are_long_enough_to_be_facts(livre, exemples, change, reason, found):
    one = exemples["voyages-sans-clause"]
    document = one.pieces["motivation"]
    bloc = next(b for b in document.blocs if b.texte.startswith("Faits établis par"))
    start = bloc.texte.index(":") + 2
    written = change(document, plain(bloc.texte[start:]), reason)
    assert bool(proofread(context(written, livre, dossier=one.dossier), ("R32",))) is found


def test_hours_on_supplies_without_labour(livre, tmp_path):
    examen = changed(tmp_path, "mobilier-penitentiaire", ('part_main_oeuvre: "12 %"', 'part_main_oeuvre: "1 %"'))
    found = told(livre, examen, "ccap", "R33")
    assert found and all(constat.niveau == "avertissement" for constat in found)
