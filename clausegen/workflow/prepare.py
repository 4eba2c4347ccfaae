"""What every market needs: compiled once when the program is built, read once before a batch is shared out."""

from __future__ import annotations

import os
from pathlib import Path

from clausegen.description.quick import plan_kept
from clausegen.dossier.tracking_words import tracking_words
from clausegen.files import cache
from clausegen.law.rulebook import rulebook
from clausegen.text.environment import environment
from clausegen.text.prepared import shipped_loader


def warm() -> None:
    """Read what every market needs, so that the processes of a batch find it read.

    Raises:
        ClausegenError: a rule or the words of a piece do not read.
    """
    rulebook()
    plan_kept()
    tracking_words()
    environment()


def prepare() -> None:
    """Fill the cache, wherever the environment says that it is.

    Raises:
        ClausegenError: a rule or the words of a piece do not read.
    """
    # What an earlier build left is not looked at.
    cache.PREPARED = Path(os.devnull)
    warm()
    shipped_loader().compile_all(environment())


if __name__ == "__main__":
    prepare()
