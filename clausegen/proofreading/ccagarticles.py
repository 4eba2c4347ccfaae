"""Articles of a CCAG cited in a text: where they stand, of which CCAG, and whether that CCAG holds them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from clausegen.diagnostics import Niveau
from clausegen.french.grammar import enumeration
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.interface import Constat, Contexte, Controle
from clausegen.proofreading.matching import clear, folded, pattern, rows_of, sentence_at, speaks_of, trail
from clausegen.proofreading.sigles import names_ccag, sigles
from clausegen.reading.document import Bloc
from clausegen.record import dataclass
from clausegen.regex import late

_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,4}(?![\d-]|\.\d)"
_DETAIL = r"(?: ?\(?[a-j]\)|,? (?:alinéas?|al\.) ?\d+)?"
_LINK = (
    r"(?: ?, ?(?:et |ou )?| (?:et|ou|à|jusqu'à|ainsi que) | ?[-/;] ?)"
    r"(?:de |à )?(?:l'|les |aux |des )?(?:(?:articles?|arts?\.?) ?)?"
)
_LIST = rf"{_NUMBER}{_DETAIL}(?:{_LINK}{_NUMBER}{_DETAIL})*"
_HEAD = r"(?:articles?|arts?\.?) ?(?:n° ?)?"
_BEFORE = late(
    rf"\b{_HEAD}(?P<liste>{_LIST})(?: ?\([^()]{{0,80}}\)| ?«[^«»]{{0,80}}»)?,? ?"
    r"(?:du|des|de l'|dudit|desdits|au|aux|d'un|de ce|le)? ?(?:mêmes? |présents? |dits? )?$",
    re.IGNORECASE,
)
_AFTER = late(rf" ?[,(:]? ?(?:en |à |dans )?(?:son |ses |leurs? )?{_HEAD}(?P<liste>{_LIST})", re.IGNORECASE)
_CELL = late(rf"\s*(?:{_HEAD})?(?P<liste>{_LIST})", re.IGNORECASE)
_NUMBERS = late(rf"({_HEAD})?({_NUMBER})", re.IGNORECASE)
_JOINED = late(r" ?(?:,|et|ou|/|,? et|,? ou) ?(?:au |le |du |aux )?(?:C\.?C\.?A\.?G\.?[- /]*)?", re.IGNORECASE)
_BARE = late(r"\bC\.?C\.?A\.?G\b\.?", re.IGNORECASE)
_REACH = 260
_CONTINUED = 12
"""A lone number after « 16.1.4.2 et » is a neighbour of it up to there."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of a CCAG cited from `debut` to `fin` of a block.

    Args:
        debut, fin: its number.
        numero: the number, completed when the text abridges it.
        ccag: the CCAG named; empty when the text says « CCAG » alone.
    """

    debut: int
    fin: int
    numero: str
    ccag: tuple[str, ...]


def ccag_citations(bloc: Bloc, livre: Rulebook, ligne: str = "") -> Iterator[Citation]:
    """Yield the articles of a CCAG that a block cites, before or after its name, under its column or beside it.

    Args:
        bloc: the block.
        livre: the law.
        ligne: words of the other cells of its row.
    """
    text = clear(bloc.texte)
    groups = list(_groups(text, livre))
    starts, ends = [start for _, start, _ in groups], [end for _, _, end in groups]
    for bare in _BARE.finditer(text) if names_ccag(text) else ():
        rank = bisect_right(starts, bare.start()) - 1
        if rank < 0 or bare.start() >= ends[rank]:
            groups.append(((), *bare.span()))
    for ids, start, end in groups:
        origin = max(0, start - _REACH)
        if before := _BEFORE.search(text[origin:start]):
            yield from _numbers(before["liste"], origin + before.start("liste"), ids)
        elif after := _AFTER.match(text, end):
            yield from _numbers(after["liste"], after.start("liste"), ids)
    if bloc.cellule is not None and bloc.cellule.ligne > 0 and not groups:
        yield from _cell(bloc, bloc.cellule.entete, ligne, livre)


def _groups(text: str, livre: Rulebook) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield the CCAG named together (« CCAG-FCS, TIC et PI »), with the place of the whole."""
    current: list[tuple[str, int, int]] = []
    for found in sigles(text, livre):
        if current and not _JOINED.fullmatch(text, current[-1][2], found[1]):
            yield tuple(i for i, _, _ in current), current[0][1], current[-1][2]
            current = []
        current.append(found)
    if current:
        yield tuple(i for i, _, _ in current), current[0][1], current[-1][2]


def _cell(bloc: Bloc, header: str, row: str, livre: Rulebook) -> Iterator[Citation]:
    """A column « Article du CCAG-FCS » holds bare numbers; so does a cell beside one that only names a CCAG."""
    said, found = folded(header), _CELL.match(clear(bloc.texte))
    if found is None or "ccap" in said or not ("art" in said or folded(bloc.texte).lstrip().startswith("art")):
        return
    ids = tuple(ident for ident, _, _ in sigles(header if "ccag" in said else row, livre))
    if "ccag" in said or (len(ids) == 1 and found.end() == len(bloc.texte.rstrip())):
        yield from _numbers(found["liste"], found.start("liste"), ids)


def _numbers(liste: str, origin: int, ids: tuple[str, ...]) -> Iterator[Citation]:
    previous: list[str] = []
    for found in _NUMBERS.finditer(liste):
        parts = found[2].split(".")
        alone = len(parts) == 1 and not found[1] and len(previous) > 2 and int(parts[0]) <= _CONTINUED
        if alone and re.search(r"(?:al|\balinéas?)\.? ?$", liste[: found.start(2)]):
            continue
        if alone:
            parts = [*previous[:-1], parts[0]]
        yield Citation(origin + found.start(2), origin + found.end(2), ".".join(parts), ids)
        previous = parts


