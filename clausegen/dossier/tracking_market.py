"""The sheet « Marché »: lots, dates, hours due by period, penalties, as the decision holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.tracking_lots import PAR_MONTANT, LotSuivi
from clausegen.dossier.tracking_page import Page
from clausegen.dossier.tracking_words import Mots
from clausegen.dossier.view import View
from clausegen.dossier.workbook import Case, Formule, Tableau, Valeur, quoted
from clausegen.french.grammar import enumeration
from clausegen.language.unknown import Unknown
from clausegen.law.choices import Choix
from clausegen.record import dataclass

PENALITES = "insertion.penalites."


@dataclass(frozen=True)
class FeuilleMarche:
    """The sheet, and where its tables stand."""

    page: Page
    lots: Tableau
    dus: Tableau
    periodes: Tableau | None


def market_sheet(dossier: Dossier, lots: Sequence[LotSuivi], mots: Mots, reference: Valeur) -> FeuilleMarche:
    """Lay the sheet out."""
    words = mots.contenu["marche"]
    page = Page(words, mots, reference)
    _facts(page, dossier, mots)
    page.section(words["lots"]["titre"])
    columns = mots.colonnes(words["lots"]["colonnes"])
    table = page.tableau("lots", columns, len(lots))
    for position, lot in enumerate(lots):
        page.remplir(table, _lot_row(lot, table, table.premiere + position, dossier, mots))
    page.controler(table, {})
    tracked = [lot for lot in lots if lot.suivi]
    page.section(words["dus"]["titre"])
    due = page.tableau("dus", mots.colonnes(words["dus"]["colonnes"]), len(tracked))
    for position, lot in enumerate(tracked):
        page.remplir(due, _due_row(lot, due, due.premiere + position, dossier, mots))
    page.controler(due, {})
    periods = _periods(page, tracked, dossier, mots)
    _penalties(page, dossier, mots)
    return FeuilleMarche(page, table, due, periods)


def _facts(page: Page, dossier: Dossier, mots: Mots) -> None:
    words = mots.contenu["marche"]["rubriques"]
    marche, facilitateur = dossier.marche, dossier.marche.facilitateur
    choix = dossier.choix
    contrat = marche.contrat
    contrats: dict[str, str] = mots.contenu["marche"]["contrats"]
    values: dict[str, Case] = {
        "reference": Case(marche.reference),
        "objet": Case(marche.objet),
        "acheteur": Case(marche.acheteur.nom),
        "contrat": Case(contrat if isinstance(contrat, Unknown) else mots.texte(contrats[contrat])),
        "lancement": Case(marche.date_lancement, format="jour"),
        "structure": Case(mots.texte(words["sans_facilitateur"]) if facilitateur is None else facilitateur.structure),
    }
    if facilitateur is not None:
        values |= {"courriel": Case(facilitateur.courriel), "telephone": Case(facilitateur.telephone)}
    values |= {
        "validateur": _chosen(choix("insertion.validateur"), mots, words["validateurs"]),
        "validation": _chosen(choix("insertion.validation_jours_ouvres"), mots),
        "transmission": _chosen(choix("insertion.transmission"), mots),
        "jour_transmission": _chosen(choix("insertion.jour_transmission"), mots),
        "globalisation": _chosen(choix("insertion.globalisation"), mots, words["globalisations"]),
    }
    page.section(words["titre"])
    for cle, label in words["lignes"].items():
        if cle in values:
            page.ligne(Case(mots.texte(label), "etiquette"), values[cle])


def _chosen(choix: Choix, mots: Mots, names: dict[str, str] | None = None, *, format_: str = "texte") -> Case:
    """Return a drafting choice; a default carries its comment."""
    valeur: Any = choix.valeur
    remark = "" if choix.defaut is None else _remark(choix, mots)
    if isinstance(valeur, Unknown):
        return Case(valeur)
    if names is not None:
        key = valeur if isinstance(valeur, str) else "oui" if valeur else "non"
        return Case(mots.texte(names[str(key)]), commentaire=remark)
    if not isinstance(valeur, str):
        return Case(valeur, format="nombre" if format_ == "texte" else format_, commentaire=remark)
    return Case(str(valeur), commentaire=remark)


def _remark(choix: Choix, mots: Mots) -> str:
    assert choix.defaut is not None
    return mots.texte(mots.contenu["marche"]["defaut"], origine=choix.defaut.origine, chemin=choix.chemin)


def _lot_row(lot: LotSuivi, table: Tableau, row: int, dossier: Dossier, mots: Mots) -> dict[str, Valeur | Case]:
    words = mots.contenu["marche"]
    dispositif: Valeur = (
        Unknown(f"{lot.chemin}.dispositif", dossier.papers.livre.question(f"{lot.chemin}.dispositif"))
        if lot.dispositif is None
        else mots.texte(words["dispositifs"][lot.dispositif])
    )
    intitule: Valeur = lot.intitule if len(dossier.lots) != 1 else mots.texte(words["ensemble"])
    values: dict[str, Valeur | Case] = {"numero": lot.numero, "intitule": intitule, "dispositif": dispositif}
    if not lot.suivi:
        return values | {key: Case() for key in ("titulaire", "notification", "commande", "debut")}
    start, months = table.ici("debut", row), table.ici("duree", row)
    end = f"IF(AND(ISNUMBER({start}),ISNUMBER({months})),EDATE({start},{months})-1,"
    notified = table.ici("notification", row)
    met = table.ici("commande", row) if any(c.cle == "commande" for c in table.colonnes) else notified
    return values | {
        "duree": lot.duree,
        "fin": Formule(f'{end}"")'),
        "contact": _deadline(notified, dossier.choix("insertion.contact_jours", lot.vue)),
        "mise_au_point": _deadline(met, dossier.choix("insertion.reunion_mise_au_point_jours", lot.vue)),
    }


def _deadline(reference: str, choix: Choix) -> Valeur:
    valeur: Any = choix.valeur
    if isinstance(valeur, Unknown):
        return valeur
    return Formule(f'IF(ISNUMBER({reference}),{reference}+{int(valeur)},"")')


def _due_row(lot: LotSuivi, table: Tableau, row: int, dossier: Dossier, mots: Mots) -> dict[str, Valeur | Case]:
    words = mots.contenu["marche"]["dus"]
    livre, jour = dossier.papers.livre, dossier.papers.decision.date_droit
    share = livre.parametre("proportion-reservee", jour) or livre.parametre("proportion-reservee", None)
    values: dict[str, Valeur | Case] = {
        "numero": lot.numero,
        "volume": lot.volume,
        "mode": mots.texte(words["modes"][lot.mode]) if lot.mode else None,
        "heures_tranche": lot.par_tranche,
        "tranche": lot.tranche,
        "seuil": lot.seuil,
        "maximum": lot.maximum,
        "decompte": None if lot.mode in ("", "formation") else lot.decompte,
        "proportion": Formule(f"{share['valeur']}/100") if share and keeps_proportion(lot) else None,
    }
    if lot.dispositif not in ("critere", "clause-et-critere"):
        values["offre"] = Case()
    if lot.periodes:
        total = f"SUMIFS(periodes_heures,periodes_lot,{table.ici('numero', row)})={table.ici('volume', row)}"
        values["controle"] = Formule(
            f"IF({total},{quoted(mots.texte(words['conforme']))},{quoted(mots.texte(words['ecart']))})"
        )
    return values


def keeps_proportion(lot: LotSuivi) -> bool:
    """Tell whether the lot is reserved to operators that employ a proportion of eligible workers."""
    return lot.reserve and lot.dispositif != "reserve-ess"


def _periods(page: Page, lots: Sequence[LotSuivi], dossier: Dossier, mots: Mots) -> Tableau | None:
    rows = [(lot, periode, rank) for lot in lots for rank, periode in enumerate(lot.periodes)]
    if not rows:
        return None
    words = mots.contenu["marche"]["periodes"]
    page.section(words["titre"])
    table = page.tableau("periodes", mots.colonnes(words["colonnes"]), len(rows))
    for lot, periode, rank in rows:
        tranches = lot.vue.tranches if lot.vue is not None else ()
        chemin = f"{lot.chemin}.{'tranches' if tranches else 'heures_periodes'}"
        hours: Valeur = periode.heures
        if hours is None:
            hours = Unknown(chemin, dossier.papers.livre.question(chemin))
        engaged: Valeur = mots.texte(mots.contenu["listes"]["oui"]) if _firm(tranches, rank) else None
        if lot.mode in PAR_MONTANT:
            engaged = mots.texte(words["indicatif"])
        libelle = mots.texte("{libelle}", libelle=periode.libelle)
        page.remplir(table, {"lot": lot.numero, "libelle": libelle, "heures": hours, "exigible": engaged})
    page.controler(table, {"exigible": "liste_reponse"})
    return table


def _firm(tranches: Sequence[View], rank: int) -> bool:
    """The initial period and firm tranches are due at once; renewals and optional tranches once they are engaged."""
    return bool(tranches[rank].type != "optionnelle") if tranches else rank == 0


def _penalties(page: Page, dossier: Dossier, mots: Mots) -> None:
    words = mots.contenu["marche"]["penalites"]
    rows: list[dict[str, Valeur | Case]] = []
    for chemin, row in words["lignes"].items():
        if not mots.retenu(row):
            continue
        rows += [_penalty(chemin, row, group, mots) for group in dossier.groupes(chemin)]
    for cle, label in words["cadre"].items():
        rows += [
            {"manquement": mots.texte(label), "montant": _chosen(group.choix, mots), "lots": _numbers(group, mots)}
            for group in dossier.groupes(f"{PENALITES}{cle}")
            if group.valeur is not None
        ]
    page.section(words["titre"])
    table = page.tableau("penalites", mots.colonnes(words["colonnes"]), len(rows))
    for values in rows:
        page.remplir(table, values)


def _penalty(chemin: str, row: dict[str, str], group: View, mots: Mots) -> dict[str, Valeur | Case]:
    choix: Choix = group.choix
    valeur: Any = choix.valeur
    par_jour = False
    if chemin == f"{PENALITES}document" and not isinstance(valeur, Unknown):
        amount, unit = (valeur["montant"], valeur["par"]) if isinstance(valeur, dict) else (valeur.montant, valeur.par)
        par_jour = unit == "jour"
        remark = "" if choix.defaut is None else _remark(choix, mots)
        cell = Case(amount, format="euros", commentaire=remark)
    else:
        cell = _chosen(choix, mots, format_="euros")
    return {
        "manquement": mots.texte(row["manquement"]),
        "montant": cell,
        "unite": mots.texte(row["par_jour"] if par_jour else row["unite"]),
        "lots": _numbers(group, mots),
    }


def _numbers(group: View, mots: Mots) -> Valeur:
    if group.tous:
        return mots.texte(mots.contenu["marche"]["penalites"]["tous"])
    return enumeration([str(number) for number in group.lots])
