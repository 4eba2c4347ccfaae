"""`clausegen schema`: the JSON Schema of the description."""

from __future__ import annotations

from clausegen.cli.console import result
from clausegen.cli.exits import REUSSI
from clausegen.reports.json import dumps
from clausegen.workflow.pages import schema

AIDE = """
Un éditeur qui connaît ce schéma propose les clés de marche.yaml et souligne les erreurs pendant la saisie.
"""


def run() -> int:
    """Print the JSON Schema."""
    result(dumps(schema()))
    return REUSSI
