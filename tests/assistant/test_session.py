import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from clausegen.assistant import savedfile
from clausegen.assistant.questions import SUITE
from clausegen.assistant.savedfile import Reprise
from clausegen.assistant.session import Session
from clausegen.description.load import load_text
from clausegen.diagnostics import has_errors
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook
from tests.assistant.conftest import SIMPLE, fields


def test_a_simple_market_is_decided_in_few_questions(jouer: Any) -> None:
    session = jouer(SIMPLE)
    question = session.prochaine()
    assert question.chemin == SUITE, "what decides is asked first, then what fills the pieces"
    assert question.rang - 1 == len(SIMPLE) <= 20
    assert session.valeurs() == {
        "version": 1,
        "objet": "Entretien des locaux de la mairie",
        "nature": "services",
        "contrat": "marche",
        "acheteur": {
            "type": "collectivite",
            "categorie": "autre-pouvoir-adjudicateur",
            "nom": "Ville de Rennes",
            "achats_annuels_ht": 82000000,
        },
        "date_lancement": date(2026, 12, 15),
        "valeur_estimee_ht": 300000,
        "cpv": "90919200",
        "procedure": "appel-offres-ouvert",
        "ccag": "FCS",
        "duree_mois": 36,
        "lots": [{"numero": 1, "dispositif": "auto"}],
        "allotissement_motif": "Prestations indissociables",
    }


def test_nothing_is_asked_that_the_rules_do_not_need(jouer: Any, chemins: Any) -> None:
    small = SIMPLE | {"valeur_estimee_ht": "30 000"}
    session = jouer(small)
    assert session.prochaine().chemin == SUITE
    asked = chemins(Session(rulebook()))
    assert "seuil_services_sociaux" not in asked
    assert "acheteur.pouvoir_adjudicateur" not in asked
    assert "valeur_operation_ht" not in asked, "only asked for works"
    assert len(asked) == len(set(asked))


def test_works_ask_for_the_whole_operation(jouer: Any) -> None:
    begun = {key: SIMPLE[key] for key in ("objet", "contrat", "acheteur.type", "date_lancement", "valeur_estimee_ht")}
    assert jouer(begun | {"nature": "travaux"}).prochaine().chemin == "valeur_operation_ht"


def test_a_public_establishment_of_the_state_is_asked_its_category(jouer: Any) -> None:
    begun = {key: SIMPLE[key] for key in ("objet", "nature", "contrat")} | {"acheteur.type": "3"}
    assert jouer(begun).prochaine().chemin == "acheteur.categorie"


def test_what_the_answers_imply_is_told_when_it_changes(jouer: Any) -> None:
    keys = list(SIMPLE)
    session = jouer({key: SIMPLE[key] for key in keys[: keys.index("valeur_estimee_ht")]})
    session.repondre("300 000")
    (told,) = session.implications()
    assert told.mot == "Obligatoire"
    assert "216 000 € HT" in told.texte and "art. L. 2112-2-1" in told.texte
    session.retour()
    session.repondre("30 000")
    (told,) = session.implications()
    assert told.mot == "Pas obligatoire" and "216 000 € HT" in told.texte


def test_hours_are_told_as_soon_as_they_can_be_worked_out(jouer: Any) -> None:
    keys = list(SIMPLE)
    session = jouer({key: SIMPLE[key] for key in keys[: keys.index("lots")]})
    session.repondre("1")
    told = [item for item in session.implications() if item.mot == "Proposition"]
    assert len(told) == 1 and "315 heures (300 000 € × 80 % × 5 % ÷ 36 €)" in told[0].texte


def test_an_answer_that_the_law_forbids_is_told_at_once(jouer: Any) -> None:
    keys = list(SIMPLE)
    session = jouer({key: SIMPLE[key] for key in keys[: keys.index("ccag")]} | {"date_lancement": "01/02/2021"})
    session.repondre("FCS")
    assert [item.mot for item in session.implications()] == ["À corriger"]


