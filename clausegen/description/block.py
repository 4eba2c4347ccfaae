"""What every block of the description has in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

_A_COMPLETER = frozenset({"", "…", "..."})


def to_complete(value: Any) -> bool:
    """Tell whether a value was left blank or as the « … » of a model: a fact that nobody has given yet."""
    return isinstance(value, str) and value.strip() in _A_COMPLETER


class Bloc(BaseModel):
    """A block of keys: any other key is refused, nothing changes afterwards, and `null` differs from an absent key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _blanks(cls, data: Any) -> Any:
        """A key left blank asks, as `null` does."""
        if not isinstance(data, dict):
            return data
        return {key: None if to_complete(value) else value for key, value in data.items()}


def cle(titre: str, description: str = "") -> Any:
    """Return an optional key: its title, and what a buyer needs to know to fill it in."""
    return Field(default=None, title=titre, description=description or None)


def obligatoire(titre: str, description: str = "") -> Any:
    """Return a required key."""
    return Field(title=titre, description=description or None)
