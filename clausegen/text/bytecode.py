"""Compiled templates of a buyer or of another folder, kept from one run to the next."""

from __future__ import annotations

import marshal
from contextlib import suppress
from types import CodeType
from zlib import crc32

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from clausegen.files.cache import key_of, load, store

KIND = "gabarit"
_SUM = 4
"""Bytes of the sum that tells a damaged entry: damaged byte code is never run."""


class StoredBytecode(BytecodeCache):
    """Byte code of templates in the user's cache, by name and content."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket from the cache, when the template has not changed since."""
        with suppress(EOFError, ValueError, TypeError):
            # Jinja reads from a stream, seven times slower than from bytes.
            found = marshal.loads(unsealed(load(KIND, _key(bucket))))
            bucket.code = found if isinstance(found, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        store(KIND, _key(bucket), sealed(marshal.dumps(bucket.code)))


def sealed(content: bytes) -> bytes:
    """Return an entry that begins with the sum of its content."""
    return crc32(content).to_bytes(_SUM, "big") + content


def unsealed(entry: bytes | None) -> bytes:
    """Return the content of an entry.

    Raises:
        ValueError: there is none, or it is damaged.
    """
    content = b"" if entry is None else entry[_SUM:]
    if entry is None or entry[:_SUM] != crc32(content).to_bytes(_SUM, "big"):
        raise ValueError("no sound entry")
    return content


def _key(bucket: Bucket) -> str:
    """The checksum covers the source; the class of the environment is that of this version of the program."""
    return key_of(bucket.key, bucket.checksum, jinja2.__version__)
