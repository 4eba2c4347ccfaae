"""Which version of a dated thing is in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

T = TypeVar("T")


def in_force(versions: Mapping[date, T | str], jour: date | None) -> tuple[date, T] | None:
    """Return the version in force on a day, with its first day.

    Args:
        versions: first day in force to version; the text `fin` closes the one before.
        jour: the day; None means the newest version.

    Returns:
        None before the first version, and from the day of a `fin` on.
    """
    found: tuple[date, T | str] | None = None
    for first in sorted(versions):
        if jour is not None and first > jour:
            break
        if jour is None and versions[first] == "fin":
            continue
        found = (first, versions[first])
    if found is None or found[1] == "fin":
        return None
    return found  # type: ignore[return-value]


def until(versions: Mapping[date, object], first: date) -> date | None:
    """Return the last day of the version that began on `first`; None while it is open."""
    later = [day for day in versions if day > first]
    return date.fromordinal(min(later).toordinal() - 1) if later else None
