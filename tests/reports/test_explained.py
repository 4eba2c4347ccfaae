from dataclasses import replace

from clausegen.diagnostics import Diagnostic
from clausegen.french.typography import plain
from clausegen.law.decision import Decision
from clausegen.reports.explained import decision_text


def flat(text: str) -> str:
    return " ".join(plain(text).split())


def test_everything_is_said(decision: Decision, constat: Diagnostic) -> None:
    text = decision_text(decision, [constat])
    read = flat(text)
    for expected in (
        "Marché 2026-EV-041 : Espaces verts",
        "Droit en vigueur le 1er décembre 2026 ; règles vérifiées jusqu'au 24 novembre 2026.",
        "Valeur retenue : 960 000 € HT ; seuil : 216 000 € HT ; le seuil est atteint (CCP, annexe n° 2).",
        "Condition d'exécution sociale : obligatoire, satisfaite. Seuil atteint (CCP, art. L. 2112-2-1).",
        "Publication des données essentielles : à préciser. La date manque.",
        "(SPASER) : sans objet. Achats sous le seuil.",
        "Retenu : clause sociale d'insertion (proposition de la règle).",
        "Volume : 420 heures d'insertion (480 000 € × 65 % × 5 % ÷ 36 € = 433,33 ; 87,5 heures pour 100 000 € HT).",
        "An 1 : 1 heure.",
        "Volume : selon les commandes (35 heures par tranche de 100 000 € HT commandée, au-delà de 50 000 € HT ; "
        "soit 1 200 heures d'insertion au maximum du lot ; 35 heures pour 100 000 € HT).",
        "Retenu : rien encore, un fait manque.",
        "Clause sociale d'insertion (recommandé) : Le motif (CCP, art. L. 2113-12).",
        "À respecter : le dire dans l'avis.",
        "article 14.1.2 : plafond des pénalités",
        "Clause du CCAP (ccap)",
        "Motivation (motivation) : à l'état de projet, un fait manque. Un fait manque.",
        "Bilan (bilan) : sans objet. Aucun lot à heures.",
        "insertion.globalisation : oui (pratique courante)",
        "CCP, art. L. 2113-12 : analyse, à valider par un juriste.",
        "facilitateur.courriel : Quelle est l'adresse ? [ccap, convention]",
        "erreur D101 Le lot n° 1 : non.",
    ):
        assert expected in read, expected


def test_order_of_what_matters(decision: Decision) -> None:
    read = flat(decision_text(decision, []))
    assert read.index("Condition d'exécution sociale") < read.index("données essentielles") < read.index("SPASER")
    assert read.index("Ouvertes :") < read.index("(recommandé)") < read.index("insertion par l'activité économique")
    assert read.index("activité économique") < read.index("À préciser :") < read.index("Fermées :")


def test_lines_stay_readable(decision: Decision) -> None:
    assert max(len(line) for line in decision_text(decision, []).splitlines()) <= 100
    assert "\x1b" not in decision_text(replace(decision, marche={"objet": "\x1b[31mrouge"}), [])


def test_one_lot(decision: Decision) -> None:
    read = flat(decision_text(decision, [], 2))
    assert "Lot n° 2" in read and "Lot n° 1" not in read and "Obligations" in read


def test_facts_missing(decision: Decision) -> None:
    assert decision.seuil is not None
    unknown = replace(decision.seuil, montant_ht=None, valeur_retenue_ht=None, atteint=None)
    read = flat(decision_text(replace(decision, date_droit=None, seuil=unknown), []))
    assert "Droit le plus récent connu" in read
    assert "Valeur retenue : à préciser ; seuil : à préciser ; conclusion à préciser" in read
    assert "Aucun seuil européen" in flat(decision_text(replace(decision, seuil=None), []))


def test_a_file_that_does_not_load(constat: Diagnostic) -> None:
    read = flat(decision_text(None, [constat]))
    assert read.startswith("Cette description ne peut pas être lue")
    assert "erreur D101" in read
