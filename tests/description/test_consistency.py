import pytest

from clausegen.diagnostics import Niveau


def found(lecture):
    return [(d.code, d.niveau, d.chemin) for d in lecture.diagnostics]


@pytest.mark.parametrize(
    ("text", "code", "niveau", "chemin"),
    [
        ("lots: [{numero: 1}, {numero: 2}, {numero: 1}]", "C001", Niveau.ERREUR, "lots[2].numero"),
        ("lots: [{numero: 2}, {}]", "C001", Niveau.ERREUR, "lots[1].numero"),
        (
            "valeur_estimee_ht: 100\nlots: [{valeur_estimee_ht: 60}, {valeur_estimee_ht: 40,01 €}]".replace(
                "40,01 €", "'40,01 €'"
            ),
            "C002",
            Niveau.ERREUR,
            "valeur_estimee_ht",
        ),
        ("valeur_estimee_ht: 100\naccord_cadre: {minimum_ht: 101}", "C002", Niveau.ERREUR, "accord_cadre.minimum_ht"),
        (
            "lots: [{heures: 420, tranches: [{code: TF, type: ferme, heures: 200}]}]",
            "C003",
            Niveau.ERREUR,
            "lots[0].tranches",
        ),
        (
            "reconductions: 1\nlots: [{heures: 420, heures_periodes: [210, 200]}]",
            "C003",
            Niveau.ERREUR,
            "lots[0].heures_periodes",
        ),
        (
            "insertion: {critere: {ponderation: 10, sous_criteres: [{intitule: a, ponderation: 6}]}}",
            "C004",
            Niveau.ERREUR,
            "insertion.critere.sous_criteres",
        ),
        (
            "lots: [{insertion: {critere: {ponderation: 10, sous_criteres: [{ponderation: 11}]}}}]",
            "C004",
            Niveau.ERREUR,
            "lots[0].insertion.critere.sous_criteres",
        ),
        (
            "date_lancement: 2026-12-15\nfacilitateur: {accord_le: 2026-12-16}",
            "C005",
            Niveau.AVERTISSEMENT,
            "facilitateur.accord_le",
        ),
        (
            "date_lancement: 2026-12-15\nfacilitateur: {avis_le: 2027-01-01}",
            "C005",
            Niveau.AVERTISSEMENT,
            "facilitateur.avis_le",
        ),
        (
            "lots: [{dispositif: clause, aucun_motif: travaux-courts}]",
            "C006",
            Niveau.AVERTISSEMENT,
            "lots[0].aucun_motif",
        ),
        (
            "lots: [{dispositif: formation, aucun_justification: x}]",
            "C006",
            Niveau.AVERTISSEMENT,
            "lots[0].aucun_justification",
        ),
        (
            "reconductions: 3\nlots: [{heures_periodes: [1, 2]}]",
            "C007",
            Niveau.ERREUR,
            "lots[0].heures_periodes",
        ),
        ("duree_mois: 12\nlots: [{duree_ferme_mois: 13}]", "C008", Niveau.ERREUR, "lots[0].duree_ferme_mois"),
        ("insertion: {bilan_final: {mois_avant: 1, mois_apres: 3}}", "C009", Niveau.ERREUR, "insertion.bilan_final"),
    ],
)
def test_contradictions(lire, text, code, niveau, chemin):
    lecture = lire(text)
    assert found(lecture) == [(code, niveau, chemin)]
    assert lecture.marche is not None
    assert lecture.diagnostics[0].ligne is not None


@pytest.mark.parametrize(
    "text",
    [
        "valeur_estimee_ht: 100\nlots: [{valeur_estimee_ht: 60}, {valeur_estimee_ht: 40}]",
        "valeur_estimee_ht: 100\nlots: [{valeur_estimee_ht: 60}, {}]",
        "lots: [{valeur_estimee_ht: 60}, {}]",
        "lots: [{heures: 420, tranches: [{code: TF, type: ferme, heures: 200}, {code: TO, type: optionnelle}]}]",
        "lots: [{heures: auto, tranches: [{code: TF, type: ferme, heures: 200}]}]",
        "insertion: {critere: {ponderation: 10, sous_criteres: [{intitule: '…', ponderation: 6}]}}",
        "insertion: {critere: {sous_criteres: [{intitule: a, ponderation: 6}]}}",
        "date_lancement: 2026-12-15\nfacilitateur: {accord_le: 2026-12-15, avis_le: 2026-11-25}",
        "facilitateur: {accord_le: 2026-12-15}",
        "lots: [{dispositif: aucun, aucun_motif: travaux-courts}, {dispositif: critere, aucun_motif: travaux-courts}]",
        "lots: [{dispositif: reserve-iae, aucun_motif: lien-insuffisant}, {aucun_motif: lien-insuffisant}]",
        "reconductions: 2\nlots: [{heures: 420, heures_periodes: [210, 105, 105]}]",
        "duree_mois: 12\nlots: [{duree_ferme_mois: 13, duree_mois: 24}]",
    ],
)
def test_what_holds_together(lire, text):
    assert lire(text).diagnostics == ()


def test_messages_speak_of_amounts_in_french(lire):
    (said,) = lire("valeur_estimee_ht: 1000\nlots: [{valeur_estimee_ht: 1200.5}]").diagnostics
    assert "1 200,50 € HT" in said.message
    assert "1 000 € HT" in said.message
