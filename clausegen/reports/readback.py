"""What `review` says of documents: what people changed since the draft, then what no longer holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from clausegen.diagnostics import Niveau
from clausegen.french.grammar import compte
from clausegen.french.typography import typography
from clausegen.reading.document import Document
from clausegen.reports.json import VERSION, dumps
from clausegen.reports.summary import rendre
from clausegen.reports.text import printable
from clausegen.reports.verification import Fichier, Verification
from clausegen.review.readback import Changement, Nature
from clausegen.review.wordiff import Sens

_LONGEST = 160
"""Characters of a passage that the text report quotes; the JSON gives it whole."""
_TITLES = {
    Nature.AJOUT: "ajouté",
    Nature.RETRAIT: "retiré",
    Nature.REFORMULATION: "reformulé",
    Nature.DEPLACEMENT: "déplacé",
    Nature.CHAMP_REMPLI: "champ rempli",
    Nature.CHAMP_VIDE: "champ à compléter",
    Nature.REVISION: "modification en attente",
    Nature.COMMENTAIRE: "commentaire",
    Nature.TYPOGRAPHIE: "typographie",
}

Relu = tuple[Document, "tuple[Changement, ...] | None"]
"""A document, and what people did in it since the draft; None when the draft is not known."""


def review_text(relus: Sequence[Relu], verification: Verification) -> str:
    """Return the report: the changes of each document, then the findings as `check` shows them."""
    parts = ["\n".join(_changes(relu)) for relu in relus]
    return "\n\n".join([*parts, "Constats", rendre(verification)])


def review_json(relus: Sequence[Relu], verification: Verification) -> str:
    """Return the same as JSON: the keys of `check`, with the piece and the changes of each file that was read."""
    read = {document.nom: (document, changes) for document, changes in relus}
    bilan = {str(niveau): 0 for niveau in Niveau}
    for diagnostic in verification.diagnostics:
        bilan[diagnostic.niveau] += 1
    return dumps(
        {
            "version": VERSION,
            "fichiers": [_file(fichier, read.get(fichier.nom)) for fichier in verification.fichiers],
            "bilan": bilan,
        }
    )


def _file(fichier: Fichier, relu: Relu | None) -> dict[str, Any]:
    document, changes = (None, None) if relu is None else relu
    known = None if document is None or changes is None else [_plain(change, document) for change in changes]
    return {
        "fichier": fichier.nom,
        "piece": None if document is None else document.piece,
        "changements": known,
        "diagnostics": list(fichier.diagnostics),
    }


def _changes(relu: Relu) -> Iterable[str]:
    document, changes = relu
    yield typography(f"{printable(document.nom)} : {_kind(document)}.")
    yield ""
    if changes is None:
        yield typography(
            "Ce qui a changé : inconnu, le document ne porte pas son projet. Avec --marche, il est comparé à la pièce "
            "rédigée d'après la description."
            if document.piece
            else "Ce document ne vient pas de clausegen : il est relu tel qu'il est."
        )
        return
    yield typography("Ce qui a changé depuis le projet")
    yield ""
    if not changes:
        yield typography("  Rien.")
    for change in changes:
        yield "  " + typography(printable(_line(change, document)))


def _kind(document: Document) -> str:
    return f"pièce « {document.piece} » rédigée par clausegen" if document.piece else "document d'une autre origine"


def _line(change: Changement, document: Document) -> str:
    return f"{_place(change, document)}{_TITLES[change.nature]}{_said(change)}"


def _place(change: Changement, document: Document) -> str:
    """Return « paragraphe 45 (article 12.3) : »; nothing for what concerns the whole."""
    if not change.rang:
        return ""
    numbers = [title.numero for title in document.titres_de(change.rang) if title.numero]
    within = f" (article {numbers[-1]})" if numbers else ""
    return f"paragraphe {change.rang}{within} : "


def _said(change: Changement) -> str:
    by = f" de {change.auteur}" if change.auteur else ""
    when = f" ({change.date[:10]})" if change.date else ""
    if change.nature is Nature.REFORMULATION:
        return f" : {_rewording(change)}"
    if change.nature is Nature.TYPOGRAPHIE:
        only = "espaces ou apostrophes seulement"
        return f" : {compte(change.nombre, 'paragraphe')} où changent {only}"
    if change.nature is Nature.CHAMP_REMPLI:
        return f" : {change.question or change.chemin} {_quoted(change.apres)}{_advice(change)}"
    if change.nature is Nature.CHAMP_VIDE:
        return f" : {change.question or change.chemin}"
    if change.nature is Nature.COMMENTAIRE:
        return f"{by}{when} sur {_quoted(change.avant)} : {_short(change.texte)}"
    if change.nature is Nature.REVISION:
        return f"{by}{when} : {_replaced(change.avant, change.apres)}"
    return f" : {_quoted(change.avant if change.nature is Nature.RETRAIT else change.apres)}"


def _advice(change: Changement) -> str:
    """Say where an answer belongs, so that the other pieces hold it too."""
    return f" ; à reporter dans la description, clé `{change.chemin}`" if change.chemin else ""


def _rewording(change: Changement) -> str:
    """Return each stretch of words that differs, with what replaces it."""
    found: list[str] = []
    struck = ""
    for ecart in change.ecarts:
        if ecart.sens is Sens.RETIRE:
            struck = ecart.texte
        elif ecart.sens is Sens.AJOUTE:
            found.append(_replaced(struck, ecart.texte))
            struck = ""
        elif struck:
            found.append(_replaced(struck, ""))
            struck = ""
    if struck:
        found.append(_replaced(struck, ""))
    return " ; ".join(found) or _replaced(change.avant, change.apres)


def _replaced(avant: str, apres: str) -> str:
    if not avant.strip():
        return f"ajout de {_quoted(apres)}"
    return f"{_quoted(avant)} devient {_quoted(apres)}" if apres.strip() else f"retrait de {_quoted(avant)}"


def _quoted(text: str) -> str:
    return f"« {_short(text)} »"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"


def _plain(change: Changement, document: Document) -> dict[str, Any]:
    numbers = [title.numero for title in document.titres_de(change.rang) if title.numero] if change.rang else []
    return {
        "nature": str(change.nature),
        "paragraphe": change.rang or None,
        "article": numbers[-1] if numbers else None,
        "avant": change.avant or None,
        "apres": change.apres or None,
        "ecarts": [{"sens": str(ecart.sens), "texte": ecart.texte} for ecart in change.ecarts],
        "chemin": change.chemin or None,
        "question": change.question or None,
        "auteur": change.auteur or None,
        "date": change.date,
        "texte": change.texte or None,
        "nombre": change.nombre,
    }
