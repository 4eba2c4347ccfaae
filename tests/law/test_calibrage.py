from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clausegen.description.marche import Marche
from clausegen.language.unknown import Unknown
from clausegen.law.calibrage import (
    Calibrage,
    calibrate,
    calibrated_hours,
    hourly_cost,
    minimum_wage,
    number,
    per_100000,
    round_hours,
    sector,
)
from clausegen.law.rulebook import rulebook

LIVRE = rulebook()
DAY = date(2026, 12, 15)


def calibrated(lot, jour=DAY, index=0, livre=LIVRE, **keys):
    lots = [{"numero": 1}] * index + [{"numero": index + 1} | lot]
    given = {"version": 1, "objet": "Essai", "cpv": "77310000", "valeur_estimee_ht": 480000, "lots": lots} | keys
    secteurs = {"secteur": LIVRE.donnees["calibrage/secteurs"]["secteurs"]}
    marche = Marche.model_validate(given, context={"vocabulaire": secteurs})
    return calibrate(marche, marche.lots[index], index, livre, jour)


def test_terms_left_out_have_the_usual_values_of_the_trade_and_say_so():
    found = calibrated({})
    assert (found.secteur, found.secteur_deduit) == ("espaces-verts", True)
    assert found.termes == {
        "montant_ht": 480000,
        "part_main_oeuvre": Decimal("0.65"),
        "taux_effort": Decimal("0.05"),
        "cout_horaire": 36,
    }
    told = {v.chemin: (v.valeur, v.origine, v.confiance) for v in found.defauts}
    assert told == {
        "lots[0].calibrage.part_main_oeuvre": (
            Decimal("0.65"),
            "part usuelle du secteur « Espaces verts (entretien) », à valider par le facilitateur",
            "usage",
        ),
        "lots[0].calibrage.taux_effort": (
            Decimal("0.05"),
            "taux d'effort usuel, à valider par le facilitateur",
            "usage",
        ),
        "lots[0].calibrage.cout_horaire": (
            Decimal(36),
            "2,9 fois le SMIC horaire brut de 12,31 €, à l'euro, à valider par le facilitateur",
            "analyse",
        ),
    }


def changed(fichier, **keys):
    """Return the law with some keys of a file of `calibrage/` changed, as who tries a copy of the rules does."""
    content = LIVRE.donnees[f"calibrage/{fichier}"]
    return replace(LIVRE, donnees=LIVRE.donnees | {f"calibrage/{fichier}": content | keys})


def certainty(livre=LIVRE, **calibrage):
    """Return how sure each default is, by its term."""
    found = calibrated({"calibrage": calibrage}, livre=livre)
    return {v.chemin.rpartition(".")[2]: v.confiance for v in found.defauts}


def test_a_default_is_as_sure_as_its_rule_says():
    """Who reads the note must know a figure seen in practice from one that was reasoned."""
    assert certainty(secteur="nettoyage")["part_main_oeuvre"] == "usage"
    reasoned = [i for i, e in LIVRE.donnees["calibrage/secteurs"]["secteurs"].items() if "confiance" in e]
    assert {certainty(secteur=secteur)["part_main_oeuvre"] for secteur in reasoned} == {"analyse"}
    table = LIVRE.donnees["calibrage/parametres"]
    seen = changed(
        "parametres",
        taux_effort=table["taux_effort"] | {"confiance": "texte-vu"},
        cout_horaire=table["cout_horaire"] | {"confiance": "source-secondaire"},
    )
    assert certainty(seen) == {
        "part_main_oeuvre": "usage",
        "taux_effort": "texte-vu",
        "cout_horaire": "source-secondaire",
    }
    silent = {key: value for key, value in table["cout_horaire"].items() if key != "confiance"}
    assert certainty(changed("parametres", cout_horaire=silent))["cout_horaire"] == "analyse"


def test_a_wage_in_whole_euros_is_written_without_decimals():
    livre = changed("smic", versions={date(2026, 1, 1): {"valeur": "20.00"}})
    cost = calibrated({}, livre=livre).defauts[-1]
    assert (cost.valeur, cost.origine) == (
        58,
        "2,9 fois le SMIC horaire brut de 20 €, à l'euro, à valider par le facilitateur",
    )


def test_terms_written_are_taken_as_they_are():
    terms = {"secteur": "nettoyage", "part_main_oeuvre": "0.5", "taux_effort": "0.1", "cout_horaire": 30}
    found = calibrated({"calibrage": terms})
    assert (found.secteur, found.secteur_deduit, found.defauts) == ("nettoyage", False, [])
    assert found.brut == Decimal(800)
    assert found.manquants == ()


def test_a_term_written_null_is_asked_rather_than_taken_from_the_trade():
    found = calibrated({"calibrage": {"taux_effort": None}})
    assert [m.chemin for m in found.manquants] == ["lots[0].calibrage.taux_effort"]
    assert found.brut is None
    assert [v.chemin for v in found.defauts] == [
        "lots[0].calibrage.part_main_oeuvre",
        "lots[0].calibrage.cout_horaire",
    ]


def test_what_cannot_be_told_is_asked_for_that_lot():
    """Two lots: the market's amount is that of neither; no code: no trade; a day before any wage known: no cost."""
    found = calibrated({}, date(2020, 12, 31), index=1, cpv=None)
    assert [m.chemin for m in found.manquants] == [
        "lots[1].valeur_estimee_ht",
        "lots[1].calibrage.secteur",
        "lots[1].calibrage.cout_horaire",
    ]
    assert (found.secteur_deduit, [v.chemin for v in found.defauts]) == (False, ["lots[1].calibrage.taux_effort"])
    assert all(m.question for m in found.manquants)


