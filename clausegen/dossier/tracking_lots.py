"""What the tracking workbook follows of each lot: how its hours fall due, and from which figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.view import View
from clausegen.dossier.workbook import Valeur
from clausegen.language.unknown import Unknown
from clausegen.law.decision import Heures, Periode
from clausegen.record import dataclass

PAR_MONTANT = ("commande", "facture")
HEURES = ("ferme", "periodes", "offre", "complementaire", *PAR_MONTANT)


@dataclass(frozen=True)
class LotSuivi:
    """A lot in the workbook; its figures are those of the decision.

    Args:
        numero: its number.
        intitule: its name.
        chemin: its key path.
        dispositif: what was retained; None when undecided.
        mode: how its hours fall due: one of `HEURES`, `formation`, or empty when it carries none.
        volume: hours of the whole lot.
        par_tranche: hours of one slice of amount, for the modes by amount.
        tranche: that amount, in euros before tax.
        seuil: from which amount.
        maximum: hours at the maximum amount.
        periodes: periods or tranches.
        duree: months.
        decompte: months during which the hours of a direct hire count.
        vue: the lot of the dossier; None when the description has no lot.
    """

    numero: int
    intitule: Valeur
    chemin: str
    dispositif: str | None
    mode: str
    volume: Valeur = None
    par_tranche: Valeur = None
    tranche: Valeur = None
    seuil: Valeur = None
    maximum: Valeur = None
    periodes: tuple[Periode, ...] = ()
    duree: Valeur = None
    decompte: Valeur = None
    vue: View | None = None

    @property
    def suivi(self) -> bool:
        """Tell whether the workbook has something to follow for this lot."""
        return self.dispositif != "aucun"

    @property
    def reserve(self) -> bool:
        """Tell whether the lot is reserved."""
        return self.dispositif is not None and self.dispositif.startswith("reserve-")


def tracked_lots(dossier: Dossier) -> tuple[LotSuivi, ...]:
    """Return every lot of the market; a market without lots gets one, all to complete."""
    if not dossier.lots:
        question = dossier.papers.livre.question
        nothing = Unknown("lots", question("lots"))
        volume = Unknown("lots[0].heures", question("lots[0].heures"))
        months = Unknown("duree_mois", question("duree_mois"))
        decompte = _months(dossier.choix("insertion.comptage_embauche_ans").valeur)
        return (LotSuivi(1, nothing, "lots[0]", None, "ferme", volume, duree=months, decompte=decompte),)
    return tuple(_lot(lot, position, dossier) for position, lot in enumerate(dossier.lots))


def _lot(lot: View, position: int, dossier: Dossier) -> LotSuivi:
    chemin = f"lots[{position}]"
    heures: Heures | None = lot.heures
    mode = _mode(lot, dossier)
    volume: Valeur = None
    if mode in HEURES and mode != "offre" and (heures is None or heures.methode != "par-tranche"):
        volume = heures.volume if heures is not None else None
        if volume is None:
            volume = Unknown(f"{chemin}.heures", dossier.papers.livre.question(f"{chemin}.heures"))
    elif mode == "formation" and heures is not None:
        volume = heures.volume
    montants = _by_amount(lot, mode, volume)
    return LotSuivi(
        int(lot.numero),
        lot.intitule,
        chemin,
        lot.dispositif,
        mode,
        volume,
        periodes=() if heures is None else heures.periodes,
        duree=lot.duree_mois,
        decompte=_months(lot.choix["insertion.comptage_embauche_ans"].valeur),
        vue=lot,
        **montants,
    )


def _mode(lot: View, dossier: Dossier) -> str:
    dispositif, heures = lot.dispositif, lot.heures
    if dispositif == "critere":
        return "offre"
    if dispositif == "formation":
        return "formation"
    if dispositif == "aucun":
        return ""
    if dispositif is not None and dispositif.startswith("reserve-"):
        return "complementaire" if heures is not None else ""
    if heures is not None and heures.methode == "par-tranche":
        return str(heures.parametres["base"])
    if lot.clause and dossier.marche.contrat == "accord-cadre":
        return "commande"
    return "periodes" if heures is not None and heures.periodes else "ferme"


def _by_amount(lot: View, mode: str, volume: Valeur) -> dict[str, Any]:
    """Return the terms of the hours due; a fixed volume of a framework agreement is due pro rata of its maximum."""
    if mode not in PAR_MONTANT:
        return {}
    heures: Heures | None = lot.heures
    if heures is not None and heures.methode == "par-tranche":
        terms = heures.parametres
        return {
            "par_tranche": terms["heures"],
            "tranche": terms["montant_ht"],
            "seuil": terms["a_partir_de_ht"],
            "maximum": heures.volume_au_maximum,
        }
    return {"par_tranche": volume, "tranche": lot.montant_ht, "seuil": 0, "maximum": volume}


def _months(years: Any) -> Valeur:
    return years if isinstance(years, Unknown) else int(Decimal(years) * 12)
