"""What every block of the description has in common."""

from __future__ import annotations

import types
from functools import cache
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator

from clausegen.description.readers import without_blank_keys


class Bloc(BaseModel):
    """A block of keys: any other key is refused, nothing changes afterwards, and `null` differs from an absent key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _blanks(cls, data: Any) -> Any:
        """A key left blank asks, as `null` does."""
        return without_blank_keys(data)

    @classmethod
    @cache
    def inner_blocks(cls) -> dict[str, type[Bloc] | None]:
        """Return every key, with the class of the block that it holds; None for a list, a scalar, an alternative."""
        return {name: _block(info.annotation) for name, info in cls.model_fields.items()}


def _block(annotation: Any) -> type[Bloc] | None:
    if isinstance(annotation, type) and issubclass(annotation, Bloc):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType):
        found = [m for m in map(_block, get_args(annotation)) if m is not None]
        return found[0] if len(found) == 1 else None
    return None


def cle(titre: str, description: str = "") -> Any:
    """Return an optional key: its title, and what a buyer needs to know to fill it in."""
    return Field(default=None, title=titre, description=description or None)


def obligatoire(titre: str, description: str = "") -> Any:
    """Return a required key."""
    return Field(title=titre, description=description or None)
