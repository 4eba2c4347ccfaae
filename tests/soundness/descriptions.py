"""Descriptions drawn from the JSON schema of the format, so that a new key is drawn as soon as it exists."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "examples" / "marche.schema.json").read_text(encoding="utf-8"))

WORDS = (
    "Entretien des espaces verts",
    "l'école d'été n° 12",
    "Réfection : 1er lot ; 450 000 €",
    "<b>gras</b> & 'co' \"x\" ]]> <!-- -->",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    "{{ 7 * 7 }} {% raw %} {# x #} ${x} %s {0}",
    "# Titre\n## Autre\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "::: encadre\nTexte\n:::\n\n- liste\n1. nombre\n> cite",
    "**gras** _it_ `code` [lien](javascript:alert) ![i](file:///etc/passwd)",
    "{ #penalites}\n### Faux titre",
    "=cmd|' /C calc'!A0",
    "+33 @SUM(A1) -2",
    "\ue000f0\ue001 \ue000c1\ue001",
    "\u202eetnemele\u202c \u200d\u2066x",
    "👩‍👩‍👧‍👦 🇫🇷 e\u0301 ﬁ Ǆ",
    "العربية 中文 ἄλφα",
    "a\u2028b\u2029c \ufdd0 \U0010fffd",
    "ligne\r\nligne\rligne\n\n\n\nfin",
    " \u00a0 \u202f ",
    "\u00ad\u200b\ufeff",
    "…",
    "À compléter",
    "x" * 3000,
    "mot " * 900,
    "\\ \\' \\\" \\n",
    "../../etc/passwd",
    "CON",
    "a/b\\c:d*e?f",
    "1" * 40,
    "S'il y a lieu, article L. 9999-99 du code",
)
FORBIDDEN = ("\ufffe\uffff\ufdd0 \U0010ffff", "a\u0085b\x0be", "\x00\x01\x07\x1b[31m", "\ud800 seul", "\x7f\x9f")
"""Characters that the format refuses."""
CPVS = ("77310000", "45211000-0", "85312510", "80110000", "48000000", "33000000", "90910000-9")
SIRETS = ("21350238800019", "213 502 388 00019", "35600000000048")
AMOUNTS = (0, 1, "39 999,99", 40000, "99999.99", 143000, 216000, "750 000 €", 5404000, 10**12, "1e3", "0,05")
DAYS = (
    date(2019, 3, 31),
    date(2019, 4, 1),
    date(2021, 3, 30),
    date(2026, 8, 20),
    date(2026, 8, 21),
    date(2026, 8, 22),
    date(2027, 12, 31),
    date(2028, 1, 1),
)
KNOWN: dict[str, tuple[Any, ...]] = {
    "cpv": CPVS,
    "cpv_secondaires": CPVS,
    "siret": SIRETS,
    "departement": ("35", "2A", "974", "01"),
    "nuts": ("FRH03", "FR101", "FRY40"),
    "profil_acheteur": ("https://exemple.fr/a?b=c&d='e'", "http://x.fr/"),
}
"""Keys whose values are codes that the schema alone does not tell."""
JUNK: tuple[Any, ...] = (None, True, -1, 1.5, "", [], {}, [[]], [None], {"a": 1}, "oui", 10**30, -0.0, "2026-02-30")


class Drawn:
    """Draws one description.

    Args:
        chance: where the draws come from; the same seed gives the same description.
    """

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.density = chance.choice((0.08, 0.25, 0.5, 0.8, 0.95))
        self.junk = chance.choice((0.0, 0.0, 0.0, 0.0, 0.004, 0.04))
        self.hostile = chance.choice((0.0, 0.1, 0.6))

    def description(self) -> dict[str, Any]:
        """Return a description, that the format admits or not."""
        found: dict[str, Any] = self.object(SCHEMA)
        found["version"] = 1
        found.setdefault("objet", self.words())
        for rank, lot in enumerate(found["lots"] if isinstance(found.get("lots"), list) else (), 1):
            if isinstance(lot, dict) and self.chance.random() > self.junk:
                lot["numero"] = rank
        return found

    def value(self, schema: dict[str, Any], key: str = "") -> Any:
        """Return a value for a place of the format."""
        if self.chance.random() < self.junk:
            return self.chance.choice(JUNK)
        if "$ref" in schema:
            return self.value(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], key)
        branches = schema.get("anyOf") or schema.get("oneOf")
        if branches:
            empty = self.chance.random() < 0.04
            return self.value(branches[-1] if empty else self.chance.choice(branches[:-1] or branches), key)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        kinds = schema.get("type", "string")
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if "object" in kinds:
            return self.object(schema)
        if "array" in kinds:
            most = self.chance.choice((0, 1, 1, 2, 4))
            return [self.value(schema.get("items", {}), key) for _ in range(most)]
        return self.scalar(schema, kinds, key)

    def object(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a block, some of its keys absent."""
        required = schema.get("required", ())
        return {
            name: self.value(below, name)
            for name, below in schema.get("properties", {}).items()
            if name in required or self.chance.random() < self.density
        }

    def scalar(self, schema: dict[str, Any], kinds: list[str], key: str) -> Any:
        """Return a word, a figure or a day."""
        if key in KNOWN:
            return str(self.chance.choice(KNOWN[key]))
        if kinds == ["boolean"]:
            return self.chance.random() < 0.5
        if "null" in kinds:
            return self.chance.choice((None, "…", "..."))
        if schema.get("format") == "date":
            day = self.chance.choice(DAYS) if self.chance.random() < 0.5 else date(2019, 4, 1)
            return (day + timedelta(days=self.chance.randrange(3600) * (day == DAYS[1]))).isoformat()
        if "integer" in kinds and "pattern" in schema:
            low, high = schema.get("minimum", 0), schema.get("maximum", 10**6)
            return self.chance.choice((low, low + 1, min(high, 12), min(high, 48), self.chance.randint(low, high)))
        if "number" in kinds and "pattern" in schema:
            most = schema.get("maximum")
            return self.chance.choice(AMOUNTS) if most is None else round(self.chance.random() * most, 2)
        if schema.get("pattern") == "@":
            return self.chance.choice(("clauses@exemple.fr", "a.b+c@sous.exemple.fr", "é@exemple.fr"))
        if "://" in schema.get("pattern", ""):
            return self.chance.choice(("https://exemple.fr/a?b=c&d='e'", "HTTP://x.fr/<>"))
        return self.words()

    def words(self) -> str:
        """Return a text, hostile or not."""
        if self.chance.random() >= self.hostile:
            return self.chance.choice(WORDS[:3])
        if self.chance.random() < self.junk:
            return self.chance.choice(FORBIDDEN)
        if self.chance.random() < 0.7:
            return self.chance.choice(WORDS)
        return "".join(
            chr(self.chance.choice((0x20, 0x20, 0x54, 0xA0, 0xE000, 0x300, 0x3B1, 0x1F468)) + self.chance.randrange(40))
            for _ in range(self.chance.randrange(1, 30))
        )


def drawn(graine: int, rank: int) -> dict[str, Any]:
    """Return the description of a rank in a campaign."""
    return Drawn(Random(f"{graine}:{rank}")).description()


def written(description: dict[str, Any], rank: int) -> str:
    """Return a description as a text: JSON, which is YAML too, its odd characters escaped or not."""
    return json.dumps(description, ensure_ascii=rank % 2 == 0, indent=rank % 3 or None)
