from dataclasses import replace
from datetime import date

import pytest

from clausegen.diagnostics import Niveau, Position
from clausegen.language.unknown import Unknown
from clausegen.law.decide import decide
from clausegen.law.findings import Finder
from clausegen.law.references import References
from clausegen.law.rulebook import rulebook

LIVRE = rulebook()
JOUR = date(2026, 12, 15)
TEXT = """
version: 1
objet: "Entretien"
nature: services
contrat: marche
ccag: aucun
procedure: adaptee
date_lancement: 2026-12-15
duree_mois: 24
lots: []
"""


@pytest.fixture
def found(deliberate):
    """Return the findings of a code, or all of them but the questions about what pieces print."""

    def run(*changes, code=None, **other):
        said = deliberate(*changes, **other).decision.diagnostics
        return [d for d in said if d.code == code or (code is None and d.code != "Q005")]

    return run


WRITTEN = ("dispositif: clause,", "dispositif: clause, heures: 420,")
SECOND = ("dispositif: auto", "dispositif: aucun")


@pytest.mark.parametrize(
    ("code", "changes", "jour", "chemin", "message"),
    [
        (
            "D131",
            [("ccag: FCS", "ccag: aucun")],
            date(2018, 5, 5),
            "date_lancement",
            "Le 5 mai 2018 précède le code de la commande publique, en vigueur depuis le 1er avril 2019 : clausegen ne "
            "connaît pas le droit antérieur.",
        ),
        (
            "D120",
            [],
            date(2028, 3, 1),
            "date_lancement",
            "Les seuils européens ne sont pas connus au 1er mars 2028 : la révision attendue n'est pas dans les règles.",
        ),
        (
            "D132",
            [("contrat: accord-cadre", "contrat: concession")],
            JOUR,
            "ccag",
            "Une concession ne se réfère pas à un CCAG : « FCS » est laissé de côté. Écrire `ccag: aucun`.",
        ),
        (
            "D130",
            [],
            date(2021, 3, 31),
            "ccag",
            "Le CCAG visé n'existe que depuis le 1er avril 2021 : un marché lancé le 31 mars 2021 ne peut s'y référer. "
            "Corriger la date ou écrire `ccag: aucun`.",
        ),
        (
            "D133",
            [("nature: services", "nature: travaux")],
            JOUR,
            "ccag",
            "Le CCAG « FCS » n'est pas fait pour un marché de travaux.",
        ),
        (
            "D110",
            [("valeur_estimee_ht: 960000\n", "")],
            JOUR,
            "valeur_estimee_ht",
            "`valeur_estimee_ht` manque : la somme des lots, 960 000 € HT, en tient lieu.",
        ),
        (
            "D121",
            [],
            date(2027, 1, 1),
            "date_lancement",
            "Le SMIC connu est celui du 1er juin 2026, une révision est attendue le 1er janvier 2027 : recalculer au "
            "lancement le coût horaire et les pénalités qui en dépendent.",
        ),
        (
            "D101",
            [("dispositif: clause", "dispositif: reserve-penitentiaire")],
            date(2022, 10, 20),
            "lots[0].dispositif",
            "Lot n° 1 : « reserve-penitentiaire » est interdit. Cette réservation n'existe que depuis le 21 octobre 2022. "
            "Dispositifs possibles : clause, clause-et-critere, critere, reserve-handicap, reserve-iae, "
            "reserve-handicap-iae, formation, aucun.",
        ),
        (
            "D103",
            [SECOND],
            JOUR,
            "lots[1].dispositif",
            "Une condition dans un lot suffit à remplir l'obligation du marché ; par prudence, la note conseille de "
            "motiver l'absence de condition dans celui-ci.",
        ),
    ],
)
def test_what_is_said_to_the_buyer_and_where(found, code, changes, jour, chemin, message):
    (one,) = found(*changes, code=code, jour=jour)
    assert one.message == message
    assert one.chemin == chemin


def test_a_finding_stands_at_the_line_of_its_key(found):
    (one,) = found(SECOND, code="D103")
    assert (one.fichier, one.ligne) == ("essai.yaml", 17)
    (other,) = found(("nature: services", "nature: travaux"), code="D133")
    assert (other.fichier, other.ligne) == ("essai.yaml", 7)