def test_every_answer_undone_gives_back_what_was_before(jouer: Any, livre: Any) -> None:
    session = jouer(SIMPLE)
    for _ in SIMPLE:
        assert session.retour()
    assert session.valeurs() == {"version": 1}
    assert session.prochaine() == Session(livre).prochaine()
    assert not session.retour()


def test_going_back_asks_the_same_question_again(jouer: Any) -> None:
    session = jouer({"objet": "x", "nature": "services"})
    before = session.prochaine()
    session.repondre("2")
    session.retour()
    assert session.prochaine() == before


@pytest.mark.parametrize(
    "said",
    ["", "  ", "je sais pas", "on ne sait pas encore", "à définir", "je ne sais pas", "Je ne sais pas", "jsp", "4"],
)
def test_not_knowing_is_always_an_answer(jouer: Any, said: str) -> None:
    session = jouer({"objet": "x"})
    assert session.prochaine().chemin == "nature" and session.repondre(said).acceptee
    assert session.prochaine().chemin == "contrat"
    assert "nature" not in session.valeurs() and "nature" in session.reste()


def test_the_subject_is_the_only_answer_that_cannot_wait(livre: Any) -> None:
    session = Session(livre)
    assert not session.repondre("").acceptee
    assert session.prochaine().chemin == "objet" and not session.complete()


WRONG = [
    ("nature", "9", "un des choix"),
    ("contrat", "bail", "un des choix"),
    ("date_lancement", "32/12/2026", "date"),
    ("valeur_estimee_ht", "un million", "en entier"),
    ("valeur_estimee_ht", "300 000 TTC", "hors taxes"),
    ("cpv", "zzzz", "je ne trouve pas"),
    ("cpv", "99999999", "division"),
    ("duree_mois", "longtemps", "entier"),
    ("duree_mois", "12 mois et demi", "reconductible"),
    ("lots", "0", "de 1 à 200"),
    ("lots", "beaucoup", "intitulé ; montant"),
    ("facilitateur", "peut-être", "oui ou par non"),
    ("lots[0].dispositif", "12", "un des choix"),
    ("acheteur.achats_annuels_ht", "-3", "négatif"),
]


@pytest.mark.parametrize(("chemin", "said", "why"), WRONG, ids=lambda value: str(value)[:20])
def test_a_wrong_answer_is_refused_plainly_and_asked_again(jouer: Any, chemin: str, said: str, why: str) -> None:
    session = jouer(dict(list(SIMPLE.items())[: list(SIMPLE).index(chemin)]))
    before = session.valeurs()
    reply = session.repondre(said)
    assert not reply.acceptee and why in reply.message and "`" not in reply.message
    assert session.prochaine().chemin == chemin and session.valeurs() == before
    assert session.repondre(SIMPLE[chemin]).acceptee


def test_a_code_is_searched_by_words(jouer: Any) -> None:
    session = jouer(dict(list(SIMPLE.items())[: list(SIMPLE).index("cpv")]))
    reply = session.repondre("espaces verts")
    assert not reply.acceptee and reply.propositions
    assert session.prochaine().choix[0].valeur == "77310000"
    assert session.repondre("1").acceptee
    assert session.valeurs()["cpv"] == "77310000"
    assert not session.prochaine().choix or session.prochaine().chemin != "cpv"


def test_lots_by_number_then_title_and_amount(jouer: Any) -> None:
    begun = dict(list(SIMPLE.items())[: list(SIMPLE).index("lots")])
    session = jouer(begun | {"lots": "2", "lots[0].intitule": "Nord ; 100 000", "lots[1].intitule": "Sud"})
    assert session.prochaine().chemin == "lots[1].valeur_estimee_ht"
    assert session.prochaine().texte.startswith("Lot n° 2 (Sud) :")
    assert session.repondre("200 000").acceptee
    assert session.valeurs()["lots"] == [
        {"numero": 1, "intitule": "Nord", "valeur_estimee_ht": 100000},
        {"numero": 2, "intitule": "Sud", "valeur_estimee_ht": 200000},
    ]


