from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clausegen.law.decide import decide
from clausegen.law.findings import Finder


def duty(decision, ident):
    return next(o for o in decision.obligations if o.id == ident)


def option(lot, dispositif):
    return next(o for o in lot.options if o.dispositif == dispositif)


def codes(decision):
    return [d.code for d in decision.diagnostics]


def test_the_sample_of_the_contract(deliberate):
    decision = deliberate().decision
    assert decision.seuil.categorie == "fournitures-services-autres-pouvoirs-adjudicateurs"
    assert (decision.seuil.montant_ht, decision.seuil.valeur_retenue_ht, decision.seuil.atteint) == (
        216000,
        960000,
        True,
    )
    heures = decision.lots[0].heures
    assert (heures.volume, heures.volume_brut, heures.ratio_pour_100000) == (420, Decimal("433.33"), Decimal("87.5"))
    assert duty(decision, "condition-sociale").statut == "applicable"
    assert duty(decision, "condition-sociale").satisfaite is True
    assert decision.references_ccag["penalites"] == "16.1.5"
    assert len(decision.obligations) == 7
    assert all(len(lot.options) == 10 for lot in decision.lots)
    assert [sum(o.recommande for o in lot.options) for lot in decision.lots] == [1, 1]


@pytest.mark.parametrize(("valeur", "atteint"), [("215999", False), ("216000", True), ("216001", True)])
def test_the_threshold_to_the_euro(deliberate, valeur, atteint):
    decision = deliberate(
        ("valeur_estimee_ht: 960000", f"valeur_estimee_ht: {valeur}"),
        ("valeur_estimee_ht: 480000, dispositif: clause", "valeur_estimee_ht: 100000, dispositif: clause"),
        ("valeur_estimee_ht: 480000, dispositif: auto", "valeur_estimee_ht: 100000, dispositif: auto"),
    ).decision
    assert decision.seuil.atteint is atteint


@pytest.mark.parametrize(
    ("jour", "statut"),
    [(date(2026, 8, 20), "non-applicable"), (date(2026, 8, 21), "a-preciser"), (date(2026, 8, 22), "applicable")],
)
def test_the_days_of_change(deliberate, jour, statut):
    decision = deliberate(jour=jour).decision
    assert duty(decision, "condition-sociale").statut == statut
    if statut == "a-preciser":
        assert any(d.niveau == "question" and d.chemin == "date_lancement" for d in decision.diagnostics)


@pytest.mark.parametrize(
    ("ccag", "nature", "clause", "acheteur", "cocontractant", "plafond"),
    [
        ("Travaux", "travaux", "20.1", "maître d'ouvrage", "titulaire", "19.2.2"),
        ("FCS", "services", "16.1", "acheteur", "titulaire", "14.1.2"),
        ("PI", "services", "16.1", "acheteur", "titulaire", "14.1.2"),
        ("TIC", "services", "16.1", "acheteur", "titulaire", "14.1.2"),
        ("MI", "services", "17.1", "acheteur", "titulaire", "15.2"),
        ("MOE", "services", "18.1", "maître d'ouvrage", "maître d'œuvre", "16.2.2"),
    ],
)
def test_each_ccag_brings_its_articles_and_names(deliberate, ccag, nature, clause, acheteur, cocontractant, plafond):
    decision = deliberate(("ccag: FCS", f"ccag: {ccag}"), ("nature: services", f"nature: {nature}")).decision
    assert decision.references_ccag["clause"] == clause
    assert decision.references_ccag["plafond_penalites_retard"] == plafond
    assert decision.parties == {"acheteur": acheteur, "cocontractant": cocontractant}
    assert plafond in {d.article for d in decision.derogations}


def test_no_condition_and_no_reason_is_a_fault(deliberate):
    decision = deliberate(
        ("dispositif: clause", "dispositif: aucun"), ("dispositif: auto", "dispositif: aucun")
    ).decision
    assert codes(decision).count("D102") == 2
    assert duty(decision, "motivation-absence").statut == "applicable"
    assert duty(decision, "motivation-absence").satisfaite is False


