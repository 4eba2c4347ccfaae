"""Articles of codes cited in a text: where they stand, of which code, and whether they are in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from clausegen.diagnostics import Niveau
from clausegen.french.articles import numero as usual
from clausegen.french.dates import en_lettres
from clausegen.law.dating import in_force
from clausegen.law.rulebook import Rulebook
from clausegen.proofreading.interface import Constat, Contexte, Controle
from clausegen.proofreading.matching import clear, folded
from clausegen.reading.document import Bloc
from clausegen.record import dataclass
from clausegen.regex import late

_SOURCES = "sources/"
_ONE = r"(?:l\.? ?o|[lrda])\.? ?\*? ?\d{1,4}(?:- ?\d{1,3})*"
_LINK = (
    r"(?: ?, ?(?:et |ou )?| (?:et|ou|a|jusqu'a|ainsi que) | ?[-/;] ?)"
    r"(?:de |a )?(?:l'|les |aux |des )?(?:articles? )?"
)
_SHORT = r"-\d{1,3}(?:-\d{1,3})*"
_DETAIL = r"(?: ?\([^()]{0,40}\)|,? (?:alineas?|al\.) ?\d+|,? \d°|,? i{1,3}\b)?"
_LIST = late(
    r"(?<![\w.-])(?P<mot>(?:articles?|arts?\.?) )?"
    rf"(?P<liste>{_ONE}{_DETAIL}(?:{_LINK}(?:{_ONE}|{_SHORT}){_DETAIL})*)(?![\w-])"
)
_EACH = late(rf"{_ONE}|(?<![\d-]){_SHORT}")
_BETWEEN = r"(?: ?\([^()]{0,60}\))?[,;]? ?\(?(?:du |de la |de l'|dudit |susvises? )*"
_BARE = late(r"[LRDA]\. \d{4}-\d")
OTHER_CODE = "autre"


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of a code cited from `debut` to `fin` of a block.

    Args:
        debut, fin: its number.
        numero: the number in its usual form, « L. 2112-2 ».
        code: the file of `rules/sources` of the code named; `autre` for a code that the base does not hold; None when
            the text names none.
    """

    debut: int
    fin: int
    numero: str
    code: str | None


def code_citations(bloc: Bloc, donnees: Mapping[str, Any]) -> Iterator[Citation]:
    """Yield the articles of codes that a block cites.

    Args:
        bloc: the block.
        donnees: those of rule R19: the names of the codes.
    """
    text, written = folded(bloc.texte), clear(bloc.texte)
    if not any(map(str.isdecimal, text)):
        return
    cited = list(_LIST.finditer(text))
    if not cited:
        return
    after = _codes(tuple((ident, tuple(entry["noms"])) for ident, entry in donnees["codes"].items()))
    same = re.compile(_BETWEEN + rf"(?:{'|'.join(folded(w) for w in donnees['meme'])})\b")
    other = re.compile(_BETWEEN + rf"(?:{'|'.join(donnees['autres'])})\b")
    last: str | None = None
    for found in cited:
        named = after.match(text, found.end())
        if named is not None:
            code: str | None = named.lastgroup
            last = code
        elif same.match(text, found.end()):
            code = last
        elif other.match(text, found.end()):
            code = OTHER_CODE
        else:
            code = None
        for start, end, number in _each(found["liste"], found.start("liste"), written):
            if found["mot"] or code or _BARE.match(number):
                yield Citation(start, end, number, code)


@cache
def _codes(names: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    forms = "|".join(f"(?P<{ident}>{'|'.join(folded(w) for w in words)})" for ident, words in names)
    return re.compile(rf"{_BETWEEN}(?:{forms})(?!\w)")


def _each(liste: str, origin: int, written: str) -> Iterator[tuple[int, int, str]]:
    previous = ""
    for found in _EACH.finditer(liste):
        start, end = origin + found.start(), origin + found.end()
        words = re.sub(r"- ", "-", written[start:end])
        if words.startswith("-"):
            words = previous.rpartition("-")[0] + words if previous.count("-") else previous + words
        number = usual(re.sub(r"^([LRDAlrda])\.? ?\*? ?", lambda m: f"{m[1].upper()}. ", words))
        yield start, end, number
        previous = number


def held(livre: Rulebook) -> Mapping[tuple[str, str], dict[date, Any]]:
    """Return the dated versions of every numbered article of the base, by file of `rules/sources` and number."""
    return {
        (key.removeprefix(_SOURCES), usual(entry["article"])): entry["versions"]
        for key, content in livre.donnees.items()
        if key.startswith(_SOURCES)
        for entry in content["sources"].values()
        if entry.get("article")
    }


def dead_articles(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the articles of codes that cannot exist, that belong to another code, or that are not in force."""
    cited = [(bloc, one) for bloc in contexte.document.blocs for one in code_citations(bloc, controle.donnees)]
    # Most texts cite nothing, and the table is long to build.
    base = held(contexte.livre) if cited else {}
    for bloc, citation in cited:
        fault = _fault(citation, base, contexte.jour, controle.donnees)
        if fault is not None:
            yield Constat(bloc, citation.debut, citation.fin, *fault)


def _fault(
    citation: Citation, base: Mapping[tuple[str, str], dict[date, Any]], jour: date | None, donnees: Mapping[str, Any]
) -> tuple[str, Niveau] | None:
    codes = donnees["codes"]
    owners = [ident for ident in codes if (ident, citation.numero) in base]
    if citation.code == OTHER_CODE:
        return None
    if citation.code is None and len(owners) != 1:
        return None
    code = citation.code or owners[0]
    name = f"L'article {citation.numero} {codes[code]['complement']}"
    if code in owners:
        return _out_of_force(name, base[code, citation.numero], jour, codes[code]["naissances"])
    elsewhere = f" L'article {citation.numero} est un article {codes[owners[0]]['complement']}." if owners else ""
    numbering = donnees["numeros"].get(code)
    if numbering and not re.fullmatch(numbering["possible"], folded(citation.numero)):
        return f"{name} ne peut pas exister : ce code a un {numbering['forme']}.{elsewhere}", Niveau.ERREUR
    if owners:
        return f"{name} n'est pas connu.{elsewhere} Vérifier le code.", Niveau.AVERTISSEMENT
    chapter, _, rest = citation.numero.partition("-")
    last = donnees["derniers"].get(chapter) if code == "ccp" else None
    if last is not None and "-" in rest and (code, citation.numero.rpartition("-")[0]) in base:
        message = (
            f"{name} est à vérifier : la base tient l'article {citation.numero.rpartition('-')[0]}, sans celui-ci."
        )
        return message, Niveau.AVERTISSEMENT
    if last is not None and int(rest.partition("-")[0] or 0) > last:
        message = f"{name} est à vérifier : ce chapitre s'arrête, d'après la base, à {chapter}-{last}."
        return message, Niveau.AVERTISSEMENT
    return None


def _out_of_force(
    name: str, versions: Mapping[date, Any], jour: date | None, births: bool
) -> tuple[str, Niveau] | None:
    if jour is None or in_force(versions, jour) is not None:
        return None
    first = min(versions)
    day = en_lettres(jour)
    if jour < first:
        if not births or versions[first]["confiance"] != "texte-vu":
            return None
        born = f"{name} n'est en vigueur que depuis le {en_lettres(first)}"
        return f"{born} : il ne s'applique pas au {day}. Ne pas le citer.", Niveau.ERREUR
    end = max(d for d, v in versions.items() if v == "fin" and d <= jour)
    return f"{name} n'est plus en vigueur depuis le {en_lettres(end)} : il ne s'applique pas au {day}.", Niveau.ERREUR
