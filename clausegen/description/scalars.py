"""The scalar types of the description: how each is read, and what the JSON Schema says of it.

The schema admits what the reader admits: an amount as a number or a text, a rate as a fraction or a percentage.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from clausegen.description.alternatives import MotOuvert, read_hourly_penalty, read_hours
from clausegen.description.identifiers import (
    read_courriel,
    read_cpv,
    read_departement,
    read_nuts,
    read_siret,
    read_url,
)
from clausegen.description.readers import (
    Entiers,
    read_amount,
    read_boolean,
    read_day,
    read_percent,
    read_positive_amount,
    read_rate,
    read_text,
    without_blanks,
)


def integer_schema(minimum: int, maximum: int) -> dict[str, Any]:
    """Return the JSON Schema of a whole number, quoted or not."""
    return {"type": ["integer", "string"], "minimum": minimum, "maximum": maximum, "pattern": "^\\s*[0-9]+\\s*$"}


Texte: TypeAlias = Annotated[str, PlainValidator(read_text), WithJsonSchema({"type": ["string", "number", "boolean"]})]
Textes: TypeAlias = Annotated[tuple[Texte, ...], BeforeValidator(without_blanks)]
_MONTANT = {
    "type": ["number", "string"],
    "minimum": 0,
    "pattern": "[0-9]",
    "examples": [450000, "450 000 €", "1 200 000,50"],
}
Montant: TypeAlias = Annotated[Decimal, PlainValidator(read_amount), WithJsonSchema(_MONTANT)]
MontantPositif: TypeAlias = Annotated[
    Decimal,
    PlainValidator(read_positive_amount),
    WithJsonSchema({k: v for k, v in _MONTANT.items() if k != "minimum"} | {"exclusiveMinimum": 0}),
]
Taux: TypeAlias = Annotated[
    Decimal,
    PlainValidator(read_rate),
    WithJsonSchema(
        {"type": ["number", "string"], "minimum": 0, "maximum": 1, "pattern": "[0-9]", "examples": [0.05, "5 %"]}
    ),
]
Pourcentage: TypeAlias = Annotated[
    Decimal,
    PlainValidator(read_percent),
    WithJsonSchema(
        {"type": ["number", "string"], "minimum": 0, "maximum": 100, "pattern": "[0-9]", "examples": [10, "10 %"]}
    ),
]
Jour: TypeAlias = Annotated[
    date, PlainValidator(read_day), WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-12-15"]})
]
Booleen: TypeAlias = Annotated[bool, PlainValidator(read_boolean), WithJsonSchema({"type": "boolean"})]
Entier: TypeAlias = Annotated[int, PlainValidator(Entiers(0, 1_000_000)), WithJsonSchema(integer_schema(0, 1_000_000))]
Rang: TypeAlias = Annotated[int, PlainValidator(Entiers(1, 9_999)), WithJsonSchema(integer_schema(1, 9_999))]
Mois: TypeAlias = Annotated[int, PlainValidator(Entiers(1, 1_200)), WithJsonSchema(integer_schema(1, 1_200))]
Jours: TypeAlias = Annotated[int, PlainValidator(Entiers(0, 366)), WithJsonSchema(integer_schema(0, 366))]
JourDuMois: TypeAlias = Annotated[int, PlainValidator(Entiers(1, 31)), WithJsonSchema(integer_schema(1, 31))]
Reconductions: TypeAlias = Annotated[int, PlainValidator(Entiers(0, 60)), WithJsonSchema(integer_schema(0, 60))]
NombreHeures: TypeAlias = Annotated[
    int, PlainValidator(Entiers(0, 10_000_000)), WithJsonSchema(integer_schema(0, 10_000_000))
]
HeuresSaisies: TypeAlias = Annotated[
    int | Literal["auto"],
    PlainValidator(read_hours),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "^\\s*(?:[aA][uU][tT][oO]|[0-9]+)\\s*$"},
                {"type": "integer", "minimum": 0},
            ]
        }
    ),
]
PenaliteHoraire: TypeAlias = Annotated[
    Decimal | str,
    PlainValidator(read_hourly_penalty),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0, "pattern": "[0-9]", "examples": [60, "2 x smic"]}),
]
Secteur: TypeAlias = Annotated[
    str,
    PlainValidator(MotOuvert("un secteur de la liste est attendu", "secteurs")),
    WithJsonSchema({"x-liste": "secteurs"}),
]
Public: TypeAlias = Annotated[
    str,
    PlainValidator(MotOuvert("un public de la liste est attendu", "publics")),
    WithJsonSchema({"x-liste": "publics"}),
]
Siret: TypeAlias = Annotated[
    str, PlainValidator(read_siret), WithJsonSchema({"type": ["string", "integer"], "examples": ["21350238800019"]})
]
Cpv: TypeAlias = Annotated[
    str,
    PlainValidator(read_cpv),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": "^\\s*[0-9]{8}(\\s*-\\s*[0-9])?\\s*$", "examples": ["77310000-6"]}
    ),
]
Nuts: TypeAlias = Annotated[str, PlainValidator(read_nuts), WithJsonSchema({"type": "string", "examples": ["FRH03"]})]
Departement: TypeAlias = Annotated[
    str, PlainValidator(read_departement), WithJsonSchema({"type": ["string", "integer"], "examples": ["35", "2A"]})
]
Courriel: TypeAlias = Annotated[str, PlainValidator(read_courriel), WithJsonSchema({"type": "string", "pattern": "@"})]
Url: TypeAlias = Annotated[
    str, PlainValidator(read_url), WithJsonSchema({"type": "string", "pattern": "^\\s*[hH][tT][tT][pP][sS]?://"})
]
