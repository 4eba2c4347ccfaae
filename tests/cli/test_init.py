import contextlib
import functools
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausegen.assistant import savedfile
from clausegen.assistant.session import Session
from clausegen.cli.answering import Lines
from clausegen.cli.dialogue import Dialogue
from clausegen.cli.screen import Screen
from clausegen.description.load import load_path, load_text
from clausegen.diagnostics import has_errors
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook
from clausegen.workflow.examine import examiner

SIMPLE = """\
# Un marché simple : une réponse par ligne.
Entretien des locaux de la mairie
services
1
1
1
15/12/2026
300 000
nettoyage de bureaux
1
appel d'offres ouvert
1
12 mois reconductible 3 fois
non
1
Prestations indissociables, confiées à une seule équipe
1
Ville de Rennes
38 000 000
"""
PIECES = """\
oui
2026-NET-01
213 502 388 00019
1 place de la Mairie, 35000 Rennes
Claude Martin, maire
marches@exemple.fr
https://marches.exemple.fr
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def chez(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def init(clausegen: Any, chez: Path) -> Callable[..., tuple[int, str, str]]:
    """Run `init` with a file of answers."""

    def run(reponses: str, *args: str) -> tuple[int, str, str]:
        (chez / "rep.txt").write_text(reponses, encoding="utf-8")
        code, out, err = clausegen("init", "--reponses", "rep.txt", *args)
        return code, out, " ".join(err.replace("’", "'").split())

    return run


def loaded(path: Path) -> Any:
    lecture = load_path(path, open_words(rulebook()))
    assert lecture.marche is not None and not has_errors(lecture.diagnostics), lecture.diagnostics
    return lecture.marche


def test_from_nothing_to_a_description(init: Any, chez: Path) -> None:
    code, out, err = init(SIMPLE + PIECES + "\n" * 60)
    assert code == 0 and "Il n'y a plus de question" in err and "pénalité par heure : 60" in err
    assert out.splitlines() == ["marche.yaml"], "an empty answer does not draft"
    marche = loaded(chez / "marche.yaml")
    assert marche.acheteur.adresse.commune == "Rennes" and marche.acheteur.representant.qualite == "maire"
    assert (marche.duree_mois, marche.reconductions) == (48, 3)


def test_draft_at_the_end_of_the_conversation(init: Any, chez: Path) -> None:
    code, out, err = init(f"{SIMPLE}n\no\n")
    paths = [Path(line) for line in out.splitlines()]
    assert code == 0 and paths[0] == Path("marche.yaml")
    assert {path.name for path in paths} >= {"note.docx", "ccap.docx", "suivi.xlsx"}
    assert all((chez / path).is_file() for path in paths)
    assert "Obligatoire : la valeur retenue, 300 000 € HT, atteint le seuil européen de 216 000 € HT" in err
    assert "art. L. 2112-2-1" in err
    loaded(chez / "marche.yaml")


def test_every_answer_to_the_pieces_leaves_few_fields(init: Any, chez: Path) -> None:
    keyed = """\
