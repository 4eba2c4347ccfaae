"""Regular expressions compiled when they first serve: a run needs few of those that its modules declare."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        # Found once: the method then answers from the instance, as fast as that of a compiled expression.
        found = getattr(re.compile(self._source, self._flags), name)
        self.__dict__[name] = found
        return found


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression of a module, compiled by its first use.

    Args:
        source: the expression; one that is broken is told when it first serves.
        flags: as `re.compile` takes them.
    """
    return cast("re.Pattern[str]", _Late(source, flags))
