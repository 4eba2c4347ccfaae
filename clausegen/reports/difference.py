"""What separates two versions of a market, to be read by a buyer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from clausegen.diagnostics import Diagnostic
from clausegen.french.dates import en_lettres
from clausegen.french.grammar import majuscule
from clausegen.french.typography import typography
from clausegen.record import dataclass
from clausegen.reports.difference_words import KEYS, PARTS, change, heading, name_of, part_of, with_names
from clausegen.reports.layout import item, section
from clausegen.reports.text import finding_lines, printable, summary
from clausegen.review.compare import Ecart
from clausegen.review.compare_facts import EcartFait

_PIECES = {
    "modifiee": "modifiée",
    "nouvelle": "nouvelle",
    "retiree": "retirée",
    "inchangee": "inchangée",
}


@dataclass(frozen=True, slots=True)
class Cote:
    """One side, as the report names it.

    Args:
        fichier: the description, as the user named it.
        date_droit: day of the law; None when it is not known.
        lisible: whether the description loads.
        diagnostics: every finding about it.
    """

    fichier: str
    date_droit: date | None
    lisible: bool
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class LignePiece:
    """A piece: what became of it, and the file that shows it."""

    id: str
    changement: str
    fichier: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that the report shows."""

    avant: Cote
    apres: Cote
    description: Sequence[EcartFait]
    decision: Sequence[Ecart]
    pieces: Sequence[LignePiece]


def difference_text(difference: Difference) -> str:
    """Return the comparison in French."""
    lines = [_side("Avant", difference.avant), _side("Après", difference.apres)]
    unread = [cote for cote in (difference.avant, difference.apres) if not cote.lisible]
    for cote in unread:
        lines += section(f"« {cote.fichier} » ne peut pas être lu", finding_lines(cote.diagnostics))
    if unread:
        return "\n".join(lines)
    lines += section("Ce qui change dans la description", _facts(difference.description))
    changes = list(_decision(difference.decision))
    if changes:
        lines += changes
    else:
        lines += section("Décision", [item("Rien ne change dans la décision.")])
    return "\n".join(lines + section("Pièces", _pieces(difference.pieces)))


def _side(name: str, cote: Cote) -> str:
    if not cote.lisible:
        return f"{typography(f'{name} : ')}{printable(cote.fichier)}{typography(f', {summary(cote.diagnostics)}.')}"
    day = f"droit du {en_lettres(cote.date_droit)}" if cote.date_droit else "droit le plus récent connu"
    return f"{typography(f'{name} : ')}{printable(cote.fichier)}{typography(f', {day} ; {summary(cote.diagnostics)}.')}"


def _facts(facts: Sequence[EcartFait]) -> Iterator[str]:
    for fact in facts:
        yield item(f"{fact.chemin} : {change(fact.avant, fact.apres)}")


def _decision(ecarts: Sequence[Ecart]) -> Iterator[str]:
    grouped: dict[tuple[int, int | None], list[Ecart]] = {}
    for ecart in ecarts:
        if ecart.chemin.startswith("documents.") and ecart.chemin.endswith(".lots"):
            # The lots themselves are told already: their list in each piece only serves scripts.
            continue
        grouped.setdefault((PARTS.index(part_of(ecart)), ecart.lot), []).append(ecart)
    for (rank, lot), found in sorted(grouped.items(), key=lambda entry: (entry[0][0], entry[0][1] or 0)):
        yield from section(heading(PARTS[rank], lot), _told(found))


def _told(ecarts: Sequence[Ecart]) -> Iterator[str]:
    """Tell changes; a reason shared by several in a row is told once, after the last."""
    for position, ecart in enumerate(ecarts):
        following = ecarts[position + 1] if position + 1 < len(ecarts) else None
        shared = following is not None and (following.motif, following.fondements) == (ecart.motif, ecart.fondements)
        yield item(_sentence(ecart, reason=not shared))


def _sentence(ecart: Ecart, *, reason: bool) -> str:
    name = name_of(ecart) if part_of(ecart) in KEYS else majuscule(name_of(ecart))
    text = f"{name} : {change(ecart.avant, ecart.apres, ecart.chemin)}"
    if not reason:
        return text if text.endswith("?") else f"{text} ;"
    motif = f" {majuscule(with_names(ecart.motif.strip()))}" if ecart.motif else ""
    cited = bool(ecart.fondements) and part_of(ecart) != "sources"
    grounds = f" ({' ; '.join(ecart.fondements)})" if cited else ""
    head = text if text.endswith((".", "?", "!")) else f"{text}."
    if motif:
        return f"{head}{motif.rstrip('.')}{grounds}."
    return f"{head[:-1] if head.endswith('.') else head}{grounds}{'.' if head.endswith('.') or grounds else ''}"


def _pieces(pieces: Sequence[LignePiece]) -> Iterator[str]:
    for piece in pieces:
        if piece.changement != "inchangee":
            where = f" ({piece.fichier})" if piece.fichier else ""
            yield item(f"{piece.id} : {_PIECES[piece.changement]}{where}")
    same = [piece.id for piece in pieces if piece.changement == "inchangee"]
    if same:
        yield item(f"Sans changement : {', '.join(same)}")


def difference_content(difference: Difference) -> dict[str, Any]:
    """Return the comparison as plain data, in the order of the contract with scripts."""
    return {
        "version": 1,
        "avant": _cote(difference.avant),
        "apres": _cote(difference.apres),
        "description": [{"chemin": f.chemin, "avant": f.avant, "apres": f.apres} for f in difference.description],
        "decision": [
            {"chemin": e.chemin, "avant": e.avant, "apres": e.apres, "motif": e.motif, "fondements": e.fondements}
            for e in difference.decision
        ],
        "pieces": list(difference.pieces),
    }


def _cote(cote: Cote) -> dict[str, Any]:
    return {"fichier": cote.fichier, "date_droit": cote.date_droit, "diagnostics": list(cote.diagnostics)}