def test_one_lot_satisfies_the_market_and_the_other_is_told(deliberate):
    decision = deliberate(("dispositif: auto", "dispositif: aucun")).decision
    assert duty(decision, "condition-sociale").satisfaite is True
    assert "D103" in codes(decision) and "D102" not in codes(decision)
    assert duty(decision, "motivation-absence").statut == "non-applicable"


def test_a_reason_that_the_law_does_not_admit(deliberate):
    decision = deliberate(
        ("dispositif: clause", "aucun_motif: travaux-courts, dispositif: aucun"),
        ("dispositif: auto", "dispositif: aucun, aucun_motif: travaux-courts"),
    ).decision
    assert codes(decision).count("D101") == 2
    assert option(decision.lots[0], "aucun").statut == "interdit"


def test_an_admissible_reason(deliberate):
    decision = deliberate(
        ("dispositif: clause", "aucun_motif: lien-insuffisant, aucun_justification: Des faits, dispositif: aucun"),
        ("dispositif: auto", "aucun_motif: lien-insuffisant, aucun_justification: Des faits, dispositif: aucun"),
    ).decision
    assert "erreur" not in [d.niveau for d in decision.diagnostics]
    assert duty(decision, "condition-sociale").satisfaite is False
    assert duty(decision, "motivation-absence").satisfaite is True


def test_reservation_alone_does_not_satisfy(deliberate):
    decision = deliberate(
        ("dispositif: clause", "dispositif: reserve-iae"), ("dispositif: auto", "dispositif: critere")
    ).decision
    assert codes(decision).count("D105") == 2
    assert decision.lots[0].heures is None
    assert duty(decision, "mention-reservation").statut == "applicable"


def test_prison_reservation_before_it_existed(deliberate):
    decision = deliberate(("dispositif: clause", "dispositif: reserve-penitentiaire"), jour=date(2022, 10, 20)).decision
    assert "D101" in codes(decision)
    assert "CCP, art. L. 2113-13" in next(d for d in decision.diagnostics if d.code == "D101").fondements


def test_concession(deliberate):
    decision = deliberate(
        ("contrat: accord-cadre", "contrat: concession"),
        ("ccag: FCS", "ccag: aucun"),
        ("dispositif: clause", "dispositif: reserve-handicap-iae"),
    ).decision
    assert decision.references_ccag is None
    assert decision.parties["acheteur"] == "autorité concédante"
    assert "D101" in codes(decision)
    grounds = {f for o in decision.obligations for f in o.fondements} | {
        f for lot in decision.lots for o in lot.options for f in o.fondements if o.statut != "interdit"
    }
    assert not {f for f in grounds if "L. 2113-1" in f or "L. 2112-2" in f}, "a concession cites the book of marchés"


def test_defence_closes_all_but_handicap(deliberate):
    decision = deliberate(("ccag: FCS", "ccag: FCS\nregime: defense-securite")).decision
    said = {o.dispositif: o.statut for o in decision.lots[0].options}
    assert said["reserve-handicap"] == "possible"
    assert {said[d] for d in ("reserve-iae", "reserve-handicap-iae", "reserve-penitentiaire", "reserve-ess")} == {
        "interdit"
    }
    assert duty(decision, "condition-sociale").statut == "non-applicable"
    assert decision.seuil.montant_ht == 432000


def test_without_a_date_what_depends_on_it_is_asked(deliberate):
    decision = deliberate(("date_lancement: 2026-12-15\n", "")).decision
    assert decision.date_droit is None
    assert duty(decision, "condition-sociale").statut == "a-preciser"
    assert option(decision.lots[0], "reserve-iae").statut == "possible"
    assert option(decision.lots[0], "reserve-penitentiaire").statut == "a-preciser"
    assert any(d.niveau == "question" and d.chemin == "date_lancement" for d in decision.diagnostics)


def test_every_ground_is_a_source(deliberate):
    for changes in ((), (("contrat: accord-cadre", "contrat: concession"), ("ccag: FCS", "ccag: aucun"))):
        decision = deliberate(*changes).decision
        grounds = {decision.seuil.fondement}
        grounds |= {f for o in decision.obligations for f in o.fondements}
        grounds |= {f for lot in decision.lots for o in (*lot.options, *lot.obligations) for f in o.fondements}
        grounds |= {f for d in decision.diagnostics for f in d.fondements}
        assert grounds <= set(decision.sources)


