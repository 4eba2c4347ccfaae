"""Word files written by hand, element by element, and the pieces of every example."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest

from clausegen.text.tree import Texte
from clausegen.workflow.examine import examiner

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "comments": "comments",
    "footnotes": "footnotes",
    "header1": "hdr",
}
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def _fichier(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    inner = dict(parts or {})
    files = {f"word/{name}.xml": f"<w:{_ROOTS[name]} {_SPACES}>{xml}</w:{_ROOTS[name]}>" for name, xml in inner.items()}
    files["word/document.xml"] = f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
    kinds = {name: name.rstrip("1") for name in inner}
    links = "".join(f'<Relationship Id="r{name}" Type="{R}/{kinds[name]}" Target="{name}.xml"/>' for name in inner)
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
    main = f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    files["_rels/.rels"] = f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>'
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = f'<Override PartName="/word/document.xml" ContentType="{base}.document.main+xml"/>'
    types += "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{base}.{kinds[name]}+xml"/>' for name in inner
    )
    types = '<Default Extension="xml" ContentType="application/xml"/>' + types
    files["[Content_Types].xml"] = f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return buffer.getvalue()


def _edited(data: bytes, **changes: Callable[[bytes], bytes] | bytes | None) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change(parts[name]) if callable(change) else change
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def fichier() -> Callable[..., bytes]:
    """Makes a Word file of the XML of its body and of other parts (`styles`, `numbering`, `comments`…)."""
    return _fichier


@pytest.fixture(scope="session")
def edited() -> Callable[..., bytes]:
    """Changes parts of a file: new bytes, a function of the old ones, or None to take a part away."""
    return _edited


@pytest.fixture(scope="session")
def pieces() -> dict[str, dict[str, Texte]]:
    """The pieces of every example, rendered once."""
    return {path.parent.name: examiner(path).textes for path in sorted(EXAMPLES.glob("*/marche.yaml"))}
