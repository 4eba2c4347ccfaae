import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clausegen.cli.commands import SOUS_COMMANDES, general_help, group_help
from clausegen.french.typography import typography
from clausegen.law.rulebook import rulebook

DAY = ("--date", "2026-12-15")


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(rulebook().dossier, folder)
    return folder


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_group_answers_at_once_in_french(clausegen: Any) -> None:
    code, out, err = clausegen("rules", "--help")
    assert (code, err) == (0, "")
    for name, short in SOUS_COMMANDES["rules"].items():
        assert name in out and short in out.replace("’", "'")
    assert typography(group_help("rules")) == group_help("rules")
    assert "rules" in general_help()
    assert clausegen("rules") == (2, "", out)


@pytest.mark.parametrize("name", SOUS_COMMANDES["rules"])
def test_help_of_each(clausegen: Any, name: str) -> None:
    code, out, err = clausegen("rules", name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage : clausegen rules {name} [OPTIONS]")
    for words in ("--regles DOSSIER", "--format FORMAT", "affiche cette aide et quitte"):
        assert words in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["lst"], "Commande inconnue : « rules lst » ; vouliez-vous dire « list » ?"),
        (["--hepl"], "vouliez-vous dire « --help » ?"),
        (["list", "--genre", "seuils"], "Vouliez-vous dire « seuil » ?"),
        (["list", "--regles", "nulle-part"], "« nulle-part » n'est pas un dossier"),
        (["show"], "Argument manquant : « RÈGLE »."),
        (["show", "condition-social"], "Vouliez-vous dire « condition-sociale » ?"),
        (["show", "spaser"], "obligations/spaser, seuils/spaser"),
        (["test", "aucun cas ne s'appelle ainsi"], "Aucun cas ne répond à"),
        (["list", "--date", "demain"], "« demain » est refusé"),
    ],
)
def test_refusals(clausegen: Any, args: list[str], words: str) -> None:
    code, out, err = clausegen("rules", *args)
    assert (code, out) == (2, "")
    assert words in err.replace("’", "'")


def test_list_is_a_table_with_a_line_a_rule(clausegen: Any) -> None:
    code, out, err = clausegen("rules", "list", *DAY)
    assert code == 0
    head, *rows = out.splitlines()
    assert head.split("  ")[0] == "règle"
    column = head.index("titre")
    line = next(row for row in rows if row.startswith("obligations/condition-sociale "))
    assert line.split()[:2] == ["obligations/condition-sociale", "2026-08-22"]
    assert "texte vu" in line and "2026-11-24" in line
    assert line[column:].startswith("Condition d’exécution sociale")
    assert not [row for row in rows if row.startswith("sources/")]
    assert "--genre source" in err and f"{len(rows)} règles" in err


def test_list_says_what_is_to_be_checked_again(clausegen: Any) -> None:
    _, out, err = clausegen("rules", "list", "--date", "2028-01-01", "--genre", "seuil")
    line = next(row for row in out.splitlines() if row.startswith("seuils/europeen-travaux "))
    assert "jusqu'au 2027-12-31" in line
    assert "[à revérifier : révision attendue le 1er janvier 2028" in line
    assert "dont 23 à revérifier" in err
    early = clausegen("rules", "list", "--date", "2020-01-01", "--genre", "controle")[1]
    assert "le 2026-08-22 seulement" in early


def test_list_as_json(clausegen: Any) -> None:
    code, out, err = clausegen("rules", "list", *DAY, "--format", "json", "--genre", "source")
    assert (code, err) == (0, "")
    content = json.loads(out)
    assert content["le"] == "2026-12-15"
    assert content["regles"]["empreinte"].startswith("sha256:")
    assert {entry["genre"] for entry in content["entrees"]} == {"source"}
    everything = json.loads(clausegen("rules", "list", *DAY, "--format", "json", "--genre", "tout")[1])["entrees"]
    found = next(entry for entry in everything if entry["id"] == "obligations/spaser")
    assert found == {
        "id": "obligations/spaser",
        "nom_court": None,
        "genre": "obligation",
        "titre": "Schéma de promotion des achats publics socialement et écologiquement responsables",
        "etat": "en-vigueur",
        "en_vigueur_depuis": "2023-10-25",
        "jusqu_au": None,
        "confiance": "texte-vu",
        "verifiee_le": "2026-11-24",
        "cas": 3,
        "a_reverifier": [],
    }


