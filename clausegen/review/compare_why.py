"""Why a conclusion differs: another version of the rule came into force, or a fact changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from clausegen.french.amounts import euros
from clausegen.french.dates import en_lettres
from clausegen.language.expressions import Missing
from clausegen.language.unknown import Unknown
from clausegen.law.engine import Conclusion
from clausegen.law.papers import Deliberation

_STATUTS = {"applicable": "obligatoire", "non-applicable": "sans objet", "a-preciser": "à préciser"}


def why(avant: Conclusion | None, apres: Conclusion | None, motif: str, papers: Deliberation) -> str:
    """Return the reason of the new conclusion, then what made it another one.

    Args:
        avant: what the rules said.
        apres: what they say.
        motif: the new reason.
        papers: where facts get their French names.
    """
    parts = [motif.strip()]
    if avant is not None and apres is not None:
        parts += [_version(avant, apres), _facts(avant, apres, papers)]
    return " ".join(part for part in parts if part)


def _version(avant: Conclusion, apres: Conclusion) -> str:
    if apres.version is None or (avant.regle, avant.version) == (apres.regle, apres.version):
        return ""
    since = f"Règle « {apres.regle} », version du {en_lettres(apres.version)}"
    if avant.regle != apres.regle:
        return f"{since}, au lieu de la règle « {avant.regle} »."
    return f"{since}, au lieu de celle du {en_lettres(avant.version)}." if avant.version else f"{since}."


def _facts(avant: Conclusion, apres: Conclusion, papers: Deliberation) -> str:
    labels: dict[str, str] = papers.livre.donnees["faits-declares"]["faits"]
    moved = []
    for name in {**avant.utilises, **apres.utilises}:
        both = name in avant.utilises and name in apres.utilises
        before, after = (_shown(side.utilises.get(name), name) for side in (avant, apres))
        if both and before != after:
            moved.append(f"{labels.get(name, name)} : {before}, puis {after}")
    return f"Fait qui change : {' ; '.join(moved)}." if moved else ""


def _shown(value: Any, name: str) -> str:
    if value is None or isinstance(value, (Unknown, Missing)):
        return "à préciser"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | Decimal) and name.endswith("_ht"):
        return f"{euros(value)} HT"
    return _STATUTS.get(str(value), str(value))
