"""The sheet « Synthèse » of the tracking workbook: hours due, done and left, by lot, by way, by company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clausegen.dossier.tracking_entries import Contexte
from clausegen.dossier.tracking_lots import PAR_MONTANT, LotSuivi
from clausegen.dossier.tracking_market import FeuilleMarche
from clausegen.dossier.tracking_page import Page
from clausegen.dossier.workbook import Case, Formule, Tableau, Valeur, quoted


def summary_sheet(ctx: Contexte, market: FeuilleMarche, values: Mapping[str, Sequence[str]], etp: int) -> Page:
    """Lay the sheet out.

    Args:
        ctx: what sheets share.
        market: the sheet whose figures it sums.
        values: the lists of values.
        etp: hours of a full-time equivalent, a year.
    """
    page = Page(ctx.mots.contenu["synthese"], ctx.mots, ctx.reference)
    with_hours = [lot for lot in ctx.lots if lot.mode]
    if with_hours:
        _by_lot(page, ctx, market, with_hours, etp)
    if ctx.mots.retenu({"si": ["heures"]}):
        ways = [quoted(way) for way in values["modalites"]]
        _shares(page, ctx, "modalites", "modalite", ways)
        lines = int(ctx.mots.contenu["listes"]["entreprises"]["lignes"])
        _shares(page, ctx, "entreprises", "entreprise", [f"INDEX(liste_entreprises,{n})" for n in range(1, lines + 1)])
    reserved = [lot for lot in ctx.lots if lot.reserve]
    if reserved:
        _headcounts(page, ctx, reserved)
    return page


def _by_lot(page: Page, ctx: Contexte, market: FeuilleMarche, lots: Sequence[LotSuivi], etp: int) -> None:
    words = ctx.mots.contenu["synthese"]["lots"]
    page.section(words["titre"])
    table = page.tableau("synthese", ctx.mots.colonnes(words["colonnes"]), len(lots))
    for position, lot in enumerate(lots):
        row = table.premiere + position
        done = _hours(lot, ctx.oui)
        values: dict[str, Valeur | Case] = {
            "lot": lot.numero,
            "intitule": Formule(f"INDEX(lots_intitule,MATCH({lot.numero},lots_numero,0))&{quoted('')}"),
            "dues": Formule(_due(lot, ctx, market)),
            "realisees": Formule(done),
            "a_valider": Formule(f"{_hours(lot, '')}-{table.ici('realisees', row)}"),
            "anomalies": Formule(_to_check(lot)),
        }
        page.remplir(table, {**values, **_derived(table, row, etp)})
    if len(lots) > 1:
        _total(page, table, ctx, etp)
    page.alerter(table, "anomalies")


def _total(page: Page, table: Tableau, ctx: Contexte, etp: int) -> None:
    row = table.derniere + 1
    sums = {
        cle: Formule(f"SUM({table.plage(cle)})") for cle in ("dues", "realisees", "restantes", "a_valider", "anomalies")
    }
    values = {**_derived(table, row, etp), **sums}
    label = ctx.mots.texte(ctx.mots.contenu["synthese"]["lots"]["total"])
    page.ligne(
        *(
            Case(label if colonne.cle == "lot" else values.get(colonne.cle), "total", colonne.format)
            for colonne in table.colonnes
        )
    )


def _derived(table: Tableau, row: int, etp: int) -> dict[str, Formule]:
    due, done = table.ici("dues", row), table.ici("realisees", row)
    return {
        "restantes": Formule(f'IF(ISNUMBER({due}),MAX(0,{due}-{done}),"")'),
        "pourcentage": Formule(f'IF(N({due})>0,{done}/{due},"")'),
        "etp": Formule(f"{done}/{etp}"),
    }


def _hours(lot: LotSuivi, validated: str) -> str:
    """Return the formula of a lot's hours; `validated` empty for all that was typed."""
    sheet, hours = ("presence", "presence_heures") if lot.mode == "formation" else ("heures", "heures_total")
    condition = f",{sheet}_validation,{quoted(validated)}" if validated else ""
    return f"SUMIFS({hours},{sheet}_lot,{lot.numero}{condition})"