def test_hours_by_amount_ordered(deliberate):
    decision = deliberate(
        (
            "dispositif: clause,",
            "dispositif: clause, heures: {par_tranche: {heures: 35, montant_ht: 100000, a_partir_de_ht: 100000, base: commande}},",
        )
    ).decision
    heures = decision.lots[0].heures
    assert heures.methode == "par-tranche"
    assert heures.volume is None
    assert heures.volume_au_maximum == 133
    assert heures.parametres == {"heures": 35, "montant_ht": 100000, "a_partir_de_ht": 100000, "base": "commande"}


def test_a_ratio_that_starts_at_the_maximum_is_no_condition(deliberate):
    decision = deliberate(
        (
            "dispositif: clause,",
            "dispositif: clause, heures: {par_tranche: {heures: 35, montant_ht: 100000, a_partir_de_ht: 480000, base: commande}},",
        ),
        ("dispositif: auto", "dispositif: aucun"),
    ).decision
    assert duty(decision, "condition-sociale").satisfaite is False


def test_renewals_share_the_hours(deliberate):
    decision = deliberate(("duree_mois: 48", "duree_mois: 48\nreconductions: 3")).decision
    assert [p.heures for p in decision.lots[0].heures.periodes] == [105, 105, 105, 105]


def test_a_multiple_of_the_minimum_wage_is_written_in_euros(deliberate):
    papers = deliberate(("facilitateur:", "insertion: {penalites: {heure_non_realisee: 2 x smic}}\nfacilitateur:"))
    assert papers.choix["insertion.penalites.heure_non_realisee"].valeur == Decimal("24.62")


def test_defaults_are_listed(deliberate):
    decision = deliberate().decision
    told = {v.chemin: v.valeur for v in decision.valeurs_par_defaut}
    assert told["insertion.penalites.heure_non_realisee"] == 60
    assert told["lots[1].calibrage.cout_horaire"] == 36
    assert "lots[0].calibrage.cout_horaire" not in told


def test_a_null_asks_instead_of_taking_the_default(deliberate):
    decision = deliberate(
        ("facilitateur:", "insertion: {penalites: {heure_non_realisee: null}}\nfacilitateur:")
    ).decision
    assert "insertion.penalites.heure_non_realisee" not in {v.chemin for v in decision.valeurs_par_defaut}


def test_a_clause_without_any_hour_due_does_not_meet_the_duty(deliberate):
    decision = deliberate(
        ("dispositif: clause,", "dispositif: clause, heures: 0,"), ("dispositif: auto", "dispositif: critere")
    ).decision
    assert codes(decision).count("D105") == 2
    assert duty(decision, "condition-sociale").satisfaite is False


def test_a_ratio_just_below_the_maximum_still_counts(deliberate):
    decision = deliberate(
        (
            "dispositif: clause,",
            "dispositif: clause, heures: {par_tranche: {heures: 35, montant_ht: 100000, a_partir_de_ht: 479999, base: commande}},",
        ),
        ("dispositif: auto", "dispositif: aucun"),
    ).decision
    assert duty(decision, "condition-sociale").satisfaite is True


def test_past_the_known_thresholds_no_fact_is_missing(deliberate):
    decision = deliberate(jour=date(2028, 3, 1)).decision
    asked = next(d for d in decision.diagnostics if d.chemin == "date_lancement" and d.niveau == "question")
    assert asked.niveau == "question" and asked.message.startswith("Aucun fait ne manque")
    assert "D120" in codes(decision)


def test_a_question_on_the_retained_option_is_a_real_one(deliberate):
    decision = deliberate(
        ("dispositif: clause,", "dispositif: reserve-ess, cpv: '85312510',"), ("duree_mois: 48", "reconductions: 0")
    ).decision
    found = {d.chemin: d.code for d in decision.diagnostics if d.niveau == "question"}
    assert found["duree_mois"] == "Q001"