def test_lots_pasted_line_by_line(jouer: Any) -> None:
    session = jouer(dict(list(SIMPLE.items())[: list(SIMPLE).index("lots")]))
    for line in ("Lot 1 : Nord ; 100 000", "Centre\t80 000", "Sud ; 90 000 €", ""):
        assert session.repondre(line).acceptee
        closed = [item.mot for item in session.implications()]
        assert bool(closed) == (not line), "one lot pasted is not yet a market in one lot"
    assert "Obligatoire" not in closed and closed.count("Proposition") == 3
    assert [lot["intitule"] for lot in session.valeurs()["lots"]] == ["Nord", "Centre", "Sud"]
    assert session.valeurs()["lots"][2]["valeur_estimee_ht"] == 90000
    assert session.prochaine().chemin == "lots[0].dispositif", "a market in lots gives no reason for a single one"


def test_lots_above_the_total_are_refused(jouer: Any) -> None:
    session = jouer(dict(list(SIMPLE.items())[: list(SIMPLE).index("lots")]))
    reply = session.repondre("Nord ; 200 000\nSud ; 200 000")
    assert not reply.acceptee and "dépasse" in reply.message and "« < »" in reply.message


def test_hours_fixed_by_the_buyer(jouer: Any) -> None:
    session = jouer(SIMPLE | {"lots[0].dispositif": "420 heures"})
    assert session.valeurs()["lots"][0] == {"numero": 1, "dispositif": "clause", "heures": 420}
    session = jouer(SIMPLE | {"lots[0].dispositif": "35 h par 100 000 €"})
    ratio = {"par_tranche": {"heures": 35, "montant_ht": 100000}}
    assert session.valeurs()["lots"][0] == {"numero": 1, "dispositif": "clause", "heures": ratio}
    assert "105 heures au maximum" in session.resume()[3].texte


def test_what_nobody_chose_is_told(jouer: Any) -> None:
    session = jouer(SIMPLE)
    assert ("pénalité par heure", 60) in session.defauts()
    session.poser("insertion.penalites.heure_non_realisee", "45")
    assert "pénalité par heure" not in dict(session.defauts())


def test_no_condition_is_asked_its_reason_and_its_facts(jouer: Any) -> None:
    session = jouer(
        SIMPLE | {"lots[0].dispositif": "aucun", "lots[0].aucun_motif": "2", "lots[0].aucun_justification": "x"}
    )
    assert session.valeurs()["lots"][0]["aucun_motif"] == "lien-insuffisant"
    session = jouer(SIMPLE | {"lots[0].dispositif": "aucun", "valeur_estimee_ht": "100 000"})
    assert session.prochaine().chemin == SUITE, "below the threshold nothing has to be justified"


def test_a_reservation_alone_is_asked_what_is_added_to_it(jouer: Any) -> None:
    keys = list(SIMPLE)
    begun = {key: SIMPLE[key] for key in keys[: keys.index("acheteur.nom")]}
    session = jouer(begun | {"lots[0].dispositif": "reserve-iae"})
    assert session.prochaine().chemin == "lots[0].heures_complementaires"
    session.repondre("200")
    assert session.prochaine().chemin == "acheteur.nom", "with hours added, no reason is due"


def test_keys_are_named_by_their_label(script: Any) -> None:
    assert script.spoken("indiquer `aucun_motif`.") == "indiquer « motif de l'absence de condition »."
    assert script.spoken("écrire `ccag: aucun`.") == "écrire « ccag: aucun »."


def test_a_facilitator_is_asked_only_if_there_is_one(jouer: Any) -> None:
    session = jouer(dict(list(SIMPLE.items())[: list(SIMPLE).index("facilitateur")]))
    session.repondre("oui")
    assert session.prochaine().chemin == "facilitateur.structure"
    session.retour()
    session.repondre("non")
    assert session.prochaine().chemin == "lots", "what is proposed for lots depends on the facilitator"
    assert "facilitateur" not in session.valeurs()