objet: Entretien des locaux
nature: services
contrat: marche
acheteur.type: collectivite
acheteur.categorie: autre-pouvoir-adjudicateur
date_lancement: 2026-12-15
valeur_estimee_ht: 300 000 €
cpv: 90919200
procedure: aoo
ccag: FCS
duree_mois: 48
lots: 1
allotissement_motif: Une seule équipe
facilitateur: non
lots[0].dispositif: auto
acheteur.nom: Ville de Rennes
acheteur.achats_annuels_ht: 38 000 000
reference: "2026-NET-01"
acheteur.siret: 213 502 388 00019
acheteur.adresse: 1 place de la Mairie, 35000 Rennes
acheteur.representant: Claude Martin, maire
acheteur.courriel: marches@exemple.fr
acheteur.profil_acheteur: https://marches.exemple.fr
acheteur.tribunal: tribunal administratif de Rennes
acheteur.dpo_courriel: dpo@exemple.fr
acheteur.correspondant_insertion.qualite: chargée des achats responsables
acheteur.correspondant_insertion.courriel: achats@exemple.fr
acheteur.correspondant_insertion.telephone: 02 99 00 00 00
lieu_execution.departement: 35
lieu_execution.commune: Rennes
lieu_execution.bassin_emploi: Rennes
lots[0].perimetre: Dépoussiérage, lavage des sols
insertion.penalites.donnees: 1 000
insertion.penalites.heure_non_realisee: 45
pieces.ccap.article: 12
date_note: 01/12/2026
rediger: oui
"""
    code, out, err = init(keyed)
    assert code == 0, err
    assert len(out.splitlines()) > 5
    examen = examiner(chez / "marche.yaml")
    assert examen.decision is not None and examen.marche is not None
    left = [entry.chemin for entry in examen.decision.a_completer if entry.documents]
    assert len(left) <= 3, left
    assert examen.marche.insertion is not None and examen.marche.insertion.penalites is not None
    assert examen.marche.insertion.penalites.heure_non_realisee == 45


def test_an_answer_by_key_that_is_wrong_stops_with_its_line(init: Any, chez: Path) -> None:
    code, out, err = init("objet: x\n\nnature: peinture\n")
    assert (code, out) == (2, "") and "rep.txt, ligne 3 : `nature` : « peinture » n'est pas un des choix" in err
    code, _, err = init("objet: x\nnatur: services\n")
    assert code == 2 and "Vouliez-vous dire `nature` ?" in err
    assert loaded(chez / "marche.yaml").objet == "x", "what was known is saved"


def test_each_wrong_answer_is_told_and_asked_again(init: Any, chez: Path) -> None:
    doubled = []
    wrong = {"services": "12", "15/12/2026": "demain", "300 000": "300 kilos", "38 000 000": "beaucoup"}
    for line in SIMPLE.splitlines():
        doubled += [wrong[line], line] if line in wrong else [line]
    code, _, err = init("\n".join(doubled))
    assert code == 0 and err.count("Erreur :") == len(wrong)
    assert loaded(chez / "marche.yaml").valeur_estimee_ht == 300000


def test_the_end_of_answers_saves_and_a_second_call_takes_up(init: Any, chez: Path) -> None:
    lines = SIMPLE.splitlines(keepends=True)
    code, out, err = init("".join(lines[:7]))
    assert (code, out) == (0, "marche.yaml\n")
    assert "clausegen init -o marche.yaml" in err
    path = chez / "marche.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("nature: services", "nature: services  # vu"), "utf-8")
    code, _, err = init("".join(lines[7:]))
    assert code == 0 and "Je reprends marche.yaml" in err
    assert "Quel est l'objet" not in err
    marche = loaded(path)
    assert marche.objet == "Entretien des locaux de la mairie" and marche.acheteur.nom == "Ville de Rennes"
    assert "# vu" in path.read_text(encoding="utf-8")


def test_no_facilitator_is_asked_once(init: Any, chez: Path) -> None:
    code, _, err = init(SIMPLE)
    path = chez / "marche.yaml"
    assert code == 0 and "facilitateur des clauses sociales" in err
    assert "# Répondu « non » : facilitateur." in path.read_text(encoding="utf-8")
    code, _, err = init("n\n")
    assert code == 0 and "facilitateur des clauses sociales" not in err
    path.write_text(path.read_text(encoding="utf-8").replace("# Répondu « non »", "# Tant pis"), "utf-8")
    assert "facilitateur des clauses sociales" in init("n\n")[2]


def test_going_back_undoes_in_the_file_too(init: Any, chez: Path) -> None:
    code, _, err = init("<\nx\nservices\n2\n<\nretour\ntravaux\nfin\n")
    assert code == 0 and "Vous êtes à la première question." in err and err.count("Réponse annulée.") == 2
    marche = loaded(chez / "marche.yaml")
    assert (marche.nature, marche.contrat) == ("travaux", None)


def test_commands_at_any_question(init: Any) -> None:
    code, _, err = init("?\nMon objet\npasser\nvoir\n?\nfin\n")
    assert code == 0
    assert "Clé du fichier : objet" in err and "Clé du fichier : contrat" in err
    assert 'objet: "Mon objet"' in err and "Seuil : valeur retenue à préciser" in err
    assert "question reste ouverte" in err


def test_nothing_is_saved_without_a_subject(init: Any, chez: Path) -> None:
    code, out, err = init("")
    assert (code, out) == (0, "") and "Rien n'est enregistré" in err
    assert not (chez / "marche.yaml").exists()


def test_a_faulty_file_is_left_as_it_is(init: Any, chez: Path) -> None:
    path = chez / "a.yaml"
    path.write_text("version: 1\nobjet: x\nnature: bleu\n", encoding="utf-8")
    before = path.read_bytes()
    code, out, err = init(SIMPLE, "-o", "a.yaml")
    assert (code, out) == (1, "") and "a.yaml:3:9" in err and "corrigez" in err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("-o", "a.json"), ".yaml"),
        (("-o", "rien/a.yaml"), "n'existe pas"),
        (("--reponses", "absent.txt"), "ne peut pas être lu"),
    ],
)
def test_a_call_that_cannot_be_carried_out(clausegen: Any, chez: Path, args: tuple[str, ...], why: str) -> None:
    assert chez.is_dir()
    code, out, err = clausegen("init", *args)
    assert (code, out) == (2, "") and why in err.replace("’", "'")


def test_answers_that_are_no_text(clausegen: Any, chez: Path) -> None:
    (chez / "rep.txt").write_bytes(b"\xff\xfe\x00")
    assert clausegen("init", "--reponses", "rep.txt")[0] == 2
    (chez / "rep.txt").write_bytes(b"a" * ((1 << 20) + 1))
    assert clausegen("init", "--reponses", "rep.txt")[0] == 2


def test_a_pipe_answers_line_by_line(clausegen: Any, chez: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("# 1 objet\n\x1b[Dservices\n"))
    code, out, _ = clausegen("init")
    assert (code, out) == (0, "marche.yaml\n")
    marche = loaded(chez / "marche.yaml")
    assert (marche.objet, marche.nature) == ("# 1 objet", "services")


def test_a_pipe_that_is_not_utf8_does_not_crash(chez: Path) -> None:
    command = [sys.executable, "-m", "clausegen", "init"]
    done = subprocess.run(
        command, input="Entretien \xe9t\xe9\nservices\n".encode("latin-1"), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert loaded(chez / "marche.yaml").nature == "services"


def test_a_person_at_a_terminal(clausegen: Any, chez: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("Un objet\nservices\n"))
    code, out, err = clausegen("init")
    assert (code, out) == (0, "marche.yaml\n") and err.replace("’", "'").count("Réponse :") == 3
    assert loaded(chez / "marche.yaml").nature == "services"


def test_ctrl_c_saves_what_is_known(clausegen: Any, chez: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(io.StringIO):
        def __next__(self) -> str:
            line = super().__next__()
            if "stop" in line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr("sys.stdin", Interrupted("Un objet\nservices\nstop\n"))
    code, out, err = clausegen("init")
    assert code == 130 and out == "marche.yaml\n" and "clausegen init -o marche.yaml" in err
    assert loaded(chez / "marche.yaml").nature == "services"


@pytest.mark.parametrize("columns", ["20", "40", "80", "200"])
def test_any_width_of_terminal(init: Any, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert init(f"{SIMPLE}n\n")[0] == 0


def test_a_terminal_adds_weight_and_no_meaning(chez: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from clausegen.assistant.implications import Implication
    from clausegen.assistant.questions import Choix, Question
    from clausegen.cli.screen import Screen

    assert chez.is_dir()
    question = Question("nature", "", "Quoi [ceci] ?", "Une aide.", "un exemple", choix=(Choix("a", "été", "usuel"),))

    def shown(stream: io.StringIO, **env: str) -> str:
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "80")
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stderr", stream)
        screen = Screen()
        screen.question(question)
        screen.error("non.")
        screen.implications([Implication("Obligatoire", "une condition.")])
        return stream.getvalue()

    plain = shown(io.StringIO())
    assert "\x1b" not in plain
    for words in ("Question 1. Quoi [ceci]", "1. été, usuel", "2. je ne sais pas", "Erreur", "Obligatoire"):
        assert words in plain and words in shown(Terminal())
    assert "\x1b[3" not in shown(Terminal(), NO_COLOR="1"), "no colour"
    assert "\x1b" not in shown(Terminal(), TERM="dumb")


_TYPED = st.one_of(
    st.sampled_from(
        ["?", "<", "voir", "passer", "", "1", "2", "oui", "espaces verts", "3 lots", "A ; 1", "15/12/2026"]
    ),
    st.text(max_size=20),
)


@settings(max_examples=25)
@given(st.lists(_TYPED, max_size=30))
def test_whatever_is_typed_the_conversation_goes_on(typed: list[str]) -> None:
    session = Session(rulebook())
    saved: list[str] = []
    with contextlib.redirect_stderr(io.StringIO()) as told:
        source = Lines(iter(["Objet", *typed]), echo=True, comments=False)
        texte = functools.partial(savedfile.text, session, savedfile.Reprise())
        Dialogue(session, source, Screen(), lambda: saved.append(texte()), texte).run()
    assert "Question 1" in told.getvalue()
    assert saved and all(load_text(text, "a", open_words(rulebook())).arbre.lisible for text in saved)
