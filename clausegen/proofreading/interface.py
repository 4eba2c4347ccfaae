"""What a proofreading check is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import date
from typing import Any, TypeAlias

from clausegen.diagnostics import Niveau
from clausegen.dossier.dossier import Dossier
from clausegen.law.references import References
from clausegen.law.rulebook import Rulebook
from clausegen.reading.document import Bloc, Document
from clausegen.record import dataclass


@dataclass(frozen=True)
class Controle:
    """A rule of `rules/relecture`, as data.

    Args:
        code: its id, such as « R09 »: also the code of its findings.
        titre: what is wrong, in a few words.
        niveau: how serious it is, unless a finding says otherwise.
        explication, remede, depuis: its page.
        pieces: the clausegen pieces that it reads; empty for any document, those written elsewhere included.
        ailleurs: whether it also reads documents that clausegen did not write.
        marche: whether it needs a description to compare with.
        description: whether its words are also looked for in the free texts of a description.
        donnees: the words, patterns and limits that the check reads, as the file holds them.
        source: ids of the texts behind it.
        confiance: how sure it is.
    """

    code: str
    titre: str
    niveau: Niveau
    explication: str
    remede: str
    depuis: str
    pieces: tuple[str, ...] = ()
    ailleurs: bool = True
    marche: bool = False
    description: bool = False
    donnees: dict[str, Any] = field(default_factory=dict)
    source: tuple[str, ...] = ()
    confiance: str = "usage"


@dataclass(frozen=True)
class Contexte:
    """What is known while a document is proofread.

    Args:
        document: the document.
        livre: the law.
        jour: the day of the law; None for the newest.
        references: texts as cited on that day.
        piece: id of the clausegen piece; None for a document written elsewhere.
        dossier: the figures of the market; None without a description.
        autres: the other pieces of the market, by id, as clausegen drafts them; empty without a description.
        ccag: the CCAG (`FCS`, `Travaux`…) of the market, else those that the text itself refers to in its own name.
    """

    document: Document
    livre: Rulebook
    jour: date | None
    references: References
    piece: str | None = None
    dossier: Dossier | None = None
    autres: dict[str, Document] = field(default_factory=dict)
    ccag: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constat:
    """Something wrong on the words from `debut` to `fin` of a block.

    Args:
        bloc: the block; None when it is the document that lacks something.
        debut: first character.
        fin: character after the last.
        message: one French sentence or two: what was found, what is right, what to do.
        niveau: level of this finding when it is not that of the rule.
        fondements: citations that support it.
        chemin: key of the description that it contradicts, if any.
    """

    bloc: Bloc | None
    debut: int
    fin: int
    message: str
    niveau: Niveau | None = None
    fondements: tuple[str, ...] = ()
    chemin: str | None = None


Check: TypeAlias = Callable[[Contexte, Controle], Iterable[Constat]]
"""Reads a document by one rule."""
