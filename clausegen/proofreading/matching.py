"""Words looked for whatever spaces, apostrophes, hyphens, capitals and accents they are typed with; places are kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from clausegen.proofreading.motif import Motif
from clausegen.reading.document import Bloc
from clausegen.record import dataclass
from clausegen.regex import late

_SPACES = "\t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_APOSTROPHES = "\u2018\u2019\u02bc\u2032\u00b4`"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"
_CLEAR = {ord(c): " " for c in _SPACES} | {ord(c): "'" for c in _APOSTROPHES} | {ord(c): "-" for c in _HYPHENS}
_LATIN = "".join(map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))))


def _base(character: str) -> str:
    first = unicodedata.normalize("NFD", character)[0].lower()
    return first if len(first) == 1 else character


_FOLDED = _CLEAR | {ord(c): _base(c) for c in _LATIN}
_ENDS = late(r"[.!?] +(?=[^a-zà-öø-ÿœ])|; *|\n+")
_QUOTES = late(r"«\s*([^«»]*?)\s*»|“\s*([^“”]*?)\s*”")
_REACH = 600
_ESCAPES = late(r"\\.|[^\\]+")
_ABBREVIATION = late(r"(?:^|[\s('])(?:arts?|al|cf|ex|[lrdanmp]|lo|mme|mm|n)\.? $", re.IGNORECASE)


@lru_cache(maxsize=8192)
def clear(text: str) -> str:
    """Return a text with plain spaces, apostrophes and hyphens, capitals and accents kept, of the same length."""
    return text.translate(_CLEAR)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return a clear text in small letters without accents, of the same length."""
    return text.translate(_FOLDED)


@cache
def _bounded(words: tuple[str, ...]) -> Motif:
    forms = tuple(map(_flexible, words))
    return Motif(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", forms)


@cache
def alternatives(words: tuple[str, ...]) -> Motif:
    """Return what finds any of some regular expressions, as they are, in any text."""
    return Motif("|".join(words), words)


def _flexible(word: str) -> str:
    """Return a regular expression folded, its escapes left alone, in which a space stands for any run of spaces."""
    plain = _ESCAPES.sub(lambda m: m.group() if m.group().startswith("\\") else folded(m.group()), word)
    return re.sub(" +", r"\\s+", plain.replace(" ?", r"\s*"))


def pattern(words: str | Iterable[str]) -> Motif:
    """Return what finds any of some words in a folded text.

    Args:
        words: regular expressions of a rule file, with accents or not; a space stands for any run of spaces.
    """
    return _bounded((words,) if isinstance(words, str) else tuple(words))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of a block.

    Args:
        debut: its first character in the block.
        texte: its folded words.
    """

    debut: int
    texte: str


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[Phrase, ...]:
    plain, found, start = folded(text), [], 0
    for end in _ENDS.finditer(text.replace("\u00a0", " ").replace("\u202f", " ")):
        if plain[end.start()] == "." and _ABBREVIATION.search(plain[max(start, end.start() - 8) : end.start()] + ". "):
            continue
        found.append(Phrase(start, plain[start : end.end()]))
        start = end.end()
    found.append(Phrase(start, plain[start:]))
    return tuple(found)


def sentences(bloc: Bloc) -> tuple[Phrase, ...]:
    """Return the sentences of a block, folded; a semicolon ends one, the point of « art. L. 12 » does not."""
    return _sentences(bloc.texte)


def sentence_at(bloc: Bloc, place: int) -> Phrase:
    """Return the sentence of a block that holds a character; of one without end, what is near."""
    found = sentences(bloc)
    phrase = found[max(0, bisect_right(found, place, key=lambda p: p.debut) - 1)]
    if len(phrase.texte) <= 2 * _REACH:
        return phrase
    start = max(0, place - phrase.debut - _REACH)
    return Phrase(phrase.debut + start, phrase.texte[start : place - phrase.debut + _REACH])


def hits(bloc: Bloc, words: str | Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield where some words of a rule file stand in a block."""
    return pattern(words).finditer(folded(bloc.texte))


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches between quotation marks, French or curly, the marks and their spaces left out."""
    return tuple(m.span(m.lastindex or 0) for m in _QUOTES.finditer(text))


def speaks_of(words: Iterable[str], bloc: Bloc, above: Iterable[Bloc] = ()) -> bool:
    """Tell whether a block or one of the headings above it holds one of some words."""
    wanted = pattern(words)
    return any(wanted.search(folded(one.texte)) for one in (bloc, *above))


def trail(blocs: Sequence[Bloc]) -> Iterator[tuple[Bloc, tuple[Bloc, ...]]]:
    """Yield each block with the headings above it, from the article down, itself left out."""
    chain: tuple[Bloc, ...] = ()
    for bloc in blocs:
        if bloc.niveau is not None:
            chain = tuple(b for b in chain if (b.niveau or 0) < bloc.niveau)
        yield bloc, chain
        if bloc.niveau is not None:
            chain = (*chain, bloc)


def rows_of(blocs: Iterable[Bloc]) -> dict[tuple[int, int], str]:
    """Return the words of every row of every table, by rank of the table and of the row."""
    found: dict[tuple[int, int], list[str]] = {}
    for bloc in blocs:
        if bloc.cellule is not None:
            found.setdefault((bloc.cellule.tableau, bloc.cellule.ligne), []).append(bloc.texte)
    return {key: " | ".join(texts) for key, texts in found.items()}
