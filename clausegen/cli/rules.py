"""`clausegen rules`: the law as the program holds it, on a day; one rule with its history; the cases of the rules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

from clausegen.cli.console import page, result, tell, watched
from clausegen.cli.declared import Argument, Option
from clausegen.cli.exits import CONSTATS, REUSSI
from clausegen.cli.options import FORMATS_RAPPORT, choice, day, proposals
from clausegen.errors import ClausegenError
from clausegen.french.grammar import compte
from clausegen.law.cases import place
from clausegen.law.catalogue import AUTRE, GENRES, SOURCE, Entree, catalogue, find
from clausegen.law.datafiles import check_rules
from clausegen.law.rulebook import Rulebook, rulebook
from clausegen.law.sheets import sheet
from clausegen.reports.rulelist import (
    broken_json,
    broken_text,
    failure,
    list_json,
    list_rows,
    list_text,
    outcome_json,
    outcome_text,
)
from clausegen.reports.rulesheet import sheet_json, sheet_text

AIDE = """
Le droit est gardé en fichiers datés et sourcés, qu'un juriste lit et conteste sans programmer.
"""
AIDES = {
    "list": """
Une ligne par règle : son nom, depuis quand elle est en vigueur, ce que vaut sa source, quand elle a été vérifiée.
« À revérifier » signale ce que personne n'a relu depuis un an, ou dont la révision attendue est passée.
""",
    "show": """
Toutes les versions d'une règle, avec leurs dates, leurs conditions telles qu'elles sont écrites, leurs fondements, les
exceptions et les cas d'essai. RÈGLE est un nom donné par `clausegen rules list`, un seuil, un CCAG (FCS), une source
(ccp-l2113-12) ou un numéro d'article du code.
""",
    "test": """
Chaque cas dit ce qu'une règle, la relecture d'un texte ou la décision d'un marché entier doit répondre à une date.
MOTIF ne garde que les cas dont le fichier ou le nom le contient. Code de sortie : 0 si tous tiennent, 1 si l'un ne
tient pas ou si un fichier de règles ne se lit pas.
""",
}
_GENRES = tuple(dict.fromkeys((*GENRES.values(), AUTRE)))
_ALL = "tout"

Format = Annotated[
    str,
    Option("--format", metavar="FORMAT", help="texte (par défaut) ou json", autocompletion=proposals(FORMATS_RAPPORT)),
]
Jour = Annotated[
    str | None,
    Option("--date", metavar="AAAA-MM-JJ", help="montre le droit de ce jour (par défaut : aujourd'hui)"),
]
Regles = Annotated[
    str | None,
    Option("--regles", metavar="DOSSIER", help="emploie cette copie modifiée du dossier rules"),
]


def _on(valeur: str | None) -> date:
    return day(valeur) or date.today()


def _answer(wanted: str, text: Callable[[], str], json: Callable[[], str]) -> None:
    """Print one of the two reports."""
    if wanted == "json":
        result(json())
    else:
        page(text)


def _law(dossier: str | None, wanted: str) -> Rulebook | None:
    """Return the law; None when the folder given is broken: its faults are then the result."""
    if dossier is not None and not Path(dossier).is_dir():
        raise ClausegenError(f"--regles : « {dossier} » n'est pas un dossier.")
    lecture = check_rules(None if dossier is None else Path(dossier))
    if lecture.livre is None:
        _answer(wanted, lambda: broken_text(lecture.diagnostics), lambda: broken_json(lecture.diagnostics))
    return lecture.livre


def _kept(entrees: tuple[Entree, ...], genre: str | None) -> list[Entree]:
    if genre == _ALL:
        return list(entrees)
    return [e for e in entrees if (e.genre == genre if genre else e.genre != SOURCE)]


def run_list(
    date_droit: Jour = None,
    genre: Annotated[
        str | None,
        Option(
            "--genre",
            metavar="GENRE",
            help="seulement ce genre : obligation, dispositif, seuil, source… ; tout montre aussi les sources",
            autocompletion=proposals((*_GENRES, _ALL)),
        ),
    ] = None,
    format_rapport: Format = "texte",
    regles: Regles = None,
) -> int:
    """List the rules."""
    wanted = choice("--format", format_rapport, FORMATS_RAPPORT)
    kind = None if genre is None else choice("--genre", genre, (*_GENRES, _ALL))
    jour = _on(date_droit)
    livre = _law(regles, wanted)
    if livre is None:
        return CONSTATS
    everything = catalogue(livre, jour)
    kept = _kept(everything, kind)
    if wanted == "json":
        result(list_json(kept, jour, {"version": livre.version, "empreinte": livre.empreinte}))
        return REUSSI
    if watched(sys.stdout):
        from clausegen.cli.display import show_table

        show_table(list_rows(kept), sys.stdout)
    else:
        result(list_text(kept))
    late = sum(bool(entree.a_reverifier) for entree in kept)
    said = f"{compte(len(kept), 'règle')}, {f'dont {late}' if late else 'aucune'} à revérifier."
    hidden = len(everything) - len(kept)
    tell(f"{said} Sources : `--genre source`." if kind is None and hidden else said)
    return REUSSI


def _names(incomplete: str) -> list[str]:
    """Return what a shell proposes for a rule."""
    entrees = catalogue(rulebook(), date.today())
    return [name for e in entrees for name in (e.id, e.court or e.id) if name.startswith(incomplete)]


def run_show(
    regle: Annotated[
        str, Argument(metavar="RÈGLE", help="nom d'une règle, d'un seuil, d'une source", autocompletion=_names)
    ],
    date_droit: Jour = None,
    format_rapport: Format = "texte",
    regles: Regles = None,
) -> int:
    """Show one rule with its history."""
    wanted = choice("--format", format_rapport, FORMATS_RAPPORT)
    jour = _on(date_droit)
    livre = _law(regles, wanted)
    if livre is None:
        return CONSTATS
    fiche = sheet(find(catalogue(livre, jour), regle), livre, jour)
    _answer(wanted, lambda: sheet_text(fiche, jour), lambda: sheet_json(fiche, jour))
    return REUSSI


def run_test(
    motif: Annotated[
        str | None, Argument(metavar="MOTIF", help="ne lance que les cas dont le fichier ou le nom contient ceci")
    ] = None,
    format_rapport: Format = "texte",
    regles: Regles = None,
) -> int:
    """Run the cases of the rules."""
    wanted = choice("--format", format_rapport, FORMATS_RAPPORT)
    livre = _law(regles, wanted)
    if livre is None:
        return CONSTATS
    from clausegen.workflow.rulecases import every_case

    recueil = every_case(livre)
    epreuves = recueil.about(motif or "")
    if not epreuves and not recueil.diagnostics:
        raise ClausegenError(f"Aucun cas ne répond à « {motif} ».")
    resultats = [epreuve.run() for epreuve in epreuves]
    faults = [*recueil.diagnostics, *(place(r, livre, failure(r)) for r in resultats if not r.tient)]
    _answer(wanted, lambda: outcome_text(resultats, faults), lambda: outcome_json(resultats, faults))
    return CONSTATS if faults else REUSSI
