"""The Markdown dialect of templates, read into one token tree.

On top of CommonMark with tables: `{ #ancre}` on the line above a heading names it, the class `.sans-numero` takes its
number away, `.dernier` gives it the number that the buyer reserves for the last article; `:::cartouche`, `:::encadre`,
`:::signatures` open a block that `:::` closes; marks of `slots` become facts, fields, comments and cross references;
« 1er » gets its superscript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausegen.errors import ClausegenError
from clausegen.french.typography import typography
from clausegen.text.markdown import read_blocks
from clausegen.text.slots import MARK, Slots
from clausegen.text.tree import Token

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
    blocks = list(read_blocks(markdown))
    tokens = [token for block, _ in blocks for token in block]
    numbers = number_headings(tokens, premier_article, dernier_article)
    for block, marks in blocks:
        for token in block:
            if token.type == "inline":
                token.children = list(_expand(token.children or [], marks, slots, numbers))
    return tuple(tokens)


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


def _expand(children: list[Token], marks: list[str], slots: Slots, numbers: dict[str, str]) -> Iterator[Token]:
    for child in children:
        if child.type == "text":
            yield from _split_marks(child.content, marks, slots, numbers)
        else:
            yield child


def _split_marks(text: str, marks: list[str], slots: Slots, numbers: dict[str, str]) -> Iterator[Token]:
    """Swap marks for tokens; typography is applied across marks so that « 5 % » holds whoever wrote the 5."""
    pieces: list[Token | str] = []
    end = 0
    for match in MARK.finditer(text):
        pieces.append(text[end : match.start()])
        pieces.extend(_mark_tokens(match[1], int(marks[int(match[2])][2:-1]), slots, numbers))
        end = match.end()
    pieces.append(text[end:])
    yield from typeset(pieces)


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


def typeset(pieces: list[Token | str]) -> Iterator[Token]:
    """Apply French typography to the text of a run, then set « er » of « 1er » apart."""
    joined: list[Token | str] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    for position, piece in enumerate(joined):
        if isinstance(piece, Token):
            yield piece
            continue
        text = typography(piece)
        follower = joined[position + 1] if position + 1 < len(joined) else None
        if isinstance(follower, Token) and follower.type == "renvoi" and text.endswith(" "):
            text = f"{text[:-1]}\u00a0"  # « article » and its number stay on one line
        end = 0
        for match in _FIRST.finditer(text):
            yield Token("text", "", 0, content=text[end : match.start() + 1])
            yield Token("exposant", "", 0, content="er")
            end = match.end()
        if text[end:]:
            yield Token("text", "", 0, content=text[end:])
