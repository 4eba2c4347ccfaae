"""Exit codes, a contract with scripts: a crash never passes for a finding."""

from __future__ import annotations

REUSSI = 0
"""Done, nothing wrong."""
CONSTATS = 1
"""A description or a document has findings at level `erreur`."""
APPEL = 2
"""The call cannot be carried out."""
DEFAUT = 3
"""A fault of the program itself."""
INTERRUPTION = 130
"""Stopped from the keyboard, as shells expect (128 + SIGINT)."""