def test_a_control_that_points_at_no_key_stands_at_its_lot(deliberate):
    """A buyer's own control may bear on a whole lot."""
    papers = deliberate(SECOND)
    rules = papers.livre.regles["controles"]
    (day, version), *_ = rules["lot-sans-condition"].versions.items()
    whole = replace(version, alors=replace(version.alors, chemin=None))
    own = rules | {"lot-sans-condition": replace(rules["lot-sans-condition"], versions={day: whole})}
    finder = Finder()
    decide(papers.marche, replace(papers.livre, regles=papers.livre.regles | {"controles": own}), JOUR, finder)
    assert [d.chemin for d in finder.diagnostics if d.code == "D103"] == ["lots[1]"]


def test_before_the_code_the_thresholds_are_not_the_matter(found):
    codes = {d.code for d in found(("ccag: FCS", "ccag: aucun"), jour=date(2017, 6, 1))}
    assert "D131" in codes and "D120" not in codes


def test_a_market_whose_nature_is_not_told_is_not_told_that_its_ccag_is_wrong(found):
    assert found(("nature: services\n", ""), code="D133") == []


def test_the_sum_of_the_lots_only_stands_in_for_a_value_that_is_missing(found):
    assert found(code="D110") == []
    silent = ("valeur_estimee_ht: 960000\n", "")
    assert found(silent, ("valeur_estimee_ht: 480000, dispositif: auto", "dispositif: auto"), code="D110") == []
    assert found(text=TEXT, code="D110") == [], "sans lot, il n'y a pas de somme"


def test_the_ground_of_a_finding_is_among_the_sources_of_the_decision(deliberate):
    decision = deliberate(("valeur_estimee_ht: 960000\n", "")).decision
    (one,) = [d for d in decision.diagnostics if d.code == "D110"]
    assert one.fondements == ("CCP, art. R. 2121-1",)
    assert set(one.fondements) <= set(decision.sources)
    assert not set(one.fondements) & set(deliberate().decision.sources)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        # Des heures écrites, une pénalité en euros : rien ne vient du SMIC.
        (WRITTEN, SECOND, False),
        # Le coût horaire par défaut est un multiple du SMIC.
        (WRITTEN, ("dispositif: auto", "dispositif: clause"), True),
        (("cout_horaire: 36", "cout_horaire: 40"), SECOND, False),
        ((", cout_horaire: 36", ""), SECOND, True),
        # Un critère n'a pas d'heures, un lot sans action n'a rien.
        (("dispositif: clause", "dispositif: critere"), SECOND, False),
        (
            (
                "dispositif: clause,",
                "dispositif: clause, heures: 420, insertion: {penalites: {heure_non_realisee: 2 x smic}},",
            ),
            SECOND,
            True,
        ),
    ],
)
def test_a_wage_due_for_revision_only_matters_to_figures_that_come_from_it(found, first, second, told):
    assert bool(found(first, second, code="D121", jour=date(2027, 1, 1))) is told


def test_a_lot_whose_other_terms_are_defaults_still_owes_its_hourly_cost_to_the_buyer(found):
    """Only the default cost comes from the wage, not the share of labour nor the effort."""
    lot = ("part_main_oeuvre: 0.65, taux_effort: 0.05, ", "")
    assert found(lot, SECOND, code="D121", jour=date(2027, 1, 1)) == []


def test_hours_written_beside_a_default_cost_owe_nothing_to_the_wage(found):
    lot = ("dispositif: auto", "dispositif: clause, heures: 420")
    assert found(WRITTEN, lot, code="D121", jour=date(2027, 1, 1)) == []


def test_the_oldest_check_of_the_rules_in_use_is_the_one_that_is_told():
    finder = Finder()
    finder.stale((), LIVRE, date(2028, 1, 1), [date(2026, 11, 24), date(2026, 3, 2), date(2027, 6, 1)])
    (one,) = finder.diagnostics
    assert one.message == (
        "Des règles employées ont été vérifiées le 2 mars 2026, plus d'un an avant le lancement : les relire avant de "
        "s'y fier."
    )


