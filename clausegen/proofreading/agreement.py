"""R35, R40: the roles over personal data are those of the market, and the convention holds what it cannot lack."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausegen.diagnostics import Niveau
from clausegen.language.unknown import Unknown
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import places
from clausegen.proofreading.quantities import EUROS, quantities
from clausegen.proofreading.structure import anchor


def same_roles(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R35: the role that each piece states, and consent as the only ground."""
    data = controle.donnees
    role = _role(contexte)
    first: tuple[str, int] | None = None
    for place in places(contexte.document):
        for name, pattern in data["roles"].items():
            match = re.search(pattern, place.texte, re.IGNORECASE)
            if match is None:
                continue
            if first is None:
                first = (name, place.bloc.rang)
            expected = role or first[0]
            if name != expected:
                said = "la description dit" if role else f"le paragraphe {first[1]} dit"
                yield Constat(
                    *(place.bloc, match.start(), match.end()),
                    f"« {match.group()} » : {said} « {data['noms'][expected]} ». Écrire le même rôle dans le "
                    "cahier des "
                    "clauses et la convention.",
                    chemin="facilitateur.convention.donnees_personnelles" if role else None,
                )
        match = re.search(data["consentement"], place.texte, re.IGNORECASE)
        if match and not re.search(data["sauf"], place.texte, re.IGNORECASE):
            yield Constat(
                *(place.bloc, match.start(), match.end()),
                f"« {match.group()} » : le consentement ne peut fonder seul le traitement d'une personne qui "
                "cherche un "
                "emploi. Le fonder sur la mission d'intérêt public ou l'obligation légale.",
                Niveau.AVERTISSEMENT,
            )


def _role(contexte: Contexte) -> str | None:
    if contexte.dossier is None or contexte.dossier.marche.facilitateur is None:
        return None
    role = contexte.dossier.marche.facilitateur.convention.donnees_personnelles
    return None if isinstance(role, Unknown) else str(role)


def whole_agreement(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R40: the articles of a convention, and the regime of what it pays."""
    data = controle.donnees
    every = places(contexte.document)
    heads = [p for p in every if p.bloc.niveau is not None]
    if contexte.piece is None and not (
        any(re.search(data["convention"], p.texte, re.IGNORECASE) for p in every[:8])
        and any(re.search(data["sujet"], p.texte, re.IGNORECASE) for p in every)
    ):
        return
    for name, pattern in data["articles"].items():
        if not any(re.search(pattern, p.texte, re.IGNORECASE) for p in heads):
            yield Constat(
                *(None, 0, 0),
                f"La convention n'a pas d'article sur ce point : {name}. L'ajouter.",
                None if contexte.piece is not None else Niveau.AVERTISSEMENT,
            )
    finance = re.compile(data["articles"]["les finances"], re.IGNORECASE)
    inside = [p for p in every if p.under(finance) and p.bloc.niveau is None]
    paid = next(((p, q) for p in inside for q in quantities(p.texte) if q.unite == EUROS and q.valeur > 0), None)
    regime = re.compile(data["regimes"], re.IGNORECASE)
    if paid is not None and not any(regime.search(p.texte) for p in inside):
        place, q = paid
        yield Constat(
            *(place.bloc, q.debut, q.apres),
            f"« {place.texte[q.debut : q.apres]} » : rien ne dit à quel titre ce prix est versé. Une prestation "
            "payée est "
            "un marché, sauf quasi-régie ou coopération entre pouvoirs adjudicateurs : écrire le régime et ses "
            "conditions.",
        )
    if (
        contexte.piece is not None
        and inside
        and not any(regime.search(p.texte) or any(f.vide for f in p.bloc.champs) for p in inside)
    ):
        yield Constat(
            *anchor([p for p in every if p.under(finance)], finance),
            "Les dispositions financières ne disent pas si l'appui est gratuit, ni à quel titre il est payé. L'écrire.",
        )


CHECKS: dict[str, Check] = {"R35": same_roles, "R40": whole_agreement}