def test_half_a_penalty_takes_the_other_half_from_the_default(deliberate):
    papers = deliberate(("facilitateur:", "insertion: {penalites: {document: {par: jour}}}\nfacilitateur:"))
    assert papers.choix["insertion.penalites.document"].valeur == {"montant": Decimal(50), "par": "jour"}
    papers = deliberate(("facilitateur:", "insertion: {penalites: {document: {montant: null}}}\nfacilitateur:"))
    assert papers.choix["insertion.penalites.document"].valeur.chemin == "insertion.penalites.document"


def test_what_is_asked_when_the_file_is_silent(deliberate):
    decision = deliberate(
        ("dispositif: clause,", "dispositif: critere,"), ("procedure: appel-offres-ouvert\n", "")
    ).decision
    asked = {d.chemin for d in decision.diagnostics if d.niveau == "question"}
    assert {
        "procedure",
        "acheteur.siret",
        "facilitateur.courriel",
        "insertion.critere.ponderation",
        "insertion.penalites.donnees",
    } <= asked


def test_the_wage_due_for_revision_and_rules_checked_long_ago(deliberate):
    assert "D121" not in codes(deliberate(jour=date(2026, 12, 31)).decision)
    assert "D121" in codes(deliberate(jour=date(2027, 1, 1)).decision)
    assert "D122" not in codes(deliberate(jour=date(2027, 11, 24)).decision)
    assert "D122" in codes(deliberate(jour=date(2027, 11, 25)).decision)


def test_a_place_that_has_its_own_minimum_wage(deliberate):
    """The sample writes its hourly cost; its penalty is, by default, a multiple of the wage."""
    mayotte = ("nature: services", 'nature: services\nlieu_execution: {departement: "976"}')
    in_euros = ("dispositif: clause,", "dispositif: clause, insertion: {penalites: {heure_non_realisee: 80}},")
    assert "D123" not in codes(deliberate().decision)
    (said,) = [d for d in deliberate(mayotte).decision.diagnostics if d.code == "D123"]
    assert said.message.startswith("Mayotte a son propre SMIC") and said.chemin == "lieu_execution.departement"
    assert "D123" not in codes(deliberate(mayotte, in_euros, ("dispositif: auto", "dispositif: aucun")).decision)


def test_derogations_of_some_lots_name_them(deliberate):
    decision = deliberate(("dispositif: auto", "dispositif: clause, insertion: {comptage_embauche_ans: 4}")).decision
    found = next(d for d in decision.derogations if d.article == "16.1.2")
    assert found.objet.endswith("(le lot n° 2).")


def test_the_decision_names_its_market_its_day_and_its_law(deliberate):
    decision = deliberate().decision
    assert decision.version == 1
    assert decision.marche == {
        "reference": "2026-EV-041",
        "objet": "Entretien des espaces verts",
        "contrat": "accord-cadre",
        "ccag": "FCS",
    }
    assert decision.date_droit == date(2026, 12, 15)
    assert set(decision.regles) == {"version", "empreinte"}
    assert decision.regles["empreinte"].startswith("sha256:")
    assert date.fromisoformat(decision.regles["version"])


@pytest.mark.parametrize(
    ("achats", "statut"), [("50000000", "non-applicable"), ("50000001", "applicable"), ("50000000.01", "applicable")]
)
def test_the_yearly_purchases_must_exceed_their_amount(deliberate, achats, statut):
    assert duty(deliberate(("82000000", achats)).decision, "spaser").statut == statut


@pytest.mark.parametrize(("valeur", "statut"), [("39999", "non-applicable"), ("40000", "applicable")])
def test_the_essential_data_are_due_from_their_amount_on(deliberate, valeur, statut):
    changes = [("valeur_estimee_ht: 960000", f"valeur_estimee_ht: {valeur}")]
    changes += [("valeur_estimee_ht: 480000, ", "valeur_estimee_ht: 1000, ")]
    assert duty(deliberate(*changes).decision, "donnees-essentielles").statut == statut


def test_a_condition_known_in_one_lot_is_enough_whatever_the_others(deliberate):
    """A lot left open takes nothing from the duty that another one meets."""
    decision = deliberate(("dispositif: auto", "dispositif: null")).decision
    assert duty(decision, "condition-sociale").satisfaite is True


