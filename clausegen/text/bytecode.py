"""Compiled templates, kept from one run to the next: compiling them is most of what a draft costs."""

from __future__ import annotations

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from clausegen.files.cache import key_of, load, store

KIND = "gabarit"


class StoredBytecode(BytecodeCache):
    """Byte code of templates in the user's cache, by name and content."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket from the cache, when the template has not changed since."""
        content = load(KIND, _key(bucket))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        store(KIND, _key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    """The checksum covers the source; the class of the environment is that of this version of the program."""
    return key_of(bucket.key, bucket.checksum, jinja2.__version__)
