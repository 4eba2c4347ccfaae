"""What a text still names and no longer exists: repealed texts, bodies and schemes under an old name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from clausegen.diagnostics import Niveau
from clausegen.french.dates import en_lettres
from clausegen.french.typography import plain
from clausegen.proofreading.interface import Constat, Contexte, Controle
from clausegen.proofreading.matching import clear, folded, hits, pattern, quoted, sentence_at, speaks_of
from clausegen.reading.document import Bloc
from clausegen.regex import late

_ARTICLES = late(
    r"\b(?:articles?|arts?\.?) (?P<numeros>\d+(?:-\d+|-[iv]+)*(?:(?: ?, ?| et | ou | a )\d+)*)"
    r"(?:[- ](?:i{1,3}|iv|v)\b)? "
    r"(?:du|de la|de l'|des) ?$"
)
_REACH = 60
_SIGLE = 3
_SURE = "non-verifie"


def repealed_texts(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the repealed texts that a document still cites, with the articles cited of them."""
    due = [e for e in controle.donnees["textes"] if _due(e["depuis"], contexte.jour)]
    anything = pattern([word for entry in due for word in entry["termes"]]) if due else None
    for bloc in contexte.document.blocs:
        if anything is None or not anything.search(folded(bloc.texte)):
            continue
        taken: list[tuple[int, int]] = []
        for entry in due:
            for found in hits(bloc, entry["termes"]):
                start, numbers = _with_articles(bloc, found.start())
                place = (start, found.end())
                if any(a < place[1] and place[0] < b for a, b in taken) or (entry.get("article") and not numbers):
                    continue
                if _past(bloc, found, controle.donnees["sauf"]) or not speaks_of(entry.get("pres", [""]), bloc):
                    continue
                taken.append(place)
                niveau = Niveau(entry["niveau"]) if "niveau" in entry else None
                yield Constat(bloc, *place, _repealed(entry, numbers), niveau)


def _with_articles(bloc: Bloc, start: int) -> tuple[int, tuple[str, ...]]:
    """Return where the citation begins, articles included, and the numbers of those."""
    origin = max(0, start - _REACH)
    found = _ARTICLES.search(folded(bloc.texte)[origin:start])
    if found is None:
        return start, ()
    return origin + found.start(), tuple(re.findall(r"\d+", found["numeros"]))


def _past(bloc: Bloc, found: re.Match[str], words: list[str]) -> bool:
    """Tell whether the text is named as a thing of the past, in the same sentence."""
    return pattern(words).search(sentence_at(bloc, found.start()).texte) is not None


def _repealed(entry: Mapping[str, Any], numbers: tuple[str, ...]) -> str:
    table = entry.get("articles", {})
    known = [f"l'article {n} répond aujourd'hui à {table[n]}" for n in numbers if n in table]
    advice = f" D'après la table de reprise, {', '.join(known)}." if known else " Citer le texte en vigueur."
    gone = f"Le texte cité ({entry['nom']}) ne vaut plus depuis le {en_lettres(entry['depuis'])}."
    return gone + advice


def outdated_names(contexte: Contexte, controle: Controle) -> Iterator[Constat]:
    """Yield the names that were no longer in use on the day of the law, unless given beside the new one."""
    entries: Mapping[str, Any] = contexte.livre.donnees["noms/perimes"]["perimes"]
    due = {ident: e for ident, e in entries.items() if _due(e["depuis"], contexte.jour)}
    words = {ident: _forms(e, controle.donnees["formes"].get(ident, ())) for ident, e in due.items()}
    anything = pattern([form for exact, others in words.values() for form in (*map(folded, exact), *others)])
    official = _quotable(contexte)
    for bloc in contexte.document.blocs:
        if not anything.search(folded(bloc.texte)):
            continue
        spared = _quotations(bloc, official)
        taken: list[tuple[int, int]] = []
        for ident, entry in due.items():
            for start, end in _places(bloc, *words[ident]):
                if any(a < end and start < b for a, b in taken) or any(a <= start and end <= b for a, b in spared):
                    continue
                near = controle.donnees["contexte"].get(ident)
                if near and end - start <= _SIGLE and not pattern(near).search(folded(bloc.texte)):
                    continue
                if not _named_as_old(bloc, start, end, controle.donnees):
                    taken.append((start, end))
                    yield Constat(bloc, start, end, *_outdated(entry, bloc.texte[start:end]))


def _due(depuis: date | None, jour: date | None) -> bool:
    return depuis is None or jour is None or depuis <= jour


def _forms(entry: Mapping[str, Any], forms: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the forms of a name that are looked for as they are (« CAT », when case counts), and the others."""
    exact = tuple(str(t) for t in entry["termes"] if entry.get("casse") and t.isupper())
    others = (re.escape(clear(t)).replace(r"\ ", " ") for t in entry["termes"] if t not in exact)
    return exact, (*others, *forms)


def _places(bloc: Bloc, exact: tuple[str, ...], others: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where a name stands."""
    if exact:
        for found in _exact(exact).finditer(clear(bloc.texte)):
            yield found.span()
    if others:
        for found in hits(bloc, others):
            yield found.span()


@cache
def _exact(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _named_as_old(bloc: Bloc, start: int, end: int, donnees: Mapping[str, Any]) -> bool:
    text, reach = folded(bloc.texte), int(donnees["portee"])
    before = re.compile(rf"(?<!\w)(?:{'|'.join(map(folded, donnees['avant']))}) ?(?:les? |la |l'|des? |du )*[«\"]? ?$")
    after = re.compile(rf" ?[»\"]?(?:{'|'.join(map(folded, donnees['apres']))})")
    digits = re.compile("|".join(donnees["suite"]))
    if before.search(text[max(0, start - reach) : start]) or after.match(text, end):
        return True
    return bloc.texte[start:end].isupper() and end - start <= _SIGLE and digits.match(text, end) is not None


@cache
def _citations(texts: tuple[str, ...]) -> str:
    return "\n".join(plain(t) for t in texts)


def _quotable(contexte: Contexte) -> str:
    """Return every quotation of the base, one a line."""
    texts = [
        str(c["texte"])
        for key, content in contexte.livre.donnees.items()
        if key.startswith("citations/")
        for c in content["citations"].values()
    ]
    return _citations(tuple(texts))


def _quotations(bloc: Bloc, official: str) -> list[tuple[int, int]]:
    """Return the quotations that may keep an old name: those of the base, and a bare name between marks."""
    found = []
    for start, end in quoted(bloc.texte):
        words = plain(bloc.texte[start:end])
        if len(words.split()) < 4 or words in official:
            found.append((start, end))
    return found


def _outdated(entry: Mapping[str, Any], written: str) -> tuple[str, Niveau | None]:
    since = f" depuis le {en_lettres(entry['depuis'])}" if entry["depuis"] else ""
    successor = entry["successeur"]
    advice = f"écrire « {successor} »." if successor else "ne pas l'invoquer."
    note = f" {entry['note']}" if entry.get("note") and successor else ""
    unsure = entry["confiance"] == _SURE
    check = " La date est à vérifier." if unsure and entry["depuis"] else ""
    gone = "n'a plus cours" if entry["depuis"] else "n'est pas le nom exact"
    return f"« {plain(written)} » {gone}{since} : {advice}{note}{check}", Niveau.AVERTISSEMENT if unsure else None
