from datetime import date
from decimal import Decimal

import pytest

from clausegen.description.alternatives import read_hourly_penalty, read_hours
from clausegen.description.identifiers import (
    read_courriel,
    read_cpv,
    read_departement,
    read_nuts,
    read_siret,
    read_url,
)
from clausegen.description.marche import Marche


def refused(lire, line: str):
    """Return code and message of the only finding."""
    lecture = lire(line)
    assert lecture.marche is None
    (found,) = lecture.diagnostics
    return found.code, found.message


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("valeur_estimee_ht: 450.000", "F030", "deux façons"),
        ("valeur_estimee_ht: '450,000'", "F030", "deux façons"),
        ("valeur_estimee_ht: -3", "F030", "négatif"),
        ("valeur_estimee_ht: 1e6", "F030", "scientifique"),
        ("valeur_estimee_ht: .nan", "F030", "attendu"),
        ("valeur_estimee_ht: .inf", "F030", "attendu"),
        ("valeur_estimee_ht: 450 000 € TTC", "F030", "toutes taxes"),
        ("valeur_estimee_ht: [1]", "F023", "une liste"),
        ("valeur_estimee_ht: {a: 1}", "F023", "un bloc"),
        ("valeur_estimee_ht: true", "F030", "« true »"),
        ("lots: [{calibrage: {taux_effort: 70}}]", "F031", "0.70 ou « 70 % »"),
        ("lots: [{calibrage: {cout_horaire: 0}}]", "F030", "supérieur à zéro"),
        ("insertion: {critere: {ponderation: 0.1}}", "F031", "écrire 10"),
        ("duree_mois: 0", "F032", "de 1 à"),
        ("duree_mois: 4.5", "F032", "sans décimales"),
        ("duree_mois: quatre", "F032", "entier"),
        ("duree_mois: 99999999999999999999", "F032", "entier"),
        ("reconductions: 1000000", "F032", "de 0 à"),
        ("date_lancement: 15/12/2026", "F033", "2026-12-15"),
        ("date_lancement: 2026-02-30", "F033", "n'existe pas"),
        ("date_lancement: 2026", "F033", "2026-12-15"),
        ("insertion: {globalisation: oui}", "F034", "`true`"),
        ("insertion: {globalisation: non}", "F034", "`false`"),
        ("insertion: {globalisation: 'true'}", "F034", "sans guillemets"),
        ("insertion: {globalisation: peut-être}", "F034", "`true` (oui)"),
        ("acheteur: {siret: 21350238800018}", "F035", "clé de contrôle"),
        ("acheteur: {siret: 213502388}", "F035", "SIREN"),
        ("acheteur: {siret: ABC}", "F035", "14 chiffres"),
        ("cpv: 7731", "F036", "huit chiffres"),
        ("cpv: 99310000", "F036", "division"),
        ("lieu_execution: {nuts: 35}", "F037", "deux lettres"),
        ("acheteur: {courriel: ville.fr}", "F038", "électronique"),
        ("acheteur: {profil_acheteur: www.ville.fr}", "F039", "https://www.ville.fr"),
        ('reference: "a\\x07b"', "F002", "U+0007"),
        ("lieu_execution: {departement: 1}", "F043", '"01"'),
        ("nature: Service", "F022", "`services` ?"),
        ("procedure: MAPA", "F022", "`adaptee` ?"),
        ("ccag: CCAG-Travaux", "F022", "`Travaux` ?"),
        ("nature: [services]", "F022", "une liste"),
        ("insertion: {publics: [qvp]}", "F022", "`qpv`"),
        ("insertion: {publics: qpv}", "F022", "[qpv]"),
        ("insertion: {modalites: [embauche directe]}", "F022", "`embauche-directe` ?"),
        ("lots: [{calibrage: {secteur: espace vert}}]", "F022", "`espaces-verts` ?"),
        ("lots: [{heures: beaucoup}]", "F032", "par_tranche"),
        ("lots: [{heures: {par_tranche: {heures: 3, montant_ht: 0}}}]", "F030", "supérieur à zéro"),
        ("lots: [{cpv_secondaires: 77310000}]", "F023", "liste"),
        ("facilitateur: PLIE", "F023", "`structure`"),
        ("autre_conditions_sociales: 1", "F020", "autres_conditions_sociales`, qui s'écrit dans `lots[]`"),
    ],
)
def test_refused(lire, line, code, word):
    found, message = refused(lire, line)
    assert found == code
    assert word in message


def test_version(lire):
    for version in ("1", "'1'"):
        assert lire(f"version: {version}\nobjet: x", nu=True).marche.version == 1
    for version in ("2", "1.0", "deux"):
        (found,) = lire(f"version: {version}\nobjet: x", nu=True).diagnostics
        assert found.code == "F041"


def test_a_text_key_takes_the_scalar_as_written(lire):
    for written, expected in (
        ("012", "012"),
        ("1.50", "1.50"),
        ("true", "true"),
        ("2026-12-15", "2026-12-15"),
        ("non", "non"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
    ):
        assert lire(f"reference: {written}").marche.reference == expected


def test_lengths(lire):
    assert lire(f"reference: {'a' * 10000}").marche is not None
    assert refused(lire, f"reference: {'a' * 10001}")[0] == "F040"


def test_alternative_writings(lire):
    marche = lire("valeur_estimee_ht: 1 200 000,50 €\nduree_mois: '48'\nlots: [{heures: AUTO}, {heures: '35'}]").marche
    assert marche.valeur_estimee_ht == Decimal("1200000.50")
    assert marche.duree_mois == 48
    assert [lot.heures for lot in marche.lots] == ["auto", 35]


@pytest.mark.parametrize("written", ["2 x smic", "2 X SMIC", "2 × smic", "2*smic", "2,0 x smic"])
def test_multiples_of_the_minimum_wage(written):
    assert read_hourly_penalty(written) in ("2 x smic", "2.0 x smic")


def test_hours():
    assert (read_hours("auto"), read_hours(0), read_hours("420")) == ("auto", 0, 420)


def test_identifiers():
    assert read_siret("213 502 388 00019") == read_siret(21350238800019) == "21350238800019"
    assert read_siret("35600000049837") == "35600000049837"
    assert read_cpv("77310000-6") == read_cpv("77310000 - 9") == read_cpv(77310000) == "77310000"
    assert read_cpv("03000000") == "03000000"
    assert read_nuts("frh03") == "FRH03"
    assert read_nuts("FR") == "FR"
    assert [read_departement(d) for d in ("35", 35, "2a", "974", "01")] == ["35", "35", "2A", "974", "01"]
    assert read_courriel("clauses@exemple.fr") == "clauses@exemple.fr"
    assert read_url("HTTP://exemple.fr/a?b=c") == "HTTP://exemple.fr/a?b=c"


def test_ordinary_python_values_are_read_too():
    marche = Marche.model_validate(
        {
            "version": 1,
            "objet": "x",
            "date_lancement": date(2026, 12, 15),
            "valeur_estimee_ht": Decimal("12.50"),
            "insertion": {"globalisation": True, "publics": ("qpv",)},
            "lots": ({"heures": 35},),
        }
    )
    assert marche.date_lancement == date(2026, 12, 15)
    assert marche.valeur_estimee_ht == Decimal("12.50")
    assert marche.lots[0].numero == 1
