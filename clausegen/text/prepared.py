"""The templates that travel with the program: their files read once, their byte code kept as one entry.

The entry stands under the fingerprint of all those files: a template that changes is compiled anew.
"""

from __future__ import annotations

import marshal
from collections.abc import MutableMapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import BaseLoader, Environment, Template, TemplateNotFound

from clausegen.files.cache import key_of, load, stamp, store
from clausegen.text.buyer import SUFFIX, shipped_contents, shipped_fingerprint
from clausegen.text.bytecode import sealed, unsealed

KIND = "gabarits"


class ShippedLoader(BaseLoader):
    """Gives the templates of the program to Jinja, compiled as soon as they were once."""

    def __init__(self) -> None:
        self._codes, self._new = _recalled(), False

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002
        """Return a template, and the name that messages show.

        Raises:
            TemplateNotFound: there is no such file.
        """
        content = shipped_contents().get(template)
        if content is None:
            raise TemplateNotFound(template)
        return content.decode().replace("\r\n", "\n"), template, None

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """Return a template ready to render.

        Raises:
            TemplateNotFound: there is no such file.
        """
        code = _code(self._codes.get(name))
        if code is None:
            source, filename, _ = self.get_source(environment, name)
            code = environment.compile(source, name, filename)
            self._codes[name] = marshal.dumps(code)
            self._new = True
        return environment.template_class.from_code(environment, code, {} if globals is None else globals, None)

    def compile_all(self, environment: Environment) -> None:
        """Compile every template, so that the first piece that needs it does not."""
        for name in shipped_contents():
            if name.endswith(SUFFIX):
                self.load(environment, name)
        self.keep()

    def keep(self) -> None:
        """Keep what was compiled since the last time, with what was known."""
        if self._new:
            store(KIND, _key(), sealed(marshal.dumps(self._codes)))
            self._new = False


@cache
def shipped_loader() -> ShippedLoader:
    """Return the one loader of the process."""
    return ShippedLoader()


def _recalled() -> dict[str, bytes]:
    with suppress(EOFError, ValueError, TypeError):
        found = marshal.loads(unsealed(load(KIND, _key())))
        if isinstance(found, dict):
            return found
    return {}


def _code(content: bytes | None) -> CodeType | None:
    found = None if content is None else marshal.loads(content)
    return found if isinstance(found, CodeType) else None


def _key() -> str:
    return key_of(shipped_fingerprint(), jinja2.__version__, stamp(Path(__file__).with_name("environment.py")))
