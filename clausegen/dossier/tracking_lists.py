"""The sheet « Listes » of the tracking workbook: the values that other sheets propose, and the names of companies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.tracking_entries import Contexte
from clausegen.dossier.tracking_page import Page
from clausegen.dossier.workbook import Colonne, Regle, column_letter
from clausegen.french.grammar import majuscule
from clausegen.language.unknown import Unknown


def list_values(ctx: Contexte, dossier: Dossier) -> dict[str, list[str]]:
    """Return the values of each list: those of the words, and those that follow the market's choices."""
    words, mots = ctx.mots.contenu["listes"], ctx.mots
    ways: dict[str, dict[str, Any]] = dossier.papers.livre.donnees["publics/modalites"]["modalites"]
    chosen = _ways(ctx, dossier, list(ways))
    contracts = [
        majuscule(str(contract))
        for way in chosen
        for contract in (*ways[way].get("contrats", ()), *words["contrats"].get(way, ()))
    ]
    functions = words["fonctions"]
    shown = ("facilitateur", "acheteur") if dossier.marche.facilitateur is not None else ("acheteur",)
    values = {ident: mots.textes(entry.get("valeurs", [])) for ident, entry in words["listes"].items()}
    return values | {
        "modalites": mots.textes([words["modalites"][way] for way in chosen]),
        "contrats": mots.textes(contracts),
        "fonctions": mots.textes([functions[cle] for cle in shown]),
    }


def _ways(ctx: Contexte, dossier: Dossier, every: list[str]) -> list[str]:
    """Return the ways of carrying out hours that at least one lot admits."""
    found: set[str] = set()
    for lot in ctx.lots:
        chosen: Any = dossier.choix("insertion.modalites", lot.vue).valeur
        found.update(every if isinstance(chosen, Unknown | str) else (str(way) for way in chosen))
    return [way for way in every if way in found]


def lists_sheet(ctx: Contexte, values: Mapping[str, Sequence[str]]) -> Page:
    """Lay out « Listes », whose last column is open: the names of the companies."""
    words, mots = ctx.mots.contenu["listes"], ctx.mots
    page = Page(words, mots, ctx.reference)
    kept = [ident for ident, entry in words["listes"].items() if mots.retenu(entry)]
    companies = words["entreprises"]
    columns = [
        Colonne(i, mots.texte(words["listes"][i]["titre"]), largeur=words["listes"][i].get("largeur", 14)) for i in kept
    ]
    columns.append(Colonne("entreprises", mots.texte(companies["titre"]), largeur=companies["largeur"], saisie=True))
    table = page.tableau("tableau", tuple(columns), companies["lignes"], fige=True)
    page.noms.clear()
    for position, ident in enumerate(kept):
        letter, first = column_letter(position), table.premiere
        last = first + len(values[ident]) - 1
        page.noms[f"liste_{ident}"] = f"'{page.nom}'!${letter}${first}:${letter}${last}"
    last_column = table.lettre("entreprises")
    page.noms["liste_entreprises"] = f"'{page.nom}'!${last_column}${table.premiere}:${last_column}${table.derniere}"
    for rank in range(table.nombre):
        page.remplir(table, {i: values[i][rank] for i in kept if rank < len(values[i])})
    cell = f"{last_column}{table.premiere}"
    page.regle(
        Regle(
            table.plage("entreprises"),
            "custom",
            f'AND(ISERROR(FIND("*",{cell})),ISERROR(FIND("?",{cell})),ISERROR(FIND("~",{cell})),'
            f'ISERROR(FIND(LEFT({cell},1),"=<>")))',
            mots.texte(companies["refus"]),
            mots.texte(companies["aide"]),
        )
    )
    return page
