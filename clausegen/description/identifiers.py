"""Identifiers that the world fixes: establishments, codes of the common vocabulary, territories, addresses."""

from __future__ import annotations

import re
from typing import Any

from clausegen.description.readers import as_written, read_text, refuse
from clausegen.description.vocabulary import VocabulaireOuvert
from clausegen.regex import late

_CPV = late(r"([0-9]{8})(?:\s*-\s*[0-9])?")
_CPV_DIVISIONS = (3, 98)
_NUTS = late(r"[A-Z]{2}[0-9A-Z]{0,3}")
_DEPARTEMENT = late(r"0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[0-9]|98[0-9]")
_COURRIEL = late(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]{2,}")
_URL = late(r"https?://[^\s<>\"]+", re.IGNORECASE)
_SIRET, _SIREN = 14, 9


def read_siret(value: Any) -> str:
    """Read the number of an establishment: 14 digits, checked.

    Source: INSEE's key (Luhn), and La Poste's exception, as python-stdnum holds them.
    """
    text = re.sub(r"[\s.\u00a0\u202f]", "", as_written(value, "un SIRET"))
    if not re.fullmatch(r"[0-9]+", text) or len(text) != _SIRET:
        found = f", celui-ci en a {len(text)}" if re.fullmatch(r"[0-9]+", text) else ""
        siren = " ; un SIREN n'a que 9 chiffres, ajouter les 5 de l'établissement" if len(text) == _SIREN else ""
        raise refuse("F035", f"un SIRET a 14 chiffres{found}{siren}")
    if _has_key(text) and _has_key(text[:_SIREN]):
        return text
    # Loaded for what the key refuses, exceptions and faults: it costs a tenth of a whole cold run.
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siret

    try:
        return str(siret.validate(text))
    except ValidationError as error:
        raise refuse("F035", "la clé de contrôle de ce SIRET est fausse : un chiffre est sans doute erroné") from error


def _has_key(digits: str) -> bool:
    """Tell whether the last digit is the key of the others (Luhn)."""
    doubled = (str(int(digit) * (1 + rank % 2)) for rank, digit in enumerate(reversed(digits)))
    return sum(int(digit) for number in doubled for digit in number) % 10 == 0


def read_cpv(value: Any, info: Any = None) -> str:
    """Read a code of the common procurement vocabulary, kept as eight digits; the check digit is not checked."""
    match = _CPV.fullmatch(as_written(value, "un code CPV"))
    if match is None:
        raise refuse("F036", "un code CPV a huit chiffres, par exemple 77310000 ou 77310000-6")
    low, high = _CPV_DIVISIONS
    if not low <= int(match[1][:2]) <= high:
        raise refuse(
            "F036", f"aucune division du vocabulaire commun ne porte le numéro {match[1][:2]} ; elles vont de 03 à 98"
        )
    vocabulaire = ((info.context if info else None) or {}).get("vocabulaire")
    known = vocabulaire.cpv if isinstance(vocabulaire, VocabulaireOuvert) else frozenset()
    if known and match[1] not in known:
        near = _wider(match[1], known)
        hint = f" ; le code plus large {near} existe" if near else ""
        raise refuse("F036", f"ce code n'est pas dans la liste de 2008{hint}")
    return match[1]


def _wider(code: str, known: frozenset[str]) -> str | None:
    """Return the nearest code above: the same with its last digits at zero."""
    for length in range(7, 1, -1):
        candidate = code[:length].ljust(8, "0")
        if candidate in known:
            return candidate
    return None


def read_nuts(value: Any) -> str:
    """Read a code of the nomenclature of territorial units."""
    text = as_written(value, "un code NUTS").upper()
    if not _NUTS.fullmatch(text):
        raise refuse("F037", "un code NUTS commence par deux lettres, par exemple FRH03")
    return text


def read_departement(value: Any) -> str:
    """Read the number of a département: `35`, `"01"`, `2A`, `974`."""
    text = as_written(value, "un numéro de département").upper()
    if _DEPARTEMENT.fullmatch(text):
        return text
    hint = f' : écrire "0{text}"' if re.fullmatch(r"[1-9]", text) else ', par exemple "35", "2A" ou "974"'
    raise refuse("F043", f"un numéro de département a deux ou trois caractères{hint}")


def read_courriel(value: Any) -> str:
    """Read an address of electronic mail."""
    text = read_text(value)
    if len(text) > 254 or not _COURRIEL.fullmatch(text):
        raise refuse("F038", "une adresse électronique est attendue, par exemple clauses@exemple.fr")
    return text


def read_url(value: Any) -> str:
    """Read an address of the web, with its protocol."""
    text = read_text(value)
    if not _URL.fullmatch(text):
        hint = f" : écrire https://{text}" if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", text) else ""
        raise refuse("F039", f"une adresse web commence par https://{hint}")
    return text
