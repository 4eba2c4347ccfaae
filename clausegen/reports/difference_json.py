"""The comparison of two versions of a market as JSON."""

from __future__ import annotations

from clausegen.reports.difference import Difference, difference_content
from clausegen.reports.json import dumps


def difference_json(difference: Difference) -> str:
    """Return the comparison of `diff --format json`."""
    return dumps(difference_content(difference))
