"""R31, R32, R33: what the decision says of the market, told again on the piece that it concerns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from clausegen.diagnostics import Niveau
from clausegen.files.nearest import folded
from clausegen.language.unknown import Unknown
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.places import places


def decided(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R31 and R33: the findings of the decision that the rule takes up: about the market, they stand on no block."""
    assert contexte.dossier is not None
    taken: dict[str, str] = controle.donnees["constats"]
    for found in contexte.dossier.papers.decision.diagnostics:
        if found.code not in taken:
            continue
        message = f"{found.message} Ce constat est celui de la description ({found.code})."
        yield Constat(None, 0, 0, message, Niveau(taken[found.code]), found.fondements, found.chemin)


def given_reasons(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """R32: reasons too short to be facts, or copied from the law."""
    data = controle.donnees
    head = re.compile(data["amorce"], re.IGNORECASE)
    exempt = _exempt(contexte, data["sans_faits"])
    texts = [str(m["libelle"]) for m in contexte.livre.donnees["motivation/cas"]["motifs"].values()]
    for place in places(contexte.document):
        match = head.match(place.texte)
        if match is None or any(field.vide for field in place.bloc.champs) or exempt:
            continue
        said = place.texte[match.end() :].strip()
        start = place.texte.index(said, match.end()) if said else match.start()
        if len(said) < data["minimum"]:
            yield Constat(
                *(place.bloc, start, start + len(said)),
                f"Cette justification compte {len(said)} caractères : la loi demande des motifs, tirés des faits de ce "
                "marché. Dire ce qui a été examiné, qui a été interrogé et ce qui en ressort.",
            )
        elif any(_copies(said, text, data["ressemblance"]) for text in texts):
            yield Constat(
                *(place.bloc, start, start + len(said)),
                "Cette justification reprend les mots de la loi : ce n'est pas un motif. Écrire les faits de ce "
                "marché.",
            )


def _exempt(contexte: Contexte, codes: list[str]) -> bool:
    if contexte.dossier is None:
        return False
    reasons = {lot.aucun_motif for lot in contexte.dossier.lots if not isinstance(lot.aucun_motif, Unknown)}
    return bool(reasons) and {str(r) for r in reasons} <= set(codes)


def _copies(said: str, text: str, limit: float) -> bool:
    mine, law = folded(said), folded(text)
    matcher = SequenceMatcher(None, mine, law, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size >= 12)
    return same >= limit * len(mine)


CHECKS: dict[str, Check] = {"R31": decided, "R32": given_reasons, "R33": decided}
