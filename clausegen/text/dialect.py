"""The Markdown dialect of templates, read into one token tree.

On top of CommonMark with tables: `{ #ancre}` on the line above a heading names it, the class `.sans-numero` takes its
number away, `.dernier` gives it the number that the buyer reserves for the last article; `:::cartouche`, `:::encadre`,
`:::signatures` open a block that `:::` closes; marks of `slots` become facts, fields, comments and cross references;
« 1er » gets its superscript.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from clausegen.errors import ClausegenError
from clausegen.french.typography import typography
from clausegen.text.markdown import read_blocks
from clausegen.text.slots import MARK, OPEN, Slots
from clausegen.text.tree import Token

_KEPT, _LONGEST_KEPT = 8_192, 1_000
"""Runs of words that memory holds, and the characters of the longest: a batch meets the same ones again."""
_FIRST = re.compile(r"(?<!\d)1er(?=\W|$)")


def parse(
    markdown: str, slots: Slots, *, premier_article: int = 1, dernier_article: int | None = None
) -> tuple[Token, ...]:
    """Read a template's output into block tokens whose inline children hold the facts.

    Args:
        markdown: what the templates gave, facts as marks.
        slots: what the marks stand for.
        premier_article: number of the first numbered article.
        dernier_article: number of the article whose heading bears the class `dernier`; None to follow the others.

    Returns:
        Block tokens, headings numbered, marks swapped.

    Raises:
        ClausegenError: a cross reference names no heading of the piece: a fault of the template.
    """
    tokens: list[Token] = []
    own: list[tuple[int, list[str]]] = []
    for block, marks in read_blocks(markdown):
        if block.compose is None:
            block.compose = _composed(block.tokens)
        shared, places = block.compose
        own += [(len(tokens) + place, marks) for place in places]
        tokens += shared
    for place, _ in own:
        token = tokens[place]
        tokens[place] = Token(token.type, token.tag, token.nesting, token.attrs, token.content, token.children)
    numbers = number_headings(tokens, premier_article, dernier_article)
    for place, marks in own:
        if tokens[place].type == "inline":
            tokens[place].children = _expand(tokens[place].children or [], marks, slots, numbers)
    return tuple(tokens)


def _composed(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    """Return the tokens of a block in French typography, and the places of those that a text changes."""
    found: list[Token] = []
    places: list[int] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            places.append(place)
        elif token.type == "inline":
            children = token.children or []
            if any(OPEN in child.content for child in children):
                places.append(place)
            else:
                runs = (_runs(child.content) if child.type == "text" else (child,) for child in children)
                children = [run for several in runs for run in several]
                token = Token(token.type, token.tag, token.nesting, token.attrs, token.content, children)
        found.append(token)
    return tuple(found), tuple(places)


def number_headings(tokens: list[Token], premier_article: int, dernier_article: int | None) -> dict[str, str]:
    """Number the headings in place and return the number of each named heading."""
    counters = [premier_article - 1, 0, 0]
    numbers: dict[str, str] = {}
    for token in tokens:
        if token.type != "heading_open":
            continue
        level = int(token.tag[1]) - 2
        classes = str(token.attrs.get("class", "")).split()
        ancre = token.attrs.get("id")
        numero: str | None = None
        if 0 <= level < len(counters) and "sans-numero" not in classes:
            counters[level] += 1
            if "dernier" in classes and dernier_article is not None:
                counters[level] = max(counters[level], dernier_article)
            counters[level + 1 :] = [0] * (len(counters) - level - 1)
            numero = ".".join(str(n) for n in counters[: level + 1])
        token.meta = {"numero": numero, "ancre": str(ancre) if ancre else None}
        if ancre and numero:
            numbers[str(ancre)] = numero
    return numbers


def _expand(children: list[Token], marks: list[str], slots: Slots, numbers: dict[str, str]) -> list[Token]:
    found: list[Token] = []
    for child in children:
        if child.type == "text":
            found += (
                _split_marks(child.content, marks, slots, numbers) if OPEN in child.content else _runs(child.content)
            )
        else:
            found.append(child)
    return found


def _split_marks(text: str, marks: list[str], slots: Slots, numbers: dict[str, str]) -> list[Token]:
    """Swap marks for tokens; typography is applied across facts so that « 5 % » holds whoever wrote the 5."""
    found: list[Token] = []
    words = ""
    for part in _parts(text):
        if isinstance(part, str):
            words += part
            continue
        kind, number = part[0], int(marks[part[1]][2:-1])
        if kind == "f" and "\n" not in slots.faits[number]:
            words += slots.faits[number]
            continue
        for piece in _mark_tokens(kind, number, slots, numbers):
            if isinstance(piece, str):
                words += piece
                continue
            if words:
                # « article » and its number stay on one line.
                found += _runs(words, piece.type == "renvoi")
                words = ""
            found.append(piece)
    return found + list(_runs(words)) if words else found


@lru_cache(maxsize=_KEPT)
def _parts(text: str) -> tuple[str | tuple[str, int], ...]:
    """Return the words of a text and, between them, the kind and the number of its marks."""
    parts: list[str | tuple[str, int]] = []
    end = 0
    for match in MARK.finditer(text):
        parts += [text[end : match.start()], (match[1], int(match[2]))]
        end = match.end()
    return (*parts, text[end:])


def _mark_tokens(kind: str, number: int, slots: Slots, numbers: dict[str, str]) -> list[Token | str]:
    if kind == "f":
        lines = slots.faits[number].split("\n")
        tokens: list[Token | str] = []
        for position, line in enumerate(lines):
            if position:
                tokens.append(Token("hardbreak", "br", 0))
            tokens.append(line)
        return tokens
    if kind == "c":
        return [Token("champ", "", 0, meta={"champ": slots.champs[number]})]
    if kind in "ox":
        nesting = 1 if kind == "o" else -1
        name = "commentaire_open" if kind == "o" else "commentaire_close"
        return [Token(name, "", nesting, meta={"commentaire": slots.commentaires[number]})]
    ancre = slots.renvois[number]
    if ancre not in numbers:
        raise ClausegenError(
            f"Le gabarit renvoie à « {ancre} », qui n'est le nom d'aucun article numéroté de la pièce."
        )
    return [Token("renvoi", "", 0, content=numbers[ancre], meta={"ancre": ancre})]


def _runs(text: str, held: bool = False) -> tuple[Token, ...]:
    """Return the tokens of some words; those of the templates come back again and again."""
    return _kept_runs(text, held) if len(text) <= _LONGEST_KEPT else _new_runs(text, held)


def _new_runs(text: str, held: bool) -> tuple[Token, ...]:
    text = typography(text)
    if held and text.endswith(" "):
        text = f"{text[:-1]}\u00a0"  # « article » and its number stay on one line
    found: list[Token] = []
    end = 0
    for match in _FIRST.finditer(text):
        found += [Token("text", "", 0, content=text[end : match.start() + 1]), Token("exposant", "", 0, content="er")]
        end = match.end()
    if text[end:]:
        found.append(Token("text", "", 0, content=text[end:]))
    return tuple(found)


_kept_runs = lru_cache(maxsize=_KEPT)(_new_runs)