def test_a_no_is_remembered_in_the_file(jouer: Any, livre: Any) -> None:
    keys = list(SIMPLE)
    begun = {key: SIMPLE[key] for key in keys[: keys.index("cpv")]} | {"nature": "travaux"}
    del begun["acheteur.categorie"]
    works = jouer(begun | {"valeur_operation_ht": "non"})
    assert works.ecartees() == ("valeur_operation_ht",)
    session = jouer(SIMPLE)
    text = savedfile.text(session, Reprise())
    again = savedfile.take_up(load_text(text, "m", open_words(livre)), text, session.script)
    assert again.ecartees == {"facilitateur"} and not again.entete
    resumed = Session(livre, again.valeurs, None, again.ecartees)
    assert resumed.prochaine().chemin == SUITE and resumed.ecartees() == ("facilitateur",)
    assert savedfile.text(resumed, again) == text
    given_since = Session(livre, again.valeurs | {"facilitateur": {"structure": "PLIE"}}, None, again.ecartees)
    assert not given_since.ecartees()
    without = text.replace("Répondu", "x Répondu")
    forgotten = savedfile.take_up(load_text(without, "m", open_words(livre)), without, session.script)
    assert not forgotten.ecartees, "the line is the memory: without it the question comes back"


def test_not_knowing_whether_there_is_a_facilitator_is_not_a_no(jouer: Any) -> None:
    keys = list(SIMPLE)
    session = jouer({key: SIMPLE[key] for key in keys[: keys.index("facilitateur")]} | {"facilitateur": ""})
    assert session.ecartees() == ()
    session.retour()
    session.repondre("non")
    assert session.ecartees() == ("facilitateur",)
    session.retour()
    assert session.ecartees() == ()


def test_the_category_of_the_buyer_is_proposed_never_assumed(jouer: Any) -> None:
    begun = {key: SIMPLE[key] for key in ("objet", "nature", "contrat")}
    for said, usual in (("mairie", "autre-pouvoir-adjudicateur"), ("ministère", "autorite-centrale"), ("3", None)):
        session = jouer(begun | {"acheteur.type": said})
        assert "categorie" not in session.valeurs()["acheteur"]
        question = session.prochaine()
        assert question.chemin == "acheteur.categorie"
        assert [c.valeur for c in question.choix if c.note.startswith("proposé")] == ([usual] if usual else [])
        session.repondre("")
        assert "acheteur.categorie" in session.reste(), "left open, it stays a question"


@pytest.mark.parametrize("said", [{"nature": "travaux"}, {"contrat": "concession"}])
def test_the_category_waits_when_no_threshold_depends_on_it(jouer: Any, said: dict[str, str]) -> None:
    begun = {key: SIMPLE[key] for key in ("objet", "nature", "contrat", "acheteur.type")}
    session = jouer(begun | said)
    assert session.prochaine().chemin == "date_lancement"
    assert "acheteur.categorie" in session.reste()


def test_the_pieces_are_asked_once_and_together(jouer: Any) -> None:
    calls = []

    def examen(valeurs: Any) -> Any:
        calls.append(valeurs)
        return fields("acheteur.tribunal", "lots[0].perimetre", "acheteur.adresse.voie")(valeurs)

    session = jouer(SIMPLE | {SUITE: "oui"}, examen=examen)
    assert len(calls) == 1
    asked = []
    while (question := session.prochaine()) is not None:
        asked.append(question.chemin)
        session.repondre("1 rue X, 35000 Rennes" if question.chemin == "acheteur.adresse" else "")
    assert {"acheteur.siret", "acheteur.adresse", "acheteur.tribunal", "lots[0].perimetre"} <= set(asked)
    assert "acheteur.adresse.voie" not in asked, "an address is told on one line"
    assert session.valeurs()["acheteur"]["adresse"] == {"voie": "1 rue X", "code_postal": "35000", "commune": "Rennes"}


def test_refusing_to_go_on_ends_the_conversation(jouer: Any) -> None:
    assert jouer(SIMPLE | {SUITE: "non"}).prochaine() is None
    assert jouer(SIMPLE | {SUITE: ""}).prochaine() is None


def test_a_partial_file_is_asked_only_what_is_left(livre: Any) -> None:
    known = {"version": 1, "objet": "x", "nature": "services", "contrat": "marche", "acheteur": {"type": "etat"}}
    assert Session(livre, known).prochaine().chemin == "acheteur.categorie"


