"""The zip made directly is the one that the standard library makes, byte for byte."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from clausegen.writers.docx.zipping import zipped

NAMES = st.text("abcXYZ019._-/", min_size=1, max_size=20)


def standard(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content, compresslevel=3)
    return buffer.getvalue()


@given(
    st.dictionaries(NAMES, st.binary(max_size=200) | st.binary(max_size=40).map(lambda part: part * 900), max_size=6)
)
def test_the_bytes_are_those_of_the_standard_library(files):
    made = zipped(files)
    assert made == standard(files) == zipped(files)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
