"""`clausegen explain`: the decision about one market, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from clausegen.cli.console import page, result
from clausegen.cli.declared import Argument, Option
from clausegen.cli.findings import code_of
from clausegen.cli.options import FORMATS_RAPPORT, choice, day, proposals
from clausegen.errors import ClausegenError
from clausegen.reports.explained import decision_text
from clausegen.reports.json import decision_json
from clausegen.workflow.examine import Examen, examiner, raisons

AIDE = """
Dit ce qui est obligatoire, ce que chaque lot retient, quelles options sont ouvertes ou fermées, par quel article en
vigueur et d'après quels faits, d'où viennent les heures, et quelles questions restent à trancher.
"""


def _check_lot(examen: Examen, lot: int | None) -> None:
    if lot is None or examen.decision is None:
        return
    numeros = [entry.numero for entry in examen.decision.lots]
    if lot not in numeros:
        known = ", ".join(str(numero) for numero in numeros) or "aucun"
        raise ClausegenError(f"--lot : ce marché n'a pas de lot n° {lot} (lots : {known}).")


def _lot_number(valeur: str | None) -> int | None:
    if valeur is None:
        return None
    if not (valeur.isascii() and valeur.isdigit()):
        raise ClausegenError(f"--lot : « {valeur} » n'est pas un numéro de lot.")
    return int(valeur)


def run(
    marche: Annotated[str, Argument(metavar="MARCHE", help="description du marché (YAML ou JSON)")],
    lot: Annotated[
        str | None,
        Option("--lot", metavar="N", help="ne montre que ce lot, avec ce qui vaut pour tout le marché"),
    ] = None,
    format_rapport: Annotated[
        str,
        Option(
            "--format", metavar="FORMAT", help="texte (par défaut) ou json", autocompletion=proposals(FORMATS_RAPPORT)
        ),
    ] = "texte",
    date_droit: Annotated[
        str | None,
        Option("--date", metavar="AAAA-MM-JJ", help="applique le droit de ce jour, sans changer le fichier"),
    ] = None,
) -> int:
    """Explain the decision about a market."""
    wanted = choice("--format", format_rapport, FORMATS_RAPPORT)
    numero = _lot_number(lot)
    examen = examiner(Path(marche), date_droit=day(date_droit))
    _check_lot(examen, numero)
    if wanted == "json":
        result(decision_json(examen.decision, examen.diagnostics, numero))
    else:
        page(lambda: decision_text(examen.decision, examen.diagnostics, numero, raisons(examen, numero)), "Lot n°")
    return code_of(examen.diagnostics)