def test_whether_the_duty_is_met_stays_open_while_a_lot_may_meet_it(deliberate):
    decision = deliberate(
        ("dispositif: clause", "dispositif: aucun"), ("dispositif: auto", "dispositif: null")
    ).decision
    assert duty(decision, "condition-sociale").satisfaite is None
    assert [lot.dispositif for lot in decision.lots] == ["aucun", None]
    decision = deliberate(
        ("dispositif: clause", "dispositif: aucun"), ("dispositif: auto", "dispositif: aucun")
    ).decision
    assert duty(decision, "condition-sociale").satisfaite is False


def test_a_market_whose_lots_are_not_described_asks_for_them(deliberate):
    text = """
    version: 1
    objet: "Entretien"
    nature: services
    contrat: marche
    ccag: aucun
    date_lancement: 2026-12-15
    valeur_estimee_ht: 960000
    acheteur: {categorie: autre-pouvoir-adjudicateur}
    """
    papers = deliberate(text=text)
    decision = papers.decision
    assert decision.lots == ()
    assert papers.faits["condition"].chemin == papers.faits["marche.condition"].chemin == "lots"
    assert papers.faits["motifs_donnes"] is False
    assert duty(decision, "condition-sociale").statut == "applicable"
    assert duty(decision, "condition-sociale").satisfaite is None
    assert "lots" in {d.chemin for d in decision.diagnostics if d.niveau == "question"}
    assert duty(decision, "mention-reservation").statut == "non-applicable"
    # Tant que les lots ne sont pas décrits, aucun n'a donné de motif.
    assert duty(decision, "motivation-absence").satisfaite is not True


REASONED = "dispositif: aucun, aucun_motif: lien-insuffisant, aucun_justification: Des faits"


@pytest.mark.parametrize(
    ("first", "second", "satisfaite"),
    [
        (REASONED, REASONED, True),
        (REASONED, "dispositif: aucun", False),
        ("dispositif: aucun", REASONED, False),
        (REASONED, "dispositif: aucun, aucun_motif: travaux-courts", False),
    ],
)
def test_each_lot_without_a_condition_owes_its_reasons(deliberate, first, second, satisfaite):
    papers = deliberate(("dispositif: clause", first), ("dispositif: auto", second))
    found = duty(papers.decision, "motivation-absence")
    assert (found.statut, found.satisfaite) == ("applicable", satisfaite)
    told = [duty(lot, "motivation-absence").satisfaite for lot in papers.decision.lots]
    assert told == [first == REASONED, second == REASONED]


def test_a_reservation_of_one_lot_is_announced_for_the_market(deliberate):
    decision = deliberate(("dispositif: auto", "dispositif: reserve-iae")).decision
    assert duty(decision, "mention-reservation").statut == "applicable"
    assert [duty(lot, "mention-reservation").statut for lot in decision.lots] == ["non-applicable", "applicable"]
    assert duty(deliberate().decision, "mention-reservation").statut == "non-applicable"


def test_a_duty_of_the_whole_market_that_is_open_leaves_no_lot_to_a_missing_fact_only(deliberate):
    """On the day of doubt no fact is missing: the launch is what the question bears on, with the law's own words."""
    papers = deliberate(("dispositif: auto", "dispositif: aucun"), jour=date(2026, 8, 21))
    (asked,) = papers.faits["obligation.condition_sociale"].unknowns
    assert asked.chemin == "date_lancement"
    assert asked.question.startswith("Le 21 août 2026 est un jour de doute")
    assert deliberate().faits["obligation.condition_sociale"] == "applicable"


def test_a_lot_is_small_and_its_reason_is_known_by_the_controls(deliberate):
    lots = deliberate(
        ("valeur_estimee_ht: 480000, dispositif: auto", "valeur_estimee_ht: 79999, dispositif: aucun"),
        ("dispositif: clause", "dispositif: clause, aucun_motif: lien-insuffisant"),
    ).lots
    assert [lot.faits["lot.petit"] for lot in lots] == [False, True]
    assert [lot.faits["lot.motif_donne"] for lot in lots] == [True, False]
    assert [lot.faits["lot.motif"] for lot in lots] == ["lien-insuffisant", ""]
    assert lots[0].faits["lot.aucun_motif"] == "lien-insuffisant"
    assert lots[1].faits["lot.aucun_motif"].chemin == "lots[1].aucun_motif"


