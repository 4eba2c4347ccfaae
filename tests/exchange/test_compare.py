"""A notice against a decision: nothing to say of a faithful one, and each kind of difference told at its place."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegen.exchange.compare import compare
from clausegen.exchange.compare_lines import Lines
from clausegen.exchange.compare_market import lot_numbers
from clausegen.exchange.compare_words import about, number
from clausegen.exchange.importers import eforms
from clausegen.exchange.importers.content import read
from clausegen.exchange.importers.interface import AvisLu, Fait, Genre, LotLu, Tables
from clausegen.law.rulebook import rulebook
from clausegen.workflow.examine import examiner
from clausegen.workflow.notices import announced_by, exporter

CLAUSE = {"dispositif": "clause", "heures": 420}
RESERVE = {"dispositif": "reserve-iae"}
RIEN = {"dispositif": "aucun", "aucun_motif": "lien-insuffisant", "aucun_justification": "Rien ne s'y rattache."}
CRITERE = {"dispositif": "critere", "aucun_motif": "lien-insuffisant", "aucun_justification": "Rien ne s'y rattache."}
MARCHE = {
    "version": 1,
    "objet": "Entretien des espaces verts",
    "nature": "services",
    "contrat": "marche",
    "ccag": "FCS",
    "procedure": "appel-offres-ouvert",
    "date_lancement": "2026-12-15",
    "valeur_estimee_ht": 900000,
    "duree_mois": 48,
    "reconductions": 3,
    "cpv": "77310000",
    "pieces": {"ccap": {"article": 12}},
    "acheteur": {"nom": "Ville d'Essai", "categorie": "autre-pouvoir-adjudicateur"},
    "insertion": {"critere": {"ponderation": 10, "sous_criteres": [{"intitule": "Accueil", "ponderation": 10}]}},
}
TABLES = Tables({k.removeprefix("echanges/"): v for k, v in rulebook().donnees.items() if k.startswith("echanges/")})


@pytest.fixture
def marche(tmp_path):
    """Write and examine a market."""

    def make(*lots, **changes):
        full = [
            {"numero": n, "intitule": f"Secteur {n}", "valeur_estimee_ht": 300000} | lot
            for n, lot in enumerate(lots, 1)
        ]
        path = tmp_path / "marche.json"
        path.write_text(json.dumps(MARCHE | {"lots": full} | changes), encoding="utf-8")
        examen = examiner(path)
        assert examen.dossier is not None, examen.diagnostics
        return examen

    return make


def notice(examen, *replacements):
    """Return the notice that a market exports, altered, and its text."""
    text = exporter(examen, "eforms").texte
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return eforms.read_notices(read(text.encode()), TABLES)[0], text


def found(avis, examen):
    return [(d.code, str(d.niveau)) for d in compare(avis, announced_by(examen))]


def block(text, start, end):
    """Return what stands between two marks, marks included."""
    head, _, rest = text.partition(start)
    assert head and rest
    return start + rest[: rest.index(end) + len(end)]


@pytest.mark.parametrize(
    "lots",
    [
        (CLAUSE,),
        (CLAUSE, RESERVE),
        (RIEN, CRITERE, CLAUSE),
        ({"dispositif": "clause-et-critere", "heures": 90}, RESERVE),
    ],
)
def test_faithful_notice_has_nothing_to_say(marche, lots):
    examen = marche(*lots)
    assert found(notice(examen)[0], examen) == []


def test_workshop_ticked_for_a_clause(marche):
    examen = marche(CLAUSE, CLAUSE)
    avis, text = notice(examen, ('reserved-procurement">none', 'reserved-procurement">res-ws'))
    diagnostics = compare(avis, announced_by(examen))
    assert [d.code for d in diagnostics] == ["A002", "A002"] and "atelier protégé" in diagnostics[0].message
    lines = [Lines(text.encode()).position(d.chemin).ligne for d in diagnostics]
    assert all("res-ws" in text.splitlines()[line - 1] for line in lines) and lines[0] < lines[1]


def test_reservation_of_a_lot_without_anything(marche):
    examen = marche(RIEN, CLAUSE)
    avis, _ = notice(examen)
    avis.lots[0].reserves.append(Fait("participation réservée", "/x", "res-ws"))
    assert found(avis, examen) == [("A001", "erreur")]


def test_silence_on_a_reserved_lot_names_the_article(marche):
    examen = marche(RESERVE, CLAUSE)
    avis, _ = notice(examen)
    avis.lots[0].reserves, avis.lots[0].sociaux, avis.lots[0].textes = [], [], []
    diagnostics = compare(avis, announced_by(examen))
    assert [(d.code, str(d.niveau)) for d in diagnostics] == [("A003", "erreur")]
    assert any("R. 2113-7" in ground for ground in diagnostics[0].fondements)


def test_reservation_in_the_text_only(marche):
    examen = marche(RESERVE, CLAUSE)
    avis, _ = notice(examen, ('reserved-procurement">res-ws', 'reserved-procurement">none'))
    assert found(avis, examen) == [("A004", "avertissement")]


def test_mention_of_another_lot_does_not_count(marche):
    examen = marche(RESERVE, RESERVE, CLAUSE)
    avis, _ = notice(examen)
    for lot in avis.lots[:2]:
        lot.reserves, lot.sociaux, lot.textes = [], [], []
    avis.textes = [Fait("Le lot n° 2 est réservé aux entreprises adaptées.", "/t")]
    codes = found(avis, examen)
    assert codes.count(("A003", "erreur")) == 1 and codes.count(("A004", "avertissement")) == 1


def test_reservation_to_others(marche):
    examen = marche(RESERVE, CLAUSE)
    avis, _ = notice(examen, ('reserved-procurement">res-ws', 'reserved-procurement">res-pub-ser'))
    assert found(avis, examen) == [("A005", "erreur")]


def test_execution_in_sheltered_programmes(marche):
    examen = marche(CLAUSE)
    avis, _ = notice(examen, ('reserved-execution">no', 'reserved-execution">yes'))
    assert found(avis, examen) == [("A006", "avertissement")]


def test_objective_without_its_description_or_its_name(marche):
    examen = marche(CLAUSE)
    text = exporter(examen, "eforms").texte
    avis, _ = notice(examen, (block(text, "<cbc:ProcurementType ", "</cbc:ProcurementType>"), ""))
    assert found(avis, examen) == [("A012", "erreur")]
    objective = block(text, '<cbc:ProcurementTypeCode listName="social-objective">', "</cbc:ProcurementTypeCode>")
    avis, _ = notice(examen, (objective, ""))
    assert found(avis, examen) == [("A014", "avertissement")]


def test_clause_in_the_text_without_code_then_nowhere(marche):
    examen = marche(CLAUSE)
    avis, _ = notice(examen)
    avis.lots[0].sociaux = []
    assert found(avis, examen) == [("A011", "avertissement")]
    avis.lots[0].textes = []
    assert found(avis, examen) == [("A010", "avertissement")]


def test_condition_announced_and_not_decided(marche):
    examen = marche(RIEN, CLAUSE)
    avis, _ = notice(examen)
    avis.lots[0].sociaux = [Fait("réalisation d'objectifs sociaux", "/a/b", "opp")]
    assert found(avis, examen) == [("A013", "erreur")]
    avis.lots[0].sociaux, avis.lots[0].description = [], Fait("Le marché comporte une clause d'insertion.", "/d")
    assert found(avis, examen) == [("A013", "avertissement")]


def test_other_hours(marche):
    examen = marche(CLAUSE)
    assert found(notice(examen, ("420", "1 300"))[0], examen) == [("A015", "erreur")]


def test_criterion_missing_or_of_another_weight_or_not_decided(marche):
    examen = marche(CRITERE, CLAUSE)
    avis, _ = notice(examen)
    other = copy.deepcopy(avis)
    other.lots[0].criteres = [Fait("Prix", "/p", "60 %"), Fait("Insertion professionnelle", "/i", "5 %")]
    assert found(other, examen) == [("A021", "erreur")]
    other.lots[0].criteres = [Fait("Prix", "/p", "60 %")]
    assert found(other, examen) == [("A020", "erreur")]
    other.lots[0].criteres = [Fait("Critères énoncés dans le règlement", "/p")]
    assert found(other, examen) == [("A020", "avertissement")]
    other.lots[0].criteres = []
    assert found(other, examen) == [], "the rules of the consultation may hold the criteria"
    other = copy.deepcopy(avis)
    other.lots[1].criteres = [Fait("Performances en matière d'insertion", "/i", "10 %")]
    assert found(other, examen) == [("A022", "avertissement")]


def test_lots_that_do_not_match(marche):
    examen = marche(CLAUSE, CLAUSE)
    avis, _ = notice(examen, ("LOT-0002", "LOT-0003"))
    assert found(avis, examen) == [("A031", "erreur"), ("A030", "erreur")]
    avis, _ = notice(examen, ("LOT-0002", "LOT-0001"))
    assert found(avis, examen) == [("A031", "erreur"), ("A030", "erreur")]
    avis, _ = notice(examen, (">Secteur 1<", ">Nettoyage des écoles<"))
    assert found(avis, examen) == [("A032", "avertissement")]
    avis, _ = notice(examen, (">Secteur 1<", ">Lot n° 1 - SECTEUR 1<"))
    assert found(avis, examen) == []


@pytest.mark.parametrize(
    ("amount", "currency", "codes"),
    [
        ("250000", "EUR", ["A033"]),
        ("300000.00", "EUR", []),
        ("0", "EUR", []),
        ("1", "EUR", []),
        ("9", "USD", []),
        ("x", "EUR", []),
    ],
)
def test_amounts(marche, amount, currency, codes):
    examen = marche(CLAUSE, CLAUSE)
    avis, _ = notice(examen)
    avis.lots[0].valeur = Fait(amount, "/v", currency)
    assert [code for code, _ in found(avis, examen)] == codes


@pytest.mark.parametrize(
    ("duration", "unit", "codes"),
    [
        ("48", "mois", []),
        ("4", "an", []),
        ("12", "mois", []),
        ("1", "an", []),
        ("36", "mois", ["A044"]),
        ("30", "jour", []),
    ],
)
def test_durations(marche, duration, unit, codes):
    examen = marche(CLAUSE)
    avis, _ = notice(examen)
    avis.lots[0].duree, avis.lots[0].reconduction_texte = Fait(duration, "/d", unit), None
    assert [code for code, _ in found(avis, examen)] == codes


def test_facts_of_the_whole_market(marche):
    examen = marche(CLAUSE)
    avis, _ = notice(examen, ('procedure-type">open', 'procedure-type">restricted'))
    assert found(avis, examen) == [("A041", "erreur")]
    avis, _ = notice(examen, (">77310000<", ">77340000<"))
    assert [code for code, _ in found(avis, examen)] == ["A040", "A040"]
    avis, _ = notice(
        examen,
        ('contract-nature">services', 'contract-nature">works'),
        ('framework-agreement">none', 'framework-agreement">fa-mix'),
    )
    assert found(avis, examen) == [("A043", "avertissement")] * 2
    avis, _ = notice(examen)
    avis.envoi = Fait("2026-12-15+01:00", "/e")
    assert found(avis, examen) == []
    avis.envoi = Fait("2026-08-20+01:00", "/e")
    assert found(avis, examen) == [("A042", "avertissement")]
    avis.envoi = Fait("bientôt", "/e")
    assert found(avis, examen) == []


def test_undecided_lot_is_not_compared(marche):
    examen = marche({"dispositif": "auto"}, CLAUSE, cpv=None, nature=None)
    avis, _ = notice(examen)
    assert found(avis, examen) == [("A051", "question")]


def test_box_ticked_for_the_whole_market(marche):
    ted = AvisLu(format="TED R2.0.9", genre=Genre.APPEL, intitule=Fait("Entretien", "/t"))
    ted.lots = [LotLu(numero=Fait(str(n), f"/l{n}")) for n in (1, 2)]
    ted.reserves = [Fait("ateliers protégés", "/r", "RESTRICTED_SHELTERED_WORKSHOP")]
    ted.textes = [Fait("Clause sociale : 420 heures d'insertion.", "/p")]
    assert found(ted, marche(CLAUSE, CLAUSE)) == [("A002", "erreur")]
    assert found(ted, marche(RESERVE, CLAUSE)) == []
    ted.textes = []
    assert found(ted, marche(RIEN, RIEN)) == [("A001", "erreur")]


def test_notice_without_lots_is_its_own(marche):
    simple = AvisLu(format="BOAMP, FNSimple", genre=Genre.APPEL, intitule=Fait("Entretien", "/t"))
    assert found(simple, marche(CLAUSE)) == [("A010", "avertissement")]
    simple.sociaux = [Fait("critères sociaux", "/s", "SOCIAUX")]
    assert found(simple, marche(CLAUSE)) == []
    assert found(simple, marche(RIEN)) == [("A013", "erreur")]
    assert found(simple, marche(RESERVE)) == [("A003", "erreur")]
    simple.reserves = [Fait("marché réservé", "/r", "oui")]
    assert found(simple, marche(RESERVE)) == []


def test_line_of_a_place():
    xml = b'<?xml version="1.0"?>\n<a xmlns:p="urn:p">\n<p:b/>\n<p:b>\n<c x="1"/></p:b>\n</a>'
    lines = Lines(xml)
    assert lines.position("/a/p:b[2]/c").ligne == 5
    assert lines.position("/a/p:b[2]/c/@x").ligne == 5
    assert lines.position("/a/p:b[2]/absent").ligne == 4
    assert lines.position("/a").ligne == 2
    assert lines.position(None) is None and lines.position("Feuille!B7") is None
    assert Lines(b"{}").position("/a") is None and Lines(b"<a>").position("/a") is None


def test_small_readings():
    avis = AvisLu(format="x", genre=Genre.APPEL)
    avis.lots = [LotLu(numero=Fait("LOT-0003", "/n")), LotLu(numero=Fait("Lot n° 12", "/n"))]
    assert lot_numbers(avis) == [3, 12]
    avis.lots[0].numero = Fait("unique", "/n")
    assert lot_numbers(avis) == [1, 2]
    assert number("12,5 %") == number("12.5") and number("10 à 20") is None and number("") is None
    facts = [Fait("Les lots n° 2 et 12 sont réservés.", "/a")]
    assert about(facts, 2) == about(facts, 12) == facts and about(facts, 1) == []


FACT = st.builds(
    Fait, st.text(max_size=20), st.sampled_from(["/a", "/a/b", "", "Feuille!B7"]), st.text(max_size=5), st.booleans()
)
FACTS = st.lists(FACT, max_size=3)
ONE = {
    "intitule",
    "description",
    "nature",
    "valeur",
    "maximum",
    "cpv",
    "duree",
    "debut",
    "fin",
    "reconductions",
    "reconduction_texte",
}
SEVERAL = {"cpv_secondaires", "reserves", "sociaux", "criteres", "textes"}
NEED = {name: st.none() | FACT for name in ONE} | {name: FACTS for name in SEVERAL}
LOT = st.builds(LotLu, numero=st.none() | FACT, **NEED)
AVIS = st.builds(
    AvisLu,
    format=st.sampled_from(["eForms, avis de marché", "TED R2.0.9", ""]),
    genre=st.sampled_from(list(Genre)),
    lots=st.lists(LOT, max_size=3),
    procedure=st.none() | FACT,
    contrat=st.none() | FACT,
    envoi=st.none() | FACT,
    **NEED,
)


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    path = tmp_path_factory.mktemp("m") / "marche.json"
    lots = [{"numero": n, "valeur_estimee_ht": 300000} | lot for n, lot in enumerate((CLAUSE, RESERVE, CRITERE), 1)]
    path.write_text(json.dumps(MARCHE | {"lots": lots}), encoding="utf-8")
    return announced_by(examiner(path))


@given(avis=AVIS)
def test_whatever_a_notice_states_is_compared(decided, avis):
    found = compare(avis, decided)
    assert found == compare(avis, decided)
    assert all(d.message and d.code[0] == "A" for d in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(("amount", "codes"), [("900000", []), ("1", []), ("800000", ["A033"])])
def test_the_amount_of_the_whole_market(marche, amount, codes):
    examen = marche(CLAUSE, CLAUSE)
    avis, _ = notice(examen)
    avis.valeur = Fait(amount, "/x", "EUR")
    diagnostics = compare(avis, announced_by(examen))
    assert [d.code for d in diagnostics] == codes
    assert all("Le marché vaut 800 000 € HT dans l'avis, 900 000 € HT" in d.message for d in diagnostics)


@pytest.mark.parametrize(("months", "codes"), [("48", []), ("12", []), ("7", ["A044"])])
def test_the_duration_of_a_market_whose_lots_tell_none(marche, months, codes):
    examen = marche(CLAUSE, CLAUSE)
    avis, _ = notice(examen)
    for lot in avis.lots:
        lot.duree = lot.debut = lot.fin = lot.reconductions = None
    avis.duree = Fait(months, "/x", "mois")
    assert [code for code, _ in found(avis, examen)] == codes


@pytest.mark.parametrize(
    ("siret", "codes"),
    [
        ("21350238800019", []),
        ("213 502 388 00019", []),
        ("21350238800027", []),
        ("13000548100010", ["A045"]),
        ("1629", []),
    ],
)
def test_the_notice_of_another_buyer(marche, siret, codes):
    examen = marche(CLAUSE, acheteur=MARCHE["acheteur"] | {"siret": "21350238800019"})
    avis, _ = notice(examen)
    avis.acheteur.siret = Fait(siret, "/x")
    assert [code for code, _ in found(avis, examen)] == codes


def test_words_are_those_of_people(marche):
    examen = marche(CLAUSE)
    avis, _ = notice(examen)
    avis.procedure = Fait("appel-offres-restreint", "/x")
    (diagnostic,) = compare(avis, announced_by(examen))
    assert "« appel d'offres restreint »" in diagnostic.message and "« appel d'offres ouvert »" in diagnostic.message