def test_without_a_day_today_speaks(clausegen: Any) -> None:
    content = json.loads(clausegen("rules", "list", "--format", "json")[1])
    assert content["le"] == date.today().isoformat()


def test_show_a_rule(clausegen: Any) -> None:
    code, out, err = clausegen("rules", "show", "condition-sociale", *DAY)
    assert (code, err) == (0, "")
    for words in (
        "Obligation « obligations/condition-sociale »",
        "Au 15 décembre 2026 : en vigueur depuis le 22 août 2026.",
        "Portée : le marché entier.",
        "Du 1er avril 2019 au 20 août 2026",
        "\nLe 21 août 2026\n",
        "Depuis le 22 août 2026 (en vigueur)",
        "- regime != 'defense-securite'",
        "(CCP, art. L. 2312-1)",
        "CCP, art. L. 2112-2-1 (texte vu ; version du 22 août 2026 ; vérifié le 24 novembre",
        "est écartée par obligations/condition-sociale-concession",
        "Cas (11 cas, 11 tiennent)",
    ):
        assert words in out
    assert all(len(line) <= 110 or line.startswith("Condition") for line in out.splitlines())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dispositifs/aucun", ["- une de ces conditions :", "- duree_mois < 6", "Portée : chaque lot."]),
        ("europeen-travaux", ["Valeur : 5 404 000", "Du 1er janvier 2026 au 31 décembre 2027 (en vigueur)", "Note : "]),
        ("MOE", ["penalites : 18.1.5", "Depuis le 1er juillet 2024 (en vigueur)"]),
        ("ccp-l2113-12", ["Employée par", "- dispositifs/reserve-handicap", "Vu dans : base LEGI"]),
        ("L. 2113-12", ["Source « sources/ccp-l2113-12 »"]),
        ("calibrage/parametres", ["arrondi : multiple 35", "Fondement : usages de calibrage"]),
        ("recommandation", ["Choix, le premier qui tient"]),
        ("controles/heures-trop-peu", ["Alors : signaler (code H301, niveau avertissement, chemin heures)"]),
    ],
)
def test_show_anything(clausegen: Any, name: str, words: list[str]) -> None:
    code, out, _ = clausegen("rules", "show", name, *DAY)
    assert code == 0
    for word in words:
        assert word in out


def test_show_before_and_after(clausegen: Any) -> None:
    assert "pas encore en vigueur, le sera le 22 août 2026" in clausegen(
        "rules", "show", "motivation-absence-concession", "--date", "2026-01-01"
    )[1].replace("\n", " ")
    out = clausegen("rules", "show", "europeen-travaux", "--date", "2028-06-01")[1]
    assert "plus en vigueur depuis le 31 décembre 2027 au soir" in out
    assert "À revérifier : révision attendue le 1er janvier 2028" in out


def test_show_as_json(clausegen: Any) -> None:
    content = json.loads(clausegen("rules", "show", "condition-sociale", *DAY, "--format", "json")[1])
    assert content["id"] == "obligations/condition-sociale"
    assert content["fichier"] == "rules/obligations/condition-sociale.yaml"
    newest = content["versions"][-1]
    assert (newest["depuis"], newest["jusqu_au"], newest["en_vigueur"]) == ("2026-08-22", None, True)
    assert newest["toutes"][2]["si"] == "seuil.atteint"
    assert newest["fondements"][0]["citation"] == "CCP, art. L. 2112-2-1"
    assert content["cas"][0]["tient"] is True
    assert content["cas"][0]["faits"]["regime"] == "classique"


