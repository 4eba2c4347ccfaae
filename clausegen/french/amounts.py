"""French amounts and rates, Decimal to text and back, strictly: a misread comma multiplies a market by a thousand."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from clausegen.regex import late

_SPACES = late(r"[ \u00a0\u202f\u2009]+")
_DIGITS = late(r"(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")
_UNITS = late(r"\s*(?:€|euros?|eur)?\s*(?:ht|h\.t\.?|hors taxes?)?\s*$", re.IGNORECASE)
_WITH_TAX = late(r"\bttc\b|t\.t\.c|toutes taxes", re.IGNORECASE)
_EXPONENT = late(r"[0-9.][eE][-+]?[0-9]")
_LONGEST = 15


def euros(montant: Decimal | int) -> str:
    """Return an amount as French texts write it, plain spaces, cents only if any: « 960 000 € », « 1 200,50 € »."""
    cents = Decimal(montant).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole, _, fraction = f"{cents:,.2f}".partition(".")
    grouped = whole.replace(",", " ")
    return f"{grouped} €" if fraction == "00" else f"{grouped},{fraction} €"


def parse_amount(text: str) -> Decimal:
    """Read an amount in euros before tax, in figures.

    Args:
        text: such as « 450 000 € », « 1 200 000,50 € HT » or « 450000.5 ».

    Raises:
        ValueError: it is not an amount, or it can be read in two ways; the French message says what to write.
    """
    written = text.strip()
    if _WITH_TAX.search(written):
        raise ValueError("un montant toutes taxes comprises n'est pas admis : donner le montant hors taxes")
    bare = _SPACES.sub(" ", _UNITS.sub("", written)).strip()
    if bare.startswith(("-", "−", "–")):
        raise ValueError("un montant négatif n'est pas admis")
    if _EXPONENT.search(bare):
        raise ValueError(
            "la notation scientifique n'est pas admise : écrire le montant en chiffres, par exemple 450000"
        )
    match = _DIGITS.fullmatch(bare)
    if match is None:
        raise ValueError(_why_not(bare))
    decimals = match[1] or ""
    if len(decimals) == 3:
        raise ValueError(_ambiguous(bare))
    if len(decimals) > 2:
        raise ValueError("un montant a deux décimales au plus (des centimes)")
    figures = bare.replace(" ", "").replace(",", ".")
    if len(figures.partition(".")[0]) > _LONGEST:
        raise ValueError("ce montant est démesuré")
    return Decimal(figures)


def _why_not(bare: str) -> str:
    if re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]+)?", bare):
        return _ambiguous(bare)
    if re.fullmatch(r"[0-9][0-9 ]*(?:[.,][0-9]+)?", bare):
        return "les espaces séparent les chiffres par groupes de trois, par exemple 1 200 000"
    if re.search(r"[0-9]\s*(?:k|m|md)\b|mill(?:e|ion|iard)", bare, re.IGNORECASE):
        return "un montant s'écrit en entier, par exemple 1200000 pour 1,2 million"
    return 'un montant en euros hors taxes est attendu, par exemple 450000 ou "450 000 €"'


def _ambiguous(bare: str) -> str:
    digits = re.sub(r"[^0-9]", "", bare)
    head = re.split(r"[.,]", bare, maxsplit=1)[0]
    if len(re.findall(r"[.,]", bare)) == 1:
        return f"ce point ou cette virgule se lit de deux façons ({digits} ou {head}) : écrire {digits}, ou {head},00"
    return 'les milliers se séparent par des espaces et les centimes par une virgule, par exemple "1 200 000,50"'


def parse_rate(text: str) -> Decimal:
    """Read a rate: a fraction from 0 to 1, or a percentage with its sign.

    Args:
        text: « 0.05 », « 0,05 » or « 5 % ».

    Returns:
        The fraction: 0.05.

    Raises:
        ValueError: it is neither; the French message suggests what was meant.
    """
    number, percent = _number(text)
    if percent:
        if number > 100:
            raise ValueError("un taux ne dépasse pas 100 %")
        return number.scaleb(-2)
    if number > 1:
        if number > 100:
            raise ValueError(
                "un taux est une fraction comprise entre 0 et 1, par exemple 0.05, ou un pourcentage, « 5 % »"
            )
        as_fraction, as_percent = _plain(number.scaleb(-2)), _plain(number).replace(".", ",")
        raise ValueError(f"un taux est une fraction comprise entre 0 et 1 : écrire {as_fraction} ou « {as_percent} % »")
    return number


def parse_percent(text: str) -> Decimal:
    """Read a percentage written without its sign: « 10 », « 12,5 », « 10 % ».

    Returns:
        The figure before the sign: 10.

    Raises:
        ValueError: it is not one, or it looks like a fraction; the French message suggests what was meant.
    """
    number, percent = _number(text)
    if number > 100:
        raise ValueError("un pourcentage ne dépasse pas 100")
    if 0 < number < 1 and not percent:
        as_percent = _plain(number.scaleb(2)).replace(".", ",")
        raise ValueError(
            f"ce nombre est un pourcentage : écrire {as_percent} pour « {as_percent} % », ou ajouter le signe « % »"
        )
    return number


def _number(text: str) -> tuple[Decimal, bool]:
    written = _SPACES.sub(" ", text).strip()
    percent = written.endswith("%")
    bare = written.removesuffix("%").strip()
    if bare.startswith(("-", "−", "–")):
        raise ValueError("un taux négatif n'est pas admis")
    if not re.fullmatch(r"[0-9]{1,6}(?:[.,][0-9]{1,10})?|[.][0-9]{1,10}", bare):
        raise ValueError("un taux est attendu : une fraction, par exemple 0.05, ou un pourcentage, « 5 % »")
    return Decimal(bare.replace(",", ".")), percent


def _plain(number: Decimal) -> str:
    """Print a fraction with two decimals at least: 0.70, 0.075; a whole number without any."""
    text = f"{number.normalize():f}"
    whole, _, fraction = text.partition(".")
    if number >= 1 or number == 0:
        return text
    return f"{whole}.{fraction.ljust(2, '0')}"
