"""Small faults of style in the words of a description: what a person would be sorry to see printed in a contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from clausegen.description.readers import to_complete
from clausegen.diagnostics import Diagnostic, Niveau
from clausegen.files.nearest import folded
from clausegen.files.treepath import shown
from clausegen.regex import late

PROVISIONAL = "S002"
"""Code of a text that holds the place of a fact."""
_PROVISIONAL = (
    "« {} » est un texte provisoire, et serait imprimé. "
    "Donner le fait, ou laisser la clé vide : elle devient une question."
)
_SENTENCES = late(
    r"objet|allotissement_motif|programme\[\d+\]\.objet"
    r"|lots\[\d+\]\.(?:intitule|perimetre|aucun_justification|mission_service_public)"
    r"|lots\[\d+\]\.(?:autres_conditions_sociales|conditions_reserve)\[\d+\]"
)
"""Keys whose value is a phrase; a name may well be a set of capitals."""
_TITLE = late(r"lots\[(\d+)\]\.intitule")
_MAILBOX = late(r"facilitateur\.(?:courriel|referent\.courriel)|facilitateur\.relais\[\d+\]\.courriel")
_REFERENCE = late(r"reference|programme\[\d+\]\.reference")
_PERSON = late(r"(?P<prenom>[a-z]+(?:-[a-z]+)?)[._](?P<nom>[a-z]{2,}(?:-[a-z]+)*)@", re.IGNORECASE)
_LETTERS = 12
_WORDS = 2

Mots: TypeAlias = Mapping[str, Sequence[str]]


def style_findings(texts: Iterable[tuple[str, str]], mots: Mots) -> list[Diagnostic]:
    """Return the faults of style of a description, without their places.

    Args:
        texts: key path and text of each value that is a text, in the order of the file.
        mots: what to look for, as `rules/codes/style.yaml` says.
    """
    pairs = [(chemin, text.strip()) for chemin, text in texts if not to_complete(text)]
    finder = _Placeholders(mots)
    provisional = {chemin: found for chemin, text in pairs if (found := finder.inside(text))}
    findings = [
        Diagnostic(PROVISIONAL, Niveau.AVERTISSEMENT, _PROVISIONAL.format(shown(found)), chemin)
        for chemin, found in provisional.items()
    ]
    rest = [(chemin, text) for chemin, text in pairs if chemin not in provisional]
    return [*findings, *_capitals(rest), *_mailboxes(rest, mots), *_doubles(rest), *_references(rest, mots)]


class _Placeholders:
    """Words that hold the place of a fact."""

    def __init__(self, mots: Mots) -> None:
        self._words = tuple(word.lower() for word in mots["attente"])
        self._inside = late("|".join(_bounded(word) for word in mots["attente"]), re.IGNORECASE)
        self._alone = {_bare(word) for word in mots["attente_seule"]}

    def inside(self, text: str) -> str | None:
        """Return the words found, None when there are none."""
        if _bare(text) in self._alone:
            return text
        small = text.lower()
        found = self._inside.search(text) if any(word in small for word in self._words) else None
        return found[0] if found else None


def _bounded(word: str) -> str:
    """A word, not a part of another: « XXX » but not « XXXL »."""
    start = r"(?<!\w)" if word[0].isalnum() else ""
    return start + re.escape(word) + (r"(?!\w)" if word[-1].isalnum() else "")


def _bare(text: str) -> str:
    return " ".join(text.casefold().strip(" .…[]()<>").split())


def _capitals(texts: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    for chemin, text in texts:
        letters = [c for c in text if c.isalpha()]
        enough = len(letters) >= _LETTERS and len(text.split()) >= _WORDS
        if enough and "".join(letters).isupper() and _SENTENCES.fullmatch(chemin):
            message = f"« {shown(text)} » est tout en capitales, et serait imprimé ainsi. L'écrire comme une phrase."
            yield Diagnostic("S001", Niveau.INFORMATION, message, chemin)


def _mailboxes(texts: Iterable[tuple[str, str]], mots: Mots) -> Iterator[Diagnostic]:
    shared = frozenset(mots["boites"])
    for chemin, text in texts:
        found = _PERSON.match(text) if "@" in text and _MAILBOX.fullmatch(chemin) else None
        if found and not shared.intersection(re.split(r"[._-]", found[0].removesuffix("@").lower())):
            message = (
                f"« {shown(text)} » semble être l'adresse d'une personne ; les pièces la garderaient jusqu'à la fin du "
                "marché. Une boîte partagée est préférable."
            )
            yield Diagnostic("S003", Niveau.INFORMATION, message, chemin)


def _doubles(texts: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for chemin, text in texts:
        if not _TITLE.fullmatch(chemin):
            continue
        known = first.setdefault(folded(text), chemin)
        if known != chemin:
            message = f"Le même intitulé est écrit dans `{known}` : rien ne distingue les deux lots, sinon leur numéro."
            yield Diagnostic("S004", Niveau.AVERTISSEMENT, message, chemin)


def _references(texts: Iterable[tuple[str, str]], mots: Mots) -> Iterator[Diagnostic]:
    empty = {folded(word) for word in mots["references_vides"]}
    for chemin, text in texts:
        if _REFERENCE.fullmatch(chemin) and (folded(text) in empty or not re.search(r"[1-9A-Za-zÀ-ÿ]", text)):
            message = f"La référence « {shown(text)} » ne désigne aucun marché. Écrire celle du service, ou rien."
            yield Diagnostic("S005", Niveau.INFORMATION, message, chemin)
