"""No description, valid or partial, makes the engine crash, contradict itself or assert without a source."""

import importlib.util
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from clausegen.description.marche import Marche
from clausegen.dossier.dossier import build
from clausegen.dossier.pieces import planned
from clausegen.dossier.tracking import tracking
from clausegen.law.decide import decide
from clausegen.law.findings import Finder
from clausegen.law.openwords import open_words
from clausegen.text.render import properties, render
from clausegen.workflow.examine import drafted
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.registry import workbook_bytes, writer_for

_SPEC = importlib.util.spec_from_file_location("strategies", Path(__file__).with_name("strategies.py"))
strategies = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(strategies)
LIVRE = strategies.LIVRE
WORDS = open_words(LIVRE)
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=200)


def deliberate(description):
    numbered = [lot | {"numero": n} for n, lot in enumerate(description.get("lots", ()), 1)]
    marche = Marche.model_validate(
        description | ({"lots": numbered} if numbered else {}), context={"vocabulaire": WORDS}
    )
    return decide(marche, LIVRE, marche.date_lancement, Finder())


@given(strategies.DESCRIPTIONS)
@CALM
def test_the_decision_holds_together(description):
    papers = deliberate(description)
    decision = papers.decision
    assert [
        o.statut for o in decision.obligations if o.statut not in ("applicable", "non-applicable", "a-preciser")
    ] == []
    assert len(decision.obligations) == 7
    for duty in decision.obligations:
        assert duty.satisfaite is None or duty.statut == "applicable"
        assert duty.motif and duty.fondements
    for lot in decision.lots:
        assert len({o.dispositif for o in lot.options}) == len(lot.options) == 10
        proposed = [o for o in lot.options if o.recommande]
        assert len(proposed) <= 1
        assert all(o.statut == "possible" for o in proposed)
        assert all(o.fondements and o.motif for o in lot.options)
        asks = description["lots"][lot.numero - 1].get("dispositif", "auto") is None
        if lot.choisi_par == "regle" and not asks:
            assert lot.dispositif == (proposed[0].dispositif if proposed else None)
        chosen = next((o for o in lot.options if o.dispositif == lot.dispositif), None)
        if chosen is not None and chosen.statut == "interdit":
            assert "D101" in {d.code for d in decision.diagnostics}
        if (
            lot.heures is not None
            and lot.heures.volume is not None
            and all(p.heures is not None for p in lot.heures.periodes)
        ):
            assert not lot.heures.periodes or sum(p.heures for p in lot.heures.periodes) == lot.heures.volume


def test_before_the_code_the_program_says_that_it_does_not_know():
    decision = deliberate({"version": 1, "objet": "Essai", "date_lancement": "2018-05-05", "lots": [{}]}).decision
    assert "D131" in {d.code for d in decision.diagnostics}
    assert {o.statut for o in decision.obligations} == {"a-preciser"}


@given(strategies.DESCRIPTIONS)
@CALM
def test_nothing_is_asserted_without_a_source_nor_left_open_without_a_question(description):
    papers = deliberate(description)
    decision = papers.decision
    grounds = {f for o in decision.obligations for f in o.fondements}
    grounds |= {f for lot in decision.lots for o in (*lot.options, *lot.obligations) for f in o.fondements}
    grounds |= {f for d in decision.diagnostics for f in d.fondements}
    assert grounds <= set(decision.sources)
    asked = {d.chemin for d in decision.diagnostics if d.niveau == "question"}
    open_points = [*papers.duties.values(), *(c for lot in papers.lots for c in lot.choisi.conclusions.values())]
    for said in open_points:
        if said.statut == "a-preciser":
            assert asked & ({m.chemin for m in said.manquants} or {"date_lancement"})
    for lot in decision.lots:
        if lot.choisi_par == "regle" and lot.dispositif is None:
            assert asked


@given(strategies.DESCRIPTIONS)
# Shrinking would render hundreds of pieces: the first failure is enough.
@settings(CALM, max_examples=50, phases=[Phase.explicit, Phase.generate])
def test_every_piece_is_written_whole(description):
    papers = deliberate(description)
    dossier = build(papers.marche, papers)
    assert len(planned(dossier)) == 11
    for gabarit in drafted(dossier):
        if gabarit.classeur:
            about = properties(gabarit, dossier, "sha256:essai")
            assert workbook_bytes(gabarit.id, tracking(dossier), about, OptionsEcriture())[1]
            continue
        texte = render(gabarit, dossier, "sha256:essai")
        for name in ("docx", "html", "md", "txt"):
            assert writer_for(name).write(texte, OptionsEcriture())