def test_defaults_are_only_those_that_a_piece_shows(deliberate):
    def told(*changes):
        return [v.chemin for v in deliberate(*changes).decision.valeurs_par_defaut]

    both = told()
    assert len(both) == len(set(both)), "un choix du marché est dit une fois, quel que soit le nombre de lots"
    assert {f"lots[1].calibrage.{t}" for t in ("part_main_oeuvre", "taux_effort", "cout_horaire")} <= set(both)
    assert any(chemin.startswith("facilitateur.convention") for chemin in both)
    # Sans facilitateur, sa convention ne se dit pas.
    alone = told(("facilitateur: {structure: PLIE}\n", ""))
    assert not any(chemin.startswith("facilitateur.convention") for chemin in alone)
    assert {"insertion.penalites.heure_non_realisee", "insertion.validateur"} <= set(alone)
    # Des heures écrites ne doivent rien au calibrage.
    written = told(("dispositif: auto", "dispositif: clause, heures: 420"))
    assert "insertion.penalites.heure_non_realisee" in written
    assert not any("calibrage" in chemin for chemin in written)
    # Un lot sans action d'insertion ne montre aucun choix de rédaction.
    assert told(("dispositif: clause", "dispositif: aucun"), ("dispositif: auto", "dispositif: aucun")) == []


def test_derogations_stand_in_the_order_of_the_articles_and_name_no_lot_that_all_share(deliberate):
    decision = deliberate(
        ("facilitateur:", "insertion: {comptage_embauche_ans: 4, actions_alternatives: [stage]}\nfacilitateur:")
    ).decision
    articles = [[int(part) for part in d.article.split(".")] for d in decision.derogations]
    assert len(articles) >= 2
    assert articles == sorted(articles)
    assert not [d for d in decision.derogations if "lot n°" in d.objet]
    assert all(any(d.article in citation for citation in decision.sources) for d in decision.derogations)


def test_derogations_name_every_lot_that_makes_them(deliberate):
    third = "  - {numero: 3, intitule: Est, valeur_estimee_ht: 1000, dispositif: clause, heures: 70}\n"
    text = "insertion: {comptage_embauche_ans: 4}"
    decision = deliberate(
        ("dispositif: clause,", f"dispositif: clause, {text},"),
        ("dispositif: auto}\n", f"dispositif: clause, {text}}}\n{third}"),
    ).decision
    found = next(d for d in decision.derogations if d.article == "16.1.2")
    assert found.objet.endswith(" (les lots n° 1 et 2).")
    assert ".." not in found.objet and ". (" not in found.objet


def test_lots_that_depart_from_an_article_by_different_figures_each_say_their_own(deliberate):
    """The list of derogations binds: a lot whose hires count three years must not read four."""
    years = "insertion: {comptage_embauche_ans: %d}"
    decision = deliberate(
        ("dispositif: clause,", f"dispositif: clause, {years % 4},"),
        ("dispositif: auto", f"dispositif: clause, {years % 3}"),
    ).decision
    said = [d.objet for d in decision.derogations if d.article == "16.1.2"]
    assert len(said) == 2
    assert "4 ans" in said[0] and said[0].endswith(" (le lot n° 1).")
    assert "3 ans" in said[1] and said[1].endswith(" (le lot n° 2).")


def test_a_derogation_is_only_made_from_the_day_of_its_rule_on(deliberate):
    """A CCAG may be departed from in a new way tomorrow: a market of today does not."""
    papers = deliberate(("facilitateur:", "insertion: {comptage_embauche_ans: 4}\nfacilitateur:"))
    rules = papers.livre.regles["derogations"]
    (version,) = rules["comptage-embauche"].versions.values()
    jour = date(2027, 3, 1)
    later = rules | {"comptage-embauche": replace(rules["comptage-embauche"], versions={jour: version})}
    livre = replace(papers.livre, regles=papers.livre.regles | {"derogations": later})

    def articles(day):
        return {d.article for d in decide(papers.marche, livre, day, Finder()).decision.derogations}

    assert articles(jour) - articles(date(2027, 2, 28)) == {"16.1.2"}


