"""The sheets of what is due and said: documents with their deadlines, meetings, difficulties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.tracking_entries import Contexte, Ligne, first_fault, simple_sheet
from clausegen.dossier.tracking_lots import HEURES, LotSuivi
from clausegen.dossier.tracking_page import Page
from clausegen.dossier.workbook import Case, Formule, Tableau, Valeur
from clausegen.record import dataclass

# Without a duration, a year of documents is laid out; the empty lines below take the others.
_MOIS_PAR_DEFAUT = 12
_MOIS_PAR_AN = 12
_MOIS_PAR_TRIMESTRE = 3


@dataclass(frozen=True, slots=True)
class Attendu:
    """A document that is due.

    Args:
        piece: its name.
        auteur: `titulaire` or `suivi_par`.
        echeance: when it is due.
    """

    piece: str
    auteur: str
    echeance: Valeur


def documents_sheet(ctx: Contexte, dossier: Dossier) -> Page:
    """Lay out « Documents »: every document that the clause asks for, and room for others."""
    words = ctx.mots_de("documents")
    says = ctx.mots.messages(words)
    due = [(lot, attendu) for lot in ctx.lots for attendu in _expected(lot, dossier, ctx)]
    if len(due) > words["plafond"]:
        # Too many lots for a line each: the documents of one, whose lot is left to choose.
        due = [(lot, attendu) for lot, attendu in due if lot is ctx.lots[0]]
    page = ctx.page("documents")
    table = page.tableau("documents", ctx.mots.colonnes(words["colonnes"]), len(due) + int(words["lignes"]), fige=True)
    named = len({lot.numero for lot, _ in due}) == len(ctx.lots)

    def row(rank: int, number: int) -> Ligne:
        deadline, received = (table.ici(cle, number) for cle in ("echeance", "reception"))
        waiting = first_fault((f"AND(ISNUMBER({deadline}),{deadline}<TODAY())", says["retard"]))
        late = (f"AND(ISNUMBER({deadline}),{received}>{deadline})", says["recu_retard"])
        arrived = first_fault(late, ("TRUE", says["recu"]))
        given: dict[str, Valeur | Case] = {"etat": Formule(f'IF({received}="",{waiting},{arrived})')}
        if rank <= len(due):
            lot, attendu = due[rank - 1]
            author = ctx.mots.texte(f"{{{attendu.auteur}}}")
            given |= {"piece": attendu.piece, "auteur": author, "echeance": attendu.echeance}
            if named:
                given["lot"] = lot.numero
        return given

    page.remplir_tout(table, row)
    page.controler(table, {"lot": "dus_numero"})
    page.alerter(table, "etat")
    return page


def meetings_sheet(ctx: Contexte) -> Page:
    """Lay out « Réunions »."""
    return simple_sheet(ctx, "reunions", {"objet": "liste_objets", "absence": "liste_reponse"}, "date", _nothing)[0]


def difficulties_sheet(ctx: Contexte) -> Page:
    """Lay out « Difficultés »."""
    return simple_sheet(ctx, "difficultes", {"nature": "liste_natures", "constat": "liste_constats"}, "date", _nothing)[
        0
    ]


def _nothing(_table: Tableau) -> Ligne:
    return {}


def _expected(lot: LotSuivi, dossier: Dossier, ctx: Contexte) -> Iterator[Attendu]:
    words = ctx.mots_de("documents")
    names: dict[str, str] = words["pieces"]
    months = lot.duree if isinstance(lot.duree, int) else _MOIS_PAR_DEFAUT
    if lot.mode in HEURES:
        yield from _statements(lot, dossier, ctx, months)
        yield from _controls(lot, ctx)
    if lot.reserve:
        for year in range(1, -(-months // _MOIS_PAR_AN) + 1):
            piece = ctx.mots.texte(names["effectifs"], rang=year)
            yield Attendu(piece, "titulaire", _after(_of_lot(lot, "notification"), year * _MOIS_PAR_AN))
    if lot.mode == "formation":
        before = dossier.papers.livre.donnees["calibrage/bareme-formation"]["declaration_parcours_mois_avant_fin"]
        yield Attendu(ctx.mots.texte(names["declaration"]), "titulaire", _after(_of_lot(lot, "fin"), -int(before)))
    for year in range(1, -(-months // _MOIS_PAR_AN)):
        piece = ctx.mots.texte(names["bilan_annuel"], rang=year)
        yield Attendu(piece, "suivi_par", _after(_of_lot(lot, "notification"), year * _MOIS_PAR_AN + 1))
    apres = dossier.choix("insertion.bilan_final.mois_apres", lot.vue).valeur
    final = _after(_of_lot(lot, "fin"), int(apres) if isinstance(apres, int) else 0)
    yield Attendu(ctx.mots.texte(names["bilan_final"]), "suivi_par", final)


def _statements(lot: LotSuivi, dossier: Dossier, ctx: Contexte, months: int) -> Iterator[Attendu]:
    """Yield the statements of hours: due on a day of the month that follows each month or calendar quarter."""
    rhythm: Any = dossier.choix("insertion.transmission", lot.vue).valeur
    day: Any = dossier.choix("insertion.jour_transmission", lot.vue).valeur
    step = 1 if rhythm == "mensuelle" else _MOIS_PAR_TRIMESTRE
    names = ctx.mots_de("documents")["pieces"]
    name = names["releve-mensuelle" if step == 1 else "releve-trimestrielle"]
    start, end = _of_lot(lot, "debut"), _of_lot(lot, "fin")
    month = f"MONTH({start})" if step == 1 else f"{step}*INT((MONTH({start})-1)/{step})+1"
    for rank in range(1, -(-months // step) + (step > 1) + 1):
        covered = f"DATE(YEAR({start}),{month}+{step * (rank - 1)},1)"
        due: Valeur = None
        if isinstance(day, int):
            shown = f"DATE(YEAR({start}),{month}+{step * rank},{day})"
            due = Formule(f'IF(ISNUMBER({start}),IF(AND(ISNUMBER({end}),{covered}>{end}),"",{shown}),"")')
        yield Attendu(ctx.mots.texte(name, rang=rank), "titulaire", due)


def _controls(lot: LotSuivi, ctx: Contexte) -> Iterator[Attendu]:
    """Yield the two states of progress; by period when there are several, as the clause says."""
    words = ctx.mots_de("documents")
    half, last = (ctx.mots.texte(words["pieces"][cle]) for cle in ("mi_parcours", "avant_terme"))
    before = int(words["mois_avant_terme"])
    start, end = _of_lot(lot, "debut"), _of_lot(lot, "fin")
    if not lot.periodes:
        yield Attendu(half, "titulaire", _middle(start, end))
        yield Attendu(last, "titulaire", _after(end, -before))
        return
    rank = 1 + sum(len(other.periodes) for other in ctx.lots[: ctx.lots.index(lot)])
    for position, periode in enumerate(lot.periodes):
        suffix = ctx.mots.texte(" ({libelle})", libelle=periode.libelle)
        end = f"INDEX(periodes_terme,{rank + position})"
        yield Attendu(half + suffix, "titulaire", _middle(start, end))
        yield Attendu(last + suffix, "titulaire", _after(end, -before))
        start = end


def _of_lot(lot: LotSuivi, cle: str) -> str:
    return f"INDEX(lots_{cle},MATCH({lot.numero},lots_numero,0))"


def _middle(start: str, end: str) -> Formule:
    return Formule(f'IF(AND(N({start})>0,N({end})>0),{start}+INT(({end}-{start})/2),"")')


def _after(reference: str, months: int) -> Formule:
    return Formule(f'IF(N({reference})>0,EDATE({reference},{months}),"")')
