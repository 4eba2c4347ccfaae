"""The sheets that people fill month after month: amounts, persons, hours, headcounts, training."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clausegen.dossier.tracking_lots import LotSuivi
from clausegen.dossier.tracking_page import Page
from clausegen.dossier.tracking_words import Mots
from clausegen.dossier.workbook import LIGNE, RANG, Case, Formule, Tableau, Valeur, quoted
from clausegen.language.unknown import Unknown
from clausegen.record import dataclass

Ligne = Mapping[str, Valeur | Case]


@dataclass(frozen=True)
class Contexte:
    """What the sheets share.

    Args:
        lots: the lots that the workbook follows.
        mots: the words.
        reference: the market's reference and object.
        plafond: hours of a person in a month, above which a line is to be checked.
        oui: the word that validates hours.
        directe: the words for a direct hire.
    """

    lots: Sequence[LotSuivi]
    mots: Mots
    reference: Valeur
    plafond: int
    oui: str
    directe: str

    def mots_de(self, ident: str) -> dict[str, Any]:
        """Return the words of a sheet."""
        found: dict[str, Any] = self.mots.contenu["saisie"][ident]
        return found

    def page(self, ident: str) -> Page:
        """Begin a sheet."""
        return Page(self.mots_de(ident), self.mots, self.reference)

    def volume(self) -> int:
        """Return the hours that the market may ask, as far as they are known."""
        return sum(max(v for v in (lot.volume, lot.maximum, 0) if isinstance(v, int)) for lot in self.lots if lot.mode)


def simple_sheet(
    ctx: Contexte, ident: str, listes: Mapping[str, str], trigger: str, row: Callable[[Tableau], Ligne]
) -> tuple[Page, Tableau]:
    """Lay out a sheet that holds one table.

    Args:
        ctx: what sheets share.
        ident: its name in the words.
        listes: column to the range of its values.
        trigger: the column that shows that a line is in use: it gives the lot of a market that has one.
        row: from the table, what each of its lines holds, `LIGNE` and `RANG` in place of its row and rank.
    """
    words = ctx.mots_de(ident)
    page = ctx.page(ident)
    columns = ctx.mots.colonnes(words["colonnes"])
    table = page.tableau(ident, columns, _rows(words["lignes"], ctx.volume()), fige=True)
    single = ctx.lots[0].numero if len(ctx.lots) == 1 and any(c.cle == "lot" and c.saisie for c in columns) else None

    given = dict(row(table))
    if single is not None and "lot" not in given:
        given["lot"] = Formule(f'IF({table.ici(trigger, LIGNE)}="","",{single})')
    page.repeter(table, given)
    page.controler(table, dict(listes) | {"lot": "dus_numero"})
    page.alerter(table, *(c.cle for c in columns if c.cle in ("controle", "alerte", "etat")))
    return page, table


def _rows(lignes: Any, volume: int) -> int:
    """Return how many lines a sheet needs: a fixed number, or one for so many hours, between two bounds."""
    if isinstance(lignes, int):
        return lignes
    return int(min(lignes["maximum"], max(lignes["minimum"], -(-volume // lignes["heures"]))))


def first_fault(*faults: tuple[str, str]) -> str:
    """Return the formula that says the first fault of a line: conditions with their messages (none: empty)."""
    text = quoted("")
    for condition, message in reversed(faults):
        text = f"IF({condition},{quoted(message)},{text})"
    return text


def amounts_sheet(ctx: Contexte) -> Page:
    """Lay out « Montants »: what is ordered or invoiced, and the hours that fall due.

    Multiplying before dividing keeps whole figures whole: 1,100 hours would else become 1,099 for want of a digit.
    """

    def row(table: Tableau) -> Ligne:
        lot, amount, total = (table.ici(cle, LIGNE) for cle in ("lot", "montant", "cumul"))
        first = table.premiere
        so_far = f"${table.lettre('montant')}${first}:{amount},${table.lettre('lot')}${first}:{lot},{lot}"
        terms = [f"INDEX(dus_{cle},MATCH({lot},dus_numero,0))" for cle in ("seuil", "heures_tranche", "tranche")]
        due = f"ROUNDDOWN(MAX(0,{total}-{terms[0]})*{terms[1]}/{terms[2]},0)"
        return {
            "cumul": Formule(f'IF(ISNUMBER({amount}),ROUND(SUMIFS({so_far}),2),"")'),
            "dues": Formule(f'IF(ISNUMBER({total}),IFERROR({due},""),"")'),
        }

    return simple_sheet(ctx, "montants", {}, "montant", row)[0]


def persons_sheet(ctx: Contexte) -> Page:
    """Lay out « Personnes »: contracts, under codes given in advance."""
    words = ctx.mots_de("personnes")
    says = ctx.mots.messages(words)
    months = _counting_months(ctx)

    def row(table: Tableau) -> Ligne:
        cell = {c.cle: table.ici(c.cle, LIGNE) for c in table.colonnes}
        direct = f"{cell['modalite']}={quoted(ctx.directe)}"
        fault = first_fault(
            (f"COUNTA({cell['employeur']}:{cell['fin']})=0", ""),
            (f'OR({cell["employeur"]}="",{cell["modalite"]}="",{cell["embauche"]}="")', says["incomplet"]),
            (f"AND(ISNUMBER({cell['fin']}),{cell['fin']}<{cell['embauche']})", says["dates"]),
            (f"NOT(ISNUMBER({cell['eligible']}))", says["eligibilite"]),
        )
        limit = f'IF(AND({direct},ISNUMBER({cell["embauche"]})),EDATE({cell["embauche"]},{months}),"")'
        return {
            "code": f"{words['prefixe']}{RANG}",
            "limite": Formule(limit if months is not None else '""'),
            "controle": Formule(fault),
        }

    lists = {
        "employeur": "liste_entreprises",
        "modalite": "liste_modalites",
        "contrat": "liste_contrats",
        "par": "liste_fonctions",
    }
    return simple_sheet(ctx, "personnes", lists, "employeur", row)[0]


def _counting_months(ctx: Contexte) -> int | None:
    """Return for how long a direct hire counts: the longest when lots differ; each line of hours looks at its own."""
    known = [lot.decompte for lot in ctx.lots if isinstance(lot.decompte, int)]
    return max(known, default=None)


def hours_sheet(ctx: Contexte) -> Page:
    """Lay out « Heures »: what each code did, and what is to be checked."""
    says = ctx.mots.messages(ctx.mots_de("heures"))
    several = len({lot.decompte for lot in ctx.lots if not isinstance(lot.decompte, Unknown | None)}) > 1

    def row(table: Tableau) -> Ligne:
        cell = {c.cle: table.ici(c.cle, LIGNE) for c in table.colonnes}
        total = f'IF(COUNT({cell["travail"]}:{cell["formation"]})=0,"",N({cell["travail"]})+N({cell["formation"]}))'
        known = f'IFERROR(INDEX(personnes_modalite,MATCH({cell["code"]},personnes_code,0))&"","")'
        return {
            "total": Formule(total),
            "modalite": Formule(f'IF({cell["code"]}="","",{known})'),
            "controle": Formule(_hours_faults(cell, says, ctx, several)),
        }

    lists = {"code": "personnes_code", "entreprise": "liste_entreprises", "validation": "liste_reponse"}
    return simple_sheet(ctx, "heures", lists, "code", row)[0]


def _hours_faults(cell: Mapping[str, str], says: Mapping[str, str], ctx: Contexte, several: bool) -> str:
    month, lot, code = cell["mois"], cell["lot"], cell["code"]
    end = f"EOMONTH({month},0)"

    def person(cle: str) -> str:
        return f"INDEX(personnes_{cle},MATCH({code},personnes_code,0))"

    def of_lot(cle: str) -> str:
        return f"N(INDEX(lots_{cle},MATCH({lot},lots_numero,0)))"

    limit = f"AND(ISNUMBER({person('limite')}),{month}>{person('limite')})"
    if several:
        own = f"EDATE(N({person('embauche')}),N(INDEX(dus_decompte,MATCH({lot},dus_numero,0))))"
        limit = f"AND(ISNUMBER({person('limite')}),{month}>{own})"
    return first_fault(
        (f"COUNTA({month},{code},{cell['travail']}:{cell['validation']})=0", ""),
        (f'OR({month}="",{lot}="",{code}="")', says["incomplet"]),
        (f"N({cell['total']})<=0", says["heures"]),
        (f"COUNTIF(dus_numero,{lot})=0", says["lot"]),
        (f'IFERROR({person("employeur")}&"","")=""', says["code"]),
        (f"COUNTIFS(heures_mois,{month},heures_lot,{lot},heures_code,{code})>1", says["doublon"]),
        (
            f"OR(AND({of_lot('debut')}>0,{end}<{of_lot('debut')}),AND({of_lot('fin')}>0,{month}>{of_lot('fin')}))",
            says["periode"],
        ),
        (f"OR({end}<N({person('embauche')}),AND(N({person('fin')})>0,{month}>{person('fin')}))", says["contrat"]),
        (f"OR(N({person('eligible')})=0,N({person('eligible')})>{end})", says["eligibilite"]),
        (limit, says["limite"]),
        (f"SUMIFS(heures_total,heures_code,{code},heures_mois,{month})>{ctx.plafond}", says["plafond"]),
    )


def headcount_sheet(ctx: Contexte) -> Page:
    """Lay out « Effectifs »: the proportion of a reserved lot, month after month."""
    says = ctx.mots.messages(ctx.mots_de("effectifs"))

    def row(table: Tableau) -> Ligne:
        cell = {c.cle: table.ici(c.cle, LIGNE) for c in table.colonnes}
        least = f"N(INDEX(dus_proportion,MATCH({cell['lot']},dus_numero,0)))"
        share = f"AND(N({cell['total']})>0,ISNUMBER({cell['eligibles']}))"
        return {
            "proportion": Formule(f'IF({share},{cell["eligibles"]}/{cell["total"]},"")'),
            "alerte": Formule(
                first_fault(
                    (f"NOT(ISNUMBER({cell['proportion']}))", ""),
                    (f"{cell['proportion']}>1", says["trop"]),
                    (f"IFERROR({cell['proportion']}<{least},FALSE)", says["moins"]),
                )
            ),
        }

    return simple_sheet(ctx, "effectifs", {}, "total", row)[0]


def training_sheets(ctx: Contexte) -> tuple[Page, Page]:
    """Lay out « Parcours » and « Présence »: training under codes."""
    return _courses_sheet(ctx), _attendance_sheet(ctx)


def _courses_sheet(ctx: Contexte) -> Page:
    words = ctx.mots_de("parcours")
    says = ctx.mots.messages(words)

    def row(table: Tableau) -> Ligne:
        cell = {c.cle: table.ici(c.cle, LIGNE) for c in table.colonnes}
        start, end = cell["debut"], cell["fin"]
        there = f"SUMIFS(presence_heures,presence_code,{cell['code']},presence_validation,{quoted(ctx.oui)})"
        return {
            "code": f"{words['prefixe']}{RANG}",
            "presence": Formule(f'IF({start}="","",{there})'),
            "controle": Formule(
                first_fault(
                    (f'{start}=""', ""),
                    (f"OR(N({cell['convention']})=0,N({cell['convention']})>{start})", says["convention"]),
                    (f"AND(ISNUMBER({end}),{end}<{start})", says["dates"]),
                    (f'AND(ISNUMBER({end}),{end}<TODAY(),{cell["bilan"]}="")', says["bilan"]),
                )
            ),
        }

    return simple_sheet(ctx, "parcours", {}, "debut", row)[0]


def _attendance_sheet(ctx: Contexte) -> Page:
    says = ctx.mots.messages(ctx.mots_de("presence"))

    def row(table: Tableau) -> Ligne:
        month, code, hours = (table.ici(cle, LIGNE) for cle in ("mois", "code", "heures"))

        def course(cle: str) -> str:
            return f"INDEX(parcours_{cle},MATCH({code},parcours_code,0))"

        return {
            "lot": Formule(f'IF({code}="","",IFERROR({course("lot")},""))'),
            "controle": Formule(
                first_fault(
                    (f'AND({month}="",{code}="",{hours}="")', ""),
                    (f'OR({month}="",{code}="",N({hours})<=0)', says["incomplet"]),
                    (f"IFERROR(N({course('debut')}),0)=0", says["code"]),
                    (f"OR(N({course('convention')})=0,{course('convention')}>EOMONTH({month},0))", says["convention"]),
                    (f"COUNTIFS(presence_mois,{month},presence_code,{code})>1", says["doublon"]),
                )
            ),
        }

    lists = {"code": "parcours_code", "validation": "liste_reponse"}
    return simple_sheet(ctx, "presence", lists, "code", row)[0]