def test_without_a_day_the_wage_is_not_known():
    assert minimum_wage(LIVRE, None).chemin == "date_lancement"
    assert minimum_wage(LIVRE, date(2020, 12, 31)).chemin == "lots[].calibrage.cout_horaire"
    assert minimum_wage(LIVRE, date(2026, 5, 31)) == Decimal("12.02")
    assert minimum_wage(LIVRE, date(2026, 6, 1)) == Decimal("12.31")
    assert [m.chemin for m in calibrated({}, None).manquants] == ["date_lancement"]


def test_the_cost_of_an_hour_is_in_whole_euros_half_up():
    assert hourly_cost(Decimal("12.31"), LIVRE) == 36
    assert hourly_cost(Decimal(5), LIVRE) == 15  # 14,50 €
    assert hourly_cost(Decimal("4.99"), LIVRE) == 14  # 14,471 €


@pytest.mark.parametrize(
    ("lot", "marche", "attendu"),
    [
        ("90911200", "77310000", ("nettoyage", True)),
        (None, "77310000", ("espaces-verts", True)),
        (None, None, None),
        ("98390000", None, None),
    ],
)
def test_the_trade_read_from_the_code_of_the_lot_else_of_the_market(lot, marche, attendu):
    given = {"version": 1, "objet": "Essai", "cpv": marche, "lots": [{"numero": 1, "cpv": lot}]}
    market = Marche.model_validate(given, context={"vocabulaire": {}})
    found = sector(market, market.lots[0], 0, LIVRE)
    if attendu is None:
        assert (found[0].chemin, found[1]) == ("lots[0].calibrage.secteur", False)
    else:
        assert found == attendu


def test_the_longest_prefix_tells_the_trade():
    """Of every known prefix, the trade that bears the longest one that fits is the one read."""
    known = {
        str(prefix): ident
        for ident, entry in LIVRE.donnees["calibrage/secteurs"]["secteurs"].items()
        for prefix in entry.get("cpv") or ()
    }
    for prefix in known:
        code = prefix.ljust(8, "0")
        market = Marche.model_validate(
            {"version": 1, "objet": "Essai", "cpv": code, "lots": [{"numero": 1}]}, context={"vocabulaire": {}}
        )
        longest = max((p for p in known if code.startswith(p)), key=len)
        assert sector(market, market.lots[0], 0, LIVRE) == (known[longest], True)


@pytest.mark.parametrize(
    ("brut", "volume"),
    [("0.99", 0), ("1", 1), ("69.99", 69), ("70", 70), ("104.99", 70), ("105", 105), ("1000", 980)],
)
def test_hours_are_rounded_down(brut, volume):
    assert round_hours(Decimal(brut), LIVRE) == volume


def formula(**termes):
    base = {"montant_ht": 480000, "part_main_oeuvre": "0.65", "taux_effort": "0.05", "cout_horaire": "36"} | termes
    return Calibrage("espaces-verts", False, {k: v if isinstance(v, Unknown) else Decimal(v) for k, v in base.items()})


def test_the_hours_of_the_formula_with_its_terms():
    found = calibrated_hours(formula(), LIVRE)
    assert (found.volume, found.volume_brut, found.ratio_pour_100000) == (420, Decimal("433.33"), Decimal("87.5"))
    assert (found.unite, found.methode, found.volume_au_maximum) == ("heures", "part-main-oeuvre", None)
    assert found.parametres == {
        "montant_ht": 480000,
        "part_main_oeuvre": Decimal("0.65"),
        "taux_effort": Decimal("0.05"),
        "cout_horaire": 36,
    }


def test_hours_shown_before_rounding_have_two_decimals_half_up():
    assert calibrated_hours(formula(montant_ht="5538.462"), LIVRE).volume_brut == 5
    # 0,125 heure : 1 000 € × 0,5 × 0,01 ÷ 40.
    small = formula(montant_ht=1000, part_main_oeuvre="0.5", taux_effort="0.01", cout_horaire=40)
    assert calibrated_hours(small, LIVRE).volume_brut == Decimal("0.13")


def test_without_one_of_its_terms_the_formula_gives_no_hours():
    missing = Unknown("lots[0].calibrage.taux_effort")
    found = calibrated_hours(formula(taux_effort=missing), LIVRE)
    assert (found.volume, found.volume_brut, found.ratio_pour_100000) == (None, None, None)
    assert found.parametres["taux_effort"] is None
    assert found.parametres["montant_ht"] == 480000


def test_hours_for_100_000_euros():
    assert per_100000(420, Decimal(480000)) == Decimal("87.5")
    assert per_100000(1, Decimal(800000)) == Decimal("0.1")  # 0,125
    assert per_100000(1, Decimal(40000)) == Decimal("2.5")
    assert per_100000(5, Decimal(400000)) == Decimal("1.3")  # 1,25, au plus proche
    assert per_100000(10000, Decimal(100000)) == 10000
    assert per_100000(0, Decimal(400000)) == 0
    assert per_100000(None, Decimal(400000)) is None
    assert per_100000(420, Decimal(0)) is None
    assert per_100000(420, Unknown("a")) is None


def test_a_number_is_shown_without_useless_zeros():
    assert [str(number(Decimal(v))) for v in ("36.00", "0.650", "1E+3")] == ["36", "0.65", "1000"]
