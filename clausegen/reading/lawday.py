"""The day of the law that a piece was drafted with, as its properties keep it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

DATE_DROIT = "clausegen-date-droit"
"""Custom property that holds the day of the law."""


def day_of(properties: Mapping[str, str]) -> date | None:
    """Return the day of the law that custom properties name; None without one that reads."""
    try:
        return date.fromisoformat(properties.get(DATE_DROIT, ""))
    except ValueError:
        return None
