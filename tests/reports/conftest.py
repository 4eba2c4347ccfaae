from datetime import date
from decimal import Decimal

import pytest

from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.law.decision import (
    ACompleter,
    Decision,
    Derogation,
    DocumentPrevu,
    Heures,
    LotDecision,
    Obligation,
    Option,
    Periode,
    Seuil,
    Source,
    ValeurParDefaut,
)

FORMULE = {
    "montant_ht": 480000,
    "part_main_oeuvre": Decimal("0.65"),
    "taux_effort": Decimal("0.05"),
    "cout_horaire": 36,
}


def option(dispositif: str, statut: str, recommande: bool = False, conditions: tuple[str, ...] = ()) -> Option:
    return Option(dispositif, statut, recommande, ("CCP, art. L. 2113-12",), "Le motif", conditions, ("regle-1",))


@pytest.fixture
def decision() -> Decision:
    duty = Obligation("condition-sociale", "applicable", True, ("CCP, art. L. 2112-2-1",), "Seuil atteint.", ("r",))
    none = Obligation("spaser", "non-applicable", None, (), "Achats sous le seuil", ())
    asked = Obligation("donnees-essentielles", "a-preciser", None, (), "La date manque.", ())
    calibrated = Heures(
        420, Decimal("433.33"), "heures", "part-main-oeuvre", FORMULE, Decimal("87.50"), periodes=(Periode("an 1", 1),)
    )
    terms = {"heures": 35, "montant_ht": 100000, "a_partir_de_ht": 50000, "base": "commande"}
    ratio = Heures(None, None, "heures", "par-tranche", terms, 35, volume_au_maximum=1200)
    return Decision(
        version=1,
        marche={"reference": "2026-EV-041", "objet": "Espaces\u00a0verts", "contrat": "accord-cadre", "ccag": "FCS"},
        date_droit=date(2026, 12, 1),
        regles={"version": "2026-11-24", "empreinte": "sha256:0"},
        seuil=Seuil("travaux", 216000, Decimal("960000.00"), True, "CCP, annexe n°\u00a02"),
        obligations=(none, asked, duty),
        lots=(
            LotDecision(
                1,
                "clause",
                "regle",
                (
                    option("reserve-iae", "possible", conditions=("le dire dans l'avis",)),
                    option("clause", "possible", True),
                    option("reserve-ess", "interdit"),
                    option("aucun", "a-preciser"),
                ),
                calibrated,
                (),
            ),
            LotDecision(2, "clause", "acheteur", (), ratio, ()),
            LotDecision(3, None, "regle", (), None, ()),
        ),
        parties={"acheteur": "acheteur", "cocontractant": "titulaire"},
        references_ccag={"ccag": "FCS", "version": "2024-07-01", "clause": "16.1"},
        derogations=(Derogation("14.1.2", "plafond des pénalités"),),
        valeurs_par_defaut=(ValeurParDefaut("insertion.globalisation", True, "pratique courante", "usage"),),
        sources={"CCP, art. L. 2113-12": Source("analyse", date(2019, 4, 1), None, date(2026, 11, 24))},
        documents=(
            DocumentPrevu("ccap", "clause du CCAP", True, "un lot porte une clause", (1, 2)),
            DocumentPrevu("motivation", "motivation", None, "un fait manque", ()),
            DocumentPrevu("bilan", "bilan", False, "aucun lot à heures", ()),
        ),
        a_completer=(ACompleter("facilitateur.courriel", "Quelle est l'adresse ?", ("ccap", "convention")),),
    )


@pytest.fixture
def constat() -> Diagnostic:
    return Diagnostic(
        "D101", Niveau.ERREUR, "Le lot n° 1 : non.", "lots[0]", "a\u00a0b.yaml", 12, 5, "r", ("CCP, art. L. 2113-12",)
    )
