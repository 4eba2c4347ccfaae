"""What people did to a piece since it was drafted: wordings, fields, tracked changes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from clausegen.reading.document import Bloc, CommentaireLu, Document, Revision
from clausegen.record import dataclass
from clausegen.review.alignment import Paire, align
from clausegen.review.wordiff import CHAMP, Ecart, Mot, Remplacement, compared, gaps, words
from clausegen.text.tree import AUTHOR

_PLACEHOLDER = re.compile(r"\[à compléter\s?:\s(?P<question>[^\]]*)\]")


class Nature(StrEnum):
    """What happened."""

    AJOUT = "ajout"
    RETRAIT = "retrait"
    REFORMULATION = "reformulation"
    DEPLACEMENT = "deplacement"
    CHAMP_REMPLI = "champ-rempli"
    CHAMP_VIDE = "champ-vide"
    REVISION = "revision"
    COMMENTAIRE = "commentaire"
    TYPOGRAPHIE = "typographie"


@dataclass(frozen=True, slots=True)
class Changement:
    """One thing that people did, or left to do.

    Args:
        nature: what happened.
        bloc: the block where it shows; None for one that is no longer there.
        rang: rank of that block, or of the one before a block taken away; 0 at the very beginning.
        avant: words of the draft, those that a revision strikes, or those that a comment is on.
        apres: words of today, those that a revision adds, or the answer given to a field.
        ecarts: both wordings, word by word, for a `REFORMULATION`.
        chemin: tag of a field; empty when its control is gone.
        question: its question.
        auteur: who revised or commented; empty when unknown.
        date: when; None when unknown.
        texte: words of a comment.
        nombre: blocks that differ by their spaces and apostrophes only, for a `TYPOGRAPHIE`.
    """

    nature: Nature
    bloc: Bloc | None = None
    rang: int = 0
    avant: str = ""
    apres: str = ""
    ecarts: tuple[Ecart, ...] = ()
    chemin: str = ""
    question: str = ""
    auteur: str = ""
    date: str | None = None
    texte: str = ""
    nombre: int = 1


def read_back(document: Document, draft: Sequence[str]) -> tuple[Changement, ...]:
    """Return what people did to a piece since it was drafted.

    Wordings are compared as they were before pending changes, which are told apart with their authors.

    Args:
        document: the piece as it came back.
        draft: the words of each block of its draft: `document.projet`, or those of the piece drafted again.

    Returns:
        Blocks added, removed, reworded and moved, in order; then fields, tracked changes and comments; then how many
        blocks differ by their typography only.
    """
    body = document.corps()
    before = [_draft_words(text) for text in draft if text.strip()]
    after = list(_units(body, {_key(one) for one in before}))
    pairs = align([_key(one) for one in before], [_key(one.mots) for one in after])
    changes: list[Changement] = []
    fields: list[Changement] = []
    typographic = 0
    last = 0
    for pair in pairs:
        unit = None if pair.apres is None else after[pair.apres]
        left = [] if pair.avant is None else before[pair.avant]
        last = last if unit is None else unit.bloc.rang
        found, answers, same = _change(pair, left, unit, last)
        typographic += same
        changes += found
        fields += answers
    fields += _fields(body)
    result = [*changes, *fields, *_revisions(document.blocs), *_comments(document.blocs)]
    if typographic:
        result.append(Changement(Nature.TYPOGRAPHIE, nombre=typographic))
    return tuple(result)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block to compare, or one of those that a pending deletion joins."""

    bloc: Bloc
    mots: list[Mot]


def _change(
    pair: Paire, left: list[Mot], unit: _Unit | None, last: int
) -> tuple[list[Changement], list[Changement], bool]:
    """Return what happened to a block, the answers that its words hold, and whether its typography alone changed."""
    old = _text(left)
    if unit is None:
        return [Changement(Nature.RETRAIT, rang=last, avant=old)], [], False
    new, bloc = _text(unit.mots), unit.bloc
    if pair.avant is None:
        return [Changement(Nature.AJOUT, bloc, bloc.rang, apres=new)], [], False
    if pair.deplace:
        return [Changement(Nature.DEPLACEMENT, bloc, bloc.rang, old, new)], [], False
    if _key(left) == _key(unit.mots):
        raw = [m.texte for m in left if m.cle != CHAMP] != [m.texte for m in unit.mots if m.cle != CHAMP]
        return [], [], raw
    parts = compared(left, unit.mots)
    answers = [_answer(one, bloc) for one in parts if isinstance(one, Remplacement) and _is_answer(one)]
    if all(isinstance(one, Mot) or _is_answer(one) for one in parts):
        return [], answers, False
    reworded = Changement(Nature.REFORMULATION, bloc, bloc.rang, old, new, gaps(parts))
    return [reworded], answers, False


def _is_answer(one: Remplacement) -> bool:
    """Tell whether words stand in place of a question alone: its control was taken away with it."""
    return [m.cle for m in one.avant] == [CHAMP] and any(m.cle.strip() for m in one.apres)


def _answer(one: Remplacement, bloc: Bloc) -> Changement:
    found = _PLACEHOLDER.search(one.avant[0].texte)
    question = "" if found is None else found["question"]
    words_ = "".join(m.texte for m in one.apres).strip()
    return Changement(Nature.CHAMP_REMPLI, bloc, bloc.rang, apres=words_, question=question)


def _key(mots: Iterable[Mot]) -> str:
    return "".join(m.cle for m in mots).strip()


def _text(mots: Iterable[Mot]) -> str:
    return "".join(m.texte for m in mots)