def test_a_lot_without_action_makes_no_derogation(deliberate):
    change = ("facilitateur:", "insertion: {comptage_embauche_ans: 4}\nfacilitateur:")
    papers = deliberate(change, ("dispositif: auto", "dispositif: aucun"))
    assert "16.1.2" in {d.article for d in papers.decision.derogations}
    assert papers.lots[0].derogations and not papers.lots[1].derogations
    # Seul le lot qui porte une action déroge : il n'y a rien à distinguer.
    assert not [d for d in papers.decision.derogations if "lot n°" in d.objet]
    none = deliberate(change, ("dispositif: clause", "dispositif: aucun"), ("dispositif: auto", "dispositif: aucun"))
    assert none.decision.derogations == ()
    outside = deliberate(change, ("ccag: FCS", "ccag: aucun"))
    assert outside.decision.derogations == () and outside.lots[0].derogations == {}


def test_each_derogation_leads_to_its_article_of_the_clause(deliberate):
    papers = deliberate(("facilitateur:", "insertion: {comptage_embauche_ans: 4}\nfacilitateur:"))
    anchors = papers.ancres_derogations
    assert tuple(anchors) == papers.decision.derogations
    rules = papers.livre.regles["derogations"].values()
    known = {v.alors.valeur for regle in rules for v in regle.versions.values() if not isinstance(v, str)}
    assert set(anchors.values()) <= known


def test_the_ccag_and_its_list_of_derogations_are_sources(deliberate):
    papers = deliberate()
    for key in ("clause", "derogations"):
        citation = papers.references.get(f"ccag:{key}").citation
        assert papers.decision.sources[citation] == papers.references.get(f"ccag:{key}").source
    assert not [c for c in deliberate(("ccag: FCS", "ccag: aucun")).decision.sources if c.startswith("CCAG")]


def test_the_choices_of_the_market_are_kept_for_its_common_pieces(deliberate):
    papers = deliberate(("dispositif: auto", "dispositif: clause, insertion: {comptage_embauche_ans: 4}"))
    key = "insertion.comptage_embauche_ans"
    assert papers.lots[1].choix[key].valeur == 4
    assert papers.choix[key].valeur == papers.lots[0].choix[key].valeur != 4


def test_a_lot_left_open_may_yet_owe_its_reasons_and_one_that_carries_hours_does_not(deliberate):
    """While no lot meets the duty of the market, each answers for itself, and an open lot by a question."""
    changes = [("dispositif: clause", "dispositif: aucun"), ("dispositif: auto", "dispositif: null")]
    bare, still_open = deliberate(*changes).lots
    assert bare.duties["motivation-absence"].statut == "applicable"
    assert bare.faits["lot.condition"] is False
    assert still_open.duties["motivation-absence"].statut == "a-preciser"
    assert [m.chemin for m in still_open.duties["motivation-absence"].manquants] == ["lots[1].dispositif"]
    carrying, silent = deliberate(("dispositif: auto", "dispositif: aucun")).lots
    assert carrying.faits["lot.condition"] is True
    assert silent.faits["lot.condition"] is False
    assert [d.duties["motivation-absence"].statut for d in (carrying, silent)] == ["non-applicable"] * 2


def test_a_duty_that_lacks_a_fact_passes_it_on_to_what_depends_on_it(deliberate):
    changes = [("valeur_estimee_ht: 960000\n", ""), ("valeur_estimee_ht: 480000, dispositif: auto", "dispositif: auto")]
    missing = deliberate(*changes).faits["obligation.condition_sociale"].unknowns
    assert [m.chemin for m in missing] == ["valeur_estimee_ht"]


def test_before_the_code_no_lot_carries_a_condition(deliberate):
    papers = deliberate(("ccag: FCS", "ccag: aucun"), jour=date(2018, 5, 5))
    assert [lot.condition for lot in papers.lots] == [False, False]
    assert "D131" in codes(papers.decision)


def test_what_a_piece_only_prints_is_asked_under_a_code_of_its_own(deliberate):
    found = {d.chemin: d.code for d in deliberate().decision.diagnostics if d.niveau == "question"}
    assert found["acheteur.siret"] == found["facilitateur.courriel"] == "Q005"