def _to_check(lot: LotSuivi) -> str:
    sheet = "presence" if lot.mode == "formation" else "heures"
    return f'COUNTIFS({sheet}_lot,{lot.numero},{sheet}_controle,"?*")'


def _due(lot: LotSuivi, ctx: Contexte, market: FeuilleMarche) -> str:
    """Return the formula of the hours that a lot owes on the day: nothing is due without order, renewal or tranche."""

    def term(cle: str) -> str:
        return f"INDEX(dus_{cle},MATCH({lot.numero},dus_numero,0))"

    offered = f"+N({term('offre')})" if lot.dispositif in ("critere", "clause-et-critere") else ""
    if lot.mode == "offre":
        return f"N({term('offre')})"
    if lot.mode in PAR_MONTANT:
        ordered = f"ROUND(SUMIFS(montants_montant,montants_lot,{lot.numero}),2)"
        due = f"ROUNDDOWN(MAX(0,{ordered}-{term('seuil')})*{term('heures_tranche')}/{term('tranche')},0)"
        return f"IFERROR({due}{offered},{quoted('')})"
    if lot.mode == "periodes" and market.periodes is not None:
        return f"SUMIFS(periodes_heures,periodes_lot,{lot.numero},periodes_exigible,{quoted(ctx.oui)}){offered}"
    volume = term("volume")
    return f"IF(ISNUMBER({volume}),{volume}{offered},{quoted('')})"


def _shares(page: Page, ctx: Contexte, ident: str, colonne: str, entries: Sequence[str]) -> None:
    """Lay out validated hours by way or by company; what belongs to none of them is shown, so that sums agree."""
    words = ctx.mots.contenu["synthese"][ident]
    page.section(words["titre"])
    table = page.tableau(f"par_{colonne}", ctx.mots.colonnes(words["colonnes"]), len(entries) + 1)
    validated = f"heures_validation,{quoted(ctx.oui)}"
    every = f"SUMIFS(heures_total,{validated})"
    hours = table.ici("realisees", 0)[:-1]

    def line(label: Valeur, formula: str, row: int) -> dict[str, Valeur | Case]:
        share = f'IF(AND(N({hours}{row})>0,{every}>0),{hours}{row}/{every},"")'
        return {colonne: label, "realisees": Formule(formula), "pourcentage": Formule(share)}

    for position, entry in enumerate(entries):
        done = f'IF({entry}="","",SUMIFS(heures_total,heures_{colonne},{entry},{validated}))'
        page.remplir(table, line(Formule(f'{entry}&""'), done, table.premiere + position))
    others = f"{every}-SUM({hours}{table.premiere}:{hours}{table.derniere - 1})"
    page.remplir(table, line(ctx.mots.texte(words["autre"]), others, table.derniere))
    total = ctx.mots.texte(words["total"])
    page.ligne(Case(total, "total"), Case(Formule(every), "total", "heures"), Case(None, "total"))


def _headcounts(page: Page, ctx: Contexte, lots: Sequence[LotSuivi]) -> None:
    words = ctx.mots.contenu["synthese"]["effectifs"]
    page.section(words["titre"])
    table = page.tableau("par_reserve", ctx.mots.colonnes(words["colonnes"]), len(lots))
    for lot in lots:
        people = f"SUMIFS(effectifs_total,effectifs_lot,{lot.numero})"
        eligible = f"SUMIFS(effectifs_eligibles,effectifs_lot,{lot.numero})"
        page.remplir(
            table,
            {
                "lot": lot.numero,
                "intitule": Formule(f"INDEX(lots_intitule,MATCH({lot.numero},lots_numero,0))&{quoted('')}"),
                "mois": Formule(f'COUNTIFS(effectifs_lot,{lot.numero},effectifs_total,">0")'),
                "proportion": Formule(f'IF({people}>0,{eligible}/{people},"")'),
                "alertes": Formule(f'COUNTIFS(effectifs_lot,{lot.numero},effectifs_alerte,"?*")'),
            },
        )
