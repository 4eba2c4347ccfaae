"""The page of each diagnostic code, from `rules/codes` and `rules/relecture`: for the terminal, SARIF and the docs.

`python -m clausegen.reports.codepages > docs/codes.md` rewrites the documentation.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from clausegen.files.nearest import folded
from clausegen.french.typography import typography
from clausegen.law.references import CCAG_PREFIX, References
from clausegen.law.rule import Regle, ids
from clausegen.law.rulebook import Rulebook, rulebook
from clausegen.record import dataclass

FAMILLES = {
    "F": "Forme de la description",
    "C": "Cohérence de la description",
    "D": "Droit",
    "H": "Heures et pénalités",
    "Q": "Questions",
    "S": "Style de la description",
    "A": "Avis et plans d'achat",
    "I": "Importation d'un avis",
    "E": "Lecture et écriture des fichiers",
    "L": "Fichiers de règles",
    "R": "Relecture des pièces",
}
"""First letter of a code, and what its codes are about, in the order of the documentation."""
_CODES, _RELECTURE = "codes/", "relecture/"
_SHAPE = re.compile(r"[A-Z]\d{2,3}")
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be known of a code.

    Args:
        code: such as « D101 ».
        titre: what is wrong, in a few words.
        explication: why it is.
        remede: what to do.
        depuis: version that brought it.
        fondements: texts behind it: those that its page names, and those of the rules that conclude by it.
        regles: ids of those rules.
        mauvais, bon: an example of what is wrong, and the same put right; empty when there is none.
    """

    code: str
    titre: str
    explication: str
    remede: str
    depuis: str
    fondements: tuple[str, ...] = ()
    regles: tuple[str, ...] = ()
    mauvais: str = ""
    bon: str = ""


def pages(livre: Rulebook) -> dict[str, Page]:
    """Return the page of every code, family by family."""
    references, ruled = References(livre, None, None), _ruled(livre)
    found: dict[str, Page] = {}
    for key, content in livre.donnees.items():
        if key.startswith(_CODES):
            found |= {code: _page(code, entry, references, ruled) for code, entry in content["codes"].items()}
        elif key.startswith(_RELECTURE):
            code = key.removeprefix(_RELECTURE)
            found[code] = _page(code, content, references, ruled)
    order = list(FAMILLES)
    return dict(sorted(found.items(), key=lambda item: (_rank(item[0], order), item[0])))


def _rank(code: str, order: list[str]) -> int:
    return order.index(code[0]) if code[0] in order else len(order)


def _ruled(livre: Rulebook) -> dict[str, list[tuple[str, Regle]]]:
    """Return the rules whose versions conclude by each code."""
    found: dict[str, list[tuple[str, Regle]]] = {}
    for ident, regle in livre.regles.get("controles", {}).items():
        issues = [v.alors for v in regle.versions.values() if not isinstance(v, str)]
        for code in dict.fromkeys(issue.code for issue in issues if issue.code):
            found.setdefault(code, []).append((ident, regle))
    return found


def _page(
    code: str, entry: Mapping[str, Any], references: References, ruled: Mapping[str, list[tuple[str, Regle]]]
) -> Page:
    texts = {key: " ".join(str(entry.get(key, "")).split()) for key in ("titre", "explication", "remede", "depuis")}
    examples = {key: str(entry.get(key, "")).strip() for key in ("mauvais", "bon")}
    rules = ruled.get(code, [])
    idents = list(ids(entry.get("source", ())))
    idents += [s for _, r in rules for v in r.versions.values() if not isinstance(v, str) for s in v.source]
    # An article of a CCAG has no number without a market.
    grounds = references.citations(ident for ident in idents if not ident.startswith(CCAG_PREFIX))
    return Page(code, **texts, fondements=grounds, regles=tuple(ident for ident, _ in rules), **examples)


def page_text(page: Page) -> str:
    """Return a page in plain text."""
    parts = [typography(f"{page.code} : {page.titre}"), typography(page.explication)]
    if page.fondements:
        parts.append(typography(f"Fondements : {' ; '.join(page.fondements)}."))
    parts += [typography(f"La règle : clausegen rules show {regle}") for regle in page.regles]
    # An example is made to be copied: its characters stay those of YAML.
    if page.mauvais:
        parts.append(f"{typography('À ne pas écrire :')}\n\n{_indented(page.mauvais)}")
    if page.bon:
        parts.append(f"{typography('À écrire :')}\n\n{_indented(page.bon)}")
    parts.append(typography(f"Que faire : {page.remede}\nDepuis la version {page.depuis}."))
    return "\n\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def page_markdown(page: Page) -> str:
    """Return the body of a page in Markdown, without its title."""
    parts = [typography(page.explication)]
    if page.fondements:
        parts.append(typography(f"Fondements : {' ; '.join(page.fondements)}."))
    parts += [typography(f"La règle : `clausegen rules show {regle}`") for regle in page.regles]
    if page.mauvais:
        parts.append(f"{typography('À ne pas écrire :')}\n\n```yaml\n{page.mauvais}\n```")
    if page.bon:
        parts.append(f"{typography('À écrire :')}\n\n```yaml\n{page.bon}\n```")
    parts.append(typography(f"**Que faire :** {page.remede}"))
    return "\n\n".join(parts)


def list_text(known: Mapping[str, Page]) -> str:
    """Return every code with its title, family by family."""
    blocks = []
    for heading, members in _families(known.values()):
        blocks.append("\n".join([heading, *(f"  {page.code}  {typography(page.titre)}" for page in members)]))
    return "\n\n".join([*blocks, typography("La page d'un code : clausegen check --expliquer CODE")])


def _families(known: Iterable[Page]) -> list[tuple[str, list[Page]]]:
    return [
        (FAMILLES.get(letter, f"Codes {letter}"), list(members))
        for letter, members in groupby(known, key=lambda page: page.code[0])
    ]


def suggestions(asked: str, known: Mapping[str, Page]) -> list[Page]:
    """Return the codes that someone probably meant: near ones, a family by its letter, or a word of their titles."""
    if asked in FAMILLES:
        return [page for code, page in known.items() if code.startswith(asked)]
    digits = asked.replace("O", "0")
    if _SHAPE.fullmatch(digits):
        siblings = [code for code in known if code.startswith(digits[0])]
        return [known[code] for code in sorted(siblings, key=lambda code: _distance(code, digits))[:_NEAR]]
    word = folded(asked)
    titled = [page for page in known.values() if word and word in folded(page.titre)]
    return titled or [known[code] for code in get_close_matches(digits, known, n=_NEAR, cutoff=0.6)]


def _distance(code: str, other: str) -> tuple[int, str]:
    return abs(int(code[1:]) - int(other[1:])), code


def markdown(livre: Rulebook) -> str:
    """Return the documentation of all codes."""
    lines = [
        "# Les codes de constat",
        "",
        typography(
            "Ce fichier est écrit par `python -m clausegen.reports.codepages > docs/codes.md`, d'après `rules/codes/` "
            "et `rules/relecture/` : c'est là que les pages se corrigent. `clausegen check --expliquer CODE` montre "
            "la même page dans le terminal, `clausegen check --expliquer tous` la liste."
        ),
        "",
    ]
    for heading, members in _families(pages(livre).values()):
        lines += [f"## {heading}", ""]
        for page in members:
            lines += [typography(f"### {page.code} : {page.titre}"), "", page_markdown(page), ""]
            lines += [typography(f"Depuis la version {page.depuis}."), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(markdown(rulebook()).encode())
