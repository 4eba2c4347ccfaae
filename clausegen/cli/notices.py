"""`clausegen check AVIS --marche MARCHE`: notices held against one decision, a report entry each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from clausegen.cli.exits import REUSSI
from clausegen.cli.findings import refused_call
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.errors import ClausegenError
from clausegen.reports.verification import Fichier
from clausegen.workflow.notices import check_notice


def check_notices(avis: Sequence[str], marche: str, jour: date | None) -> tuple[list[Fichier], int]:
    """Return what differs in each notice, and the highest code of those that could not be compared.

    Args:
        avis: the notices.
        marche: the description; its own findings are those of `check MARCHE`, unless it does not load.
        jour: day of the law for a « what if ».
    """
    fichiers, code = [], REUSSI
    for nom in avis:
        try:
            found = check_notice(Path(nom), Path(marche), date_droit=jour)
        except ClausegenError as error:
            code = max(code, refused_call(error))
            found = (Diagnostic("E001", Niveau.ERREUR, str(error), fichier=nom),)
        # A description that does not load is what the findings are about, and there is nothing to say of the notice.
        about = found[0].fichier if found else None
        fichiers.append(Fichier(about or nom, found))
    return fichiers, code