def test_test_counts(clausegen: Any) -> None:
    code, out, err = clausegen("rules", "test", "obligations/spaser")
    assert (code, out, err) == (0, "3 cas, 3 tiennent.\n", "")


def test_test_shows_what_fails(clausegen: Any, copie: Path) -> None:
    swap(copie / "seuils" / "spaser.yaml", "valeur: 50000000", "valeur: 60000000")
    code, out, err = clausegen("rules", "test", "spaser", "--regles", copie)
    assert (code, err) == (1, "")
    first, *_, last = out.splitlines()
    assert first.startswith(f"{copie}/seuils/spaser.yaml:")
    assert first.endswith("erreur L004 Cas « 2023-01-01 » : attendu 50 000 000, obtenu 60 000 000.")
    assert last == "7 cas, 6 tiennent."
    content = json.loads(clausegen("rules", "test", "spaser", "--regles", copie, "--format", "json")[1])
    assert (content["cas"], content["tiennent"]) == (7, 6)
    assert content["echecs"][0]["obtenu"] == 60000000
    assert content["diagnostics"][0]["code"] == "L004"


def test_test_names_the_answer_that_differs(clausegen: Any, copie: Path) -> None:
    swap(copie / "cas" / "dates.yaml", "[2020-12-08, interdit, [D101]]", "[2020-12-08, possible, [D101]]")
    code, out, _ = clausegen("rules", "test", "cas/dates", "--regles", copie)
    assert code == 1
    assert "Cas « Réservation commune au handicap et à l’insertion (2020-12-08) »" in out
    assert "`lots[0].options.reserve-handicap-iae` : attendu possible, obtenu interdit." in out


def test_a_broken_file_of_cases_is_a_fault_and_the_others_run(clausegen: Any, copie: Path) -> None:
    swap(copie / "cas" / "ccag.yaml", "modele: marche", "modele: marches")
    code, out, _ = clausegen("rules", "test", "cas/dates", "--regles", copie)
    assert code == 1
    assert "L003 Aucun modèle ne s’appelle « marches » ; vouliez-vous dire « marche » ?" in out
    assert "tiennent." in out


@pytest.mark.parametrize("args", [["list"], ["show", "spaser"], ["test"]])
def test_broken_rules_are_findings(clausegen: Any, copie: Path, args: list[str]) -> None:
    swap(copie / "obligations" / "spaser.yaml", "toutes: [{si", "toute: [{si")
    code, out, err = clausegen("rules", *args, "--regles", copie)
    assert (code, err) == (1, "")
    assert out.startswith("Ces règles ne se lisent pas :")
    assert f"{copie}/obligations/spaser.yaml:5:5: erreur F020" in out
    content = json.loads(clausegen("rules", *args, "--regles", copie, "--format", "json")[1])
    assert content["diagnostics"][0]["ligne"] == 5


def test_a_changed_copy_is_shown_and_the_law_is_not_touched(clausegen: Any, copie: Path) -> None:
    swap(copie / "obligations" / "spaser.yaml", "titre: Schéma", "titre: Autre schéma")
    shown = clausegen("rules", "show", "obligations/spaser", "--regles", copie, *DAY)[1]
    assert "Autre schéma" in shown and f"Fichier : {copie}/obligations/spaser.yaml" in shown
    assert "Autre schéma" not in clausegen("rules", "show", "obligations/spaser", *DAY)[1]


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("clausegen rules ", {"list", "show", "test"}),
        (
            "clausegen rules show reserve-peni",
            {f"reserve-penitentiaire{s}" for s in ("", "-concession", "-defense", "-livre-v")},
        ),
        ("clausegen rules list --genre se", {"seuil"}),
        ("clausegen rules test --reg", {"--regles"}),
    ],
)
def test_completion(clausegen: Any, monkeypatch: pytest.MonkeyPatch, typed: str, proposed: set[str]) -> None:
    monkeypatch.setenv("_CLAUSEGEN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split(" ")) - 1))
    code, out, _ = clausegen()
    assert code == 0
    assert set(out.split()) == proposed