def test_a_step_is_quick(jouer: Any) -> None:
    session = jouer(dict(list(SIMPLE.items())[: list(SIMPLE).index("lots")]) | {"valeur_estimee_ht": "3 000 000"})
    start = time.process_time()
    session.repondre("20")
    session.prochaine()
    assert time.process_time() - start < 0.5, "about 30 ms on the machine of the project"


def test_a_key_out_of_turn(jouer: Any) -> None:
    session = jouer({"objet": "x"})
    assert session.poser("insertion.penalites.heure_non_realisee", "2 x smic").acceptee
    assert session.poser("insertion.globalisation", "non").acceptee
    assert session.poser("insertion.publics_prioritaires", "qpv ; rsa").acceptee
    assert not session.poser("insertion.publics_prioritaires", "tous").acceptee
    assert session.valeurs()["insertion"] == {
        "penalites": {"heure_non_realisee": "2 x smic"},
        "globalisation": False,
        "publics_prioritaires": ["qpv", "rsa"],
    }


_ANSWERS = st.one_of(
    st.sampled_from(["", "1", "2", "3", "oui", "non", "300 000", "15/12/2026", "Nord ; 100", "a\tb\nc;1", "420 h"]),
    st.sampled_from(["espaces verts", "12 mois reconductible 3 fois", "1 rue X, 35000 Y", "A, b", "5 %", "RETOUR"]),
    st.text(max_size=30),
    st.integers(0, 10**9).map(str),
)


@settings(max_examples=60)
@for_all(st.lists(_ANSWERS, max_size=45))
def test_whatever_is_answered_the_file_loads(answers: list[str]) -> None:
    livre = rulebook()
    session = Session(livre, None, fields("acheteur.tribunal", "acheteur.deliberation.date", "lots[0].perimetre"))
    session.repondre("Marché")
    for answer in answers:
        if session.prochaine() is None:
            break
        if answer == "RETOUR":
            session.retour()
        else:
            session.repondre(answer)
    if not session.complete():
        return
    text = savedfile.text(session, Reprise())
    lecture = load_text(text, "marche.yaml", open_words(livre))
    assert lecture.marche is not None and not has_errors(lecture.diagnostics), (text, lecture.diagnostics)
    again = savedfile.take_up(lecture, text, session.script)
    resumed = Session(livre, again.valeurs)
    assert resumed.valeurs() == session.valeurs()
    assert not again.commentaires and not again.entete


@pytest.mark.parametrize(("cpv", "usual"), [("71221000", "MOE"), ("71300000", "PI"), ("72000000", "TIC"), ("", "FCS")])
def test_the_ccag_that_is_proposed_follows_the_code(jouer: Any, cpv: str, usual: str) -> None:
    session = jouer({key: SIMPLE[key] for key in list(SIMPLE)[: list(SIMPLE).index("ccag")]} | {"cpv": cpv})
    choices = session.prochaine().choix
    assert [choice.valeur for choice in choices if choice.note] == [usual] == [choices[0].valeur], "the usual one first"


def test_the_sector_of_the_lot_before_is_proposed(jouer: Any) -> None:
    begun = {key: SIMPLE[key] for key in list(SIMPLE)[: list(SIMPLE).index("lots")]} | {"cpv": "98310000"}
    session = jouer(begun | {"lots": "A ; 100 000\nB ; 100 000", "lots[0].calibrage.secteur": "nettoyage"})
    question = session.prochaine()
    assert question.chemin == "lots[1].calibrage.secteur"
    assert (question.choix[0].valeur, question.choix[0].note) == ("nettoyage", "comme le lot précédent")
    assert len({choice.valeur for choice in question.choix}) == len(question.choix)


def test_reasons_for_no_condition_wait_for_a_choice(jouer: Any) -> None:
    keys = list(SIMPLE)
    session = jouer({key: SIMPLE[key] for key in keys[: keys.index("allotissement_motif")]} | {"valeur_estimee_ht": ""})
    while session.prochaine().chemin != "lots[0].dispositif":
        session.repondre("")
    session.repondre("")
    assert session.prochaine().chemin == "acheteur.nom", "nobody said that there would be no condition"
