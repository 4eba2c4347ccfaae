"""What `review` prints: each thing that people did, said in a line, and the same as data."""

import json
from pathlib import Path

import pytest

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.french.typography import plain
from clausegen.reading.document import Bloc, Document, Genre
from clausegen.reports.readback import review_json, review_text
from clausegen.reports.verification import Fichier, Verification
from clausegen.review.readback import Changement, Nature
from clausegen.review.wordiff import Ecart, Sens

BLOCS = (
    Bloc(1, Genre.ARTICLE, "Volume", "Volume", niveau=1, numero="12.3"),
    Bloc(2, Genre.PARAGRAPHE, "Le titulaire réalise 430 heures.", "Le titulaire réalise 420 heures."),
)
PIECE = Document("ccap.docx", BLOCS, piece="ccap")
FOUND = Diagnostic("R01", Niveau.ERREUR, "« 430 heures » : non.", fichier="ccap.docx", ligne=2, colonne=22, regle="R01")


def _text(*changes: Changement) -> str:
    return plain(review_text([(PIECE, changes)], Verification((Fichier("ccap.docx", (FOUND,)),), 1)))


def _line(change: Changement) -> str:
    return _text(change).splitlines()[4].strip()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Changement(Nature.AJOUT, BLOCS[1], 2, apres="Neuf."), "paragraphe 2 (article 12.3) : ajouté : « Neuf. »"),
        (Changement(Nature.RETRAIT, None, 0, avant="Ancien."), "retiré : « Ancien. »"),
        (Changement(Nature.DEPLACEMENT, BLOCS[1], 2, "A", "A"), "paragraphe 2 (article 12.3) : déplacé : « A »"),
        (
            Changement(
                Nature.CHAMP_REMPLI, BLOCS[1], 2, apres="06", chemin="facilitateur.telephone", question="Quel ?"
            ),
            "paragraphe 2 (article 12.3) : champ rempli : Quel ? « 06 » ; à reporter dans la description, clé "
            "`facilitateur.telephone`",
        ),
        (
            Changement(Nature.CHAMP_VIDE, BLOCS[1], 2, chemin="a.b", question="Quel jour ?"),
            "paragraphe 2 (article 12.3) : champ à compléter : Quel jour ?",
        ),
        (
            Changement(Nature.REVISION, BLOCS[1], 2, "60", "70", auteur="Jeanne", date="2026-11-26T10:00:00Z"),
            "paragraphe 2 (article 12.3) : modification en attente de Jeanne (2026-11-26) : « 60 » devient « 70 »",
        ),
        (Changement(Nature.REVISION, BLOCS[1], 2, "60", ""), "retrait de « 60 »"),
        (Changement(Nature.REVISION, BLOCS[1], 2, "", "70"), "ajout de « 70 »"),
        (
            Changement(Nature.COMMENTAIRE, BLOCS[1], 2, avant="420", auteur="Ali", texte="À\nvoir"),
            "paragraphe 2 (article 12.3) : commentaire de Ali sur « 420 » : À voir",
        ),
        (Changement(Nature.TYPOGRAPHIE, nombre=1), "1 paragraphe où changent espaces ou apostrophes seulement"),
        (Changement(Nature.TYPOGRAPHIE, nombre=3), "3 paragraphes où changent espaces ou apostrophes seulement"),
    ],
)
def test_each_thing_that_people_did(change: Changement, said: str) -> None:
    assert _line(change).endswith(said)


def test_a_rewording_shows_its_words_only() -> None:
    gaps = (
        Ecart(Sens.GARDE, "Le titulaire réalise "),
        Ecart(Sens.RETIRE, "420"),
        Ecart(Sens.AJOUTE, "430"),
        Ecart(Sens.GARDE, " heures"),
        Ecart(Sens.RETIRE, " au moins"),
        Ecart(Sens.GARDE, "."),
        Ecart(Sens.AJOUTE, " Ouf."),
    )
    said = _line(Changement(Nature.REFORMULATION, BLOCS[1], 2, "avant", "après", gaps))
    assert said.endswith("reformulé : « 420 » devient « 430 » ; retrait de « au moins » ; ajout de « Ouf. »")


def test_a_long_passage_is_cut_in_the_text_and_whole_in_the_data() -> None:
    change = Changement(Nature.AJOUT, BLOCS[1], 2, apres="mot " * 100)
    assert len(_line(change)) < 230 and _line(change).endswith("… »")
    report = json.loads(review_json([(PIECE, (change,))], Verification((Fichier("ccap.docx", ()),), 0)))
    assert report["fichiers"][0]["changements"][0]["apres"] == "mot " * 100


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in _text(Changement(Nature.COMMENTAIRE, BLOCS[1], 2, auteur="\x1b[31m", texte="\x1b]0;x\x07"))


@pytest.mark.parametrize(
    ("document", "changes", "words"),
    [
        (PIECE, (), "Ce qui a changé depuis le projet\n\n  Rien."),
        (PIECE, None, "Avec --marche, il est comparé"),
        (Document("a.docx", BLOCS), None, "Ce document ne vient pas de clausegen"),
    ],
)
def test_what_is_known_of_the_draft(document: Document, changes: tuple[Changement, ...] | None, words: str) -> None:
    text = plain(review_text([(document, changes)], Verification((Fichier(document.nom, ()),), 0)))
    assert words in text
    assert text.endswith("Constats\n\n1 fichier examiné : rien à signaler.")


def test_json_keeps_the_order_of_the_files_and_those_that_were_not_read() -> None:
    unread = Fichier("absent.docx", (Diagnostic("E001", Niveau.ERREUR, "Absent.", fichier="absent.docx"),))
    change = Changement(Nature.AJOUT, BLOCS[1], 2, apres="Neuf.")
    report = json.loads(
        review_json([(PIECE, (change,))], Verification((unread, Fichier("ccap.docx", (FOUND,))), 2, racine=Path("/")))
    )
    first, second = report["fichiers"]
    assert (first["fichier"], first["piece"], first["changements"]) == ("absent.docx", None, None)
    assert (second["fichier"], second["piece"]) == ("ccap.docx", "ccap")
    (told,) = second["changements"]
    assert (told["nature"], told["paragraphe"], told["article"]) == ("ajout", 2, "12.3")
    assert second["diagnostics"][0]["ligne"] == 2
    assert report["bilan"] == {"erreur": 2, "avertissement": 0, "question": 0, "information": 0}
