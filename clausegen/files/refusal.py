"""Why a value is refused: what a reader raises, and what a finding repeats."""

from __future__ import annotations


class Refus(ValueError):
    """A value that does not do.

    Args:
        code: diagnostic code.
        reason: what is allowed or what to write, in French.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason
