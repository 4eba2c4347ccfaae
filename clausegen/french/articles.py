"""Article numbers as French lawyers write them: « art. L. 2113-12 », read, written, sorted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clausegen.french.grammar import enumeration
from clausegen.record import dataclass
from clausegen.regex import late

# Statutes first, then decrees in Council of State, simple decrees, orders; articles without a letter come last.
_ORDRE = {"L": 0, "LO": 1, "R": 2, "D": 3, "A": 4, "": 5}

_NUMERO = late(
    r"^(?:(?:art(?:icles?)?\b\.?|arts\.)\s*)?"
    r"(?:(?P<lettre>LO|[LRDA])\s*\.?\s*\*?\s*)?"
    r"(?P<nombres>\d+(?:er)?(?:[-.]\d+)*)"
    r"(?:\s+(?P<suffixe>bis|ter|quater|quinquies|sexies))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article number in parts.

    Args:
        lettre: `L`, `LO`, `R`, `D`, `A`, or empty (a law's or a CCAG's article).
        nombres: the numbers as written between the letter and the suffix: `2113-12`, `16.1.5`, `1er`.
        suffixe: `bis`, `ter`… or empty.
    """

    lettre: str
    nombres: str
    suffixe: str = ""

    @property
    def numero(self) -> str:
        """The number alone, such as « L. 2113-12 »."""
        lettre = f"{self.lettre}. " if self.lettre else ""
        suffixe = f" {self.suffixe}" if self.suffixe else ""
        return f"{lettre}{self.nombres}{suffixe}"

    @property
    def cle(self) -> tuple[int, tuple[int, ...], str]:
        """The sort key: letter, then number by number."""
        return _ORDRE[self.lettre], tuple(int(n) for n in re.findall(r"\d+", self.nombres)), self.suffixe


def parse_article(text: str) -> Article | None:
    """Read an article number, however people type it (« L2113-12 », « art. L.2113-12 », « article 16.1.5 »).

    Returns:
        The article, or None if the text is not an article number.
    """
    found = _NUMERO.match(" ".join(text.split()))
    if found is None:
        return None
    lettre, nombres, suffixe = (found.group(name) or "" for name in ("lettre", "nombres", "suffixe"))
    return Article(lettre.upper(), nombres.lower(), suffixe.lower())


def numero(text: str) -> str:
    """Return the number in its usual form; a text that is no article number (« annexe n° 2 ») comes back unchanged."""
    article = parse_article(text)
    return text if article is None else article.numero


def sort_key(text: str) -> tuple[int, tuple[int, ...], str]:
    """Return a key that sorts « L. 2113-12 » before « L. 2113-13-1 » before « R. 2113-7 »; other texts come last."""
    article = parse_article(text)
    return (len(_ORDRE), (), text) if article is None else article.cle


def sort_articles(numeros: Iterable[str]) -> list[str]:
    """Return the numbers in legal order, without repetition."""
    return sorted(dict.fromkeys(numero(n) for n in numeros), key=sort_key)


def article_long(article: str, complement: str = "") -> str:
    """Return « article L. 2113-12 du code de la commande publique ».

    Args:
        article: a number, in any usual form; « annexe n° 2 » is printed without the word « article ».
        complement: the act with its contracted article (« du code de la commande publique »); empty once it is known.
    """
    word = "article " if parse_article(article) else ""
    return f"{word}{numero(article)} {complement}".rstrip()


def article_court(article: str) -> str:
    """Return « art. L. 2113-12 », as tables do."""
    word = "art. " if parse_article(article) else ""
    return word + numero(article)


def articles_long(numeros: Sequence[str], complement: str = "") -> str:
    """Return « articles L. 2112-2 et L. 2112-2-1 du code de la commande publique », in the order given."""
    if len(numeros) == 1:
        return article_long(numeros[0], complement)
    return f"articles {enumeration([numero(n) for n in numeros])} {complement}".rstrip()