def _draft_words(text: str) -> list[Mot]:
    found: list[Mot] = []
    end = 0
    for field in _PLACEHOLDER.finditer(text):
        found += words(text[end : field.start()])
        found.append(Mot(CHAMP, field[0]))
        end = field.end()
    return found + words(text[end:])


def _units(body: Iterable[Bloc], known: set[str]) -> Iterator[_Unit]:
    """Yield the blocks to compare, as they were before pending changes."""
    for bloc in body:
        if not bloc.avant.strip():
            continue
        mots = _words_before(bloc)
        if "\n" in bloc.avant and bloc.revisions and _key(mots) not in known:
            lines = [_draft_words(line) for line in bloc.avant.split("\n") if line.strip()]
            if any(_key(line) in known for line in lines):
                yield from (_Unit(bloc, line) for line in lines)
                continue
        yield _Unit(bloc, mots)


def _words_before(bloc: Bloc) -> list[Mot]:
    """Return the words of a block before pending changes, each content control being one word."""
    pieces: list[Mot] = []
    rebuilt: list[str] = []
    told: set[int] = set()

    def tell(rank: int) -> None:
        champ = bloc.champs[rank]
        if rank not in told:
            told.add(rank)
            pieces.append(Mot(CHAMP, bloc.texte[champ.debut : champ.fin]))

    for start, end, struck in _steps(bloc):
        rebuilt.append(bloc.texte[start:end] if struck is None else struck)
        if struck is not None:
            within = _control_around(bloc, start, struck)
            if within is None:
                pieces += _draft_words(struck)
            else:
                tell(within)
            continue
        place = start
        for rank, champ in enumerate(bloc.champs):
            overlaps = champ.debut < end and champ.fin > start
            if (overlaps and champ.fin > place) or start <= champ.debut == champ.fin <= end:
                pieces += _draft_words(bloc.texte[place : max(champ.debut, place)])
                tell(rank)
                place = max(place, min(champ.fin, end))
        pieces += _draft_words(bloc.texte[place:end])
    return pieces if "".join(rebuilt) == bloc.avant else _draft_words(bloc.avant)


def _control_around(bloc: Bloc, place: int, struck: str) -> int | None:
    """Return the control whose words a revision strikes; None when it strikes words of the text."""
    for rank, champ in enumerate(bloc.champs):
        edge = champ.debut <= place <= champ.fin and _PLACEHOLDER.search(struck) is not None
        if edge or champ.debut < place < champ.fin:
            return rank
    return None


def _steps(bloc: Bloc) -> Iterator[tuple[int, int, str | None]]:
    """Yield the stretches of a block that were there before pending changes; those struck come with their words."""
    place = 0
    for revision in bloc.revisions:
        yield place, revision.debut, None
        place = revision.fin
        if not revision.insertion:
            yield place, place, revision.texte
    yield place, len(bloc.texte), None


def _fields(body: Iterable[Bloc]) -> list[Changement]:
    found: list[Changement] = []
    for bloc in body:
        for champ in bloc.champs:
            nature = Nature.CHAMP_VIDE if champ.vide else Nature.CHAMP_REMPLI
            answer = "" if champ.vide else bloc.texte[champ.debut : champ.fin]
            last = found[-1] if found else None
            whole = champ.debut == 0 and champ.fin == len(bloc.texte)
            continues = last is not None and last.bloc is not None and last.bloc.rang + 1 == bloc.rang
            if whole and continues and last is not None and _same_control(last, champ.chemin, nature):
                # One control over several paragraphs.
                found[-1] = replace(last, bloc=bloc, apres=f"{last.apres}\n{answer}")
                continue
            found.append(
                Changement(nature, bloc, bloc.rang, apres=answer, chemin=champ.chemin, question=champ.question)
            )
    return found


def _same_control(last: Changement, chemin: str, nature: Nature) -> bool:
    bloc = last.bloc
    if bloc is None or last.chemin != chemin or last.nature is not nature or nature is Nature.CHAMP_VIDE:
        return False
    return last.apres.endswith(bloc.texte) and bloc.cellule is None


def _revisions(blocs: Iterable[Bloc]) -> Iterator[Changement]:
    for bloc in blocs:
        answered = [(c.debut, c.fin) for c in bloc.champs if not c.vide]
        revisions = [r for r in bloc.revisions if not any(s <= r.debut and r.fin <= e for s, e in answered)]
        position = 0
        while position < len(revisions):
            first = revisions[position]
            second = revisions[position + 1] if position + 1 < len(revisions) else None
            position += 1
            struck, added = ("", first.texte) if first.insertion else (first.texte, "")
            if second is not None and _one_gesture(first, second):
                struck, added = (second.texte, added) if first.insertion else (struck, second.texte)
                position += 1
            yield Changement(Nature.REVISION, bloc, bloc.rang, struck, added, auteur=first.auteur, date=first.date)


def _one_gesture(first: Revision, second: Revision) -> bool:
    """Tell whether a deletion and an insertion are one replacement."""
    return first.insertion != second.insertion and first.fin == second.debut and first.auteur == second.auteur


def _comments(blocs: Iterable[Bloc]) -> Iterator[Changement]:
    for bloc in blocs:
        for remark in bloc.commentaires:
            if remark.auteur != AUTHOR:
                yield _comment(bloc, remark)


def _comment(bloc: Bloc, remark: CommentaireLu) -> Changement:
    return Changement(
        Nature.COMMENTAIRE,
        *(bloc, bloc.rang, bloc.texte[remark.debut : remark.fin]),
        auteur=remark.auteur,
        date=remark.date,
        texte=remark.texte,
    )
