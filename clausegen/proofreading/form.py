"""What the state of a file says: points without their comment, traces left in the version to publish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from clausegen.diagnostics import Niveau
from clausegen.law.dating import in_force
from clausegen.proofreading.codearticles import code_citations, held
from clausegen.proofreading.interface import Check, Constat, Contexte, Controle
from clausegen.proofreading.leftovers import template_remains
from clausegen.proofreading.matching import hits, trail
from clausegen.proofreading.typesetting import typesetting
from clausegen.reading.document import Bloc, Document
from clausegen.text.tree import AUTHOR

NAMES = "R19"
"""The rule whose file holds the names of the codes."""


def unverified_points(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the points that the base has not verified and that no comment of their subdivision points at."""
    if not _commented(contexte.document):
        return
    base = held(contexte.livre)
    for blocs in _subdivisions(contexte.document):
        if any(bloc.commentaires for bloc in blocs):
            continue
        for bloc in blocs:
            yield from _unverified(bloc, contexte, controle, base)


def _commented(document: Document) -> bool:
    """Tell whether a document still carries comments of clausegen: a working version."""
    return any(c.auteur == AUTHOR for bloc in document.blocs for c in bloc.commentaires)


def _subdivisions(document: Document) -> list[list[Bloc]]:
    found: dict[int, list[Bloc]] = {}
    for bloc, above in trail(document.corps()):
        head = bloc.rang if bloc.niveau is not None else above[-1].rang if above else 0
        found.setdefault(head, []).append(bloc)
    return list(found.values())


def _unverified(
    bloc: Bloc, contexte: Contexte, controle: Controle, base: Mapping[tuple[str, str], dict[date, Any]]
) -> Iterator[Constat]:
    donnees = controle.donnees
    names = contexte.livre.donnees[f"relecture/{NAMES}"]["donnees"]
    advice = "n'est pas vérifié dans la base, et aucun commentaire ne le signale : le vérifier sur le texte officiel."
    for citation in code_citations(bloc, names):
        versions = base.get((citation.code or "", citation.numero))
        found = None if versions is None else in_force(versions, contexte.jour)
        if found is not None and found[1]["confiance"] in donnees["confiances"]:
            yield Constat(bloc, citation.debut, citation.fin, f"L'article {citation.numero} {advice}")
    for point in (p for p in donnees["points"] if contexte.piece in p["pieces"]):
        for match in hits(bloc, point["motifs"]):
            yield Constat(bloc, *match.span(), f"Ce point ({point['objet']}) {advice}")


def traces(contexte: Contexte, _: Controle) -> Iterator[Constat]:
    """Yield what the version to publish should not show: comments, changes, highlighting, authors."""
    document = contexte.document
    to_fill = any(field.vide for bloc in document.blocs for field in bloc.champs)
    if contexte.piece is None or document.projet is not None or to_fill or _commented(document):
        return
    for bloc in document.blocs:
        for comment in bloc.commentaires:
            message = f"Un commentaire{_by(comment.auteur)} reste dans la version publiable."
            yield Constat(bloc, comment.debut, comment.fin, message)
        for change in bloc.revisions:
            message = f"Une modification suivie{_by(change.auteur)} n'est ni acceptée ni refusée."
            yield Constat(bloc, change.debut, change.fin, message)
        for start, end in bloc.surlignes:
            yield Constat(bloc, start, end, "Un surlignage reste dans la version publiable.")
    people = [name for name in document.auteurs if name and name != AUTHOR]
    if people:
        message = f"Les propriétés du fichier gardent un nom ({', '.join(people)}) : les effacer avant de publier."
        yield Constat(None, 0, 0, message, Niveau.AVERTISSEMENT)


def _by(author: str) -> str:
    return f" de {author}" if author else ""


CHECKS: dict[str, Check] = {
    "R22": unverified_points,
    "R37": template_remains,
    "R41": typesetting,
    "R42": traces,
}
