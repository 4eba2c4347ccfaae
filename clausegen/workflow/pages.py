"""What the program says of itself: its schema, the pieces it knows, the page of a code."""

from __future__ import annotations

from typing import Any

from clausegen.dossier.pieces import gabarits
from clausegen.law.openwords import open_words
from clausegen.law.rulebook import rulebook
from clausegen.reports.codepages import page_text, pages


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the description."""
    # Loaded for a schema alone: drafting reads the names of the pieces here.
    from clausegen.description.schema import json_schema

    return json_schema(open_words(rulebook()))


def documents_connus() -> tuple[str, ...]:
    """Return the ids of the pieces that can be asked for."""
    return tuple(gabarits())


def expliquer_code(code: str) -> str | None:
    """Return the page of a diagnostic code, in plain text; None for an unknown code."""
    page = pages(rulebook()).get(code)
    return None if page is None else page_text(page)
