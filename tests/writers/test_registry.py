from __future__ import annotations

import subprocess
import sys

import pytest

from clausegen.errors import ClausegenError
from clausegen.writers.registry import FORMATS, writer_for


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_has_a_writer_with_its_extension(name: str) -> None:
    assert writer_for(name).extension == name


def test_an_unknown_format_is_refused_with_the_possible_ones() -> None:
    with pytest.raises(ClausegenError, match="docx, html, md, pdf, txt"):
        writer_for("odt")


def test_the_registry_loads_no_writer() -> None:
    code = "import sys, clausegen.writers.registry; print(any('writers.docx' in name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_writing_word_loads_no_xml_library() -> None:
    code = (
        "import sys\n"
        "from clausegen.text.tree import Proprietes, Texte, read_already\n"
        "from clausegen.writers.interface import OptionsEcriture\n"
        "from clausegen.writers.registry import writer_for\n"
        "piece = Texte('x', read_already(()), (), (), Proprietes('t', 's', None), 'e')\n"
        "assert writer_for('docx').write(piece, OptionsEcriture())\n"
        "print([name for name in ('lxml', 'docx', 'xml.etree') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