def test_what_the_retained_option_lacks_is_asked_before_what_another_one_would(found):
    short = ("duree_mois: 48", "duree_mois: 36")
    retained = found(short, ("dispositif: clause,", "dispositif: reserve-ess, cpv: '85312510',"))
    said = [d for d in retained if d.niveau == "question"]
    codes = {d.chemin: d.code for d in said}
    assert codes["lots[0].mission_service_public"] == "Q001"
    assert codes["lots[0].attribution_ess_3_ans"] == "Q001"
    assert codes["lots[0].aucun_motif"] == "Q004"
    assert [d.code for d in said] == sorted(d.code for d in said)
    # Sans le retenir, le même dispositif ne pose plus que des questions de côté.
    aside = {d.chemin: d.code for d in found(short, ("dispositif: clause,", "dispositif: clause, cpv: '85312510',"))}
    assert aside["lots[0].mission_service_public"] == "Q004"


def test_a_lot_for_which_nothing_can_be_proposed_asks_for_what_would_decide(found):
    """The trade of a lot that has no CPV code: a real question when the tool must choose, an idle one otherwise."""
    bare = [('cpv: "77310000"\n', ""), ("secteur: espaces-verts, part_main_oeuvre: 0.65, ", "")]
    left = {d.chemin: d.code for d in found(*bare, ("dispositif: clause,", "dispositif: auto,"))}
    assert left["lots[0].calibrage.secteur"] == "Q001"
    chosen = {d.chemin: d.code for d in found(*bare, ("dispositif: clause,", "dispositif: critere,"), SECOND)}
    assert chosen["lots[0].calibrage.secteur"] == "Q004"
    open_lot = {d.chemin: d.code for d in found(("dispositif: clause,", "dispositif: null,"))}
    assert open_lot["lots[0].dispositif"] == "Q001"


def test_hours_that_cannot_be_worked_out_ask_for_their_terms(found):
    bare = [('cpv: "77310000"\n', ""), ("secteur: espaces-verts, part_main_oeuvre: 0.65, ", "")]
    assert {d.chemin: d.code for d in found(*bare)}["lots[0].calibrage.secteur"] == "Q001"


def test_the_same_finding_is_said_once_and_two_lots_each_have_theirs():
    finder = Finder()
    for chemin in ("lots[0]", "lots[1]", "lots[0]"):
        finder.add("D103", Niveau.INFORMATION, "Une condition suffit.", chemin)
    assert [d.chemin for d in finder.diagnostics] == ["lots[0]", "lots[1]"]


def test_a_finding_about_no_key_stands_nowhere_in_the_file():
    def place(chemin: str) -> Position:
        return Position(len(chemin), 1)

    finder = Finder("essai.yaml", place)
    finder.add("D1", Niveau.ERREUR, "Rien de précis.")
    finder.add("D2", Niveau.ERREUR, "Le CCAG.", "ccag")
    assert [(d.fichier, d.ligne) for d in finder.diagnostics] == [("essai.yaml", None), ("essai.yaml", 4)]


def test_a_ground_counts_as_a_source_when_it_is_printed():
    finder = Finder()
    finder.add("D1", Niveau.ERREUR, "a", sources=("ccp-r2121-1",))
    assert (finder.diagnostics[0].fondements, finder.sources) == ((), set())
    finder.add("D2", Niveau.ERREUR, "b", sources=("ccp-r2121-1",), references=References(LIVRE, JOUR, None))
    assert (finder.diagnostics[1].fondements, finder.sources) == (("CCP, art. R. 2121-1",), {"ccp-r2121-1"})


def test_a_missing_fact_is_asked_once_by_its_question_or_a_plain_one():
    finder = Finder()
    finder.question(Unknown("duree_mois", "Quelle durée ?"))
    finder.question(Unknown("duree_mois", "Quelle durée, au juste ?"), "Q004")
    finder.question(Unknown("lots[0].autre"))
    said = [(d.code, d.chemin, d.message) for d in finder.diagnostics]
    assert said == [
        ("Q001", "duree_mois", "Quelle durée ?"),
        ("Q001", "lots[0].autre", "Que faut-il écrire ici ?"),
    ]