@dataclass(frozen=True, slots=True)
class _Table:
    """What the rule knows of the numbers of every CCAG."""

    livre: Rulebook
    controle: Controle

    def root(self, ccag: str) -> str:
        """Return the number of the article that holds the insertion clause."""
        return str(self.livre.ccag(ccag)["articles"]["clause"]).partition(".")[0]

    def known(self, ccag: str) -> set[str]:
        """Return the numbers that were read outside that article."""
        entry = self.livre.ccag(ccag)
        numbers = {*entry["articles"].values(), *entry["autres"].values()}
        return {str(n) for n in numbers if n} | set(self.controle.donnees["connus"][ccag])

    def owners(self, rest: str, head: str) -> list[str]:
        """Return the CCAG whose insertion clause bears a number."""
        in_clause = rest in self.controle.donnees["arbre"] and rest.partition(".")[0] == "1"
        return [c for c in self.controle.donnees["dernier"] if in_clause and self.root(c) == head]

    def named(self, idents: list[str]) -> str:
        """Return « CCAG-FCS, CCAG-PI et CCAG-TIC »."""
        return enumeration([str(self.livre.ccag(c)["sigle"]) for c in idents])


def wrong_articles(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the articles of a CCAG that it does not hold, or that are the insertion clause of another."""
    if contexte.jour is not None and contexte.jour < controle.donnees["depuis"]:
        return
    table = _Table(contexte.livre, controle)
    rows = rows_of(contexte.document.blocs)
    for bloc, above in trail(contexte.document.blocs):
        beside = rows[bloc.cellule.tableau, bloc.cellule.ligne] if bloc.cellule is not None else ""
        citations = tuple(ccag_citations(bloc, contexte.livre, beside))
        around = bool(citations) and (
            contexte.piece is not None or speaks_of(controle.donnees["insertion"], bloc, above)
        )
        for citation in citations:
            phrase = sentence_at(bloc, citation.debut).texte
            if pattern(controle.donnees["autre_texte"]).search(phrase):
                continue
            topic = pattern(controle.donnees["insertion"])
            said = bool(topic.search(phrase)) and not pattern(controle.donnees["retard"]).search(phrase)
            faults = [_fault(table, ccag, citation.numero, said, around) for ccag in citation.ccag or contexte.ccag]
            wrong = [fault for fault in faults if fault is not None]
            if wrong and (citation.ccag or len(wrong) == len(faults)):
                yield Constat(bloc, citation.debut, citation.fin, *wrong[0])
            elif citation.ccag and (doubt := _other_subject(table, citation, phrase)):
                yield Constat(bloc, citation.debut, citation.fin, doubt, Niveau.AVERTISSEMENT)


def _other_subject(table: _Table, citation: Citation, phrase: str) -> str | None:
    """Return a doubt when the sentence is about one subdivision of the clause and its number is of another."""
    head, _, rest = citation.numero.partition(".")
    if rest.count(".") == 0 or any(table.root(c) != head for c in citation.ccag) or rest[0] != "1":
        return None
    donnees = table.controle.donnees
    said = [part for part, words in donnees["sujets"].items() if pattern(words).search(phrase)]
    if len(said) != 1 or rest == said[0] or rest.startswith(f"{said[0]}."):
        return None
    own, other = donnees["objets"][rest], donnees["objets"][said[0]]
    return (
        f"La phrase traite de « {other} », et l'article {citation.numero} de « {own} ». "
        f"Vérifier s'il faut viser l'article {head}.{said[0]}."
    )


def _fault(table: _Table, ccag: str, numero: str, said: bool, around: bool) -> tuple[str, Niveau] | None:
    """Return what is wrong with a number, and how sure it is.

    Args:
        table: the numbers of every CCAG.
        ccag: the CCAG that the text names.
        numero: the number.
        said: whether the sentence is about insertion.
        around: whether the block or its headings are.
    """
    head, _, rest = numero.partition(".")
    donnees, sigle = table.controle.donnees, table.livre.ccag(ccag)["sigle"]
    root = table.root(ccag)
    if head == root:
        if rest in donnees["arbre"]:
            return None
        nearest = next(r for r in _parents(rest) if r in donnees["arbre"])
        known = f"{root}.{nearest}" if nearest else root
        said_of = f"l'article {known} (« {donnees['objets'][nearest]} ») n'a pas cette subdivision"
        return f"L'article {numero} n'existe pas dans le {sigle} : {said_of}. Vérifier le numéro.", Niveau.ERREUR
    owners = table.owners(rest, head)
    right = f"{root}.{rest}"
    read = numero in table.known(ccag)
    if owners and (said or (around and not read)):
        sure = not read and (said or "." in rest)
        where = f"dans les {table.named(owners)}" if len(owners) > 1 else f"dans le {table.named(owners)}"
        there = f"L'article {numero} traite de « {donnees['objets'][rest]} » {where}"
        message = f"{there} ; dans le {sigle}, c'est l'article {right}."
        return message, Niveau.ERREUR if sure else Niveau.AVERTISSEMENT
    if int(head) > donnees["dernier"][ccag]:
        last = donnees["dernier"][ccag]
        return f"Le {sigle} s'arrête à l'article {last} : l'article {numero} est à vérifier.", Niveau.AVERTISSEMENT
    return None


def _parents(rest: str) -> Iterator[str]:
    parts = rest.split(".")
    for length in range(len(parts) - 1, -1, -1):
        yield ".".join(parts[:length])
